import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { findHandlers } from "../../../server/src/workspace/find";
import { exportXml } from "../commandline/exports";
import { folder } from "../commandline/run";

describe("finding handlers", () => {
  const utf16 = Buffer.from(`\ufeff${exportXml("Wide").replace("utf-8", "utf-16")}`, "utf16le");
  const work = folder({
    "b.ihd": "",
    "C.IHD": "",
    "a/z.xml": exportXml("z"),
    "a/wide.xml": utf16,
    "a/empty.xml": "",
    "a/other.xml": "<!-- <Handler> --><Handlers/>",
    "a/notes.txt": "<Handler/>",
    ".git/c.ihd": "",
    "ümlaut ordner/d.ihd": "",
  });
  after(() => work.remove());

  it("takes .ihd files and exports, in one order, below the folder", async () => {
    symlinkSync(work.path, join(work.path, "a", "loop"), "junction");
    const { files, unreadable } = await findHandlers(work.path);
    assert.deepEqual(unreadable, []);
    const names = files.map((file) => relative(work.path, file).replaceAll("\\", "/"));
    assert.deepEqual(names, ["C.IHD", "a/wide.xml", "a/z.xml", "b.ihd", "ümlaut ordner/d.ihd"]);
  });

  it("tells which folder it could not read", async () => {
    const { files, unreadable } = await findHandlers(join(work.path, "gone"));
    assert.deepEqual(files, []);
    assert.match(unreadable[0]!.message, /ENOENT/);
  });
});
