import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportRun } from "../../../server/src/database/exportRun";
import type { RunRequest } from "../../../server/src/database/messages";
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
  it("calls sqlcmd once a script, in order, with what the run has", () => {
    using workplace = new Workplace();
    const request = requestFor(workplace, sqlServer, ["C:\\Scripts\\100% new\\a.sql", "C:\\Scripts\\b.sql"], {
      variables: { Who: "O'Neil & Sons" },
      secretVariables: ["Password"],
      options: { onError: "exit", errorSeverity: 11, connectTimeout: 30 },
    });
    const lines = exportRun(request, "bat").split("\r\n");
    assert.equal(lines[0], "@echo off");
    const calls = lines.filter((line) => line.startsWith("sqlcmd"));
    assert.deepEqual(calls, [
      'sqlcmd -S "db1\\CIC" -d "I3 IC" -U "sa" -N -C -b -V 11 -l 30 -i "C:\\Scripts\\100%% new\\a.sql" -v Who="O\'Neil & Sons" Password="%HW_PASSWORD%"',
      'sqlcmd -S "db1\\CIC" -d "I3 IC" -U "sa" -N -C -b -V 11 -l 30 -i "C:\\Scripts\\b.sql" -v Who="O\'Neil & Sons" Password="%HW_PASSWORD%"',
    ]);
    assert.ok(lines.includes("if errorlevel 1 exit /b 1"));
    assert.ok(lines.some((line) => line.startsWith("if not defined SQLCMDPASSWORD")));
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
        `#!/bin/sh\nprintf '%s\\n' "$@" >> '${log}'\ncase "$*" in *bad.sql*) exit 1;; esac\n`,
      );
      chmodSync(tool, 0o755);
      const request: RunRequest = requestFor(
        workplace,
        sqlServer,
        ["/s/it's $HOME `a`.sql", "/s/bad.sql", "/s/never.sql"],
        {
          variables: { Who: "a $b 'c' \"d\"" },
          secretVariables: ["Password"],
        },
      );
      const file = join(folder, "run.sh");
      writeFileSync(file, exportRun(request, "sh"));
      const environment = { PATH: `${folder}:/usr/bin:/bin`, SQLCMDPASSWORD: "x", HW_PASSWORD: "p $w" };
      assert.throws(
        () => execFileSync("/bin/sh", [file], { env: { PATH: environment.PATH }, stdio: "pipe" }),
        /SQLCMDPASSWORD/,
      );
      assert.throws(() => execFileSync("/bin/sh", [file], { env: environment, stdio: "pipe" }));
      const given = readFileSync(log, "utf8").split("\n");
      assert.ok(given.includes("/s/it's $HOME `a`.sql"));
      assert.ok(given.includes("Who=a $b 'c' \"d\""));
      assert.ok(given.includes("Password=p $w"));
      assert.ok(given.includes("/s/bad.sql"));
      assert.ok(!given.includes("/s/never.sql"));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("feeds SQL*Plus the password on its input, never on its command line", () => {
    using workplace = new Workplace();
    const request = requestFor(workplace, { ...oracleTarget, user: "system", privilege: "sysdba" }, [], {
      scripts: [{ path: "/o/a.sql", arguments: ["DATA", "***"] }],
      secretVariables: ["2"],
    });
    const text = exportRun(request, "sh");
    assert.match(text, /sqlplus -L \/nolog <<END_OF_INPUT/);
    assert.match(text, /CONNECT system\/"\$HW_DATABASE_PASSWORD"@\(DESCRIPTION=.* AS SYSDBA/);
    assert.match(text, /@"\/o\/a\.sql" "DATA" "\$HW_2"/);
    assert.match(text, /cd '\/o'/);
  });
});
