import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportRun } from "../../../server/src/database/exportRun";
import type { RunRequest } from "../../../server/src/database/messages";
import { readScript } from "../../../server/src/scripts/read";
import { SqlplusSession } from "../../../server/src/scripts/sqlplus/session";
import { oracleTarget, requestFor, Workplace } from "./runHelp";

const sqlServer = {
  kind: "sqlserver",
  server: "db1",
  instance: "CIC",
  database: "I3 IC",
  user: "sa",
  encryption: "required",
  trustServerCertificate: true,
} as const;

describe("a run as a script for the official tools", () => {
  it("calls sqlcmd once a script, in order, in its folder, with what the run has", () => {
    using workplace = new Workplace();
    const request = requestFor(
      workplace,
      sqlServer,
      ["C:\\Scripts\\100% new\\a.sql", "\\\\srv\\s\\d\\b.sql"],
      {
        variables: { Who: "O'Neil & Sons" },
        secretVariables: ["Password"],
        options: { onError: "exit", errorSeverity: 11, connectTimeout: 30 },
      },
    );
    const [file, ...more] = exportRun(request, "bat", "run.bat");
    assert.deepEqual(more, []);
    const lines = file?.text.split("\r\n") ?? [];
    assert.equal(lines[0], "@echo off");
    const end = ["if not %errorlevel%==0 exit /b 1", "popd"];
    const options = '-S "db1\\CIC" -d "I3 IC" -U "sa" -N -C -b -V 11 -l 30';
    assert.deepEqual(lines.slice(lines.findIndex((line) => line.startsWith('set "Password'))), [
      'set "Password=%HW_PASSWORD%"',
      'pushd "C:\\Scripts\\100%% new" || exit /b 2',
      `sqlcmd ${options} -i "C:\\Scripts\\100%% new\\a.sql" -v Who="O'Neil & Sons"`,
      ...end,
      'pushd "\\\\srv\\s\\d" || exit /b 2',
      `sqlcmd ${options} -i "\\\\srv\\s\\d\\b.sql" -v Who="O'Neil & Sons"`,
      ...end,
      "",
    ]);
    assert.ok(lines.some((line) => line.startsWith("if not defined SQLCMDPASSWORD")));
    assert.ok(lines.some((line) => line.startsWith("if not defined HW_PASSWORD")));
  });

  it("runs in a shell, hands everything over as it is, and stops at the first failure", function () {
    if (process.platform === "win32") return this.skip();
    using workplace = new Workplace();
    const folder = mkdtempSync(join(tmpdir(), "hw-export-"));
    try {
      const log = join(folder, "log");
      const tool = join(folder, "sqlcmd");
      writeFileSync(
        tool,
        // A shell in its place would lose the variables with odd names.
        `#!${process.execPath}\nconst words = process.argv.slice(2);\n` +
          `const all = [process.cwd(), ...words, ...Object.entries(process.env).map((pair) => pair.join("="))];\n` +
          `require("fs").appendFileSync(${JSON.stringify(log)}, all.join("\\n") + "\\n");\n` +
          `process.exitCode = words.some((word) => word.includes("bad.sql")) ? 1 : 0;\n`,
      );
      chmodSync(tool, 0o755);
      const odd = join(folder, "it's $HOME `a`");
      mkdirSync(odd);
      const scripts = [join(odd, "a.sql"), join(folder, "bad.sql"), join(folder, "never.sql")];
      const request: RunRequest = requestFor(workplace, sqlServer, scripts, {
        variables: { Who: "a $b 'c' \"d\"" },
        secretVariables: ["Password", "Other-One"],
      });
      const file = join(folder, "run.sh");
      writeFileSync(file, exportRun(request, "sh", "run.sh")[0]?.text ?? "");
      const path = `${folder}:/usr/bin:/bin`;
      const environment = { PATH: path, SQLCMDPASSWORD: "x", HW_PASSWORD: 'p $w"', HW_OTHER_ONE: "q" };
      assert.throws(
        () => execFileSync("/bin/sh", [file], { env: { PATH: path }, stdio: "pipe" }),
        /SQLCMDPASSWORD/,
      );
      assert.throws(() => execFileSync("/bin/sh", [file], { env: environment, stdio: "pipe" }));
      const given = readFileSync(log, "utf8").split("\n");
      assert.equal(given[0], odd);
      assert.ok(given.includes(scripts[0] ?? ""));
      assert.ok(given.includes("Who=a $b 'c' \"d\""));
      const words = given.slice(given.indexOf("-S"), given.indexOf("Who=a $b 'c' \"d\"") + 1);
      assert.ok(!words.some((word) => word.includes("p $w")), "a secret on the command line");
      assert.ok(given.includes('Password=p $w"'));
      assert.ok(given.includes("Other-One=q"));
      assert.ok(given.includes(scripts[1] ?? ""));
      assert.ok(!given.includes(scripts[2] ?? ""));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const odd = ["R&D (x86) ^1", "100%", 'say "no"', "it's $HOME `a`"];

  /** What SQL*Plus is told, as the product's own reader takes it: the connection, and the script with its arguments. */
  async function told(workplace: Workplace, input: string, answers: Readonly<Record<string, string>>) {
    const session = new SqlplusSession({ ask: ({ name }) => Promise.resolve(answers[name.toLowerCase()]) });
    const found = { connect: "", texts: [] as string[], problems: [] as string[] };
    for await (const item of readScript(workplace.script("input.sql", input), session, {
      allowOutside: true,
    })) {
      if (item.kind === "batch") found.texts.push(item.text);
      else if (item.kind === "problem") found.problems.push(item.problem.message);
      else if (item.kind === "command" && item.command.name === "connect")
        found.connect = JSON.stringify(item.command);
    }
    return { ...found, session };
  }

  it("gives SQL*Plus what a batch file cannot say in a file beside it", async () => {
    using workplace = new Workplace();
    mkdirSync(join(workplace.folder, "R&D (x86)"));
    const path = workplace.script("R&D (x86)/a.sql", "prompt x\n");
    const request = requestFor(workplace, { ...oracleTarget, privilege: "sysdba" }, [], {
      scripts: [
        { path, arguments: [...odd, "***"] },
        { path: "C:\\Program Files (x86)\\b&c\\Ora_IRBuild.sql", arguments: ["DATA"] },
      ],
      secretVariables: ["5"],
    });
    const [main, first, second, ...more] = exportRun(request, "bat", "my 100%.bat");
    assert.deepEqual(
      [main?.name, first?.name, second?.name, more],
      ["my 100%.bat", "my 100%.1.sql", "my 100%.2.sql", []],
    );
    const lines = main?.text.split("\r\n") ?? [];
    assert.ok(lines.includes('pushd "C:\\Program Files (x86)\\b&c" || exit /b 2'));
    assert.ok(lines.includes('set "EXPORT_FOLDER=%~dp0"'));
    assert.deepEqual(
      lines.filter((line) => line.includes("sqlplus -L")),
      [
        'cmd /d /v:on /s /c "(echo(!HW_DATABASE_PASSWORD!)&(echo(!HW_5!)"| sqlplus -L /nolog @"%EXPORT_FOLDER%my 100%%.1.sql"',
        'cmd /d /v:on /s /c "(echo(!HW_DATABASE_PASSWORD!)"| sqlplus -L /nolog @"%EXPORT_FOLDER%my 100%%.2.sql"',
      ],
    );
    const { session, connect, problems } = await told(workplace, first?.text ?? "", {
      hw_password: "p@&w",
      hw_5: "s",
    });
    assert.deepEqual(problems, []);
    assert.match(connect, /@\(DESCRIPTION=\(ADDRESS=/);
    assert.deepEqual(
      ["1", "2", "3", "4", "5"].map((name) => session.get(name)),
      [...odd, "s"],
    );
    assert.equal(session.get("hw_password"), undefined);
    const twoLines = second?.text.split("\r\n") ?? [];
    assert.ok(twoLines.includes('DEFINE hw_script = "C:\\Program Files (x86)\\b&c\\Ora_IRBuild.sql"'));
    assert.ok(twoLines.indexOf("WHENEVER OSERROR EXIT 1") < twoLines.indexOf('@"&hw_script" "&hw_1"'));
  });

  it("feeds SQL*Plus the password on its input, never on its command line", async function () {
    if (process.platform === "win32") return this.skip();
    using workplace = new Workplace();
    const path = workplace.script("R&D $HW_X `a`.sql", "prompt x\n");
    const log = join(workplace.folder, "log");
    const tool = workplace.script("sqlplus", `#!/bin/sh\n{ pwd; echo "$*"; cat; } > '${log}'\n`);
    chmodSync(tool, 0o755);
    const request = requestFor(workplace, oracleTarget, [], {
      scripts: [{ path, arguments: [...odd, "***"] }],
      secretVariables: ["5"],
    });
    const [main, ...more] = exportRun(request, "sh", "run.sh");
    assert.deepEqual(more, []);
    const file = workplace.script("run.sh", main?.text ?? "");
    const environment = {
      PATH: `${workplace.folder}:/usr/bin:/bin`,
      HW_DATABASE_PASSWORD: "p@&`w",
      HW_5: "$s",
    };
    execFileSync("/bin/sh", [file], { env: environment });
    const [folder, words, ...input] = readFileSync(log, "utf8").split("\n");
    assert.deepEqual([folder, words], [workplace.folder, "-L /nolog"]);
    const { session, connect, problems } = await told(workplace, input.join("\n"), {});
    assert.deepEqual(problems, []);
    assert.match(connect, /DESCRIPTION/);
    assert.deepEqual(
      ["1", "2", "3", "4", "5"].map((name) => session.get(name)),
      [...odd, "$s"],
    );
  });
});
