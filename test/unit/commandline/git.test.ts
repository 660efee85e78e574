import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { exportXml } from "./exports";
import { folder } from "./run";

/** What the documentation tells users to set up, run with the real git. */
describe("handlers under git", () => {
  const work = folder({ "repo/.gitattributes": "*.ihd diff=ihd\n" });
  const repository = join(work.path, "repo");
  const cli = join(work.path, "cli.js");
  after(() => work.remove());

  const git = (...args: string[]): string =>
    execFileSync("git", args, {
      cwd: repository,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, GIT_CONFIG_GLOBAL: join(work.path, "none"), GIT_CONFIG_NOSYSTEM: "1" },
    });
  const save = (content: string | Uint8Array): void => writeFileSync(join(repository, "Menu.ihd"), content);

  before(function () {
    try {
      execFileSync("git", ["--version"]);
    } catch {
      this.skip();
    }
    const entry = resolve(__dirname, "../../../server/src/cli.ts");
    buildSync({
      entryPoints: [entry],
      bundle: true,
      platform: "node",
      target: "node20",
      mainFields: ["module", "main"],
      outfile: cli,
    });
    git("init", "-q");
    git("config", "user.name", "Test");
    git("config", "user.email", "test@example.com");
    git("config", "diff.ihd.textconv", `"${process.execPath}" "${cli}" handler list --textconv`);
    save(exportXml("Menu"));
    git("add", ".");
    git("commit", "-q", "-m", "first");
  });

  it("shows a change of a handler as a change of its listing", () => {
    save(exportXml("Menu", "All done"));
    const diff = git("diff")
      .split("\n")
      .filter((line) => /^[-+][^-+]/.test(line));
    assert.deepEqual(diff, ['-step 1  Notify Debugger  "Done"', '+step 1  Notify Debugger  "All done"']);
  });

  it("goes on where a handler cannot be read", () => {
    save(new Uint8Array([1, 0, 0, 0, 9]));
    assert.match(git("diff"), /^\+\(not readable: /m);
  });
});
