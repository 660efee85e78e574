import assert from "node:assert/strict";
import fc from "fast-check";
import { type Box, flow, type Flow, MOST_STEPS } from "../../../server/src/handler/flow/flow";
import { COORDINATE_LIMIT } from "../../../server/src/handler/flow/place";
import type { Handler, Point, Rect, Step } from "../../../server/src/handler/model";
import { readHandlerFile } from "../../../server/src/workspace/file";
import { corpus, needsCorpus } from "../../corpus";
import { exit, handler, step } from "../../flowHandlers";

const codes = ({ problems }: Flow): string[] => problems.map(({ code }) => code);
const boxOf = ({ boxes }: Flow, node: number): Box => boxes.find((box) => box.node === node)!;
const withRect = (node: number, rect: Rect, more: Partial<Step> = {}): Step => step(node, { ...more, rect });
const rect = (left: number, top: number, width = 100, height = 89): Rect => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

describe("flow: geometry of stored handlers", () => {
  it("puts ports down the right edge and lets lines enter in the middle of the left one", () => {
    const picture = flow(
      handler([
        withRect(0, rect(100, 200, 100, 124), { exits: [exit("A", 1), exit("B", 1), exit("C", null)] }),
        withRect(1, rect(400, 300)),
      ]),
    );
    assert.deepEqual(
      picture.boxes[0]!.ports.map(({ at }) => at),
      [
        { x: 200, y: 211 },
        { x: 200, y: 234 },
        { x: 200, y: 257 },
      ],
    );
    assert.deepEqual(
      picture.links.map(({ exit: number, points }) => [number, points]),
      [
        [
          0,
          [
            { x: 200, y: 211 },
            { x: 400, y: 344 },
          ],
        ],
        [
          1,
          [
            { x: 200, y: 234 },
            { x: 400, y: 344 },
          ],
        ],
      ],
    );
    assert.equal(picture.boxes[0]!.ports[2]!.to, null);
    assert.equal(picture.layout, "stored");
    assert.deepEqual(picture.problems, []);
  });

  it("goes through the stored bend points and drops repeated ones", () => {
    const bends = [
      [202, 211],
      [212, 211],
      [212, 211],
      [212, 400],
      [88, 400],
      [88, 400],
      [88, 544],
      [98, 544],
    ].map(([x, y]) => ({ x: x!, y: y! }));
    const picture = flow(
      handler([
        withRect(0, rect(100, 200), { exits: [exit("Next", 1, { bends })] }),
        withRect(1, rect(100, 500)),
      ]),
    );
    const [link] = picture.links;
    assert.equal(link!.stored, true);
    assert.equal(link!.back, true);
    assert.deepEqual(link!.points, [
      { x: 200, y: 211 },
      { x: 212, y: 211 },
      { x: 212, y: 400 },
      { x: 88, y: 400 },
      { x: 88, y: 544 },
      { x: 100, y: 544 },
    ]);
  });

  it("squeezes the ports of a box that is too low for them", () => {
    const exits = Array.from({ length: 10 }, (_, index) => exit(`Case ${index}`, null));
    const [box] = flow(handler([withRect(0, rect(0, 0, 100, 89), { exits })])).boxes;
    const heights = box!.ports.map(({ at }) => at.y);
    assert.deepEqual(
      [...heights].sort((a, b) => a - b),
      heights,
    );
    assert.ok(heights[0]! >= 0 && heights.at(-1)! <= 89);
  });

  it("tells initiators, starts, calls and tools apart", () => {
    const picture = flow(
      handler(
        [
          step(0, { kind: "initiator", tool: { module: "DsLookup", name: "X" } }),
          step(1, { kind: "subroutine", tool: { module: "", name: "RestRead" } }),
          step(2, { kind: "tool", tool: { module: "DsLookup", name: "TcpReadString" } }),
          step(3, { kind: "tool", tool: { module: "Acme", name: "Frobnicate" } }),
          step(4, { tool: { module: "", name: "Condition" } }),
          step(5, { kind: "tool", tool: { module: "DsLookup", name: "Whatever" } }),
        ],
        {
          tools: [
            {
              module: "DsLookup",
              name: "Whatever",
              label: "What Ever",
              description: "",
              category: "Database",
              version: "",
              parameters: [],
              exits: [],
              runtimeModule: "",
              runtimeFunction: "",
            },
          ],
        },
      ),
    );
    assert.deepEqual(
      picture.boxes.map(({ icon }) => icon),
      ["initiator", "subroutine", "network", "tool", "condition", "database"],
    );
    assert.equal(picture.boxes[5]!.tool, "What Ever");
    assert.equal(picture.boxes[5]!.identity, "DsLookup:Whatever");
  });
});

