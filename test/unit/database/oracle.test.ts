import assert from "node:assert/strict";
import type { ConnectError } from "../../../server/src/database/driver";
import { oracleConnector } from "../../../server/src/database/oracle/connect";
import type { OracleTarget } from "../../../server/src/database/target";
import { OracleDouble, oracleError } from "./oracleDouble";
import { oracleTarget, password, requestFor, runHere, Workplace } from "./runHelp";
import { connectorFor, runSql } from "./oracleRun";

describe("Oracle: connecting", () => {
  it("gives the driver a descriptor with TLS and a checked name, and the password only there", async () => {
    const double = new OracleDouble();
    const connect = connectorFor(double);
    const options = { password, timeoutSeconds: 7, signal: new AbortController().signal };
    const target: OracleTarget = {
      ...oracleTarget,
      encryption: "required",
      port: 2484,
      privilege: "sysdba",
      walletFolder: "/wallet",
    };
    const session = await connect(target, options);
    assert.deepEqual(double.connects, [
      {
        user: "cic_admin",
        password,
        connectString:
          "(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=db.example.test)(PORT=2484))(CONNECT_DATA=(SERVICE_NAME=CIC))(SECURITY=(SSL_SERVER_DN_MATCH=TRUE)))",
        transportConnectTimeout: 7,
        connectTimeout: 7,
        walletLocation: "/wallet",
        privilege: 2,
      },
    ]);
    assert.match(session.protection, /^TLS, certificate checked/);
    await session.close();
    assert.deepEqual(double.calls, ["close"]);
  });

  it("goes unencrypted only when that was chosen, and never trusts unchecked", async () => {
    const options = { password, timeoutSeconds: 7, signal: new AbortController().signal };
    const refused: Partial<OracleTarget>[] = [
      { encryption: "required", trustServerCertificate: true },
      { encryption: "required", database: undefined, server: "CICDB" },
      { encryption: "required", database: undefined, server: "tcp://db/CIC" },
      { encryption: "none", database: "CIC)(SERVER=X" },
    ];
    for (const more of refused) {
      const double = new OracleDouble();
      await assert.rejects(connectorFor(double)({ ...oracleTarget, ...more } as OracleTarget, options), {
        failure: "encryption",
      });
      assert.deepEqual(double.connects, [], JSON.stringify(more));
    }
    const double = new OracleDouble();
    const descriptor =
      "(DESCRIPTION=(ADDRESS=(PROTOCOL = TCPS)(HOST=a)(PORT=1))(CONNECT_DATA=(SERVICE_NAME=b)))";
    await connectorFor(double)(
      { ...oracleTarget, database: undefined, server: descriptor, encryption: "required" } as OracleTarget,
      options,
    );
    await connectorFor(double)(
      { ...oracleTarget, database: undefined, server: "CICDB", configFolder: "/tns" } as OracleTarget,
      options,
    );
    assert.deepEqual(
      double.connects.map(({ connectString, configDir }) => [connectString, configDir]),
      [
        [descriptor, undefined],
        ["CICDB", "/tns"],
      ],
    );
  });

  it("explains what the driver and the listener say", async () => {
    const cases: [Error, string, RegExp][] = [
      [oracleError(1017, "invalid username/password; logon denied"), "login", /check user and password/i],
      [
        oracleError(12514, "TNS:listener does not currently know of service"),
        "database",
        /name of the service/,
      ],
      [
        Object.assign(
          new Error("NJS-503: connection could not be established.\nconnect ECONNREFUSED 1.2.3.4:1521"),
          { code: "NJS-503" },
        ),
        "network",
        /No listener there/,
      ],
      [
        Object.assign(new Error("NJS-138: connections to this database server version are not supported"), {
          code: "NJS-138",
        }),
        "client",
        /Instant Client 19/,
      ],
      [
        Object.assign(new Error("DPI-1047: Cannot locate a 64-bit Oracle Client library"), {
          code: "DPI-1047",
        }),
        "client",
        /cannot be loaded from the folder/,
      ],
    ];
    for (const [error, failure, words] of cases) {
      const double = new OracleDouble();
      double.failConnect = error;
      const { result } = await runSql("select 1 rows from dual;", { double });
      assert.equal(result.state, "Incomplete");
      assert.match(result.reason, words);
      const options = { password, timeoutSeconds: 1, signal: new AbortController().signal };
      await assert.rejects(
        connectorFor(double)(oracleTarget, options),
        (thrown: ConnectError) => thrown.failure === failure,
      );
    }
  });

  it("starts Instant Client once, before the first connection", async () => {
    const double = new OracleDouble();
    const connect = oracleConnector({
      load: () => Promise.resolve(double.module),
      binaryFolder: "/dist/oracledb",
    });
    const options = { password, timeoutSeconds: 1, signal: new AbortController().signal };
    const target = { ...oracleTarget, clientFolder: "/opt/instantclient_19", configFolder: "/tns" };
    await connect(target, options);
    await connect(target, options);
    assert.deepEqual(double.clients, [
      { libDir: "/opt/instantclient_19", configDir: "/tns", binaryDir: "/dist/oracledb" },
    ]);
  });
});

