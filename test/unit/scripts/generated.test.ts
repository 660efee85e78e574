import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { batchFileCommands } from "../../../server/src/scripts/generated/batchFile";
import { checkGenerated } from "../../../server/src/scripts/generated/checks";
import { statementFacts } from "../../../server/src/scripts/generated/facts";
import { readGeneratedFolder } from "../../../server/src/scripts/generated/folder";
import { headerFields, readHeader, valueOf } from "../../../server/src/scripts/generated/header";

/** What can be changed in a generated script to make it wrong. */
interface Parts {
  readonly fields?: Readonly<Record<string, string>>;
  readonly define?: string;
  readonly generated?: string;
  readonly empty?: string;
  readonly declare?: Readonly<Record<string, string>>;
  readonly insert?: string;
  readonly link?: string;
  readonly where?: string;
}

const sample: Readonly<Record<string, string>> = {
  ...Object.fromEntries(headerFields.map((name) => [name, "NONE"])),
  HasSiteId: "Y",
  DateTimeColumn: "AGENTTIMEUTC",
  EndDateTime: "2013-03-13 00:00:00",
  TableHasData: "0",
  TimeZone: "(GMT-05:00) Eastern Time (US & Canada)",
  TargetSchema: "DIALER_40",
  TargetTable: "AGENTSTATS",
  DialerWorkflow: "flow1",
};

function script(parts: Parts = {}): string {
  const fields = { ...sample, ...parts.fields };
  const declare = {
    v_TargetSchema: sample.TargetSchema,
    v_TargetTable: sample.TargetTable,
    v_DialerWorkflow: sample.DialerWorkflow,
    v_ZoneName: sample.TimeZone,
    ...parts.declare,
  };
  return [
    "SPool '&1'",
    parts.define ?? "SET DEFINE OFF",
    "/*",
    ...Object.entries(fields).map(([name, value]) => `${name.padEnd(28)}= ${value}`),
    "*/",
    `/* ${parts.generated ?? "2013-03-13 15:42:07.123456789."} */`,
    parts.empty ?? "/* Target table DIALER_40.AGENTSTATS is empty. */",
    "SET SERVEROUTPUT ON;",
    "DECLARE",
    "  v_RowCount NUMBER := 0;",
    ...Object.entries(declare).map(([name, value]) => `  ${name} VARCHAR2(255) := '${value ?? ""}';`),
    "BEGIN",
    `  INSERT /*+ APPEND */ INTO ${parts.insert ?? "DIALER_40.AGENTSTATS"} (SITEID, AGENTID)`,
    `  SELECT A.SITEID, A.AGENTID FROM DIALER.I3_FLOW1_AS0@${parts.link ?? "LINK30"} A, inin_migration.timezone tz`,
    `  WHERE tz.zone_name = v_ZoneName ${parts.where ?? ""};`,
    "END;",
    "/",
    "SPOOL OFF",
    "",
  ].join("\n");
}

function codes(parts: Parts): string[] {
  const text = script(parts);
  return checkGenerated("x.sql", readHeader(text), statementFacts(text, "sqlplus")).map(({ code }) => code);
}

