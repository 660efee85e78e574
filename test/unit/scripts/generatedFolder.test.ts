import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readGeneratedFolder } from "../../../server/src/scripts/generated/folder";
import { script } from "./generated";

describe("folders of generated scripts", () => {
  let root = "";
  const write = (name: string, text: string | Buffer): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "generated-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("gives groups, tables and the order of ExecuteMigrationScripts.bat", async () => {
    write("flow1/AgentStats.sql", script());
    write("flow1/CallHistory.sql", script({ fields: { TargetTable: "CALLHISTORY" } }));
    write("flow2/AgentStats.sql", Buffer.from("\ufeff" + script(), "utf16le"));
    write("cleanup/Undo.sql", "drop table x;\n");
    write("flow2/Extra.sql", script());
    write("AgentStats.sql", script());
    write(
      "ExecuteMigrationScripts.bat",
      'sqlplus u/p@d @"C:\\Users\\me\\MigrationUtility\\2013-03-13_15-42\\flow2\\AgentStats.sql" l.log\r\nsqlplus u/p@d @flow1\\agentstats.sql\r\nsqlplus u/p@d @flow1\\CallHistory.sql\r\nsqlplus u/p@d @flow1\\Gone.sql\r\n',
    );
    write("MigrationCleanup.bat", "sqlplus u/p@d @cleanup\\Undo.sql\r\n");
    const folder = await readGeneratedFolder(root);
    assert.deepEqual(
      folder.scripts.map(({ path, order }) => [path, order]),
      [
        ["flow2/AgentStats.sql", 1],
        ["flow1/AgentStats.sql", 2],
        ["flow1/CallHistory.sql", 3],
        ["AgentStats.sql", undefined],
        ["cleanup/Undo.sql", undefined],
        ["flow2/Extra.sql", undefined],
      ],
    );
    assert.deepEqual(
      folder.groups.map(({ name, scripts }) => [name, scripts.map(({ table }) => table)]),
      [
        ["flow2", ["AGENTSTATS", "AGENTSTATS"]],
        ["flow1", ["AGENTSTATS", "CALLHISTORY"]],
        ["", ["AGENTSTATS"]],
        ["cleanup", ["Undo"]],
      ],
    );
    assert.deepEqual(folder.cleanup?.scripts, ["cleanup/Undo.sql"]);
    assert.equal(folder.scripts[0]?.links[0], "LINK30");
    const found = folder.problems.map(
      ({ code, place }) => `${code} ${place?.file ?? ""}:${place?.line ?? 0}`,
    );
    for (const wanted of [
      "generated-missing-script ExecuteMigrationScripts.bat:4",
      "generated-not-run flow2/Extra.sql:0",
      "generated-no-header cleanup/Undo.sql:1",
      "generated-target flow1/CallHistory.sql:26",
      "generated-password MigrationCleanup.bat:1",
    ]) {
      assert.ok(found.includes(wanted), `${wanted} in ${found.join("; ")}`);
    }
    assert.ok(!found.some((each) => each.startsWith("generated-not-run cleanup")));
  });

  it("gives each script the arguments of ExecuteMigrationScripts.bat, or a log of its own name", async () => {
    write("flow1/AgentStats.sql", script());
    write("flow1/CallHistory.sql", script());
    write("flow1/Plain.sql", script().replace("SPool '&1'\n", ""));
    const given = async (): Promise<unknown> =>
      (await readGeneratedFolder(root)).scripts.map((each) => [each.table, ...each.arguments]);
    const table = "AGENTSTATS";
    assert.deepEqual(await given(), [[table, "AgentStats.log"], [table, "CallHistory.log"], [table]]);
    write(
      "ExecuteMigrationScripts.bat",
      'cd flow1\r\nsqlplus u@d @CallHistory.sql "logs\\1.log" x\r\nsqlplus u@d @AgentStats.sql\r\n',
    );
    assert.deepEqual(await given(), [[table, "logs\\1.log", "x"], [table, "AgentStats.log"], [table]]);
  });

  it("takes no script of another folder for one of this, and says what a run leaves out", async () => {
    write("Dialer/A.sql", script());
    write("Dialer/B.sql", script());
    write(
      "ExecuteMigrationScripts.bat",
      [
        "cd Dialer",
        "sqlplus u@d @A.sql A.log",
        "sqlplus u@d @..\\..\\other\\A.sql A.log",
        "sqlplus u@d @..\\Dialer\\B.sql B.log",
        "sqlplus u@d @Gone\\B.sql B.log",
        'sqlcmd -S s -P s3cret -Q "DROP DATABASE x"',
        "cleanup.exe /now",
        "sqlcmd -S s -i A.sql -v X=1 Y=%1 SecretKey=b & del A.log",
      ].join("\r\n"),
    );
    const { execute, problems } = await readGeneratedFolder(root);
    assert.deepEqual(execute?.scripts, ["Dialer/A.sql", "Dialer/B.sql", "Dialer/A.sql"]);
    assert.deepEqual(
      problems.map(({ code, place }) => `${code} ${place?.line ?? 0}`),
      [
        "generated-missing-script 3",
        "generated-missing-script 5",
        "generated-password 6",
        "generated-twice 8",
        "generated-left-out 6",
        "generated-left-out 7",
        "generated-variables 8",
        "generated-variables 8",
        "generated-left-out 8",
      ],
    );
    const said = JSON.stringify(problems);
    assert.match(said, /DROP DATABASE x/);
    assert.doesNotMatch(said, /s3cret/);
  });

  it("says what a folder is that is none", async () => {
    const messages = async (): Promise<string[]> =>
      (await readGeneratedFolder(root)).problems.map(({ code }) => code);
    assert.deepEqual(await messages(), ["generated-no-scripts"]);
    write("2013-03-13/ExecuteMigrationScripts.bat", "");
    write("2013-03-13/g/a.sql", script());
    assert.deepEqual(await messages(), ["generated-several-runs"]);
    rmSync(join(root, "2013-03-13"), { recursive: true });
    write("g/a.sql", script());
    assert.deepEqual(await messages(), ["generated-no-order"]);
    write("g/b.sql", Buffer.from([1, 0, 2, 3]));
    assert.deepEqual(await messages(), ["generated-unreadable", "generated-no-order"]);
    await assert.rejects(readGeneratedFolder(join(root, "nothing")), /ENOENT/);
  });
});
