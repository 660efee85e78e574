import assert from "node:assert/strict";
import { ConnectError } from "../../../server/src/database/driver";
import { connectSqlServer } from "../../../server/src/database/sqlServer/connect";
import type { SqlServerSession } from "../../../server/src/database/sqlServer/session";
import type { SqlServerTarget } from "../../../server/src/database/target";
import { type Behaviour, TdsServer } from "../../tds/server";
import { RecordingSink } from "./recordingSink";
import { password, sqlServerTarget } from "./runHelp";

function targetOf(server: TdsServer, more: Partial<SqlServerTarget> = {}): SqlServerTarget {
  return { ...sqlServerTarget(server), ...more };
}

interface Attempt {
  readonly password?: string;
  readonly timeoutSeconds?: number;
  readonly quotedIdentifiers?: boolean;
  readonly signal?: AbortSignal;
}

async function connectTo(
  server: TdsServer,
  more: Partial<SqlServerTarget> = {},
  attempt: Attempt = {},
): Promise<SqlServerSession> {
  return connectSqlServer(targetOf(server, more), {
    password,
    timeoutSeconds: 5,
    quotedIdentifiers: false,
    signal: new AbortController().signal,
    ...attempt,
  });
}

/** Runs one batch on a new server and connection. */
async function run(
  text: string,
  behaviour: Behaviour = {},
): Promise<{ sink: RecordingSink; outcome: string; server: TdsServer }> {
  await using server = await TdsServer.start(behaviour);
  const session = await connectTo(server);
  const sink = new RecordingSink();
  const outcome = await session.execute(text, sink);
  await session.close();
  return { sink, outcome: outcome.kind, server };
}

async function refusal(
  behaviour: Behaviour,
  more: Partial<SqlServerTarget> = {},
  attempt: Attempt = {},
): Promise<ConnectError> {
  await using server = await TdsServer.start(behaviour);
  try {
    const session = await connectTo(server, more, attempt);
    session.destroy();
  } catch (error) {
    assert.ok(error instanceof ConnectError, String(error));
    assert.ok(!error.message.includes(password), "the message holds the password");
    return error;
  }
  throw new Error("the connection was made");
}

