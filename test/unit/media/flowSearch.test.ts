import assert from "node:assert/strict";
import { Search, stepped } from "../../../media/flow/search";
import { shownStep } from "./flowPictures";

const value = { direction: "in", type: "String", required: true } as const;
const steps = [
  shownStep(0, [], { label: "Start", tool: "Subroutine" }),
  shownStep(1, [], {
    label: "Read line",
    tool: "DsLookup:TcpReadString",
    arguments: [
      { ...value, label: "Socket", value: "hSocket" },
      { ...value, label: "Timeout", value: null },
    ],
  }),
  shownStep(2, [null], { label: "Got 101?", notes: "Author's note: Buffer may be EMPTY" }),
  shownStep(3, [], {
    kind: "initiator",
    signature: 0,
    listensTo: { objectId: "{all}", eventId: "TcpConnection" },
  }),
];
const parameter = { ...value, default: null };
const signature = { label: "", description: "", category: "", version: "", runtime: "", exits: [] };
const search = new Search(
  steps,
  [0, 2, 1, 3],
  [{ ...signature, parameters: [{ ...parameter, label: "Call Id", variable: "interaction1" }] }],
);

describe("flow view: search", () => {
  it("finds label, tool, argument, variable, notes, exit and initiator events in any case", () => {
    assert.deepEqual(search.find("START"), [0]);
    assert.deepEqual(search.find("tcpreadstring"), [1]);
    assert.deepEqual(search.find("hsocket"), [1]);
    assert.deepEqual(search.find("timeout"), [1]);
    assert.deepEqual(search.find("empty"), [2]);
    assert.deepEqual(search.find("exit 0"), [2]);
    assert.deepEqual(search.find("tcpconnection"), [3]);
  });

  it("finds the parameters of a start, the variables that carry them, and a case that has a label", () => {
    assert.deepEqual(search.find("call id"), [3]);
    assert.deepEqual(search.find("interaction1"), [3]);
    const [selection] = shownStep(0, [null]).exits;
    const labelled = shownStep(0, [], { exits: [{ ...selection!, label: "Two", case: '"2" = Digits' }] });
    assert.deepEqual(new Search([labelled], [0]).find('"2"'), [0]);
  });

  it("wants all words, in the order of the flow", () => {
    assert.deepEqual(search.find("buffer author"), [2]);
    assert.deepEqual(search.find("buffer socket"), []);
    assert.deepEqual(search.find("t"), [0, 2, 1, 3]);
  });

  it("finds a node id first, and alone with a number sign", () => {
    assert.deepEqual(search.find("101"), [1, 2]);
    assert.deepEqual(search.find("#101"), [1]);
    assert.deepEqual(search.find("#10"), []);
  });

  it("finds nothing without a query", () => {
    assert.deepEqual(search.find("  "), []);
  });

  it("goes to the next and the previous match and around the end", () => {
    assert.equal(stepped([4, 7, 9], 7, true), 9);
    assert.equal(stepped([4, 7, 9], 9, true), 4);
    assert.equal(stepped([4, 7, 9], 4, false), 9);
    assert.equal(stepped([4, 7, 9], 5, true), 4);
    assert.equal(stepped([4, 7, 9], null, false), 9);
    assert.equal(stepped([], 4, true), null);
  });
});
