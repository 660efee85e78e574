import assert from "node:assert/strict";
import fc from "fast-check";
import { compareHandlers, type HandlerDiff } from "../../../../server/src/analysis/compare/compareHandlers";
import { diffKinds } from "../../../../server/src/analysis/compare/kinds";
import { comparableListings, hunkText, listingDiff } from "../../../../server/src/analysis/compare/listings";
import { overlay } from "../../../../server/src/analysis/compare/overlay";
import { pictureMarks } from "../../../../server/src/analysis/compare/pictures";
import { drawBox, drawLink } from "../../../../server/src/handler/flow/draw";
import { listing } from "../../../../server/src/handler/listing";
import type { Handler } from "../../../../server/src/handler/model";
import { readHandler } from "../../../../server/src/handler/read";
import { arbitraryBuild } from "../../../builder/arbitrary";
import { Choices } from "../../../builder/edit";
import { edits, prepare } from "../../../builder/edits";
import { handler, type HandlerBuilder } from "../../../builder/handler";
import { toIhd } from "../../../builder/ihd";
import { toModel } from "../../../builder/model";
import { toXml } from "../../../builder/xml";

const everyKind = new Set(diffKinds.map(({ id }) => id));

/** Steps a, b, c, d in a row; `change` edits them. */
function row(change?: (built: HandlerBuilder) => void): Handler {
  const built = handler("Row").variable("x", "String");
  let last = built.start();
  for (const label of ["a", "b", "c", "d"]) {
    const step = built.assign("x", label).label(label);
    last.to(step);
    last = step;
  }
  change?.(built);
  return toModel(built);
}

/** b is gone, c changed, e is new behind c. */
const edited = (): Handler =>
  row((built) => {
    const [, a, b, c, d] = built.steps;
    a!.to(c!);
    built.remove(b!);
    c!.note("changed");
    c!.to(built.assign("x", "e").label("e").to(d!));
  });

const entries = (map: ReadonlyMap<unknown, unknown>): string[] =>
  [...map].map(([key, value]) => `${String(key)} ${String(value)}`).sort();

describe("Marks in pictures", () => {
  it("are on the steps and lines that differ, on the side that has them", () => {
    const { old, now } = pictureMarks(compareHandlers(row(), edited()));
    assert.deepEqual(entries(old.status), ["1 changed", "2 removed", "3 changed"]);
    assert.deepEqual(entries(old.linkStatus), ["1:0 removed", "2:0 removed", "3:0 removed"]);
    assert.deepEqual(entries(now.status), ["1 changed", "3 changed", "5 added"]);
    assert.deepEqual(entries(now.linkStatus), ["1:0 added", "3:0 added", "5:0 added"]);
  });

  it("are of the kinds that were asked for", () => {
    const { old, now } = pictureMarks(compareHandlers(row(), edited(), new Set(["notes"])));
    assert.deepEqual([entries(old.status), entries(old.linkStatus)], [["3 changed"], []]);
    assert.deepEqual([entries(now.status), entries(now.linkStatus)], [["3 changed"], []]);
  });
});