describe("flow: real handlers", () => {
  const files = corpus().filter(({ name }) => name.endsWith(".ihd"));

  it("draws every box where it is stored and every connected exit once", async function () {
    needsCorpus(this);
    for (const { path, expected, name } of files) {
      const picture = flow(await readHandlerFile(path));
      const steps = expected["steps"] as { node: number; rect: number[]; exits: { to: number | null }[] }[];
      assert.equal(picture.boxes.length, steps.length, name);
      for (const wanted of steps) {
        const { left, top, right, bottom } = boxOf(picture, wanted.node).rect;
        assert.deepEqual([left, top, right, bottom], wanted.rect, `${name} ${wanted.node}`);
        const targets = picture.links
          .filter(({ from }) => picture.boxes[from]!.node === wanted.node)
          .map(({ to }) => picture.boxes[to]!.node);
        assert.deepEqual(
          targets,
          wanted.exits.map(({ to }) => to).filter((to) => to !== null),
          `${name} ${wanted.node}`,
        );
      }
      assert.deepEqual(picture.problems, [], name);
    }
  });

  it("has its ports and entries where Designer's own lines begin and end", async function () {
    needsCorpus(this);
    let lines = 0;
    for (const { path, name } of files) {
      const read = await readHandlerFile(path);
      const picture = flow(read);
      for (const { from, exit: number, to } of picture.links) {
        const { bends } = read.steps[from]!.exits[number]!;
        if (bends.length === 0) continue;
        lines++;
        const { at } = picture.boxes[from]!.ports[number]!;
        const { left, top, bottom } = picture.boxes[to]!.rect;
        // Designer's lines keep 2 pixels away from the boxes.
        assert.deepEqual(bends[0], { x: at.x + 2, y: at.y }, name);
        assert.deepEqual(bends.at(-1), { x: left - 2, y: top + Math.floor((bottom - top) / 2) }, name);
      }
    }
    assert.ok(lines >= 20);
  });

  it("has no error exits on a Selection, and has them on tools", async function () {
    needsCorpus(this);
    const path = files.find(({ name }) => name.endsWith("DynamicIVR_ProcessAction.ihd"))!.path;
    const picture = flow(await readHandlerFile(path));
    assert.deepEqual(
      boxOf(picture, 4).ports.map(({ isError }) => isError),
      new Array(6).fill(false),
    );
    assert.deepEqual(
      boxOf(picture, 9).ports.map(({ isError }) => isError),
      [false, true, true],
    );
  });
});

/** Whether a line goes through the inside of a rectangle, more than a pixel deep. */
function goesThrough(points: readonly Point[], { left, top, right, bottom }: Rect): boolean {
  for (let index = 1; index < points.length; index++) {
    const [a, b] = [points[index - 1]!, points[index]!];
    for (let part = 0; part <= 100; part++) {
      const x = a.x + ((b.x - a.x) * part) / 100;
      const y = a.y + ((b.y - a.y) * part) / 100;
      if (x > left + 1 && x < right - 1 && y > top + 1 && y < bottom - 1) return true;
    }
  }
  return false;
}

