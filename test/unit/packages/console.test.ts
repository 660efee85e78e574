import assert from "node:assert/strict";
import fc from "fast-check";
import {
  buildConsoleCommand,
  type ConsoleCommand,
  withDependencies,
} from "../../../server/src/packages/console/command";
import { consoleCalls } from "../../../server/src/packages/console/calls";
import { logicalLines } from "../../../server/src/packages/console/line";
import { consoleOptions } from "../../../server/src/packages/console/options";
import { checkConsoleScript } from "../../../server/src/packages/console/script";

const GOOD_EXPORT = String.raw`ININ.Migrator.Console -export -exportNodes="all" -exportFolder="d:\temp\out" -customHandlerPath="d:\handlers" -noprompt`;
const GOOD_IMPORT = String.raw`ININ.Migrator.Console -import -importfile="d:\in\foo_12062011091650.ininmigr" -importNodes="all" -extractionfolder="d:\temp\x" -importmode=0 -noprompt`;

/** Codes of what is worse than a remark. */
const mistakes = (script: string): string[] =>
  checkConsoleScript(script)
    .filter(({ severity }) => severity === "error" || severity === "warning")
    .map(({ code }) => code.replace("console/", ""));
const all = (script: string): string[] =>
  checkConsoleScript(script).map(({ code }) => code.replace("console/", ""));