describe("generated scripts", () => {
  it("reads the header's fields, time and remark", () => {
    const header = readHeader(script());
    assert.ok(header);
    assert.deepEqual(
      header.fields.map(({ name }) => name),
      [...headerFields],
    );
    assert.equal(valueOf(header, "TimeZone"), "(GMT-05:00) Eastern Time (US & Canada)");
    assert.equal(valueOf(header, "StartDateTime"), undefined);
    assert.equal(header.fields[0]?.line, 4);
    assert.equal(header.generated?.time, "2013-03-13 15:42:07.123456789");
    assert.equal(header.emptyTable?.name, "DIALER_40.AGENTSTATS");
  });

  it("reads a header of line comments, and knows when there is none", () => {
    assert.equal(
      valueOf(readHeader("-- HasSiteId = N\n-- TargetTable = T\nselect 1") ?? { fields: [] }, "TargetTable"),
      "T",
    );
    assert.equal(readHeader("/* a = b */\nselect 1"), undefined);
    assert.equal(readHeader("update t set SiteId = 5"), undefined);
  });

  it("finds nothing wrong with a script as the assistant writes it", () => assert.deepEqual(codes({}), []));

  const wrong: readonly (readonly [string, Parts, readonly string[]])[] = [
    ["rows go to another table", { insert: "DIALER_40.CALLHISTORY" }, ["generated-target"]],
    ["rows go to another schema", { insert: "OTHER.AGENTSTATS" }, ["generated-target"]],
    ["another schema in the variables", { declare: { v_TargetSchema: "OTHER" } }, ["generated-target"]],
    ["another time zone", { declare: { v_ZoneName: "UTC" } }, ["generated-time-zone"]],
    ["another workflow", { declare: { v_DialerWorkflow: "flow2" } }, ["generated-workflow"]],
    [
      "the end lies in the day of the run",
      { fields: { EndDateTime: "2013-03-13 08:00:00" } },
      ["generated-dates"],
    ],
    ["the range is upside down", { fields: { StartDateTime: "2013-03-14 00:00:00" } }, ["generated-dates"]],
    [
      "empty, with NOT EXISTS",
      { where: "AND NOT EXISTS (SELECT 1 FROM DIALER_40.AGENTSTATS)" },
      ["generated-has-data"],
    ],
    ["not empty, without NOT EXISTS", { fields: { TableHasData: "1" }, empty: "" }, ["generated-has-data"]],
    [
      "not empty, with the remark",
      { fields: { TableHasData: "1" }, where: "AND NOT EXISTS (SELECT 1 FROM X)" },
      ["generated-has-data"],
    ],
    ["link begins with a digit", { link: "30LINK" }, ["generated-link-name"]],
    ["no SET DEFINE OFF", { define: "SET VERIFY OFF" }, ["generated-define"]],
    [
      "the remark names another table",
      { empty: "/* Target table DIALER_40.OTHER is empty. */" },
      ["generated-target"],
    ],
    ["unknown order of fields", { fields: { HasSiteId: "Y" } }, []],
  ];
  for (const [name, parts, expected] of wrong) {
    it(`reports: ${name}`, () => assert.deepEqual(codes(parts), expected));
  }

  it("reports missing, repeated and disordered fields, and a missing header", () => {
    const check = (text: string): string[] =>
      checkGenerated("x.sql", readHeader(text), statementFacts(text, "sqlplus")).map(
        ({ message }) => message,
      );
    const all = headerFields.map((name) => `${name} = NONE`);
    assert.deepEqual(check(`/*\n${all.join("\n")}\n*/`), []);
    assert.match(
      check(`/*\n${all.filter((line) => !line.startsWith("Input")).join("\n")}\n*/`)[0] ?? "",
      /has no Input$/,
    );
    assert.match(check(`/*\n${[...all, "Input = x"].join("\n")}\n*/`)[0] ?? "", /Input twice/);
    assert.match(check(`/*\n${[...all].reverse().join("\n")}\n*/`)[0] ?? "", /not in the assistant's order/);
    assert.match(check("select 1 from dual;")[0] ?? "", /no header comment/);
  });

  it("reads SQL Server statements too", () => {
    const facts = statementFacts(
      "DECLARE @TargetTable varchar(30)\nSET @TargetTable = 'CallDetail'\nINSERT INTO [I3_IC].[dbo].[CallDetail] (a)\nSELECT a FROM [LINK30].[I3_IC].[dbo].[CallDetail] s WHERE NOT EXISTS (SELECT 1)",
      "sqlcmd",
    );
    assert.deepEqual([...facts.variables], [["TargetTable", { value: "CallDetail", line: 2 }]]);
    assert.deepEqual(facts.inserts, [{ value: "I3_IC.dbo.CallDetail", line: 3 }]);
    assert.deepEqual(facts.links, [{ value: "LINK30", line: 4 }]);
    assert.equal(facts.notExists, true);
  });

  it("reads batch files without starting anything, passwords masked", () => {
    const commands = batchFileCommands(
      [
        "@echo off",
        "rem sqlplus a/b@c @old.sql",
        'cd /d "%~dp0Dialer"',
        'sqlplus ic/s3cret@host:1521/svc @"AgentStats.sql" AgentStats.log',
        'call sqlcmd -S srv -U sa -P "p w" -i "..\\Tracker\\a b.sql" -v X=1',
        "cleanup.exe /now",
      ].join("\r\n"),
    );
    assert.deepEqual(
      commands.map(({ line, tool, scripts, folder, hasPassword }) => [
        line,
        tool,
        scripts,
        folder,
        hasPassword,
      ]),
      [
        [4, "sqlplus", ["AgentStats.sql"], "Dialer", true],
        [5, "sqlcmd", ["..\\Tracker\\a b.sql"], "Dialer", true],
        [6, "cleanup", [], "Dialer", false],
      ],
    );
    assert.doesNotMatch(JSON.stringify(commands), /s3cret|p w/);
  });
});

describe("what a clean-up batch would do", () => {
  const read = (...lines: string[]) => batchFileCommands(lines.join("\r\n"));

  it("lists what works on files, wherever it stands on the line", () => {
    assert.deepEqual(
      read(
        "@echo off",
        "del /s /q C:\\data\\*.*",
        "if exist x.sql del x.sql",
        'if not exist "a & b" (goto end) else rd/s "a & b"',
        "for %%f in (*.log) do erase %%f",
        "cd /d C:\\data && del *.*",
        "echo y| move a b",
        "ren a b",
        "rem del nothing",
        "echo del & rem del",
        "if errorlevel 1 goto end",
        'if "%X%"=="" exit /b 1',
        ":end",
        "if %errorlevel% neq 0 (",
        ") else (",
        "  del last",
        ")",
      ).map(({ line, tool, scripts, folder, destructive }) => [
        line,
        tool,
        scripts,
        folder,
        destructive.join(", "),
      ]),
      [
        [2, "del", [], "", "del"],
        [3, "del", [], "", "del"],
        [4, "rd", [], "", "rd"],
        [5, "erase", [], "", "erase"],
        [6, "del", [], "C:\\data", "del"],
        [7, "move", [], "C:\\data", ""],
        [8, "ren", [], "C:\\data", ""],
        [16, "del", [], "C:\\data", "del"],
      ],
    );
  });

  it("marks destructive SQL on the command line", () => {
    const found = read(
      'sqlcmd -S s -E -Q "DROP TABLE a"',
      'osql -E /q"truncate table b; select 1" -d x',
      "if exist x sqlcmd -E ^",
      '  -Q "delete from c"',
      'sqlcmd -E -Q "select \'drop table d\'" -v q="drop table e"',
    );
    assert.deepEqual(
      found.map(({ line, destructive }) => [line, destructive]),
      [
        [1, ["DROP TABLE a"]],
        [2, ["TRUNCATE TABLE b"]],
        [3, ["DELETE c"]],
        [5, []],
      ],
    );
  });

  const passwords: readonly (readonly [string, string])[] = [
    ["sqlcmd -U sa -P $ecret -i a.sql", "sqlcmd -U sa -P *** -i a.sql"],
    ["osql /U sa /P secret /i a.sql", "osql /U sa /P *** /i a.sql"],
    ['sqlcmd -P"se cret" -i a.sql', "sqlcmd -P*** -i a.sql"],
    ["sqlcmd -P %secret -i a.sql", "sqlcmd -P *** -i a.sql"],
    ["sqlcmd -E -v Password=secret User=a", "sqlcmd -E -v Password=*** User=a"],
    ["sqlplus ic/p@secret@h @a.sql x/y", "sqlplus ic/***@h @a.sql x/y"],
    ['sqlplus -S "ic/secret" @a.sql', 'sqlplus -S "ic/***" @a.sql'],
    ['sqlplus ic/"se@ cret"@h:1521/svc as sysdba @a.sql', "sqlplus ic/***@h:1521/svc as sysdba @a.sql"],
    ['cmd /c "sqlplus ic/secret@h @a.sql"', 'cmd /c "sqlplus ic/***@h @a.sql"'],
    [
      "sqlplus a/secret@h @a.sql & sqlplus b/secret@h @b.sql",
      "sqlplus a/***@h @a.sql & sqlplus b/***@h @b.sql",
    ],
  ];
  for (const [line, masked] of passwords) {
    it(`masks ${line}`, () =>
      assert.deepEqual(
        read(line).map(({ text, hasPassword }) => [text, hasPassword]),
        [[masked, true]],
      ));
  }

  it("masks nothing where no password stands", () => {
    for (const line of [
      "sqlcmd -E -p -i a.sql",
      'sqlcmd -U sa -P "%PW%" -i a.sql',
      "sqlplus ic/%PW%@h @a.sql",
      "sqlplus /nolog @a.sql C:/a@b",
      'sqlplus "/ as sysdba" @a.sql',
    ])
      assert.deepEqual(
        read(line).map(({ text, hasPassword }) => [text, hasPassword]),
        [[line, false]],
      );
  });
});

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