describe("Oracle: SQL*Plus' transactions", () => {
  it("commits at the end of the script, and never before", async () => {
    const { double, result, events } = await runSql(
      "insert into t values (1);\nupdate t set a = 1;\nselect 1 rows from t;\n",
    );
    assert.equal(result.state, "Completed");
    assert.deepEqual(double.calls, [
      "execute insert into t values (1)",
      "execute update t set a = 1",
      "execute select 1 rows from t",
      "commit",
      "close",
    ]);
    assert.ok(events.notes.some((note) => /the open transaction was committed/.test(note)));
  });

  it("does at EXIT what EXIT, EXITCOMMIT and WHENEVER say", async () => {
    const cases: [string, string[], string, number][] = [
      ["insert into t values (1);\nexit", ["commit", "close"], "Completed", 0],
      ["insert into t values (1);\nexit rollback", ["rollback", "close"], "Completed", 0],
      ["set exitcommit off\ninsert into t values (1);\nexit", ["rollback", "close"], "Completed", 0],
      ["set exitcommit off\ninsert into t values (1);\nexit commit", ["commit", "close"], "Completed", 0],
      ["insert into t values (1);\nexit failure", ["commit", "close"], "Failed", 1],
      ["insert into t values (1);\nexit 5 rollback", ["rollback", "close"], "Failed", 5],
      ["commit;\nexit", ["close"], "Completed", 0],
      [
        "whenever sqlerror exit failure\ninsert into t values (1);\ninsert into nosuch values (1);\ninsert into t values (2);",
        ["commit", "close"],
        "Failed",
        1,
      ],
      [
        "whenever sqlerror exit failure rollback\ninsert into t values (1);\ninsert into nosuch values (1);",
        ["rollback", "close"],
        "Failed",
        1,
      ],
      [
        "whenever sqlerror exit sql.sqlcode rollback\ninsert into t values (1);\ninsert into nosuch values (1);",
        ["rollback", "close"],
        "Failed",
        942,
      ],
      [
        "whenever sqlerror continue rollback\ninsert into t values (1);\ninsert into nosuch values (1);\nexit",
        ["rollback", "close"],
        "Completed",
        0,
      ],
      [
        "whenever sqlerror continue commit\ninsert into t values (1);\ninsert into nosuch values (1);\nexit rollback",
        ["commit", "close"],
        "Completed",
        0,
      ],
      [
        "whenever oserror exit failure rollback\ninsert into t values (1);\n@nofile\ninsert into t values (2);",
        ["rollback", "close"],
        "Failed",
        1,
      ],
      [
        "whenever sqlerror exit failure\ninsert into t values (1);\n@nofile\nfoo bar;\nexit",
        ["commit", "close"],
        "Completed",
        0,
      ],
    ];
    for (const [text, ending, state, exitCode] of cases) {
      const { double, result } = await runSql(text);
      assert.deepEqual(
        [double.calls.filter((call) => !call.startsWith("execute")), result.state, result.exitCode],
        [ending, state, exitCode],
        text,
      );
    }
  });

  it("commits after each statement, or each third, with AUTOCOMMIT", async () => {
    const text =
      "insert into t values (1);\ninsert into t values (2);\ninsert into t values (3);\nexit rollback";
    const each = await runSql(`set autocommit on\n${text}`);
    assert.equal(each.double.committed.length, 3);
    const third = await runSql(`set autocommit 2\n${text}`);
    assert.deepEqual(third.double.committed, ["insert into t values (1)", "insert into t values (2)"]);
  });

  it("commits before CONNECT, and logs in as the script says", async () => {
    const { double, events, survey } = await runSql(
      "insert into t values (1);\nconnect other/other_pw@host2:1522/SVC as sysdba\nselect 1 rows from dual;\n",
    );
    assert.deepEqual(
      double.calls.map((call) => call.slice(0, 14)),
      ["execute insert", "commit", "close", "execute select", "close"],
    );
    const { user, password: given, connectString, privilege } = double.connects[1] ?? {};
    assert.deepEqual([user, given, privilege], ["other", "other_pw", 2]);
    assert.match(String(connectString), /HOST=host2\)\(PORT=1522.*SERVICE_NAME=SVC/);
    assert.ok(!JSON.stringify([events.all, survey]).includes("other_pw"));
  });

  it("says Not connected after DISCONNECT", async () => {
    const { double, events, result } = await runSql("disconnect\nselect 1 rows from dual;\nprompt end\n");
    assert.deepEqual(double.statements, []);
    assert.deepEqual([events.errors, events.messages, result.errors], [["2: Not connected"], ["end"], 1]);
  });

  it("rolls back when it is cancelled, and breaks the statement that runs", async () => {
    const { double, result, history } = await runSql(
      "insert into t values (1);\nupdate t set wait_forever = 1;\ninsert into t values (3);\n",
      {
        onEvent: (event, cancellation) => {
          if (event.kind === "batch" && event.number === 2) setTimeout(() => cancellation.request(), 30);
        },
      },
    );
    assert.equal(result.state, "Cancelled");
    assert.deepEqual(double.calls.slice(1), [
      "execute update t set wait_forever = 1",
      "break",
      "rollback",
      "close",
    ]);
    assert.deepEqual(double.committed, []);
    assert.deepEqual([history.rolledBack, history.unfinished?.start.n, history.next], [[1], 2, 1]);
  });

  it("does not wait for a statement that cannot be broken, at the second time", async () => {
    const double = new OracleDouble();
    const { result } = await runSql("update t set wait_forever = 1;\n", {
      double,
      onEvent: (event, cancellation) => {
        if (event.kind !== "batch") return;
        setTimeout(() => {
          // The break does not get through.
          (double as unknown as { stop: undefined }).stop = undefined;
          cancellation.request();
        }, 20);
        setTimeout(() => cancellation.request(), 100);
      },
    });
    assert.equal(result.state, "Cancelled");
    assert.match(result.reason, /not known/);
  });

  it("goes on after a lost connection where the lost transaction began", async () => {
    using workplace = new Workplace();
    const text =
      "insert into t values (1);\ncommit;\ninsert into t values (2);\ninsert into t values (3);\nupdate t set lose_connection = 1;\ninsert into t values (4);\n";
    const path = workplace.script("main.sql", text);
    const request = requestFor(workplace, oracleTarget, [path]);
    const double = new OracleDouble();
    const first = await runHere(request, { oracle: connectorFor(double) });
    assert.equal(first.result.state, "Ready for restart");
    assert.deepEqual([first.history.rolledBack, first.history.unfinished?.start.n], [[3, 4], 5]);
    const mended = new OracleDouble();
    const again = await runHere(request, {
      oracle: connectorFor(mended),
      resume: first.result.folder,
      decisions: { unfinished: "skip" },
    });
    assert.deepEqual(mended.statements, ["insert into t values (4)"]);
    assert.equal(again.result.state, "Completed");
  });

  it("ends at the time limit", async () => {
    const { result } = await runSql("whenever sqlerror exit failure rollback\nupdate t set too_slow = 1;\n");
    assert.deepEqual([result.state, result.errors], ["Failed", 1]);
  });
});
