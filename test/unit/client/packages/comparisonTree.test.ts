import assert from "node:assert/strict";
import {
  type ComparisonFolder,
  comparisonTree,
  differencesOf,
} from "../../../../client/src/packages/comparisonTree";
import type { PackagePair } from "../../../../server/src/protocol";

const pairs: PackagePair[] = [
  { path: "b.txt", status: "removed" },
  { path: "Users.zip/roles.xml", status: "identical" },
  {
    path: "Users.zip/users.xml",
    status: "changed",
    differences: [{ status: "added", label: "user Ada", children: [{ status: "added", label: "name" }] }],
  },
  { path: "10.txt", status: "added" },
  { path: "9.txt", status: "added" },
];

const outline = (folder: ComparisonFolder): unknown[] =>
  folder.children.map((child) => (child.kind === "folder" ? { [child.name]: outline(child) } : child.name));

describe("the tree of a comparison", () => {
  it("has folders first, then files by name, and leaves out what is identical", () => {
    const root = comparisonTree(pairs, false);
    assert.deepEqual(outline(root), [{ "Users.zip": ["users.xml"] }, "9.txt", "10.txt", "b.txt"]);
    assert.deepEqual(root.counts, { removed: 1, changed: 1, added: 2 });
  });

  it("shows what is identical when that is wanted", () => {
    const root = comparisonTree(pairs, true);
    assert.deepEqual(outline(root), [
      { "Users.zip": ["roles.xml", "users.xml"] },
      "9.txt",
      "10.txt",
      "b.txt",
    ]);
  });

  it("leads from a difference to what it is made of, and back", () => {
    const folder = comparisonTree(pairs, false).children[0] as ComparisonFolder;
    const pair = folder.children[0]!;
    assert.equal(pair.kind, "pair");
    if (pair.kind !== "pair") return;
    const [user, ...more] = differencesOf(pair);
    assert.equal(more.length, 0);
    assert.equal(user?.parent, pair);
    assert.deepEqual(
      differencesOf(user!).map(({ difference, parent }) => [difference.label, parent === user]),
      [["name", true]],
    );
  });
});