describe("console lines", () => {
  it("in good form have no mistakes", () => {
    assert.deepEqual(mistakes(GOOD_EXPORT), []);
    assert.deepEqual(mistakes(GOOD_IMPORT), []);
    // The export without prompt leaves the Dialer data out: that is worth a remark.
    assert.deepEqual(all(GOOD_EXPORT), ["dialer"]);
    assert.deepEqual(all(GOOD_IMPORT), []);
  });

  const cases: [what: string, from: string | RegExp, to: string, code: string, message: RegExp][] = [
    ["noprompt without dash", "-noprompt", "noprompt", "dash", /write -noprompt.*print it without dash/],
    ["another option without dash", "-export ", "export ", "dash", /write -export/],
    ["a slash", "-noprompt", "/noprompt", "dash", /plain dash/],
    ["a long dash", "-noprompt", "–noprompt", "dash", /plain dash/],
    ["a misspelt option", "-exportFolder", "-exportFold", "unknown-option", /-exportFolder may be meant/],
    ["an option given twice", "-noprompt", "-noprompt -NOPROMPT", "twice", /twice/],
    ["a value behind a blank", '-exportNodes="all"', '-exportNodes "all"', "stray", /follows an equals sign/],
    ["blanks without quotes", '"d:\\handlers"', "d:\\my handlers", "stray", /in quotes/],
    ["a flag with a value", "-noprompt", "-noprompt=1", "value", /takes no value/],
    ["an empty value", '"all"', '""', "value", /needs a value/],
    [
      "a quote that stays open",
      '"d:\\handlers" -noprompt',
      '"d:\\handlers -noprompt',
      "quotes",
      /on one line/,
    ],
    ["both modes", "-export ", "-export -import ", "both-modes", /exclude/],
    ["an option of the other mode", "-noprompt", "-devMode -noprompt", "wrong-mode", /belongs to -import/],
    ["no folder", / -exportFolder="[^"]*"/, "", "missing", /-exportFolder is missing/],
    ["the installation as target", '"d:\\temp\\out"', '"d:\\I3\\IC"', "install-root", /overwritten/],
    ["a drive as target", '"d:\\temp\\out"', '"d:\\"', "install-root", /root of a drive/],
    ["a path that is not full", '"d:\\temp\\out"', '"out"', "relative-path", /full path/],
    ["a clear password", "-noprompt", '-password="Sesame" -noprompt', "password", /environment variable/],
    ["users alone", '"all"', '"users, Lines"', "dependency", /Users without Workgroups/],
    ["AdminConfig alone", '"all"', '"AdminConfig,Users,Workgroups"', "dependency", /without Workstations/],
    [
      "AdminConfig without Tracker Config",
      '"all"',
      '"AdminConfig,Users,Workgroups,Workstations"',
      "tracker-config",
      /together with those of Tracker Config, or after/,
    ],
    ["handlers without server", '"all"', '"IP\\Handlers"', "dependency", /<SERVER>\\IP/],
    ["a part of IPA", '"all"', '"IPA\\Processes"', "partial-ipa", /choose IPA/],
    ["a comma too many", '"all"', '"IPA,"', "nodes", /comma/],
    ["all and others", '"all"', '"all,Lines"', "nodes", /not needed/],
  ];
  for (const [what, from, to, code, message] of cases) {
    it(`show ${what}`, () => {
      const script = GOOD_EXPORT.replace(from, () => to);
      assert.notEqual(script, GOOD_EXPORT);
      assert.ok(mistakes(script).includes(code), mistakes(script).join());
      assert.ok(
        checkConsoleScript(script).some(
          (finding) => finding.code === `console/${code}` && message.test(finding.message),
        ),
      );
    });
  }

  it("show mistakes of an import", () => {
    for (const [from, to, code] of [
      [" -importmode=0", "", "missing"],
      ["-importmode=0", "-importmode=2", "value"],
      [".ininmigr", ".inimigr", "importfile"],
      ["_12062011091650", "", "importfile"],
      [".ininmigr", ".zip", "importfile"],
      ["-import ", "", "no-mode"],
    ] as const) {
      assert.ok(mistakes(GOOD_IMPORT.replace(from, to)).includes(code), `${from} -> ${to}`);
    }
    assert.ok(all(GOOD_IMPORT.replace("-importmode=0", "-importmode=1")).includes("recovery"));
  });

  it("may leave nodes unknown, names in variables, and quotes anywhere", () => {
    const odd = GOOD_EXPORT.replace('"all"', '"Some New Node"').replace(
      '-exportFolder="d:\\temp\\out"',
      '"-exportFolder=%OUT%"',
    );
    assert.deepEqual(all(odd), ["unknown-node", "dialer"]);
    assert.deepEqual(mistakes(GOOD_EXPORT.replace("-noprompt", '-password="%PW%" -noprompt')), []);
  });

  it("must not take the password from the script itself, nor repeat it", () => {
    const script = `@echo off\r\nset "PW=Sesame"\r\n${GOOD_EXPORT} -password=%pw%\r\nset /p OTHER=Password? \r\n${GOOD_EXPORT} -password=%other%\r\n${GOOD_EXPORT} -password=Sesame -pasword=Sesame "Sesame`;
    const findings = checkConsoleScript(script);
    assert.deepEqual(
      findings.filter(({ code }) => code === "console/password").map(({ place }) => place?.line),
      [3, 6],
    );
    assert.deepEqual(mistakes(`if x set PW=Sesame&& cd x\r\n${GOOD_EXPORT} -password=%pw%`), ["password"]);
    assert.ok(!JSON.stringify(findings).includes("Sesame"));
  });

  it("are found with their places, in blocks, behind other commands, over continued lines, not in comments", () => {
    const script = [
      "@echo off",
      "rem ININ.Migrator.Console nonsense",
      ":: ININ.Migrator.Console nonsense",
      "echo ININ.Migrator.Console nonsense",
      `net stop "CIC" && "C:\\I3\\IC\\Migrator\\inin.migrator.console.EXE" -export ^`,
      `  -exportNodes=all -exportFolder=d:\\out ^`,
      `  noprompt > log.txt`,
      `if exist x (ININ.Migrator.Console -export -exportNodes=all -exportFolder=d:\\out -noprompt)`,
    ].join("\r\n");
    assert.deepEqual(
      checkConsoleScript(script).map(({ code, place, length }) => [code, place?.line, place?.column, length]),
      [
        ["console/dash", 7, 3, 8],
        ["console/dialer", 8, 81, 9],
      ],
    );
  });

  /** Codes with the text they mark. */
  const marked = (script: string): string[] =>
    checkConsoleScript(script).map(({ code, place, length }) => {
      const line = script.split("\r\n")[(place?.line ?? 0) - 1] ?? "";
      const at = (place?.column ?? 0) - 1;
      return `${code.replace("console/", "")} ${line.slice(at, at + length)}`;
    });
  const BAD = String.raw`ININ.Migrator.Console -export -exportNodes=all -exportFolder=C:\I3\IC -noprompt -password=klartext`;
  const BAD_MARKED = [
    String.raw`install-root -exportFolder=C:\I3\IC`,
    "dialer -noprompt",
    "password -password=klartext",
  ];

  it("are all found in a line of several commands", () => {
    for (const between of ["&&", " & ", "||", "|", ") else (", " 2>nul && "]) {
      const script = `if exist x (${GOOD_IMPORT}${between}${BAD})`;
      assert.deepEqual(marked(script), BAD_MARKED, between);
      assert.deepEqual(marked(`${BAD} ${between} ${GOOD_IMPORT}`), BAD_MARKED, between);
    }
    // The second command is part of a quoted value, or of a remark.
    assert.deepEqual(mistakes(`${GOOD_EXPORT.replace("d:\\handlers", `d:\\a && ${BAD}`)}`), []);
    assert.deepEqual(mistakes(`${GOOD_IMPORT} & rem ${BAD} && ${BAD}`), []);
  });

  it("are found in what other programs are given to run", () => {
    const quoted = String.raw`"C:\My I3\ININ.Migrator.Console.exe" -export -exportNodes="all" -exportFolder="C:\I3\IC" -noprompt -password=klartext`;
    for (const script of [
      `cmd /c "${BAD}"`,
      `cmd.exe /d /s /c"${BAD}"`,
      `@%ComSpec% /v:on /K "net stop x && ${BAD}" > log.txt 2>&1`,
      `cmd /c ${BAD}`,
      `start "ININ.Migrator.Console -export" /wait cmd /c "${BAD}"`,
      `start "" /wait ${BAD}`,
      `call ${BAD}`,
      `call cmd /c "cmd /c "${BAD}""`,
      `schtasks /create /tn x /tr "${BAD}"`,
      `for %%a in (1 2) do ${BAD}`,
      `net stop x > log.txt && ${BAD}`,
      `if not exist "C:\\ININ.Migrator.Console.exe" ${BAD}`,
    ]) {
      assert.deepEqual(marked(script), BAD_MARKED, script);
    }
    for (const script of [
      `cmd /c "${quoted}"`,
      `cmd /c ${quoted}`,
      `start "x" ${quoted}`,
      `cmd /c ^\r\n"${quoted}"`,
    ]) {
      assert.deepEqual(
        marked(script),
        [String.raw`install-root -exportFolder="C:\I3\IC"`, ...BAD_MARKED.slice(1)],
        script,
      );
    }
    assert.deepEqual(marked(`cmd /c net stop x ^&^& ${BAD}`), BAD_MARKED);
    assert.deepEqual(marked(`${BAD} 2>nul >>log.txt`), BAD_MARKED);
  });

  it("are not what only names the program or shows its line", () => {
    for (const script of [
      'if not exist "C:\\I3\\IC\\Migrator\\ININ.Migrator.Console.exe" exit /b 1',
      "taskkill /im ININ.Migrator.Console.exe /f",
      'tasklist /fi "imagename eq ININ.Migrator.Console.exe"',
      'copy "C:\\old\\ININ.Migrator.Console notes.txt" D:\\x',
      `echo ${BAD}`,
      `echo cmd /c "${BAD}"`,
      `cmd /c "echo ${BAD}"`,
      `findstr /c:"${BAD}" log.txt`,
      `title "${BAD}"`,
    ]) {
      assert.deepEqual(marked(script), [], script);
    }
  });

  it("show an installation as target where the fixed part of a path with variables tells", () => {
    const codes = (path: string): string[] =>
      mistakes(GOOD_EXPORT.replace('"d:\\temp\\out"', () => `"${path}"`));
    for (const path of [
      "%SystemDrive%\\I3\\CIC",
      "!ROOT!\\I3\\IC\\Temp",
      "%%d:\\i3",
      "%~dp0I3\\IC",
      "%SystemDrive%\\",
      "%DRIVE%:\\",
      "%ProgramFiles(x86)%\\Interactive Intelligence\\%NAME%",
      "D:\\I3\\IC\\%DATE%",
    ]) {
      assert.deepEqual(codes(path), ["install-root"], path);
    }
    for (const path of [
      "%OUT%",
      "%OUT%\\",
      "%~dp0",
      "%~dp0out",
      "D:\\I3\\%NAME%",
      "%SystemDrive%\\Temp",
      "%I3%\\IC",
    ])
      assert.deepEqual(codes(path), [], path);
    assert.deepEqual(codes("out\\%NAME%"), ["relative-path"]);
  });

  it("may choose AdminConfig after Tracker Config, in one call or in two", () => {
    const of = (nodes: string): string => GOOD_IMPORT.replace('"all"', `"${nodes}"`);
    const admin = "AdminConfig,Users,Workgroups,Workstations";
    assert.deepEqual(mistakes(of(`${admin},Tracker Config`)), []);
    assert.deepEqual(mistakes(`${of("Tracker Configuration")}\r\n${of(admin)}`), []);
    assert.deepEqual(mistakes(`${of("all")} && ${of(admin)}`), []);
    assert.deepEqual(mistakes(`${of(admin)}\r\n${of("Tracker Config")}`), ["tracker-config"]);
    assert.deepEqual(mistakes(`${GOOD_EXPORT}\r\n${of(admin)}`), ["tracker-config"]);
  });

  it("are checked whatever they hold", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "ININ.Migrator.Console",
        "-export",
        '"',
        "^",
        "\n",
        "=",
        "-password=",
        " ",
        "&",
        "%",
        "rem ",
        "\u0000",
        "\\",
        "(",
        ")",
        "cmd /c ",
        "<",
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const script = pieces.join("");
        const lines = script.split(/\r\n|\n|\r/);
        for (const { place } of checkConsoleScript(script)) {
          const line = lines[(place?.line ?? 0) - 1];
          assert.ok(line !== undefined && (place?.column ?? 0) >= 1 && (place?.column ?? 0) <= line.length);
        }
      }),
      { seed: 8, numRuns: 2000 },
    );
    const long = `${GOOD_EXPORT} ${'"a" ^\n'.repeat(50_000)}`;
    assert.ok(checkConsoleScript(long).length > 0);
  });
});

