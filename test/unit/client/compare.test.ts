import assert from "node:assert/strict";
import type { Comparison } from "../../../client/src/compare/comparison";
import { onlyAlsoIn } from "../../../client/src/compare/handlerChoice";
import { type PairNode, type ResultNode, resultTree, short } from "../../../client/src/compare/resultTree";
import type { CompareChange, ComparedPair } from "../../../server/src/protocol";

const change = (more: Partial<CompareChange>): CompareChange => ({
  kind: "arguments",
  node: 1,
  oldNode: 1,
  label: "Ask",
  what: 'argument "Text"',
  old: "a",
  new: "b",
  ...more,
});
const pair = (
  name: string,
  status: ComparedPair["status"],
  changes: readonly CompareChange[] = [],
): ComparedPair => ({
  name,
  status,
  changes,
  old: null,
  now: null,
  note: "",
});
const side = { label: "", key: "", side: { handlers: [] } };
const comparison = (...pairs: readonly ComparedPair[]): Comparison => ({
  ...{ id: "1", old: side, now: side, kinds: [], without: [] },
  result: {
    summary: { changed: 0, added: 0, removed: 0, identical: 0, unreadable: 0 },
    pairs,
    notes: ["Mind."],
  },
});
const shape = (nodes: readonly ResultNode[]): unknown[] =>
  nodes.map((node) =>
    node.kind === "status" ? [node.status, ...node.pairs.map(({ pair: { name } }) => name)] : node.kind,
  );

describe("the results of a comparison as a tree", () => {
  const all = comparison(
    pair("Same", "identical"),
    pair("Menu", "changed", [
      change({}),
      change({ kind: "label", what: "label" }),
      change({ node: 5, oldNode: null, kind: "step-added", label: "New", old: null }),
      // Another step that had the node id of the added one.
      change({ node: 5, oldNode: 5, kind: "step-removed", label: "Gone", new: null }),
      change({ node: null, oldNode: null, kind: "variable-type", label: "sName" }),
    ]),
    pair("Broken", "unreadable"),
  );
  const kindName = (id: string): string => (id === "variable-type" ? "Variable types" : id);

  it("begins with what needs a look", () => {
    assert.deepEqual(shape(resultTree(all, [], kindName)), [
      "note",
      ["unreadable", "Broken"],
      ["changed", "Menu"],
      ["identical", "Same"],
    ]);
  });

  it("gathers the changes of a step, and keeps steps apart that share a node id", () => {
    const menu = resultTree(all, [], kindName).flatMap((node) =>
      node.kind === "status" && node.status === "changed" ? node.pairs : [],
    )[0] as PairNode;
    assert.deepEqual(
      menu.groups.map(({ label, status, node, oldNode, changes }) => [
        label,
        status,
        node,
        oldNode,
        changes.length,
      ]),
      [
        ["Ask", "changed", 1, 1, 2],
        ["New", "added", 5, null, 1],
        ["Gone", "removed", null, 5, 1],
        ["sName", "changed", null, null, 1],
      ],
    );
  });

  it("keeps the changes that all words of the filter match, by the names of their kinds too", () => {
    const found = resultTree(all, ["menu", "variable types"], kindName);
    assert.deepEqual(shape(found), ["note", ["changed", "Menu"]]);
    const [node] = found.flatMap((each) => (each.kind === "status" ? each.pairs : []));
    assert.deepEqual(
      node?.groups.map(({ label }) => label),
      ["sName"],
    );
    assert.deepEqual(shape(resultTree(all, ["nothing like it"], kindName)), ["note"]);
  });

  it("shows long values on one line", () => {
    assert.equal(short("a\n  b"), "a b");
    assert.equal(short("abcdef", 4), "abc…");
    assert.equal(short(null), "");
  });
});

describe("handlers to compare", () => {
  it("are those that the other side has too, whatever the case of their names", () => {
    assert.deepEqual(
      onlyAlsoIn(["Menu", "Alarm", "menu"], ["MENU", "Log"], (name) => name),
      ["Menu", "menu"],
    );
  });
});
