import assert from "node:assert/strict";
import type { Parameter } from "../../../../server/src/handler/model";
import { isReordered, mapSignatures } from "../../../../server/src/analysis/hints/mapping";
import type { ToolSignature } from "../../../../server/src/catalogue/signature";
import { input, output } from "../../../builder/signatures";

const signature = (parameters: readonly Parameter[], ...returnValues: number[]): ToolSignature => ({
  kind: "tool",
  module: "M",
  name: "T",
  label: "",
  category: "",
  version: "",
  parameters,
  exits: returnValues.map((returnValue) => ({ label: `exit ${returnValue}`, returnValue })),
});

function mapped(old: readonly Parameter[], now: readonly Parameter[]): string[] {
  const { pairs, removed, added } = mapSignatures(signature(old), signature(now));
  return [
    ...pairs.map(
      ({ old: a, now: b, oldAt, nowAt, by }) => `${oldAt} ${a.label} -> ${nowAt} ${b.label} by ${by}`,
    ),
    ...removed.map(({ parameter, at }) => `- ${at} ${parameter.label}`),
    ...added.map(({ parameter, at }) => `+ ${at} ${parameter.label}`),
  ];
}

describe("mapping of signatures", () => {
  it("pairs by label, whatever the case and line breaks", () => {
    const old = [input("Call\r\nIdentifier", "CallId"), input("Text", "String")];
    const now = [input("call identifier", "CallId"), input("Voice", "String"), input("Text", "String")];
    assert.deepEqual(mapped(old, now), [
      "0 Call\r\nIdentifier -> 0 call identifier by label",
      "1 Text -> 2 Text by label",
      "+ 1 Voice",
    ]);
  });

  it("pairs labels that repeat in their order, inputs with inputs", () => {
    const both = [input("List", "String"), output("List", "String"), input("List", "String")];
    assert.deepEqual(mapped(both, [...both].reverse()), [
      "0 List -> 0 List by label",
      "1 List -> 1 List by label",
      "2 List -> 2 List by label",
    ]);
    assert.deepEqual(mapped([input("A", "String")], [output("A", "String")]), ["0 A -> 0 A by label"]);
  });

  it("takes another label at the same place between the same neighbours for the same parameter", () => {
    const old = [input("Call", "CallId"), input("Adresse", "String"), output("Result", "Integer")];
    const now = [input("Call", "CallId"), input("Address", "String"), output("Result", "Integer")];
    assert.deepEqual(mapped(old, now), [
      "0 Call -> 0 Call by label",
      "1 Adresse -> 1 Address by place",
      "2 Result -> 2 Result by label",
    ]);
    // Nothing in common: one went, another came. But where most labels differ, it is another language.
    const [path, mode, size] = ["Path", "Mode", "Size"].map((label) => input(label, "String"));
    const [pfad, art] = ["Pfadname", "Betriebsart"].map((label) => input(label, "String"));
    assert.deepEqual(mapped([path!, size!], [pfad!, size!]), [
      "1 Size -> 1 Size by label",
      "- 0 Path",
      "+ 0 Pfadname",
    ]);
    assert.deepEqual(mapped([path!, mode!, size!], [pfad!, art!, size!]), [
      "0 Path -> 0 Pfadname by place",
      "1 Mode -> 1 Betriebsart by place",
      "2 Size -> 2 Size by label",
    ]);
    // Another type, another direction, or not as many: then nobody knows.
    assert.deepEqual(mapped([input("A", "String")], [input("B", "Integer")]), ["- 0 A", "+ 0 B"]);
    assert.deepEqual(mapped([input("A", "String")], [output("B", "String")]), ["- 0 A", "+ 0 B"]);
    assert.deepEqual(mapped([input("A", "String")], [input("B", "String"), input("C", "String")]), [
      "- 0 A",
      "+ 0 B",
      "+ 1 C",
    ]);
  });

  it("sees another order, but not because something was added or removed", () => {
    const [a, b, c] = ["A", "B", "C"].map((label) => input(label, "String")) as [
      Parameter,
      Parameter,
      Parameter,
    ];
    const isMoved = (old: Parameter[], now: Parameter[]): boolean =>
      isReordered(mapSignatures(signature(old), signature(now)));
    assert.equal(isMoved([a, b, c], [a, c, b]), true);
    assert.equal(isMoved([a, b, c], [a, c]), false);
    assert.equal(isMoved([a, c], [a, b, c]), false);
  });

  it("compares exits by return value", () => {
    const { exitPairs, exitsAdded, exitsRemoved } = mapSignatures(
      signature([], 0, 1, 2),
      signature([], 1, 0, 3),
    );
    assert.deepEqual(
      [
        exitPairs.length,
        exitsAdded.map((each) => each.returnValue),
        exitsRemoved.map((each) => each.returnValue),
      ],
      [2, [3], [2]],
    );
  });
});