describe("SQL Server: connecting", () => {
  it("encrypts, checks the certificate, and logs in to the database", async () => {
    await using server = await TdsServer.start();
    const session = await connectTo(server);
    assert.equal(session.database, "I3_IC");
    assert.match(session.protection, /^TLSv1\.2 .*, certificate checked$/);
    assert.equal(session.inTransaction, false);
    assert.deepEqual(
      server.logins.map(({ user, database, application, language }) => ({
        user,
        database,
        application,
        language,
      })),
      [{ user: "sa", database: "I3_IC", application: "Handler Workbench", language: "" }],
    );
    await session.close();
    assert.equal(session.alive, false);
  });

  it("has the session settings of sqlcmd and none of language or dates", async () => {
    await using server = await TdsServer.start();
    await (await connectTo(server)).close();
    await (await connectTo(server, {}, { quotedIdentifiers: true })).close();
    const [plain = "", quoted = ""] = server.settings;
    assert.deepEqual(plain.split("\n"), [
      "set ansi_nulls on",
      "set ansi_null_dflt_on on",
      "set ansi_padding on",
      "set ansi_warnings on",
      "set concat_null_yields_null on",
      "set cursor_close_on_commit off",
      "set implicit_transactions off",
      "set quoted_identifier off",
      "set textsize 2147483647",
      "set transaction isolation level read committed",
    ]);
    assert.match(quoted, /set quoted_identifier on/);
  });

  it("tells a wrong password, a wrong user and a wrong database apart", async () => {
    const wrong = await refusal({ password: "other" });
    assert.equal(wrong.failure, "login");
    assert.match(wrong.message, /Msg 18456: Login failed for user 'sa'/);
    assert.equal((await refusal({ user: "admin" })).failure, "login");
    const database = await refusal({}, { database: "I3_XX" });
    assert.equal(database.failure, "database");
    assert.match(database.message, /I3_XX cannot be opened \(Msg 4060/);
  });

  it("refuses certificates that it cannot check, and says why", async () => {
    const unknown = await refusal({}, { caFile: undefined });
    assert.equal(unknown.failure, "certificate");
    assert.match(unknown.message, /its authority is not known here/);
    assert.match((await refusal({ certificate: "expired" })).message, /it has expired/);
    assert.match(
      (await refusal({ certificate: "other-name" })).message,
      /for another name than the server's/,
    );
  });

  it("takes any certificate only when told so, and says that it does", async () => {
    await using server = await TdsServer.start({ certificate: "expired" });
    const session = await connectTo(server, { caFile: undefined, trustServerCertificate: true });
    assert.match(session.protection, /certificate not checked$/);
    await session.close();
  });

  it("takes a certificate for the name that is given", async () => {
    await using server = await TdsServer.start({ certificate: "other-name" });
    const session = await connectTo(server, { certificateHost: "sql.example.test" });
    await session.close();
  });

  it("sends nothing to a server that does not encrypt", async () => {
    await using server = await TdsServer.start({ certificate: "none" });
    await assert.rejects(connectTo(server), (error: ConnectError) => {
      assert.equal(error.failure, "encryption");
      return /nothing was sent, no password/.test(error.message);
    });
    assert.deepEqual(server.logins, [], "the login went out in the clear");
  });

  it("goes unencrypted only when told so", async () => {
    await using server = await TdsServer.start({ certificate: "none" });
    const session = await connectTo(server, { encryption: "none" });
    assert.equal(session.protection, "not encrypted");
    await session.close();
    assert.equal((await refusal({ encryptionRequired: true }, { encryption: "none" })).failure, "encryption");
  });

  it("says when nobody listens, and when the name is unknown", async () => {
    const server = await TdsServer.start();
    const { port } = server;
    await server[Symbol.asyncDispose]();
    await assert.rejects(connectTo(server, { port }), { failure: "network" });
    await assert.rejects(connectTo(server, { port, server: "no-such-host.invalid" }), { failure: "host" });
  });

  for (const silentAt of ["accept", "prelogin", "login", "half login"] as const) {
    it(`gives up on a server that falls silent (${silentAt})`, async () => {
      const error = await refusal({ silentAt }, {}, { timeoutSeconds: 0.2 });
      assert.equal(error.failure, "timeout", error.message);
    });
  }

  it("can be stopped while it waits", async () => {
    const stop = new AbortController();
    const refused = refusal({ silentAt: "login" }, {}, { signal: stop.signal });
    setTimeout(() => stop.abort(), 100);
    assert.equal((await refused).failure, "cancelled");
  });
});

describe("SQL Server: batches", () => {
  it("keeps messages, results and counts in the server's order", async () => {
    const { sink, outcome } = await run(
      "print 'a'\nselect 1 as x, 'it''s' as y, null as z\nprint 'b'\nupdate t set c = 1 -- 3 rows\nraiserror('w', 16, 1)\nprint 'c'",
    );
    assert.equal(outcome, "done");
    assert.deepEqual(sink.said, [
      "message a",
      "columns x int, y nvarchar(4000), z int",
      "row 1, it's, NULL",
      "set 1",
      "message b",
      "count 3",
      "error 50000 16 line 5: w",
      "message c",
    ]);
  });

  it("tells errors from information by their class, from 0 to 19", async () => {
    const classes = Array.from({ length: 20 }, (_, severity) => severity);
    const { sink, outcome } = await run(
      classes.map((severity) => `raiserror('c${severity}', ${severity}, 7)`).join("\n"),
    );
    assert.equal(outcome, "done");
    assert.deepEqual(
      sink.messages.map(({ severity }) => severity),
      classes.slice(0, 11),
    );
    assert.deepEqual(
      sink.errors.map(({ severity }) => severity),
      classes.slice(11),
    );
    assert.deepEqual(new Set(sink.errors.map(({ state }) => state)), new Set([7]));
  });

  for (const severity of [20, 25]) {
    it(`tells the error and the loss after class ${severity}`, async () => {
      const { sink, outcome } = await run(
        `print 'before'\nraiserror('fatal', ${severity}, 1)\nprint 'after'`,
      );
      assert.equal(outcome, "lost");
      assert.deepEqual(sink.said, ["message before", `error 50000 ${severity} line 2: fatal`]);
    });
  }

  it("streams RAISERROR WITH NOWAIT while the batch runs", async () => {
    await using server = await TdsServer.start();
    const session = await connectTo(server);
    const sink = new RecordingSink();
    let over = false;
    const first = new Promise<boolean>((resolve) => {
      sink.onLine = () => resolve(over);
    });
    const running = session
      .execute("raiserror('now', 0, 1) with nowait\nwaitfor delay '0:0:0.3'", sink)
      .then(() => (over = true));
    assert.equal(await first, false, "the message came when the batch was over");
    await running;
    await session.close();
  });

  it("gives result sets, counts and errors of procedures, with the procedure's lines", async () => {
    const { sink } = await run("exec dbo.failing");
    assert.deepEqual(sink.said, [
      "message in dbo.failing",
      "columns number int, text nvarchar(4000)",
      "row 1, dbo.failing",
      "set 1",
      "error 8134 16 line 7: Divide by zero error encountered.",
      "count 4",
    ]);
    assert.equal(sink.errors[0]?.procedure, "dbo.failing");
    assert.equal(sink.errors[0]?.lineInBatch, false);
  });

  it("knows that lines of the procedure under creation are the batch's", async () => {
    const { sink } = await run("create procedure [dbo].[p1] as\nraiserror('bad', 16, 1) -- in p1");
    assert.deepEqual([sink.errors[0]?.lineInBatch, sink.errors[0]?.line], [true, 2]);
  });

  it("says no count under SET NOCOUNT ON", async () => {
    const { sink } = await run("set nocount on\nupdate t set a = 1\nselect 1 as a");
    assert.deepEqual(sink.said, ["columns a int", "row 1", "set -"]);
  });

  it("follows USE and transactions", async () => {
    await using server = await TdsServer.start();
    const session = await connectTo(server);
    const states: unknown[] = [];
    for (const text of [
      "use [I3_Dialer]",
      "begin tran",
      "update t set a = 1",
      "use nosuch",
      "commit",
      "begin transaction",
      "rollback",
    ]) {
      const sink = new RecordingSink();
      await session.execute(text, sink);
      states.push([text, session.database, session.inTransaction]);
    }
    assert.deepEqual(states, [
      ["use [I3_Dialer]", "I3_Dialer", false],
      ["begin tran", "I3_Dialer", true],
      ["update t set a = 1", "I3_Dialer", true],
      ["use nosuch", "I3_Dialer", true],
      ["commit", "I3_Dialer", false],
      ["begin transaction", "I3_Dialer", true],
      ["rollback", "I3_Dialer", false],
    ]);
    await session.close();
  });

  it("reads replies of many packets", async () => {
    const { sink, outcome } = await run("select rows 5000\nprint 'end'", { packetSize: 512 });
    assert.equal(outcome, "done");
    assert.equal(sink.rows, 5000);
    assert.deepEqual(sink.said.slice(-2), ["set 5000", "message end"]);
  });

  it("reads a reply that is split at any byte", async function () {
    this.timeout(60_000);
    const text = "print 'a'\nselect 1 as x, 'y' as z\nraiserror('w', 16, 1)\nuse I3_Dialer";
    const whole = (await run(text, { packetSize: 64 })).sink.said;
    assert.equal(whole.length, 6);
    await using server = await TdsServer.start({ packetSize: 64 });
    // One server and connection for all: the split moves on by one byte a batch.
    const session = await connectTo(server);
    let split = 1;
    for (; split < 1000; split++) {
      const before = server.bytesSent;
      server.splitNextAt(split);
      const sink = new RecordingSink();
      await session.execute(text, sink);
      assert.deepEqual(sink.said, whole, `split at byte ${split}`);
      if (split > server.bytesSent - before) break;
    }
    assert.ok(split > 300 && split < 1000, `the reply has ${split} bytes`);
    await session.close();
  });

  it("waits when it is told that enough is on its way", async () => {
    await using server = await TdsServer.start({ packetSize: 512 });
    const session = await connectTo(server);
    const sink = new RecordingSink();
    let release = (): void => undefined;
    sink.busy = new Promise((resolve) => {
      release = () => {
        sink.busy = undefined;
        resolve();
      };
    });
    const running = session.execute("select rows 3000", sink);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const soFar = sink.rows;
    assert.ok(soFar < 100, `${soFar} rows came without waiting`);
    release();
    assert.equal((await running).kind, "done");
    assert.equal(sink.rows, 3000);
    await session.close();
  });
});

describe("SQL Server: stopping and losing", () => {
  it("stops a batch that waits, and goes on with the connection", async () => {
    await using server = await TdsServer.start();
    const session = await connectTo(server);
    const sink = new RecordingSink();
    const running = session.execute("print 'on'\nwaitfor delay '1:0:0'\nprint 'never'", sink);
    setTimeout(() => session.cancel(), 50);
    assert.equal((await running).kind, "cancelled");
    assert.equal(server.executions[0]?.attention, true);
    const next = new RecordingSink();
    assert.equal((await session.execute("print 'next'", next)).kind, "done");
    assert.deepEqual(next.said, ["message next"]);
    await session.close();
  });

  it("stops a batch in the middle of its rows", async () => {
    await using server = await TdsServer.start();
    const session = await connectTo(server);
    const sink = new RecordingSink();
    sink.onLine = (line) => {
      if (line.startsWith("row 5")) session.cancel();
    };
    assert.equal((await session.execute("select rows 1000000", sink)).kind, "cancelled");
    assert.ok(sink.rows < 1_000_000);
    await session.close();
  });

  it("keeps waiting while the server does not confirm, until the connection is cut", async () => {
    await using server = await TdsServer.start({ ignoresAttention: true });
    const session = await connectTo(server);
    const running = session.execute("hang", new RecordingSink());
    setTimeout(() => session.cancel(), 50);
    const early = await Promise.race([
      running,
      new Promise<"waiting">((resolve) => setTimeout(() => resolve("waiting"), 300)),
    ]);
    assert.equal(early, "waiting");
    assert.equal(server.attentions, 1);
    session.destroy();
    assert.equal((await running).kind, "lost");
    assert.equal(session.alive, false);
  });

  it("ends a batch at its time limit, however much it says meanwhile", async () => {
    await using server = await TdsServer.start();
    const session = await connectTo(server);
    const outcome = await session.execute(
      "raiserror('x', 0, 1) with nowait\nwaitfor delay '1:0:0'",
      new RecordingSink(),
      0.2,
    );
    assert.equal(outcome.kind, "timeout");
    await session.close();
  });

  it("tells when the connection is lost in a batch, and knows it afterwards", async () => {
    await using server = await TdsServer.start();
    const session = await connectTo(server);
    const sink = new RecordingSink();
    const outcome = await session.execute("raiserror('x', 0, 1) with nowait\ndrop socket", sink);
    assert.equal(outcome.kind, "lost");
    assert.deepEqual(sink.said, ["message x"]);
    assert.equal((await session.execute("print 1", sink)).kind, "lost");
    assert.deepEqual(server.texts.length, 1, "a batch was sent on a lost connection");
  });

  it("notices a connection that is lost between batches", async () => {
    const server = await TdsServer.start();
    const session = await connectTo(server);
    await session.execute("print 'x'", new RecordingSink());
    await server[Symbol.asyncDispose]();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(session.alive, false);
  });
});
