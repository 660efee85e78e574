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
  /** Another statement of the block. */
  readonly more?: string;
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
    ...(parts.more === undefined ? [] : [`  ${parts.more}`]),
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
    ["nothing: a quoted link", { link: '"LINK30"' }, []],
    ["quoted link begins with a digit", { link: '"30LINK"' }, ["generated-link-name"]],
    [
      "a second INSERT into another table",
      { more: "INSERT INTO OTHER.T (A) VALUES (1);" },
      ["generated-target"],
    ],
    ["nothing: a second INSERT into the same table", { more: "INSERT INTO AGENTSTATS (A) VALUES (1);" }, []],
    [
      "nothing: rows for the assistant itself",
      { more: "INSERT INTO inin_migration.CallDetail_Restart (A) VALUES (1);" },
      [],
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

  it("reports scripts that were cut off, or have no INSERT", () => {
    const check = (text: string): string[] =>
      checkGenerated("x.sql", readHeader(text), statementFacts(text, "sqlplus")).map(
        ({ code, place }) => `${code} ${place?.line ?? 0}`,
      );
    const whole = script();
    const block = whole.slice(0, whole.indexOf("DECLARE")).split("\n").length;
    assert.deepEqual(check(whole.slice(0, whole.indexOf("DECLARE") + 7)), [
      `generated-cut-off ${block}`,
      "generated-no-insert 22",
    ]);
    assert.deepEqual(check(whole.slice(0, whole.lastIndexOf("/"))), [`generated-cut-off ${block}`]);
    assert.deepEqual(check(whole.replace(/ {2}INSERT[^;]*;/, "  NULL;")), ["generated-no-insert 22"]);
    assert.deepEqual(
      check(whole.replace(/ {2}INSERT[^;]*;/, "  EXECUTE IMMEDIATE 'INSERT INTO T SELECT 1';")),
      [],
    );
  });

  it("finds links behind quoted names", () => {
    const links = (text: string): string[] =>
      statementFacts(text, "sqlplus").links.map(({ value, line }) => `${value} ${line}`);
    assert.deepEqual(links('select 1\nfrom I.T@"L 1", "T"@L2 a, "I"."T"@"l3", I.T@L4 where a = 1'), [
      "L 1 2",
      "L2 2",
      "l3 2",
      "L4 2",
    ]);
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
        scripts.map((each) => [each.name, ...each.arguments]),
        folder,
        hasPassword,
      ]),
      [
        [4, "sqlplus", [["AgentStats.sql", "AgentStats.log"]], "Dialer", true],
        [5, "sqlcmd", [["..\\Tracker\\a b.sql"]], "Dialer", true],
        [6, "cleanup", [], "Dialer", false],
      ],
    );
    assert.doesNotMatch(JSON.stringify(commands), /s3cret|p w/);
  });

  it("reads the arguments of each script, with what the batch file itself sets", () => {
    const commands = batchFileCommands(
      [
        "set LOGS=%~dp0logs",
        'set "NAME=Agent Stats"',
        "set MYPASSWORD=s3cret",
        "set /p WHO=Who?",
        "if not defined OUT set OUT=x",
        'sqlplus u/%MYPASSWORD%@d @a.sql "%LOGS%\\%NAME%.log" %MYPASSWORD% %WHO% %OUT% %1 %~2 >> all.txt 2>&1',
        'sqlplus -S u@d "@b c" b.log&&echo done',
        "echo exit | sqlplus u@d @c.sql c.log",
      ].join("\r\n"),
      "/runs/one/",
    );
    assert.deepEqual(
      commands.map(({ scripts }) => scripts.map((each) => [each.name, ...each.arguments])),
      [
        [["a.sql", "/runs/one/logs\\Agent Stats.log", "%MYPASSWORD%", "%WHO%", "%OUT%", "%1%", "%2%"]],
        [["b c.sql", "b.log"]],
        [["c.sql", "c.log"]],
      ],
    );
    assert.doesNotMatch(JSON.stringify(commands), /s3cret/);
  });
});

describe("variables that a batch file sets with sqlcmd -v", () => {
  const set = (...lines: string[]): unknown =>
    batchFileCommands(lines.join("\r\n"), "/runs/one/").map(({ scripts }) =>
      scripts.map((each) => [each.name, ...(each.variables ?? []).map(({ name, value }) => [name, value])]),
    );

  it("are read with their values, wherever the script stands and however they are quoted", () => {
    assert.deepEqual(
      set(
        "set DB=I3_IC",
        'sqlcmd -S s -v Db=%DB% Path="C:\\a b" "Note=x y" -i a.sql -V 11 -b',
        "sqlcmd -i b.sql -vA=1 -v B=2 C==x>b.log 2>&1",
        "sqlcmd.exe -i c.sql",
        "osql -i d.sql -v A=1",
        "sqlcmd -V A=1 -i e.sql -v -b A=1",
      ),
      [
        [["a.sql", ["Db", "I3_IC"], ["Path", "C:\\a b"], ["Note", "x y"]]],
        [["b.sql", ["A", "1"], ["B", "2"], ["C", "=x"]]],
        [["c.sql"]],
        [["d.sql"]],
        [["e.sql"]],
      ],
    );
  });

  it("have no value where it is a secret, or where only a run of the batch file would know it", () => {
    const line =
      'sqlcmd -v User=%1 Db=%NOBODY% Late=!X! Odd=a^^b Q="a ""b""" End="c:\\" None= DbPassword=s3cret X=1 -i a.sql';
    assert.deepEqual(set(line), [
      [
        [
          "a.sql",
          ...["User", "Db", "Late", "Odd", "Q", "End", "None", "DbPassword"].map((name) => [name, undefined]),
          ["X", "1"],
        ],
      ],
    ]);
    assert.doesNotMatch(JSON.stringify(batchFileCommands(line)), /s3cret/);
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