describe("building console lines", () => {
  const exporting: ConsoleCommand = {
    mode: "export",
    nodes: ["IP Phones", "Lines"],
    exportFolder: "D:\\Temp\\My export\\",
    customHandlerPath: "D:\\Handlers",
    passwordVariable: "PW",
    noPrompt: true,
  };

  it("writes every option, with the password as a variable", () => {
    assert.equal(
      buildConsoleCommand(exporting).line,
      String.raw`ININ.Migrator.Console -export -exportNodes="IP Phones, Lines" -exportFolder="D:\Temp\My export" -customHandlerPath="D:\Handlers" -password="%PW%" -noprompt`,
    );
    assert.equal(
      buildConsoleCommand({
        mode: "import",
        program: "C:\\Program Files\\Migrator\\ININ.Migrator.Console.exe",
        nodes: "all",
        importFile: "D:\\foo_12062011091650.ininmigr",
        extractionFolder: "D:\\Temp\\x",
        importMode: 1,
        devMode: true,
        noPrompt: false,
      }).line,
      String.raw`"C:\Program Files\Migrator\ININ.Migrator.Console.exe" -import -importfile="D:\foo_12062011091650.ininmigr" -importNodes="all" -extractionfolder="D:\Temp\x" -importmode=1 -devMode`,
    );
  });

  it("shows the same mistakes as the check of scripts", () => {
    const { findings } = buildConsoleCommand({ ...exporting, exportFolder: "D:\\I3\\IC" });
    assert.deepEqual(
      findings.map(({ code }) => code),
      ["console/dependency", "console/install-root", "console/dialer"],
    );
    const missing = buildConsoleCommand({ ...exporting, nodes: [], exportFolder: "" });
    assert.equal(missing.findings.filter(({ code }) => code === "console/missing").length, 2);
    const quoted = buildConsoleCommand({ ...exporting, exportFolder: 'D:\\a" -import -x="' });
    assert.ok(!quoted.line.includes("-import"));
    assert.ok(quoted.findings.some(({ code }) => code === "console/value"));
  });

  it("writes lines that are read back as they were meant", () => {
    const name = fc
      .stringMatching(/^[A-Za-z0-9 ()&^_.-]{1,12}$/)
      .map((text) => `D:\\x\\${text.trim() || "y"}`);
    fc.assert(
      fc.property(name, name, fc.boolean(), (exportFolder, customHandlerPath, noPrompt) => {
        const { line } = buildConsoleCommand({
          mode: "export",
          nodes: "all",
          exportFolder,
          customHandlerPath,
          noPrompt,
        });
        const [read] = logicalLines(line).flatMap(consoleCalls);
        const values = Object.fromEntries(read?.arguments.map(({ name: key, value }) => [key, value]) ?? []);
        assert.deepEqual(values, {
          export: undefined,
          exportNodes: "all",
          exportFolder,
          customHandlerPath,
          ...(noPrompt ? { noprompt: undefined } : {}),
        });
      }),
      { seed: 8 },
    );
  });

  it("adds what the chosen nodes need, and says why", () => {
    const { nodes, added } = withDependencies(["AdminConfig", "IP\\Handlers"]);
    assert.deepEqual(nodes, [
      "AdminConfig",
      "IP\\Handlers",
      "Users",
      "Workstations",
      "<SERVER>\\IP",
      "Workgroups",
    ]);
    assert.deepEqual(
      added.map(({ node, because }) => [node, because.split(":")[0]]),
      [
        ["Users", "AdminConfig"],
        ["Workstations", "AdminConfig"],
        ["<SERVER>\\IP", "IP\\Handlers"],
        ["Workgroups", "Users"],
      ],
    );
    assert.deepEqual(withDependencies(["Lines"]).added, []);
  });

  it("knows twelve options, each once", () => {
    assert.equal(new Set(consoleOptions.map(({ name }) => name.toLowerCase())).size, 12);
  });
});