describe("flow: lines of handlers without bend points", () => {
  it("are straight to the right and go around to the left", () => {
    const picture = flow(
      handler([
        withRect(0, rect(0, 0), { exits: [exit("Next", 1)] }),
        withRect(1, rect(200, 0), { exits: [exit("Next", 0)] }),
      ]),
    );
    assert.equal(picture.links[0]!.points.length, 2);
    const [, loop] = picture.links;
    assert.deepEqual([loop!.back, loop!.stored], [true, false]);
    assert.ok(loop!.points.length >= 6);
  });

  it("avoid a box in their way where there is room beside it", () => {
    const picture = flow(
      handler([
        withRect(0, rect(600, 0), { exits: [exit("Next", 1)] }),
        withRect(1, rect(0, 300)),
        withRect(2, rect(300, 150)),
      ]),
    );
    assert.equal(goesThrough(picture.links[0]!.points, picture.boxes[2]!.rect), false);
  });

  it("lead from a step to itself visibly", () => {
    const [link] = flow(handler([withRect(0, rect(100, 100), { exits: [exit("Again", 0)] })])).links;
    assert.equal(goesThrough(link!.points, rect(100, 100)), false);
    assert.ok(link!.points.length >= 6);
  });

  it("never go through the boxes they connect", () => {
    const places = fc.record({
      x: fc.integer({ min: -500, max: 500 }),
      y: fc.integer({ min: -500, max: 500 }),
      width: fc.integer({ min: 36, max: 220 }),
      height: fc.integer({ min: 89, max: 262 }),
    });
    fc.assert(
      fc.property(places, places, fc.nat(3), fc.array(places, { maxLength: 12 }), (a, b, number, others) => {
        const [from, to] = [rect(a.x, a.y, a.width, a.height), rect(b.x, b.y, b.width, b.height)];
        // Boxes on top of each other leave no way around.
        fc.pre(from.right < to.left || to.right < from.left || from.bottom < to.top || to.bottom < from.top);
        const exits = Array.from({ length: number + 1 }, (_, index) =>
          exit("E", index === number ? 1 : null),
        );
        const around = others.map((one, index) =>
          withRect(2 + index, rect(one.x, one.y, one.width, one.height)),
        );
        const picture = flow(
          handler([withRect(0, from, { exits }), withRect(1, to), ...around], { source: "xml" }),
        );
        const [link] = picture.links;
        const inset = { ...to, left: to.left + 2 };
        assert.equal(goesThrough(link!.points, from), false, "source");
        // Where the boxes are closer than the line's turns it may touch the target's edge, not its inside.
        if (to.left - from.right > 20 || from.bottom + 40 < to.top || to.bottom + 40 < from.top)
          assert.equal(goesThrough(link!.points, inset), false, "target");
      }),
      { seed: 7, numRuns: 400 },
    );
  });
});

