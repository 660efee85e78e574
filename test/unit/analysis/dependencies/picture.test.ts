import assert from "node:assert/strict";
import fc from "fast-check";
import { XMLValidator } from "fast-xml-parser";
import { type CallGraph, callGraph } from "../../../../server/src/analysis/dependencies/graph";
import { layered } from "../../../../server/src/analysis/dependencies/picture/layers";
import { type Picture, picture } from "../../../../server/src/analysis/dependencies/picture/picture";
import { pictureSvg } from "../../../../server/src/analysis/dependencies/picture/pictureSvg";
import { dependenciesOf } from "../../../../server/src/analysis/dependencies/facts";
import { estate } from "../../../estate";
import { toModel } from "../../../builder/model";
import { calling } from "./make";

/** A graph of handlers h0, h1 ...; each calls some of the others. */
function graphOf(callees: readonly (readonly number[])[]): CallGraph {
  return callGraph(
    callees.map((each, at) =>
      calling(
        `h${at}`,
        each.map((to) => `h${to}`),
      ),
    ),
  );
}

function check({ nodes, edges, width, height }: Picture): void {
  for (const [at, node] of nodes.entries()) {
    assert.ok(
      node.x >= 0 && node.y >= 0 && node.x + node.width <= width && node.y + node.height <= height,
      "inside",
    );
    for (const other of nodes.slice(at + 1)) {
      const apart =
        node.x + node.width <= other.x ||
        other.x + other.width <= node.x ||
        node.y + node.height <= other.y ||
        other.y + other.height <= node.y;
      assert.ok(apart, `${node.label} lies on ${other.label}`);
    }
  }
  for (const { from, to, points, isBack } of edges) {
    const [a, b] = [nodes[from]!, nodes[to]!];
    const [first, last] = [points[0]!, points.at(-1)!];
    const middle = (node: typeof a): number => node.y + node.height / 2;
    assert.deepEqual(
      [first.x, last.x],
      isBack ? [a.x, b.x + b.width] : [a.x + a.width, b.x],
      "ends at the boxes",
    );
    assert.ok(Math.abs(first.y - middle(a)) <= 1 && Math.abs(last.y - middle(b)) <= 1);
    assert.ok(isBack ? first.x > last.x : first.x < last.x, "callers stand left of what they call");
  }
}

const graphs = fc
  .integer({ min: 1, max: 25 })
  .chain((count) =>
    fc.array(fc.array(fc.nat({ max: count - 1 }), { maxLength: 4 }), { minLength: count, maxLength: count }),
  );

describe("layers", () => {
  it("let every edge lead on, but those that close a circle", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { layerOf, forward, back } = layered(graph);
        for (const [from, to] of forward) assert.ok(layerOf[from]! < layerOf[to]!);
        for (const [from, to] of back) assert.ok(layerOf[from]! > layerOf[to]!);
        const edges = graph.reduce(
          (sum, targets, from) => sum + targets.filter((to) => to !== from).length,
          0,
        );
        assert.equal(forward.length + back.length, edges);
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  it("turn no edge where there is no circle", () => {
    assert.deepEqual(layered([[1, 2], [2], [3], []]), {
      layerOf: [0, 1, 2, 3],
      forward: [
        [0, 1],
        [0, 2],
        [1, 2],
        [2, 3],
      ],
      back: [],
    });
  });
});

describe("the picture of calls", () => {
  it("has boxes that do not meet and lines that end at them, whatever calls whom", () => {
    fc.assert(
      fc.property(graphs, (callees) => check(picture(graphOf(callees)))),
      { numRuns: 200, seed: 5 },
    );
  });

  it("shows every handler and every call of a small estate", () => {
    const { nodes, edges, leftOut } = picture(
      callGraph([calling("!Main", ["Sub", "Gone"]), calling("Sub", ["Main"]), calling("Alone")]),
    );
    assert.deepEqual(
      nodes.map(({ label, kind, isDead, isInCycle }) => [label, kind, isDead, isInCycle]),
      [
        ["Alone", "subroutine", true, false],
        ["Main", "handler", false, true],
        ["Sub", "subroutine", false, true],
        ["Gone", "missing", false, false],
      ],
    );
    assert.deepEqual(
      edges.map(({ from, to, isBack }) => [nodes[from]!.label, nodes[to]!.label, isBack]).sort(),
      [
        ["Main", "Gone", false],
        ["Main", "Sub", false],
        ["Sub", "Main", true],
      ],
    );
    assert.deepEqual(leftOut, { handlers: 0, calls: 0 });
  });

  it("counts the callers of what everybody calls instead of drawing them", () => {
    const graph = graphOf([[1], ...Array.from({ length: 30 }, (_, at) => (at === 0 ? [] : [1]))]);
    const { nodes, edges, leftOut } = picture(graph);
    const hub = nodes.find(({ label }) => label === "h1")!;
    assert.deepEqual([hub.isHub, hub.callers, edges.length, leftOut.calls], [true, 30, 0, 30]);
    const inFocus = picture(graph, {
      focus: { handler: graph.handlers.findIndex(({ name }) => name === "h1"), distance: 1 },
    });
    assert.deepEqual([inFocus.edges.length, inFocus.nodes.length], [30, 31]);
  });

  it("can be narrowed to what is near a handler", () => {
    const graph = graphOf([[1], [2], [3], [4], []]);
    const labels = picture(graph, { focus: { handler: 2, distance: 1 } }).nodes.map(({ label }) => label);
    assert.deepEqual(labels, ["h1", "h2", "h3"]);
  });

  it("keeps the handlers with the most calls when there are too many, and says how many it left out", () => {
    const star = graphOf([[1, 2, 3], [], [], [], [5], []]);
    const { nodes, leftOut } = picture(star, { most: 4 });
    assert.deepEqual(
      [nodes.map(({ label }) => label), leftOut],
      [["h0", "h1", "h2", "h3"], { handlers: 2, calls: 1 }],
    );
  });

  it("stays in bounds with an estate of 500, and is always the same", () => {
    const all = [...estate(500, 6)].map((built) => dependenciesOf(toModel(built), `${built.name}.ihd`));
    const one = picture(callGraph(all));
    check(one);
    assert.equal(one.nodes.length, 500);
    assert.ok(one.width < 6000 && one.height < 6000, `${one.width} x ${one.height}`);
    assert.deepEqual(picture(callGraph([...all].reverse())), one);
  });

  it("follows a chain of 5,000 calls", () => {
    const graph = graphOf(Array.from({ length: 5000 }, (_, at) => (at === 4999 ? [] : [at + 1])));
    const { nodes } = picture(graph, { most: 10_000 });
    assert.equal(new Set(nodes.map(({ x }) => x)).size, 5000);
  });

  it("is an SVG document, whatever handlers are called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (name) => {
        const svg = pictureSvg(picture(callGraph([calling(name, ["x"])])));
        assert.equal(XMLValidator.validate(svg), true);
      }),
      { numRuns: 200, seed: 6 },
    );
    const svg = pictureSvg(picture(callGraph([calling("!<script>alert(1)</script>")])));
    assert.ok(!svg.includes("<script"));
  });
});
