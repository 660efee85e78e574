import assert from "node:assert/strict";
import type { QueryAnswer } from "../../../server/src/database/messages";
import { query } from "../../../server/src/database/query";
import { judged, plannedChecks } from "../../../server/src/database/readiness/readiness";
import { connectSqlServer } from "../../../server/src/database/sqlServer/connect";
import { TdsServer } from "../../tds/server";
import { columnMetadata, done, doneStatus, row } from "../../tds/tokens";
import { password, sqlServerTarget } from "./runHelp";

const target = { role: "target", schema: undefined } as const;
const answer = (id: string, columns: readonly string[], ...rows: (string | null)[][]): QueryAnswer => ({
  id,
  columns,
  rows,
});
const judge = (given: QueryAnswer, kind: "sqlserver" | "oracle" = "sqlserver") =>
  judged(kind, target, [given])[0]!;

describe("readiness checks", () => {
  it("are queries that only read, shown before they are sent", () => {
    for (const kind of ["sqlserver", "oracle"] as const) {
      for (const role of ["source", "target"] as const) {
        const checks = plannedChecks(kind, { role, schema: "CIC'; DROP" });
        assert.ok(checks.length >= 3);
        for (const { sql, source } of checks) {
          assert.match(sql, /^SELECT /);
          assert.ok(!/;\s*\S/.test(sql.replace(/'(?:[^']|'')*'/g, "''")), sql);
          assert.match(source, /CIC Migration guide 2018 R5/);
        }
      }
    }
  });

  it("tell what is not ready, with a fix to look at", () => {
    const recovery = judge(answer("recovery-model", ["name", "model"], ["I3]IC", "FULL"]));
    assert.equal(recovery.state, "attention");
    assert.match(recovery.fix ?? "", /ALTER DATABASE \[I3\]\]IC\] SET RECOVERY BULK_LOGGED/);
    const timeout = judge(answer("remote-query-timeout", ["seconds"], ["600"]));
    assert.equal(timeout.state, "bad");
    assert.match(timeout.fix ?? "", /'remote query timeout', 0;/);
    assert.equal(judge(answer("remote-query-timeout", ["seconds"], ["0"])).state, "good");
    assert.equal(
      judge(answer("version", ["version", "level", "edition"], ["10.50.4000.0", "RTM", "x"])).state,
      "bad",
    );
    assert.equal(
      judge(answer("version", ["version", "level", "edition"], ["10.50.4000.0", "SP2", "x"])).state,
      "good",
    );
    assert.equal(
      judge(answer("version", ["version", "level", "edition"], ["15.0.2000.5", "RTM", "x"])).state,
      "bad",
    );
    const rights = judge(answer("rights", ["login", "owner", "admin", "links"], ["mig", "1", "0", "0"]));
    assert.match(rights.message, /ALTER ANY LINKED SERVER/);
    const disabled = judge(
      answer(
        "disabled-constraints",
        ["kind", "owner", "name"],
        ["foreign key", "CallDetail", "FK_1"],
        ["index", "Line", "IX"],
      ),
    );
    assert.match(
      disabled.fix ?? "",
      /ALTER TABLE \[CallDetail\] WITH CHECK CHECK CONSTRAINT \[FK_1\];\nALTER INDEX \[IX\] ON \[Line\] REBUILD;/,
    );
    const tracker = judge(answer("tracker-tables", ["name", "filled"], ["Title", "0"], ["INTXSEGMENT", "4"]));
    assert.match(tracker.message, /INTXSEGMENT \(4\).*nothing is deleted/);
  });

  it("tell what an Oracle user lacks", () => {
    const rights = judge(answer("rights", ["NAME"], ["CREATE TABLE"], ["SELECT_CATALOG_ROLE"]), "oracle");
    assert.match(rights.message, /lacks 29/);
    assert.match(rights.fix ?? "", /GRANT CREATE ANY TABLE TO <migration user>;/);
    assert.equal(judge(answer("authentication", ["METHOD"], ["OS"]), "oracle").state, "bad");
  });

  it("say it when the server does not answer", () => {
    const [finding] = judged("sqlserver", target, [
      { id: "rights", columns: [], rows: [], error: "permission denied" },
    ]);
    assert.equal(finding?.state, "unknown");
    assert.match(finding.message, /permission denied/);
  });
});

describe("queries outside of runs", () => {
  it("bring rows, and send nothing but SELECT", async () => {
    await using server = await TdsServer.start({
      password,
      reply: (text) =>
        /sys\.configurations/.test(text)
          ? [
              {
                do: "send",
                bytes: Buffer.concat([
                  columnMetadata([{ name: "seconds", type: "nvarchar" }]),
                  row(["600"]),
                  done(doneStatus.count, 1),
                ]),
              },
            ]
          : undefined,
    });
    const drivers = {
      sqlServer: connectSqlServer,
      oracle: () => Promise.reject(new Error("no Oracle here")),
    };
    const [check] = plannedChecks("sqlserver", target).filter(({ id }) => id === "remote-query-timeout");
    const texts = [
      { id: "remote-query-timeout", sql: check!.sql },
      { id: "evil", sql: "DROP TABLE x" },
    ];
    const signal = new AbortController().signal;
    const given = {
      type: "query",
      target: sqlServerTarget(server),
      password,
      connectTimeout: 5,
      texts,
    } as const;
    const queried = await query(given, drivers, signal);
    assert.ok(queried.ok);
    assert.match(queried.protection, /TLS/);
    assert.deepEqual(queried.answers[0], {
      id: "remote-query-timeout",
      columns: ["seconds"],
      rows: [["600"]],
    });
    assert.equal(queried.answers[1]?.error, "only SELECT is sent");
    assert.deepEqual(server.texts, [check!.sql]);
    const refused = await query({ ...given, password: "wrong horse" }, drivers, signal);
    assert.ok(!refused.ok);
    assert.equal(refused.failure, "login");
    assert.ok(!refused.message.includes("wrong horse"));
  });
});
