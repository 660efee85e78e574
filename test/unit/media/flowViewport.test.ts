import assert from "node:assert/strict";
import fc from "fast-check";
import { outlines, overviewOf } from "../../../media/flow/overview";
import { savedState } from "../../../media/flow/state";
import {
  centred,
  fitted,
  grown,
  kept,
  LEAST_SCALE,
  MOST_SCALE,
  opening,
  overlap,
  panned,
  seen,
  showing,
  touching,
  type Viewport,
  within,
  zoomed,
} from "../../../media/flow/viewport";
import type { Edges } from "../../../server/src/protocol";
import { picture } from "./flowPictures";

const size = { width: 800, height: 600 };
const near = (a: number, b: number): void =>
  assert.ok(Math.abs(a - b) < 1e-6 * Math.max(1, Math.abs(a)), `${a} ${b}`);

const places = fc.record({
  x: fc.integer({ min: -5000, max: 5000 }),
  y: fc.integer({ min: -5000, max: 5000 }),
  scale: fc.double({ min: LEAST_SCALE, max: MOST_SCALE, noNaN: true }),
});
const rects = fc
  .tuple(
    fc.integer({ min: -3000, max: 3000 }),
    fc.integer({ min: -3000, max: 3000 }),
    fc.integer({ min: 30, max: 6000 }),
    fc.integer({ min: 30, max: 6000 }),
  )
  .map(([x, y, width, height]): Edges => [x, y, x + width, y + height]);

describe("flow view: viewport", () => {
  it("keeps the point under the pointer when zooming, within limits", () => {
    const pixels = fc.tuple(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 600 }));
    fc.assert(
      fc.property(
        places,
        pixels,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (viewport, [x, y], factor) => {
          const after = zoomed(viewport, factor, x, y);
          near(viewport.x + x / viewport.scale, after.x + x / after.scale);
          near(viewport.y + y / viewport.scale, after.y + y / after.scale);
          assert.ok(after.scale >= LEAST_SCALE && after.scale <= MOST_SCALE);
        },
      ),
      { seed: 1 },
    );
  });

  it("shows everything, in the middle, and never larger than drawn", () => {
    const viewport = fitted([100, 100, 1700, 700], size);
    assert.equal(viewport.scale, 0.5);
    const [left, top, right, bottom] = seen(viewport, size);
    assert.deepEqual([left, right], [100, 1700]);
    assert.deepEqual([top, bottom], [-200, 1000]);
    assert.equal(fitted([0, 0, 10, 10], size).scale, 1);
    fc.assert(
      fc.property(rects, (bounds) =>
        assert.ok(within(bounds, grown(seen(fitted(bounds, size), size), 1e-9))),
      ),
      { seed: 1 },
    );
  });

  it("opens small flows whole and large ones at their first step, readable", () => {
    assert.equal(opening([0, 0, 1000, 700], [30, 30, 130, 119], size).scale, 0.8);
    const large = opening([0, 0, 20_000, 9_000], [30, 4000, 130, 4089], size);
    assert.ok(large.scale > 0.8);
    assert.ok(within([30, 4000, 130, 4089], seen(large, size)));
  });

  it("never loses the flow when panning", () => {
    fc.assert(
      fc.property(places, fc.integer(), fc.integer(), rects, (viewport, dx, dy, bounds) => {
        assert.ok(overlap(bounds, seen(panned(viewport, dx, dy, bounds, size), size)));
      }),
      { seed: 2 },
    );
  });

  it("leaves a place alone that shows part of the flow", () => {
    const viewport: Viewport = { x: -100, y: -100, scale: 1 };
    assert.deepEqual(kept(viewport, [0, 0, 1000, 1000], size), viewport);
  });

  it("moves as little as needed to show a step", () => {
    const viewport: Viewport = { x: 0, y: 0, scale: 1 };
    assert.deepEqual(showing(viewport, [300, 300, 400, 389], size), viewport);
    assert.deepEqual(showing(viewport, [900, 300, 1000, 389], size), { x: 248, y: 0, scale: 1 });
    fc.assert(
      fc.property(places, rects, (from, rect) => {
        const after = showing(from, rect, size);
        const area = seen(after, size);
        if (rect[2] - rect[0] < area[2] - area[0] && rect[3] - rect[1] < area[3] - area[1])
          assert.ok(within(rect, grown(area, 1e-9)));
        assert.ok(overlap(rect, area));
      }),
      { seed: 3 },
    );
  });

  it("puts a step in the middle", () => {
    assert.deepEqual(centred([100, 100, 200, 200], 2, size), { x: -50, y: 0, scale: 2 });
  });
});

describe("flow view: what is drawn", () => {
  it("is exactly what touches the area", () => {
    fc.assert(
      fc.property(fc.array(rects, { maxLength: 40 }), rects, (all, area) => {
        const expected = all.flatMap(([left, top, right, bottom], index) =>
          left > area[2] || right < area[0] || top > area[3] || bottom < area[1] ? [] : [index],
        );
        assert.deepEqual(touching(all, area), expected);
      }),
      { seed: 4 },
    );
  });

  it("needs a few paths for all steps from far away", () => {
    const flow = picture(Array.from({ length: 50 }, () => []));
    const overview = overviewOf({
      ...flow,
      steps: flow.steps.map((step, index) => ({ ...step, family: index % 2 ? "data" : "logic" })),
    });
    assert.deepEqual([...overview.boxes.keys()].sort(), ["data", "logic"]);
    assert.equal(overview.boxes.get("data")!.match(/M/g)!.length, 25);
    assert.equal(outlines(flow.steps, [0, 2], 3), "M-3 -3h106v95h-106zM397 -3h106v95h-106z");
  });
});

describe("flow view: remembered state", () => {
  it("is taken as far as it has the right form", () => {
    const state = { viewport: { x: 1, y: 2, scale: 0.5 }, node: 7, query: "q", stepsShown: true };
    assert.deepEqual(savedState(state), state);
    assert.deepEqual(savedState({ ...state, viewport: { x: 1, y: "2", scale: 0.5 }, node: "7" }), {
      query: "q",
      stepsShown: true,
    });
    assert.deepEqual(savedState({ viewport: { x: 1, y: 2, scale: 0 } }), {});
    for (const nothing of [undefined, null, 3, "x"]) assert.deepEqual(savedState(nothing), {});
  });
});
