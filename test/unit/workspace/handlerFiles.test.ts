import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compareFolders } from "../../../server/src/analysis/compare/compareFolders";
import { handlersInCommit } from "../../../server/src/workspace/gitFiles";
import { exportName, handlerAt, handlersBelow } from "../../../server/src/workspace/handlerFiles";
import { handler } from "../../builder/handler";
import { toIhd } from "../../builder/ihd";
import { exportXml } from "../commandline/exports";
import { folder } from "../commandline/run";

function ihd(name: string, text: string): Uint8Array {
  const built = handler(name).declare("String", "x");
  built.start().to(built.assign("x", text));
  return toIhd(built);
}

describe("Handlers of a folder", () => {
  it("are named as the server names them: the file's name, or the name inside an export", async () => {
    const { path, remove } = folder({
      "Menu.ihd": ihd("Menu", "1"),
      "Sub/export.xml": exportXml("IVR_Export"),
      "Sub/odd.xml": exportXml("A &amp; B"),
      "other.xml": "<Other/>",
      ".git/x.ihd": "x",
    });
    try {
      const { files, problems } = await handlersBelow(path);
      assert.deepEqual(
        files.map((file) => `${file.name} ${file.path}`),
        ["Menu Menu.ihd", "IVR_Export Sub/export.xml", "A & B Sub/odd.xml"],
      );
      assert.deepEqual(problems, []);
      assert.equal((await files[1]!.read()).name, "IVR_Export");
    } finally {
      remove();
    }
  });

  it("look for the name of an export in its first tag alone", () => {
    const name = (text: string, encoding: BufferEncoding = "utf8"): string | undefined =>
      exportName(Buffer.from(text, encoding));
    assert.equal(
      name(`<?xml version="1.0"?>\n<!-- name="no" -->\n<Handler version="2.0" name='Yes'>`),
      "Yes",
    );
    assert.equal(name(`<Handler name="Wide" >`, "utf16le"), "Wide");
    assert.equal(name(`<Handler displayname="no" version="2.0"><Step name="no">`), undefined);
    assert.equal(name(`<Handler name="A &amp; B">`), undefined);
  });
});

describe("Handlers of a commit", () => {
  const git = (cwd: string, ...args: string[]): string =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
      cwd,
      encoding: "utf8",
    });

  it("are compared with those on disk, and only those that differ are read from it", async () => {
    const { path, remove } = folder({
      "h/Same.ihd": ihd("Same", "1"),
      "h/Changed.ihd": ihd("Changed", "1"),
      "h/Gone.ihd": ihd("Gone", "1"),
      "h/Export.xml": exportXml("Exported"),
      "h/other.xml": "<Other/>",
      "elsewhere/No.ihd": ihd("No", "1"),
      "h/name with blanks and ü.ihd": ihd("x", "1"),
    });
    try {
      git(path, "init", "-q");
      git(path, "add", "-A");
      git(path, "commit", "-qm", "first");
      writeFileSync(join(path, "h/Changed.ihd"), ihd("Changed", "2"));
      rmSync(join(path, "h/Gone.ihd"));
      mkdirSync(join(path, "h/new"));
      writeFileSync(join(path, "h/new/New.ihd"), ihd("New", "2"));
      const read: string[] = [];
      const before = await handlersInCommit(join(path, "h"), "HEAD");
      const counted = before.files.map((file) => ({
        ...file,
        read: () => (read.push(file.name), file.read()),
      }));
      const diff = await compareFolders(counted, (await handlersBelow(join(path, "h"))).files);
      assert.deepEqual(
        diff.pairs.map(({ name, status, old }) => `${status} ${name} ${old?.path ?? "-"}`),
        [
          "changed Changed Changed.ihd",
          "identical Exported Export.xml",
          "removed Gone Gone.ihd",
          "identical name with blanks and ü name with blanks and ü.ihd",
          "added New -",
          "identical Same Same.ihd",
        ],
      );
      assert.deepEqual(read, ["Changed", "Gone"]);
      const one = await handlersInCommit(join(path, "h"), "HEAD", "Changed.ihd");
      assert.deepEqual(
        one.files.map(({ name }) => name),
        ["Changed"],
      );
      assert.equal(await one.files[0]!.hash!(), git(path, "rev-parse", "HEAD:h/Changed.ihd").trim());
      assert.notEqual(
        await (
          await handlerAt(join(path, "h/Changed.ihd"))
        ).hash!(),
        await one.files[0]!.hash!(),
      );
    } finally {
      remove();
    }
  });

  it("say what is wrong: no repository, no such revision, no git option smuggled in", async () => {
    const { path, remove } = folder({ "a.ihd": "x" });
    try {
      await assert.rejects(handlersInCommit(path, "HEAD"), /not a git repository/);
      git(path, "init", "-q");
      await assert.rejects(handlersInCommit(path, "nowhere"), /'nowhere' is no revision .* try HEAD/);
      await assert.rejects(handlersInCommit(path, "--output=x"), /'--output=x' is no revision/);
      await assert.rejects(
        handlersInCommit(join(path, "missing"), "HEAD"),
        /could not be started in .*missing/,
      );
    } finally {
      remove();
    }
  });
});
