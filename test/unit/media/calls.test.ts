import assert from "node:assert/strict";
import { found, neighbour } from "../../../media/calls/neighbours";
import { isShown, keyOf, wordsOf } from "../../../media/inventory/rows";
import type { CallNode, InventoryItem } from "../../../server/src/protocol";

const node = (label: string, x: number, y: number): CallNode => ({
  ...{ label, x, y, uri: null, path: "", kind: "subroutine", width: 100, height: 26 },
  ...{ isDead: false, isInCycle: false, callers: 0, callees: 0, isHub: false },
});
const picture = {
  nodes: [node("Start", 0, 50), node("Near", 200, 60), node("Far", 200, 400), node("Below", 20, 90)],
  edges: [
    { from: 0, to: 2, isBack: false, path: "" },
    { from: 0, to: 1, isBack: false, path: "" },
    { from: 2, to: 2, isBack: true, path: "" },
  ],
};

describe("the picture of calls", () => {
  it("is walked by arrow keys: along calls, and up and down a column", () => {
    assert.equal(neighbour(picture, 0, "callee"), 1);
    assert.equal(neighbour(picture, 1, "caller"), 0);
    assert.equal(neighbour(picture, 1, "callee"), null);
    assert.equal(neighbour(picture, 2, "callee"), null);
    assert.equal(neighbour(picture, 0, "below"), 3);
    assert.equal(neighbour(picture, 3, "above"), 0);
    assert.equal(neighbour(picture, 0, "above"), null);
    assert.equal(neighbour(picture, 9, "below"), null);
  });

  it("is searched column by column", () => {
    assert.deepEqual(found(picture.nodes, "a R"), [0, 1, 2]);
    assert.deepEqual(found(picture.nodes, "  "), []);
  });
});

describe("rows of the inventory", () => {
  const row: InventoryItem = {
    ...{ uri: "", name: "IVR_Incoming", path: "IVR/IVR_Incoming.ihd", class: "modified" },
    ...{
      startedBy: "subroutine",
      category: "IVR",
      steps: 3,
      isCustomizationPoint: false,
      note: "2 steps",
      base: null,
    },
  };
  const cells = new Map([[keyOf("ivr_incoming", "owner"), "Ann"]]);
  const shown = (filter: string): boolean => isShown(row, "modified base", ["owner"], cells, wordsOf(filter));

  it("are found by what is known and by what the team wrote, with all words", () => {
    for (const filter of ["", "modified BASE", "ann incoming", "2 steps"]) assert.ok(shown(filter), filter);
    for (const filter of ["bob", "ann custom"]) assert.ok(!shown(filter), filter);
  });
});
