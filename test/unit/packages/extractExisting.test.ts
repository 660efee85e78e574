import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Staging } from "../../../server/src/packages/extraction/staging";
import { extracting, link, tree } from "./extracting";
import { put, zipped } from "./making";

describe("existing files where a package is extracted", () => {
  const { folder, remove, fresh, extract } = extracting();
  after(remove);

  const files = { "a.txt": "new a", "sub/b.txt": "new b", "c.txt": "new c" };
  const target = (): string => {
    const to = fresh();
    put(to, "a.txt", "old a");
    put(to, "sub/b.txt", "old b");
    put(to, "other.txt", "other");
    return to;
  };

  it("are never overwritten unasked", async () => {
    const to = target();
    const before = tree(to);
    const result = await extract(await zipped(files), { to });
    assert.deepEqual([result.status, result.problems[0]?.code], ["refused", "package/existing-files"]);
    assert.match(result.problems[0]?.message ?? "", /2 files: a\.txt, sub\/b\.txt/);
    assert.deepEqual(tree(to), before);
  });

  it("are left alone, replaced, or decided one by one", async () => {
    const skip = target();
    const skipped = await extract(await zipped(files), { to: skip, existing: "skip" });
    assert.deepEqual([skipped.status, skipped.skipped], ["done", ["a.txt", "sub/b.txt"]]);
    assert.deepEqual(tree(skip), {
      "a.txt": "old a",
      "c.txt": "new c",
      "other.txt": "other",
      "sub/": "",
      "sub/b.txt": "old b",
    });
    const replace = target();
    await extract(await zipped(files), { to: replace, existing: "replace" });
    assert.deepEqual(tree(replace), {
      "a.txt": "new a",
      "c.txt": "new c",
      "other.txt": "other",
      "sub/": "",
      "sub/b.txt": "new b",
    });
    const each = target();
    await extract(await zipped(files), {
      to: each,
      existing: (path) => (path === "a.txt" ? "replace" : "skip"),
    });
    assert.deepEqual([tree(each)["a.txt"], tree(each)["sub/b.txt"]], ["new a", "old b"]);
  });

  it("are not reached through links, and links are not replaced", async function () {
    const to = fresh();
    const elsewhere = fresh();
    mkdirSync(to);
    mkdirSync(elsewhere);
    if (!link(elsewhere, join(to, "sub")) || !link(join(elsewhere, "victim"), join(to, "c.txt"))) this.skip();
    const result = await extract(await zipped(files), { to, existing: "replace" });
    assert.deepEqual(
      [result.status, result.problems.map(({ code }) => code)],
      ["refused", ["package/target-blocked", "package/target-blocked"]],
    );
    assert.deepEqual(readdirSync(elsewhere), []);
  });

  it("stand in the way when they are of another kind", async () => {
    const to = fresh();
    put(to, "sub", "a file");
    mkdirSync(join(to, "a.txt"), { recursive: true });
    const result = await extract(await zipped(files), { to, existing: "replace" });
    assert.equal(result.status, "refused");
    assert.equal(result.problems.length, 2);
    const file = put(folder, "file.txt", "x");
    const into = await extract(await zipped(files), { to: file });
    assert.equal(into.problems[0]?.code, "package/target-not-a-folder");
  });

  it("come back when moving into place fails half-way", async () => {
    const to = target();
    const before = tree(to);
    const staging = await Staging.create(to);
    for (const [path, content] of Object.entries(files)) {
      const file = staging.path(path);
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, content);
    }
    // a.txt may be replaced, sub/b.txt may not: whichever comes first, both must be as before.
    await assert.rejects(staging.place(new Set(["a.txt"])), /come into being/);
    await staging.discard();
    assert.deepEqual(tree(to), before);
  });
});
