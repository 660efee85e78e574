import assert from "node:assert/strict";
import { join } from "node:path";
import { compareTrees, type Comparison, type ContentComparator } from "../../../server/src/packages/compare";
import { type ContentTree, folderTree, packageTree } from "../../../server/src/packages/contentTree";
import { extractPackage } from "../../../server/src/packages/extraction/extract";
import { openPackage, type Package } from "../../../server/src/packages/package";
import { put, scratch, zipped } from "./making";

describe("comparison of packages", () => {
  const { folder, remove } = scratch();
  const closing: { close: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of closing.splice(0)) await one.close();
  });
  after(remove);

  const open = async (name: string, bytes: Uint8Array, password?: string): Promise<Package> => {
    const opened = await openPackage(put(folder, name, bytes), { password });
    closing.push(opened);
    return opened;
  };
  const states = ({ pairs }: Comparison): string[] => pairs.map(({ path, status }) => `${status} ${path}`);

  it("says what was changed, added and removed, with hashes, whatever the case of names", async () => {
    const old = await open(
      "old.zip",
      await zipped({ "A/same.txt": "1", "A/changed.txt": "1", "gone.txt": "1", "case.TXT": "1" }),
    );
    const now = await open(
      "new.zip",
      await zipped({ "A/same.txt": "1", "A/changed.txt": "2", "new.txt": "1", "Case.txt": "1" }),
    );
    const result = await compareTrees(packageTree(old), packageTree(now));
    assert.deepEqual(states(result), [
      "changed A/changed.txt",
      "identical A/same.txt",
      "identical Case.txt",
      "removed gone.txt",
      "added new.txt",
    ]);
    assert.deepEqual(result.summary, { changed: 1, added: 1, removed: 1, identical: 2, unreadable: 0 });
    // SHA-256 of "1" and "2", as other tools print them.
    assert.equal(
      result.pairs[0]?.old?.sha256,
      "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
    );
    assert.equal(
      result.pairs[0]?.new?.sha256,
      "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35",
    );
  });

  it("takes the names of the two servers for the same", async () => {
    const old = await open("foo_12062011091650.ininmigr", await zipped({ "FOO/IP/a.txt": "1" }));
    const now = await open(
      "bar_12062012091650.ininmigr",
      await zipped({ "bar/IP/a.txt": "1", "foo/IP/a.txt": "1" }),
    );
    assert.deepEqual(states(await compareTrees(packageTree(old), packageTree(now))), [
      "identical <SERVER>/IP/a.txt",
      "added foo/IP/a.txt",
    ]);
  });

  it("finds a package identical to what was extracted from it, zips open or kept", async () => {
    const bytes = await zipped(
      { "Users.zip": await zipped({ "users.xml": "<u/>" }), "Lines/l.xml": "<l/>", "fake.zip": "no zip" },
      { password: "secret word" },
    );
    const opened = await open("x.ininmigr", bytes, "secret word");
    for (const keepZips of [true, false]) {
      const to = join(folder, `kept-${keepZips}`);
      assert.equal((await extractPackage(opened, { to, keepZips })).status, "done");
      const files = await folderTree(to);
      closing.push(files);
      const result = await compareTrees(packageTree(opened), files);
      assert.deepEqual(states(result), [
        "identical fake.zip",
        "identical Lines/l.xml",
        "identical Users.zip/users.xml",
      ]);
    }
  });

  it("does not compare what it cannot read, and says why", async () => {
    const files = { "a.txt": "1", "b.txt": "22222222" };
    const locked = await open("locked.zip", await zipped(files, { password: "secret word" }));
    const bytes = Buffer.from(await zipped(files, { level: 0 }));
    bytes.write("3", bytes.indexOf("22222222"));
    const damaged = await open("damaged.zip", bytes);
    const result = await compareTrees(packageTree(locked), packageTree(damaged));
    assert.equal(result.summary.unreadable, 2);
    assert.match(result.pairs[0]?.reason ?? "", /password/);
    assert.match(result.pairs[1]?.reason ?? "", /password.*CRC-32/);
  });

  it("asks comparators about changed content, and survives them", async () => {
    const old = await open(
      "c1.zip",
      await zipped({ "a.ihd": "x 1", "b.ihd": "y", "c.ihd": "boom", "d.txt": "1" }),
    );
    const now = await open(
      "c2.zip",
      await zipped({ "a.ihd": "X 1", "b.ihd": "z", "c.ihd": "bang", "d.txt": "2" }),
    );
    const asked: string[] = [];
    const comparator: ContentComparator = {
      kind: "letters",
      handles: (path) => path.endsWith(".ihd"),
      compare: async (before, after, path) => {
        asked.push(path);
        const [a, b] = [before, after].map((bytes) => new TextDecoder().decode(bytes)) as [string, string];
        if (a === "boom") throw new Error("unknown class");
        return { same: a.toLowerCase() === b.toLowerCase(), what: `${a} -> ${b}`, details: [a, b] };
      },
    };
    const result = await compareTrees(packageTree(old), packageTree(now), { comparators: [comparator] });
    assert.deepEqual(asked.sort(), ["a.ihd", "b.ihd", "c.ihd"]);
    assert.deepEqual(
      result.pairs.map(({ status, what, kind }) => [status, what, kind]),
      [
        ["identical", "x 1 -> X 1", "letters"],
        ["changed", "y -> z", "letters"],
        ["changed", "could not be compared by meaning: unknown class", undefined],
        ["changed", undefined, undefined],
      ],
    );
    assert.deepEqual(result.pairs[1]?.details, ["y", "z"]);
  });

  it("can be cancelled", async () => {
    const tree: ContentTree = packageTree(await open("a.zip", await zipped({ a: "1" })));
    await assert.rejects(
      compareTrees(tree, tree, { signal: AbortSignal.abort(new Error("enough")) }),
      /enough/,
    );
  });
});
