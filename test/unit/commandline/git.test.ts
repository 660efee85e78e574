import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { bundledRunner } from "../database/bundledRunner";
import { exportXml } from "./exports";
import { folder } from "./run";

/** What the documentation tells users to set up, run with the real git. */
describe("handlers under git", () => {
  const root = join(__dirname, "../../..");
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [, attributes] = /# \.gitattributes\n +(.*)\n/.exec(readme) ?? [];
  const [, textconv] = /^ +git config diff\.ihd\.textconv "(.*)"$/m.exec(readme) ?? [];
  const work = folder({ "repo/.gitattributes": `${attributes}\n` });
  const repository = join(work.path, "repo");
  const programs = join(work.path, "bin");
  after(() => work.remove());

  const path = [programs, process.env["PATH"]].join(delimiter);
  const git = (...args: string[]): string =>
    execFileSync("git", args, {
      cwd: repository,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: join(work.path, "none"),
        GIT_CONFIG_NOSYSTEM: "1",
        PATH: path,
      },
    });
  const save = (content: string | Uint8Array): void => writeFileSync(join(repository, "Menu.ihd"), content);

  before(function () {
    try {
      execFileSync("git", ["--version"]);
    } catch {
      this.skip();
    }
    // As `npm link` does on systems with links: the manifest's program under its name.
    if (process.platform === "win32") this.skip();
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      bin: Record<string, string>;
    };
    mkdirSync(programs);
    for (const [name, file] of Object.entries(manifest.bin)) {
      symlinkSync(join(bundledRunner().folder, "..", file), join(programs, name));
    }
    git("init", "-q");
    git("config", "user.name", "Test");
    git("config", "user.email", "test@example.com");
    assert.ok(attributes && textconv, "README.md says how handlers are put under git");
    git("config", "diff.ihd.textconv", textconv);
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
