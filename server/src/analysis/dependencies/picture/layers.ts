/** A directed graph by successor lists; nodes are 0 .. n-1. */
export type Graph = readonly (readonly number[])[];

/** The graph with layers from 0, such that every edge leads to a higher layer; edges of circles are turned for that. */
export interface Layered {
  readonly layerOf: readonly number[];
  /** Edges that go to a higher layer as they are. */
  readonly forward: readonly (readonly [from: number, to: number])[];
  /** Edges that had to be turned: they lead back to a lower layer. */
  readonly back: readonly (readonly [from: number, to: number])[];
}

/** Layers by the longest way from a start; the same input gives the same layers. */
export function layered(graph: Graph): Layered {
  const { order, back: backEdges } = depthFirst(graph);
  const isBack = new Set(backEdges.map(([from, to]) => from * graph.length + to));
  const layerOf = new Array<number>(graph.length).fill(0);
  // Reverse post-order: every node comes before those its forward edges lead to.
  for (const node of order) {
    for (const to of graph[node]!) {
      if (to === node || isBack.has(node * graph.length + to)) continue;
      layerOf[to] = Math.max(layerOf[to]!, layerOf[node]! + 1);
    }
  }
  const forward: [number, number][] = [];
  const back: [number, number][] = [];
  graph.forEach((targets, from) => {
    for (const to of targets) {
      if (to === from) continue;
      (isBack.has(from * graph.length + to) ? back : forward).push([from, to]);
    }
  });
  pullStarts(layerOf, forward, back);
  return { layerOf, forward, back };
}

/** A start moves beside the nearest node it leads to, so that its edges are short. */
function pullStarts(
  layerOf: number[],
  forward: readonly (readonly [number, number])[],
  back: readonly (readonly [number, number])[],
): void {
  const hasCaller = new Set([...forward.map(([, to]) => to), ...back.map(([from]) => from)]);
  const nearest = new Map<number, number>();
  for (const [from, to] of forward) nearest.set(from, Math.min(nearest.get(from) ?? Infinity, layerOf[to]!));
  for (const [from, layer] of nearest) if (!hasCaller.has(from)) layerOf[from] = layer - 1;
}

/** Reverse post-order and the edges that lead back to a node still open, without recursion. */
function depthFirst(graph: Graph): { order: number[]; back: [number, number][] } {
  const state = new Uint8Array(graph.length);
  const post: number[] = [];
  const back: [number, number][] = [];
  const called = new Uint8Array(graph.length);
  for (const targets of graph) for (const to of targets) called[to] = 1;
  const nodes = graph.map((_, node) => node);
  // Starts first: what is called by nobody then never stands behind what it calls.
  for (const root of [...nodes.filter((node) => !called[node]), ...nodes]) {
    if (state[root] !== 0) continue;
    state[root] = 1;
    const open = [{ node: root, next: 0 }];
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const to = graph[top.node]![top.next++];
      if (to === undefined) {
        state[top.node] = 2;
        post.push(top.node);
        open.pop();
      } else if (state[to] === 0) {
        state[to] = 1;
        open.push({ node: to, next: 0 });
      } else if (state[to] === 1 && to !== top.node) back.push([top.node, to]);
    }
  }
  return { order: post.reverse(), back };
}