describe("Both versions in one picture", () => {
  const said = ({ flow, boxes, links }: ReturnType<typeof overlay>): string[] => [
    ...flow.boxes.map(({ label, node }, at) => `${label} ${node} ${boxes[at] ?? "same"}`),
    ...flow.links.map(
      ({ from, to }, at) => `${flow.boxes[from]!.label}>${flow.boxes[to]!.label} ${links[at] ?? "same"}`,
    ),
  ];

  it("have what is new, what is gone, and what stayed, each once", () => {
    assert.deepEqual(said(overlay(compareHandlers(row(), edited()))), [
      "Row 0 same",
      "a 1 changed",
      "c 3 changed",
      "d 4 same",
      "e 5 added",
      "b 2 removed",
      "Row>a same",
      "a>c added",
      "c>e added",
      "e>d added",
      "a>b removed",
      "b>c removed",
      "c>d removed",
    ]);
  });

  it("put what is gone beside its neighbour, where nothing else stands", () => {
    const shifted = (by: number) => (built: HandlerBuilder) => {
      built.steps.forEach((step, at) =>
        step.place({ left: 150 * at, top: by, right: 150 * at + 100, bottom: by + 90 }),
      );
    };
    const old = row(shifted(0));
    const gone = row((built) => {
      shifted(600)(built);
      built.remove(built.steps[2]!);
    });
    const { flow } = overlay(compareHandlers(old, gone));
    assert.deepEqual(flow.boxes.at(-1)!.rect, { left: 300, top: 600, right: 400, bottom: 690 });
    // Another step stands there now.
    const full = row((built) => {
      shifted(600)(built);
      built.remove(built.steps[2]!);
      built.assign("x", "new").place({ left: 300, top: 600, right: 400, bottom: 690 });
    });
    const { rect } = overlay(compareHandlers(old, full)).flow.boxes.at(-1)!;
    assert.deepEqual([rect.left, rect.top >= 690 || rect.bottom <= 600], [300, true]);
  });

  it("can be drawn for any two handlers, within their bounds", () => {
    fc.assert(
      fc.property(arbitraryBuild(), arbitraryBuild(), (one, other) => {
        const { flow, boxes, links } = overlay(compareHandlers(toModel(one()), toModel(other()), everyKind));
        assert.deepEqual([boxes.length, links.length], [flow.boxes.length, flow.links.length]);
        for (const [at, box] of flow.boxes.entries()) {
          assert.ok(box.rect.left >= flow.bounds.left && box.rect.bottom <= flow.bounds.bottom);
          drawBox(box, boxes[at]);
        }
        for (const [at, link] of flow.links.entries()) drawLink(flow, link, links[at]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("Listings to compare", () => {
  const texts = (diff: HandlerDiff, kinds = new Set<never>()): [string, string] => {
    const { old, now } = comparableListings(diff, kinds);
    return [old.text, now.text];
  };

  it("are the plain ones where two files differ only in what was asked for", () => {
    const [old, now] = [row(), edited()];
    const [before, after] = texts(compareHandlers(old, now));
    assert.equal(after, listing(now).text);
    // All but the next node id, which follows the steps.
    assert.equal(before, listing(old).text.replace("next node    5", "next node    6"));
  });

  it("are the same where nothing differs but positions, compiled names, node ids or the source", () => {
    fc.assert(
      fc.property(arbitraryBuild({ xml: true }), fc.nat(50), (build, by) => {
        const one = prepare(build());
        const other = prepare(build());
        (other.about as { compiledName?: string }).compiledName = "I3_1";
        for (const step of other.steps) {
          const { left, top, right, bottom } = step.rect;
          step.place({ left: left + by, top, right: right + by, bottom });
        }
        const ihd = readHandler(toIhd(one), { file: "a.ihd" });
        for (const now of [
          readHandler(toIhd(other), { file: "a.ihd" }),
          readHandler(Buffer.from(toXml(other)), { file: "a.xml" }),
        ]) {
          const [before, after] = texts(compareHandlers(ihd, now));
          assert.equal(before, after);
        }
      }),
      { numRuns: 60 },
    );
    const old = row();
    const steps = row().steps.map((step) => ({
      ...step,
      node: step.node + 10,
      exits: step.exits.map((exit) => ({ ...exit, to: exit.to === null ? null : exit.to + 10 })),
    }));
    const [before, after] = texts(compareHandlers(old, { ...row(), steps, startNode: 10 }));
    assert.equal(before, after);
    assert.match(after, /^step 14 /m);
  });

  it("give removed steps ids that no other step has", () => {
    const now = row((built) => built.remove(built.steps[1]!));
    const renumbered = {
      ...now,
      steps: now.steps.map((step) => ({ ...step, node: step.node === 2 ? 1 : step.node })),
    };
    const [before] = texts(compareHandlers(row(), renumbered));
    const ids = [...before.matchAll(/^step (\d+) /gm)].map(([, id]) => id);
    assert.equal(new Set(ids).size, 5);
  });

  it("show positions and compiled names where those were asked for", () => {
    const moved = row((built) => built.steps[1]!.place({ left: 900, top: 900, right: 1000, bottom: 990 }));
    const diff = compareHandlers(row(), moved, everyKind);
    const { old, now } = comparableListings(diff, everyKind);
    const changed = listingDiff(old, now)!.flatMap(({ lines }) => lines.filter((line) => /^[+-]/.test(line)));
    assert.deepEqual(changed, ["-  at   240,30 to 340,119", "+  at   900,900 to 1000,990"]);
  });

  it("differ wherever a difference is reported, for every edit", () => {
    const all = fc.constantFrom(...edits.filter(({ name }) => !/bend points/.test(name)));
    const numbers = fc.array(fc.nat(1_000_000), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(arbitraryBuild({ maxSteps: 10 }), all, numbers, (build, { make }, chosen) => {
        const other = prepare(build());
        fc.pre(make(other, new Choices(chosen)) !== undefined);
        const diff = compareHandlers(toModel(prepare(build())), toModel(other), everyKind);
        const { old, now } = comparableListings(diff, everyKind);
        assert.equal(old.text !== now.text, diff.changes.length > 0);
      }),
      { numRuns: 150 },
    );
  });

  it("are shown as a unified diff, which gives up where too much differs", () => {
    const { old, now } = comparableListings(compareHandlers(row(), edited()), everyKind);
    const text = listingDiff(old, now)!.map(hunkText).join("\n");
    assert.match(text, /^@@ -\d+,\d+ \+\d+,\d+ @@\n/);
    assert.match(text, /\n-step 2 {2}Assignment {2}"b"\n/);
    assert.match(text, /\n\+ {2}note \| changed\n/);
    const many = (prefix: string): Handler => {
      const built = handler("Many");
      for (let at = 0; at < 2_500; at++) built.variable(`${prefix}${at}`, "String");
      return toModel(built);
    };
    const wide = comparableListings(compareHandlers(many("a"), many("b")), everyKind);
    assert.equal(listingDiff(wide.old, wide.now), null);
  });
});