describe("flow: rectangles that cannot be drawn as they are", () => {
  const good = withRect(0, rect(30, 30), { exits: [exit("Next", 1)] });
  const drawn = (bad: Rect, more: Partial<Handler> = {}): Flow =>
    flow(handler([good, withRect(1, bad)], more));

  it("keeps coordinates within bounds and says so", () => {
    for (const bad of [
      rect(2_000_000_000, 30),
      rect(-2_000_000_000, -2_000_000_000),
      { left: -2147483648, top: -2147483648, right: 2147483647, bottom: 2147483647 },
    ]) {
      const picture = drawn(bad);
      const box = picture.boxes[1]!;
      for (const edge of Object.values(box.rect)) assert.ok(Math.abs(edge) <= COORDINATE_LIMIT + 16_000);
      assert.deepEqual(codes(picture), ["flow/out-of-bounds"]);
      assert.match(picture.problems[0]!.message, /"Step 1" \(1\)/);
      assert.deepEqual(picture.boxes[0]!.rect, rect(30, 30));
    }
  });

  it("turns swapped edges around without a word", () => {
    const picture = drawn({ left: 400, top: 119, right: 300, bottom: 30 });
    assert.deepEqual(picture.boxes[1]!.rect, rect(300, 30));
    assert.deepEqual(picture.problems, []);
  });

  it("keeps negative places", () => {
    assert.deepEqual(drawn(rect(-300, -200)).boxes[1]!.rect, rect(-300, -200));
  });

  it("gives a step without size the usual one, and a step without place one below the others", () => {
    const sized = drawn(rect(300, 60, 0, 0));
    assert.deepEqual(sized.boxes[1]!.rect, rect(300, 60));
    assert.deepEqual(codes(sized), ["flow/no-size"]);
    const placed = drawn(rect(0, 0, 0, 0));
    assert.ok(placed.boxes[1]!.rect.top > 119);
  });

  it("takes what is no number for nothing", () => {
    const picture = drawn({ left: Number.NaN, top: Number.NaN, right: Number.NaN, bottom: Number.NaN });
    for (const edge of Object.values(picture.boxes[1]!.rect)) assert.ok(Number.isFinite(edge));
    for (const edge of Object.values(picture.bounds)) assert.ok(Number.isFinite(edge));
  });

  it("keeps lines with damaged bend points within bounds and says so", () => {
    const bends = [
      { x: 2_000_000_000, y: 5 },
      { x: Number.NaN, y: -2_000_000_000 },
    ];
    const picture = flow(
      handler([withRect(0, rect(0, 0), { exits: [exit("Next", 1, { bends })] }), withRect(1, rect(300, 0))]),
    );
    for (const { x, y } of picture.links[0]!.points)
      assert.ok(Math.abs(x) <= COORDINATE_LIMIT && Math.abs(y) <= COORDINATE_LIMIT);
    assert.deepEqual(codes(picture), ["flow/line-out-of-bounds"]);
  });

  it("draws any rectangles whatever they are", () => {
    const edge = fc.oneof(fc.integer(), fc.double(), fc.constant(0));
    const rects = fc.record({ left: edge, top: edge, right: edge, bottom: edge });
    fc.assert(
      fc.property(fc.array(rects, { minLength: 1, maxLength: 6 }), (all) => {
        const steps = all.map((one, index) =>
          withRect(index, one, { exits: [exit("Next", (index + 1) % all.length)] }),
        );
        const picture = flow(handler(steps));
        for (const box of picture.boxes) {
          assert.ok(box.rect.right - box.rect.left >= 30 && box.rect.bottom - box.rect.top >= 30);
          assert.ok(Object.values(box.rect).every((one) => Math.abs(one) <= 100_000));
        }
        for (const { points } of picture.links)
          assert.ok(points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)));
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

describe("flow: handlers without positions", () => {
  const nowhere = rect(0, 0, 0, 0);
  const overlaps = (boxes: readonly Box[]): boolean =>
    boxes.some((a, index) =>
      boxes
        .slice(index + 1)
        .some(
          (b) =>
            a.rect.left < b.rect.right &&
            b.rect.left < a.rect.right &&
            a.rect.top < b.rect.bottom &&
            b.rect.top < a.rect.bottom,
        ),
    );

  it("are laid out in layers, loops and unreached steps included", () => {
    const steps = [
      withRect(0, nowhere, { exits: [exit("Start", 1)] }),
      withRect(1, nowhere, { exits: [exit("True", 2), exit("False", 3)] }),
      withRect(2, nowhere, { exits: [exit("Next", 4)] }),
      withRect(3, nowhere, { exits: [exit("Next", 4)] }),
      withRect(4, nowhere, { exits: [exit("Again", 1)] }),
      withRect(5, nowhere, { exits: [exit("Next", 5)] }),
    ];
    const picture = flow(handler(steps));
    assert.equal(picture.layout, "automatic");
    assert.deepEqual(codes(picture), ["flow/automatic-layout"]);
    assert.equal(overlaps(picture.boxes), false);
    const left = (node: number): number => boxOf(picture, node).rect.left;
    assert.ok(left(0) < left(1) && left(1) < left(2) && left(2) === left(3) && left(3) < left(4));
    assert.ok(
      boxOf(picture, 5).rect.top > Math.max(...[0, 1, 2, 3, 4].map((n) => boxOf(picture, n).rect.bottom)),
    );
    assert.equal(picture.links.filter(({ back }) => back).length, 2);
  });

  it("are laid out when all steps have the same rectangle, too", () => {
    const picture = flow(handler([withRect(0, rect(5, 5)), withRect(1, rect(5, 5))]));
    assert.equal(picture.layout, "automatic");
    assert.equal(overlaps(picture.boxes), false);
  });

  it("may be one chain as long as is drawn at all", () => {
    const steps = Array.from({ length: MOST_STEPS }, (_, node) =>
      withRect(node, nowhere, { exits: [exit("Next", node + 1 < MOST_STEPS ? node + 1 : 0)] }),
    );
    const picture = flow(handler(steps));
    assert.equal(picture.links.length, MOST_STEPS);
    assert.ok(boxOf(picture, MOST_STEPS - 1).rect.left > boxOf(picture, 1).rect.left);
  });
});

describe("flow: handlers that contradict themselves", () => {
  it("draws an exit to a step that is not there as not connected", () => {
    const picture = flow(handler([step(0, { exits: [exit("Next", 99)] })]));
    assert.equal(picture.boxes[0]!.ports[0]!.to, null);
    assert.deepEqual(codes(picture), ["flow/target-missing"]);
  });

  it("leads to the first of two steps with one node id", () => {
    const picture = flow(
      handler([step(0, { exits: [exit("Next", 1)] }), step(1), step(1, { label: "Twin" })]),
    );
    assert.equal(picture.links[0]!.to, 1);
    assert.deepEqual(codes(picture), ["flow/node-twice"]);
  });

  it("draws the first steps of a handler that has too many", () => {
    const picture = flow(handler(Array.from({ length: MOST_STEPS + 1 }, (_, node) => step(node))));
    assert.equal(picture.boxes.length, MOST_STEPS);
    assert.deepEqual(codes(picture)[0], "flow/too-many-steps");
  });

  it("has a picture of a handler without steps", () => {
    const picture = flow(handler([]));
    assert.deepEqual([picture.boxes, picture.links, picture.problems], [[], [], []]);
    assert.ok(picture.bounds.right > picture.bounds.left);
  });
});
