import assert from "node:assert/strict";
import { compareFolders, type FolderDiff } from "../../../../server/src/analysis/compare/compareFolders";
import type { HandlerFile } from "../../../../server/src/analysis/compare/handlerFiles";
import type { Handler } from "../../../../server/src/handler/model";
import { noHandler } from "../../../../server/src/handler/read";
import { handler } from "../../../builder/handler";
import { toModel } from "../../../builder/model";

/** `folder/Name` with what the handler says. */
function file(path: string, text = ""): HandlerFile {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return { name, path: `${path}.ihd`, read: async () => made(name, text) };
}

function made(name: string, text: string): Handler {
  const built = handler(name).declare("String", "x");
  built.start().to(built.assign("x", text).label("Set"));
  return toModel(built);
}

const said = ({ pairs }: FolderDiff): string[] =>
  pairs.map(({ name, status, old, now }) => `${status} ${name}: ${old?.path ?? "-"} ${now?.path ?? "-"}`);

describe("Comparing two folders", () => {
  it("pairs by name without regard to case, in the order of names", async () => {
    const diff = await compareFolders(
      [file("b/Same"), file("a/GONE"), file("a/MENU", "1")],
      [file("x/y/Menu", "2"), file("Same"), file("New")],
    );
    assert.deepEqual(said(diff), [
      "removed GONE: a/GONE.ihd -",
      "changed Menu: a/MENU.ihd x/y/Menu.ihd",
      "added New: - New.ihd",
      "identical Same: b/Same.ihd Same.ihd",
    ]);
    assert.deepEqual(diff.summary, { changed: 1, added: 1, removed: 1, identical: 1, unreadable: 0 });
    assert.deepEqual(diff.notes, []);
  });

  it("pairs names that repeat by path, then by folder, then what is left, and says so", async () => {
    const diff = await compareFolders(
      [file("a/Twice"), file("b/Twice"), file("c/Twice"), file("d/Twice")],
      [{ ...file("B/Twice"), path: "B/twice.xml" }, file("a/Twice"), file("z/Twice"), file("Other")],
    );
    assert.deepEqual(said(diff), [
      "added Other: - Other.ihd",
      "identical Twice: a/Twice.ihd a/Twice.ihd",
      "identical Twice: b/Twice.ihd B/twice.xml",
      "removed Twice: c/Twice.ihd -",
      "removed Twice: d/Twice.ihd -",
      "added Twice: - z/Twice.ihd",
    ]);
    assert.equal(diff.notes.length, 1);
    assert.match(diff.notes[0]!, /Twice \(old: a\/Twice.ihd, b\/Twice.ihd, c\/.*; new: B\/twice.xml, /);
    assert.match(
      diff.notes[0]!,
      /tells what belongs to c\/Twice.ihd, d\/Twice.ihd, z\/Twice.ihd, shown as added or removed/,
    );
    const none = await compareFolders([file("a/T"), file("b/T")], [file("c/T"), file("d/T")]);
    assert.deepEqual(said(none), [
      "removed T: a/T.ihd -",
      "removed T: b/T.ihd -",
      "added T: - c/T.ihd",
      "added T: - d/T.ihd",
    ]);
    assert.doesNotMatch(none.notes[0]!, /paired by path/);
    const moved = await compareFolders([file("a/T"), file("b/T")], [file("a/T"), file("c/T")]);
    assert.deepEqual(said(moved), ["identical T: a/T.ihd a/T.ihd", "identical T: b/T.ihd c/T.ihd"]);
    assert.match(moved.notes[0]!, /They are paired by path/);
  });

  it("says what cannot be read and compares the rest", async () => {
    const broken: HandlerFile = {
      ...file("Broken"),
      read: async () => noHandler("Broken.ihd", "It is empty."),
    };
    const locked: HandlerFile = {
      ...file("Locked"),
      read: () => Promise.reject(new Error("Locked.ihd may not be read.")),
    };
    const diff = await compareFolders(
      [broken, file("Locked"), file("Menu", "1")],
      [file("Broken"), locked, file("Menu", "2")],
    );
    assert.deepEqual(said(diff), [
      "unreadable Broken: Broken.ihd Broken.ihd",
      "unreadable Locked: Locked.ihd Locked.ihd",
      "changed Menu: Menu.ihd Menu.ihd",
    ]);
    assert.equal(diff.pairs[0]!.note, "The old handler: It is empty.");
    assert.equal(diff.pairs[1]!.note, "The new handler: Locked.ihd may not be read.");
    const alone = await compareFolders([], [broken]);
    assert.deepEqual(said(alone), ["unreadable Broken: - Broken.ihd"]);
    assert.deepEqual(alone.notes, ["The old side has no handlers (.ihd files or handler XML exports)."]);
  });

  it("decodes one of two files with the same bytes, and two without", async () => {
    let reads = 0;
    const hashed = (hash: string): HandlerFile => ({
      ...file("Menu"),
      read: async () => (reads++, made("Menu", "")),
      hash: async () => hash,
    });
    assert.equal((await compareFolders([hashed("a")], [hashed("a")])).pairs[0]!.status, "identical");
    assert.equal(reads, 1);
    await compareFolders([hashed("a")], [hashed("b")]);
    assert.equal(reads, 3);
  });

  it("reports only the kinds that were asked for", async () => {
    const [old, now] = [[file("Menu", "1")], [file("Menu", "2")]];
    const diff = await compareFolders(old, now, { kinds: new Set(["label"]) });
    assert.deepEqual(said(diff), ["identical Menu: Menu.ihd Menu.ihd"]);
    assert.deepEqual([...diff.kinds], ["label"]);
  });

  it("tells its progress, and ends when it is told to", async () => {
    const files = ["A", "B", "C"].map((name) => file(name));
    const told: string[] = [];
    await compareFolders(files, files, {
      progress: (done, total, name) => told.push(`${done}/${total} ${name}`),
    });
    assert.deepEqual(told, ["0/3 A", "1/3 B", "2/3 C", "3/3 "]);
    const stop = new AbortController();
    const running = compareFolders(files, files, {
      signal: stop.signal,
      // The button is pressed while the second is at work.
      progress: (done) => done === 1 && setImmediate(() => stop.abort(new Error("cancelled"))),
    });
    await assert.rejects(running, /cancelled/);
  });
});
