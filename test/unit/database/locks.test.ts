import { spawn } from "node:child_process";
import { once } from "node:events";
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TargetLock } from "../../../server/src/database/lock";
import { PastRuns } from "../../../server/src/database/pastRuns";
import { createRunFolder, safeName } from "../../../server/src/database/runFolder";
import { TdsServer } from "../../tds/server";
import { interrupted } from "./interrupted";
import { requestFor, runHere, sqlServerTarget, Workplace } from "./runHelp";

const target = {
  kind: "sqlserver",
  server: "A",
  user: "x",
  encryption: "required",
  trustServerCertificate: false,
} as const;

describe("folders and locks", () => {
  it("makes a folder of its own for each run, also within one second", async () => {
    using workplace = new Workplace();
    const now = new Date("2026-11-22T06:15:03Z");
    const names = [];
    for (let count = 0; count < 3; count++)
      names.push((await createRunFolder(workplace.runs, now)).path.slice(workplace.runs.length + 1));
    assert.deepEqual(names, ["2026-11-22_06-15-03", "2026-11-22_06-15-03_2", "2026-11-22_06-15-03_3"]);
  });

  it("lists runs, latest first, and those that cannot be read", async () => {
    const { workplace, server, ran } = await interrupted("print 1\nGO\n");
    const broken = await createRunFolder(workplace.runs, new Date("2020-01-01T00:00:00Z"));
    writeFileSync(broken.journal, "no journal\n");
    const { runs, unreadable } = await new PastRuns().list(workplace.runs);
    assert.deepEqual(
      runs.map(({ folder }) => folder.path),
      [ran.result.folder],
    );
    assert.deepEqual(
      unreadable.map(({ path }) => path),
      [broken.path],
    );
    await server[Symbol.asyncDispose]();
    workplace[Symbol.dispose]();
  });

  it("keeps nothing of a path that a script gives", () => {
    const names = [
      "../../etc/passwd",
      "c:\\windows\\system32\\x.dll",
      "a/b/",
      "..",
      "con",
      "nul.txt",
      'a<b>:"|?*.lst',
      "x".repeat(300),
      "x. .",
    ];
    assert.deepEqual(names.map(safeName), [
      "passwd",
      "x.dll",
      "_",
      "_",
      "_con",
      "_nul.txt",
      "a_b______.lst",
      "x".repeat(120),
      "x",
    ]);
  });

  it("lets one run have a target, and takes over from a process that has died", async () => {
    using workplace = new Workplace();
    const folder = join(workplace.folder, "locks");
    const now = new Date();
    const mine = new TargetLock(target, folder);
    assert.equal(await mine.take("/runs/1", now), undefined);
    assert.equal(await mine.other(), undefined, "it is not its own rival");
    // The same target with another user, and spelt otherwise.
    const other = new TargetLock({ ...target, server: "a", port: 1433, user: "y" }, folder);
    const holder = { process: process.pid, since: now.toISOString(), folder: "/runs/1" };
    assert.deepEqual(await other.take("/runs/2", now), holder);
    assert.deepEqual(await new TargetLock({ ...target, database: "else" }, folder).other(), undefined);
    await mine.release();
    assert.equal(await other.take("/runs/2", now), undefined);
    await other.release();
    assert.deepEqual(readdirSync(folder), []);
  });

  it("knows a run that was killed, also when another process has got its number", async () => {
    using workplace = new Workplace();
    const folder = join(workplace.folder, "locks");
    const lock = new TargetLock(target, folder);
    const program =
      `const { TargetLock } = require(${JSON.stringify(join(__dirname, "../../../server/src/database/lock.ts"))});` +
      `new TargetLock(${JSON.stringify(target)}, ${JSON.stringify(folder)}).take("/runs/killed", new Date())` +
      `.then(() => console.log("taken")); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--require", "tsx/cjs", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    assert.deepEqual(
      [(await lock.other())?.folder, await lock.isRunning("/runs/killed")],
      ["/runs/killed", true],
    );
    child.kill("SIGKILL");
    await once(child, "close");
    const [file = ""] = readdirSync(folder).filter((name) => name.endsWith(".json"));
    const sign = JSON.parse(readFileSync(join(folder, file), "utf8")) as object;
    writeFileSync(join(folder, file), JSON.stringify({ ...sign, process: process.pid }));
    assert.equal(await lock.other(), undefined);
    assert.deepEqual(readdirSync(folder), [], "what it has left is cleared away");
  });

  it("goes by the process where there is no socket, and passes over what is no sign of a run", async () => {
    using workplace = new Workplace();
    const folder = join(workplace.folder, "locks");
    const lock = new TargetLock(target, folder);
    await lock.take("/runs/1", new Date());
    const [file = ""] = readdirSync(folder).filter((name) => name.endsWith(".json"));
    const beside = (name: string): string => join(folder, file.replace(/-.*/, `-${name}.json`));
    writeFileSync(beside("half"), "{");
    assert.equal(await lock.other(), undefined);
    writeFileSync(
      beside("parent"),
      JSON.stringify({ process: process.ppid, since: "then", folder: "/runs/2" }),
    );
    assert.equal((await lock.other())?.folder, "/runs/2");
    writeFileSync(
      beside("parent"),
      JSON.stringify({ process: 2 ** 22 + 1, since: "then", folder: "/runs/2" }),
    );
    assert.equal(await lock.other(), undefined);
    await lock.release();
  });

  it("refuses a second run on a target unless told to go on, and the same run always", async () => {
    using workplace = new Workplace();
    await using server = await TdsServer.start();
    const sqlServer = sqlServerTarget(server);
    const path = workplace.script("main.sql", "print 1");
    const request = requestFor(workplace, sqlServer, [path]);
    const lock = new TargetLock(sqlServer, join(workplace.folder, "locks"));
    await lock.take("/runs/other", new Date());
    await assert.rejects(runHere(request), /another run works on this database since /);
    assert.deepEqual(readdirSync(workplace.runs), [], "a run that was refused leaves no folder");
    assert.deepEqual(server.executions, []);
    const beside = await runHere(request, { decisions: { besideOtherRun: true } });
    assert.equal(beside.result.state, "Completed");
    await lock.release();
  });

  it("does not let a run go on twice at a time, not even beside", async () => {
    const { workplace, server, ran, path } = await interrupted("print 1\nGO\ndrop socket\nGO\n");
    const sqlServer = sqlServerTarget(server);
    const { folder = "" } = ran.result;
    const lock = new TargetLock(sqlServer, join(workplace.folder, "locks"));
    await lock.take(folder, new Date());
    const again = runHere(requestFor(workplace, sqlServer, [path]), {
      resume: folder,
      decisions: { unfinished: "rerun", besideOtherRun: true },
    });
    await assert.rejects(again, /another run works on this database/);
    assert.equal(server.executions.length, 2);
    await lock.release();
    await server[Symbol.asyncDispose]();
    workplace[Symbol.dispose]();
  });
});
