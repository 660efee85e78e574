import assert from "node:assert/strict";
import fc from "fast-check";
import { keyOf, type Order, Rows } from "../../../media/packages/rows";
import { Selection } from "../../../media/packages/selection";
import { savedState } from "../../../media/packages/state";
import type { PackageRow } from "../../../server/src/protocol";

const row = (path: string, more: Partial<PackageRow> = {}): PackageRow => {
  const names = path.split("/");
  return { path, name: names.at(-1)!, depth: names.length - 1, kind: "file", ...more };
};
const rows = [
  row("IP", { kind: "folder" }),
  row("IP/Handlers.zip", { kind: "zip", component: "IP\\Handlers" }),
  row("IP/Handlers.zip/a.ihd", { size: 5 }),
  row("IP/Handlers.zip/b.ihd", { size: 9 }),
  row("Users.zip", { kind: "zip" }),
  row("Users.zip/users.xml", { size: 3 }),
  row("readme.txt", { size: 1 }),
];
const byName: Order = { column: "name", descending: false };

describe("the rows of a package", () => {
  const tree = new Rows(rows);
  const paths = (expanded: readonly string[], filter = "", order = byName): string[] =>
    tree
      .lines(new Set(expanded.map((path) => `1 ${path}`)), filter, order)
      .lines.map(({ at }) => rows[at]!.path);

  it("shows what is open, each line with its place among its siblings", () => {
    assert.deepEqual(paths([]), ["IP", "Users.zip", "readme.txt"]);
    assert.deepEqual(paths(["IP"]), ["IP", "IP/Handlers.zip", "Users.zip", "readme.txt"]);
    // What is in something closed stays hidden, open or not.
    assert.deepEqual(paths(["IP/Handlers.zip"]), ["IP", "Users.zip", "readme.txt"]);
    const { lines } = tree.lines(new Set(["1 IP", "1 IP/Handlers.zip"]), "", byName);
    assert.deepEqual(
      lines.map(({ position, siblings, expanded }) => [position, siblings, expanded]),
      [
        [1, 3, true],
        [1, 1, true],
        [1, 2, false],
        [2, 2, false],
        [2, 3, false],
        [3, 3, false],
      ],
    );
  });

  it("filters by words in path and component, and opens the way to what it finds", () => {
    assert.deepEqual(paths([], "B.IHD"), ["IP", "IP/Handlers.zip", "IP/Handlers.zip/b.ihd"]);
    assert.deepEqual(paths([], "handlers a.ihd"), ["IP", "IP/Handlers.zip", "IP/Handlers.zip/a.ihd"]);
    assert.deepEqual(paths([], "nothing"), []);
    assert.equal(tree.lines(new Set(), "users", byName).matches, 2);
  });

  it("keeps what is in a folder that fits, for those who open it", () => {
    assert.deepEqual(paths([], "ip\\handlers"), ["IP", "IP/Handlers.zip"]);
    assert.deepEqual(paths(["IP/Handlers.zip"], "ip\\handlers"), [
      "IP",
      "IP/Handlers.zip",
      "IP/Handlers.zip/a.ihd",
      "IP/Handlers.zip/b.ihd",
    ]);
  });

  it("sorts within folders, folders before files", () => {
    const order: Order = { column: "size", descending: true };
    assert.deepEqual(paths(["IP", "IP/Handlers.zip"], "", order), [
      "IP",
      "IP/Handlers.zip",
      "IP/Handlers.zip/b.ihd",
      "IP/Handlers.zip/a.ihd",
      "Users.zip",
      "readme.txt",
    ]);
    assert.deepEqual(paths([], "", { column: "name", descending: true }), ["Users.zip", "IP", "readme.txt"]);
  });

  it("counts messages at their row and at all around it, with the worst of them", () => {
    tree.setFindings([
      { code: "x", severity: "warning", message: "", path: "IP/Handlers.zip/a.ihd" },
      { code: "x", severity: "error", message: "", path: "IP" },
      { code: "x", severity: "hint", message: "", path: "not there" },
      { code: "x", severity: "hint", message: "" },
    ]);
    assert.deepEqual(tree.findingsOf(0), { worst: "error", count: 2 });
    assert.deepEqual(tree.findingsOf(1), { worst: "warning", count: 1 });
    assert.equal(tree.findingsOf(3), undefined);
  });

  it("shows each row once when everything is open, whatever the order", () => {
    const someRows = fc
      .array(fc.tuple(fc.nat(4), fc.string({ maxLength: 3 }), fc.nat(100)), { maxLength: 40 })
      .map((given) => {
        let depth = -1;
        return given.map(([wanted, name, size], at): PackageRow => {
          depth = Math.min(wanted, depth + 1);
          return { depth, name, path: `${at}`, kind: "file", size };
        });
      });
    const columns = fc.constantFrom("name", "size", "packed", "modified", "encryption", "problems");
    fc.assert(
      fc.property(someRows, columns, fc.boolean(), (some, column, descending) => {
        const all = new Rows(some);
        const { lines } = all.lines(new Set(all.expandableKeys()), "", { column, descending } as Order);
        assert.deepEqual(
          lines.map(({ at }) => at).sort((a, b) => a - b),
          some.map((_, at) => at),
        );
        for (const [index, { at }] of lines.entries()) {
          const parent = all.parentOf(at);
          assert.ok(parent < 0 || lines.findIndex((line) => line.at === parent) < index);
        }
      }),
      { seed: 8, numRuns: 100 },
    );
  });
});

describe("the selection of a list", () => {
  it("goes from where it began to where Shift is pressed", () => {
    const selection = new Selection();
    selection.only(5);
    selection.extend(2, [1, 2, 3, 4, 5, 6]);
    assert.deepEqual([...selection.chosen].sort(), [2, 3, 4, 5]);
    selection.extend(6, [1, 2, 3, 4, 5, 6]);
    assert.deepEqual([...selection.chosen].sort(), [5, 6]);
    assert.equal(selection.active, 6);
  });

  it("adds and takes away single lines", () => {
    const selection = new Selection();
    selection.only(1);
    selection.toggle(3);
    selection.toggle(1);
    assert.deepEqual([...selection.chosen], [3]);
    selection.clear();
    assert.equal(selection.chosen.size, 0);
  });

  it("begins anew where its beginning is gone", () => {
    const selection = new Selection();
    selection.only(9);
    selection.extend(2, [1, 2, 3]);
    assert.deepEqual([...selection.chosen], [2]);
  });
});

describe("the remembered state of the view", () => {
  it("is taken as far as it fits", () => {
    const state = {
      expanded: ["1 a", 7],
      active: "1 a",
      filter: "x",
      order: { column: "size", descending: true },
      problemsOpen: false,
    };
    assert.deepEqual(savedState(state), { ...state, expanded: ["1 a"] });
    const nothing = { expanded: [], active: "", filter: "", order: undefined, problemsOpen: true };
    assert.deepEqual(savedState(null), nothing);
    assert.deepEqual(savedState({ order: { column: "colour", descending: true } }), nothing);
  });

  it("names rows by path and copy", () => {
    assert.notEqual(keyOf(row("a", { copy: 2 })), keyOf(row("a")));
  });
});
