import assert from "node:assert/strict";
import { batchFileCommands } from "../../../server/src/scripts/generated/batchFile";

describe("batch files of generated scripts", () => {
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
