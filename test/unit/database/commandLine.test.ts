import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TdsServer } from "../../tds/server";
import { authorityFile } from "../../tds/tls";
import { bundledRunner } from "./bundledRunner";
import { password, Workplace } from "./runHelp";

interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

describe("script run, as a program", function () {
  this.timeout(120_000);
  before(() => void bundledRunner());

  /** Starts the command line; `act` may do something to it while it runs. */
  async function call(
    workplace: Workplace,
    args: readonly string[],
    act?: (child: ChildProcess, err: string) => void,
  ): Promise<Finished> {
    const child = spawn(process.execPath, [bundledRunner().commandLine, ...args], {
      cwd: workplace.folder,
      env: { ...process.env, DB_PASSWORD: password, MIGRATOR: "migrator-4711", NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (data: Buffer) => (out += data.toString()));
    child.stderr.on("data", (data: Buffer) => {
      err += data.toString();
      act?.(child, err);
    });
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { code, out, err };
  }

  function runArgs(server: TdsServer, scripts: readonly string[], ...more: string[]): string[] {
    const target = [
      "--dialect",
      "sqlcmd",
      "--server",
      `localhost,${server.port}`,
      "--database",
      "I3_IC",
      "--user",
      "sa",
    ];
    return [
      "script",
      "run",
      ...scripts,
      ...target,
      "--password-env",
      "DB_PASSWORD",
      "--ca",
      authorityFile,
      ...more,
    ];
  }

  it("shows what would run and where, and sends nothing in a dry run", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    workplace.script("1.sql", "drop table dbo.old\nGO\nprint '$(Version)'\nGO 3\n");
    const dry = await call(workplace, runArgs(server, ["1.sql"], "-v", "Version=4", "--dry-run"));
    assert.deepEqual([dry.code, dry.out], [0, ""]);
    assert.match(dry.err, /target +localhost,\d+, database I3_IC, user sa\n/);
    assert.match(dry.err, /connection +encrypted, server certificate checked\n/);
    assert.match(dry.err, /scripts +1, in this order, 4 batches\n +1\. 1\.sql: 4 batches\n/);
    assert.match(dry.err, /variables +Version = 4\n/);
    assert.match(dry.err, /destructive +1 statements\n +1\.sql, line 1: DROP TABLE dbo\.old\n/);
    assert.equal(server.logins.length, 0);
    assert.equal(
      existsSync(join(workplace.folder, ".handler-workbench")),
      false,
      "a dry run leaves nothing behind",
    );
  });

  it("runs, with results on the output and everything else on the error stream", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    workplace.script(
      "1.sql",
      "print 'hello \u001b[31m'\nselect 7 as number, 'x' as text\nraiserror('bad', 16, 1)\nGO\n",
    );
    const { code, out, err } = await call(workplace, runArgs(server, ["1.sql"]));
    assert.equal(code, 1, "there was an error");
    assert.deepEqual(
      out
        .split("\n")
        .map((line) => line.trim().replace(/ +/g, " "))
        .slice(0, 3),
      ["number text", out.split("\n")[1], "7 x"],
    );
    assert.match(err, /hello \\u001b\[31m/, "what a server says must not control the terminal");
    assert.match(err, /ERROR .*1\.sql, line 3: Msg 50000, Level 16, State 1: bad/);
    assert.match(err, /Completed: all scripts have come to their end/);
    const runs = join(workplace.folder, ".handler-workbench", "runs");
    const [name = ""] = readdirSync(runs);
    assert.deepEqual(readdirSync(join(runs, name)).sort(), ["journal.jsonl", "messages.log"]);
    assert.ok(
      ![out, err, readFileSync(join(runs, name, "journal.jsonl"), "utf8")].some((text) =>
        text.includes(password),
      ),
    );
  });

  it("takes secrets from the environment only, and shows them nowhere", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    workplace.script("1.sql", "print 'user $(Password)'\nGO\n");
    const onCommandLine = await call(workplace, runArgs(server, ["1.sql"], "-v", "Password=migrator-4711"));
    assert.equal(onCommandLine.code, 2);
    assert.match(onCommandLine.err, /--secret-env Password=/);
    const { code, err, out } = await call(
      workplace,
      runArgs(server, ["1.sql"], "--secret-env", "Password=MIGRATOR", "--json"),
    );
    assert.equal(code, 0, err);
    assert.deepEqual(server.texts, ["print 'user migrator-4711'"]);
    assert.ok(!(out + err).includes("migrator-4711"));
    assert.equal((JSON.parse(out) as { state: string }).state, "Completed");
  });

  it("says what is wrong with the call or the connection", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    workplace.script("1.sql", "print 1\n");
    const missing = await call(workplace, runArgs(server, ["none.sql"]));
    assert.deepEqual([missing.code, /there is no such file/.test(missing.err)], [2, true]);
    const wrongDatabase = await call(workplace, [...runArgs(server, ["1.sql"]), "--database", "nowhere"]);
    assert.equal(wrongDatabase.code, 1);
    assert.match(wrongDatabase.err, /Incomplete: .*database nowhere cannot be opened/);
    const untrusted = await call(
      workplace,
      runArgs(server, ["1.sql"]).filter((arg) => arg !== "--ca" && arg !== authorityFile),
    );
    assert.match(untrusted.err, /certificate is not accepted/);
    const trusted = await call(
      workplace,
      runArgs(server, ["1.sql"], "--yes", "--trust-server-certificate").filter(
        (arg) => arg !== "--ca" && arg !== authorityFile,
      ),
    );
    assert.equal(trusted.code, 0, trusted.err);
    assert.match(trusted.err, /certificate NOT CHECKED/);
    await using silent = await TdsServer.start({ silentAt: "accept" });
    const unanswered = await call(workplace, runArgs(silent, ["1.sql"], "--connect-timeout", "1"));
    assert.equal(unanswered.code, 1);
    assert.match(unanswered.err, /Incomplete: .*does not answer; check server and port/);
    const clear = await call(workplace, runArgs(server, ["1.sql"], "--dry-run", "--encryption", "none"));
    assert.match(clear.err, /NOT ENCRYPTED/);
  });

  it("cancels at Ctrl+C, and resumes", async () => {
    using workplace = new Workplace();
    let slow = true;
    await using server = await TdsServer.start({
      reply: (text) => (text.includes("slow") && !slow ? [] : undefined),
    });
    workplace.script("1.sql", "print 1\nGO\n-- slow\nwaitfor delay '1:0:0'\nGO\nprint 3\nGO\n");
    let interrupted = false;
    const first = await call(workplace, runArgs(server, ["1.sql"]), (child, err) => {
      if (interrupted || !err.includes("[2/3]")) return;
      interrupted = true;
      setTimeout(() => child.kill("SIGINT"), 100);
    });
    assert.equal(first.code, 1);
    assert.match(first.err, /Cancelling: the server is asked to stop the batch/);
    assert.match(first.err, /Cancelled: cancelled; the server has stopped the batch/);
    assert.equal(server.executions[1]?.attention, true);
    slow = false;
    const again = await call(workplace, runArgs(server, [], "--resume"));
    assert.equal(again.code, 0, again.err);
    assert.match(again.err, /in flight +batch 2, 1\.sql, line 3: it was cancelled/);
    assert.match(again.err, /is sent again, as --resume says/);
    assert.deepEqual(
      server.texts.map((text) => text.split("\n")[0]),
      ["print 1", "-- slow", "-- slow", "print 3"],
    );
    const nothing = await call(workplace, runArgs(server, ["1.sql"], "--resume"));
    assert.deepEqual([nothing.code, /there is no run of these scripts/.test(nothing.err)], [2, true]);
  });

  it("finishes the batch, and not more, when the command line is killed", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    workplace.script("1.sql", "print 1\nGO\nwaitfor delay '0:0:4'\nGO\nprint 3\nGO\n");
    let killed = false;
    await call(workplace, runArgs(server, ["1.sql"]), (child, err) => {
      if (killed || !err.includes("[2/3]")) return;
      killed = true;
      child.kill("SIGKILL");
    });
    const list = async (): Promise<{ state: string; executed: number }> => {
      const { out } = await call(workplace, ["script", "runs", "--json"]);
      return (JSON.parse(out) as { runs: [{ state: string; executed: number }] }).runs[0];
    };
    assert.equal((await list()).state, "Running");
    for (let wait = 0; wait < 50 && (await list()).state === "Running"; wait++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const run = await list();
    assert.deepEqual([run.state, run.executed, server.executions.length], ["Ready for restart", 2, 2]);
    assert.equal(server.executions[1]?.finished, true, "the batch that ran was left to come to its end");
  });

  it("gives each generated script a log of its own, and asks for none", async () => {
    using workplace = new Workplace();
    const generated = (table: string): string =>
      `SPool '&1'\nSET DEFINE OFF\n/*\nTimeZone     = (GMT-05:00) Eastern Time (US & Canada)\nTargetTable  = ${table}\n*/\n` +
      `BEGIN\n  INSERT INTO ${table} SELECT * FROM I.T@LINK30;\nEND;\n/\n`;
    for (const name of ["A", "E"]) workplace.script(`${name}.sql`, generated(name));
    workplace.script("other.sql", "spool '&1'\n");
    const words = [
      "script",
      "run",
      "A.sql",
      "E.sql",
      "--dialect",
      "sqlplus",
      "--server",
      "db",
      "--user",
      "cic",
    ];
    const dry = await call(workplace, [...words, "--dry-run", "--json"]);
    assert.deepEqual(
      [dry.code, (JSON.parse(dry.out) as { questions: unknown[] }).questions],
      [0, []],
      dry.err,
    );
    assert.match(dry.err, /A\.sql: &1, the name of its log, is A\.log/);
    assert.match(dry.err, /E\.sql: &1, the name of its log, is E\.log/);
    const other = await call(workplace, [
      ...words.map((word) => (word === "A.sql" ? "other.sql" : word)),
      "--dry-run",
    ]);
    assert.match(other.err, /asks for +1 values\n +other\.sql, line 1: 1/);
  });

  it("lists runs, and marks one as completed by hand", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    workplace.script("1.sql", ":on error exit\nraiserror('x', 16, 1)\nGO\n");
    await call(workplace, runArgs(server, ["1.sql"]));
    const failed = await call(workplace, ["script", "runs"]);
    assert.match(
      failed.out,
      /^\S+ +Failed +localhost I3_IC, 1 batches, 1 errors: an error, with ON ERROR EXIT: x\n$/,
    );
    const name = failed.out.split(" ")[0] ?? "";
    const marked = await call(workplace, ["script", "runs", "--user-completed", name]);
    assert.match(marked.out, /User completed/);
    const again = await call(workplace, ["script", "runs", "--user-completed", name]);
    assert.equal(again.code, 2);
    assert.match(again.err, /the run is User completed already/);
    const none = await call(workplace, ["script", "runs", "--user-completed", "2001-01-01"]);
    assert.equal(none.code, 2);
    assert.match(none.err, /there is no run 2001-01-01 in /);
    const resumed = await call(workplace, runArgs(server, ["1.sql"], "--resume", "--unfinished", "rerun"));
    assert.equal(resumed.code, 2);
    assert.equal(server.executions.length, 1);
  });
});
