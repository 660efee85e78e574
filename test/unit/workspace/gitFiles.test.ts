import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { handlersInCommit } from "../../../server/src/workspace/gitFiles";

describe("handlers of a commit", () => {
  const root = mkdtempSync(join(tmpdir(), "hw-git-"));
  after(() => rmSync(root, { recursive: true, force: true }));

  it("are read without running what the repository's own settings say, even if a file is missing in it", async () => {
    const git = (...args: string[]): string =>
      execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
        cwd: root,
        encoding: "utf8",
      }).trim();
    git("init", "--quiet");
    writeFileSync(join(root, "A.ihd"), "whatever");
    git("add", ".");
    git("commit", "--quiet", "-m", "first");
    const id = git("rev-parse", "HEAD:A.ihd");
    rmSync(join(root, ".git/objects", id.slice(0, 2), id.slice(2)));
    // A repository that somebody sent: missing objects are fetched by a command.
    const mark = join(root, "a-command-has-run");
    git("config", "core.repositoryFormatVersion", "1");
    git("config", "extensions.partialClone", "origin");
    git("config", "remote.origin.promisor", "true");
    git("config", "remote.origin.url", `ext::sh -c touch% ${mark}`);
    git("config", "protocol.ext.allow", "always");
    const { files } = await handlersInCommit(root, "HEAD");
    assert.deepEqual(
      files.map(({ path }) => path),
      ["A.ihd"],
    );
    await assert.rejects(files[0]!.read(), /git: /);
    assert.ok(!existsSync(mark), "a command of the repository has run");
  });
});
