import { type Graph, layered, type Layered } from "./layers";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Where nodes stand (their upper left corners) and how edges run, from 0,0. */
export interface Placed extends Size {
  readonly spots: readonly Spot[];
  readonly edges: readonly PlacedEdge[];
}

export interface PlacedEdge {
  readonly from: number;
  readonly to: number;
  /** true: it leads back, against the direction of all others. */
  readonly isBack: boolean;
  /** From the box of `from` to the box of `to`. */
  readonly points: readonly Spot[];
}

const gapX = 70;
const gapY = 12;
/** Edges that pass layers get a place in each; beyond as many, they run straight. */
const mostPassing = 20_000;
const sweeps = 6;

/** A place in a layer: a node, or where an edge passes. */
interface Item {
  readonly node: number;
  readonly height: number;
  y: number;
  readonly left: Item[];
  readonly right: Item[];
}

/**
 * Places the nodes of a graph in columns, callers left of what they call, so that few edges cross. Always ends, takes
 * time in proportion to nodes and edges (a few sweeps), and gives the same for the same input.
 */
export function place(graph: Graph, sizes: readonly Size[]): Placed {
  const layers = layered(graph);
  const { columns, chains } = columnsOf(graph, layers, sizes);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    if (sweep % 2 === 0) for (const column of columns.slice(1)) sortBy(column, "left");
    else for (const column of columns.slice(0, -1).reverse()) sortBy(column, "right");
  }
  for (const column of columns) stack(column);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isRight = sweep % 2 === 0;
    for (const column of isRight ? columns.slice(1) : columns.slice(0, -1).reverse()) {
      settle(column, isRight ? "left" : "right");
    }
  }
  return measured(columns, chains, layers, sizes);
}

interface Columns {
  readonly columns: readonly Item[][];
  /** The items of each edge, from left to right. */
  readonly chains: readonly (readonly Item[])[];
}

function columnsOf(graph: Graph, { layerOf, forward, back }: Layered, sizes: readonly Size[]): Columns {
  const items = graph.map((_, node): Item => ({
    node,
    height: sizes[node]!.height,
    y: 0,
    left: [],
    right: [],
  }));
  const columns: Item[][] = Array.from({ length: Math.max(-1, ...layerOf) + 1 }, () => []);
  items.forEach((item, node) => columns[layerOf[node]!]!.push(item));
  const edges = [...forward, ...back.map(([from, to]) => [to, from] as const)];
  const passing = edges.reduce((sum, [from, to]) => sum + layerOf[to]! - layerOf[from]! - 1, 0);
  const chains = edges.map(([from, to]) => {
    const chain = [items[from]!];
    for (let layer = layerOf[from]! + 1; layer < layerOf[to]! && passing <= mostPassing; layer++) {
      const item: Item = { node: -1, height: 2, y: 0, left: [], right: [] };
      columns[layer]!.push(item);
      chain.push(item);
    }
    chain.push(items[to]!);
    for (let at = 1; at < chain.length; at++) {
      chain[at - 1]!.right.push(chain[at]!);
      chain[at]!.left.push(chain[at - 1]!);
    }
    return chain;
  });
  columns.forEach(stack);
  return { columns, chains };
}

/** Orders a column by the middle of what its items are connected with on one side. */
function sortBy(column: Item[], side: "left" | "right"): void {
  const wanted = new Map(column.map((item, at) => [item, { y: middle(item, side) ?? item.y, at }]));
  column.sort((one, other) => {
    const [a, b] = [wanted.get(one)!, wanted.get(other)!];
    return a.y - b.y || a.at - b.at;
  });
  stack(column);
}

/** One below the other, from the top. */
function stack(column: Item[]): void {
  let y = 0;
  for (const item of column) {
    item.y = y;
    y += item.height + gapY;
  }
}

/**
 * Moves the items of a column as near as can be to what they are connected with, keeping order and distances: least
 * squares under an order, by pooling neighbours that want to pass each other.
 */
function settle(column: Item[], side: "left" | "right"): void {
  let offset = 0;
  const blocks: { sum: number; count: number; items: { item: Item; offset: number }[] }[] = [];
  for (const item of column) {
    const wanted = (middle(item, side) ?? item.y + item.height / 2) - item.height / 2 - offset;
    let block = { sum: wanted, count: 1, items: [{ item, offset }] };
    for (
      let last = blocks.at(-1);
      last && last.sum / last.count > block.sum / block.count;
      last = blocks.at(-1)
    ) {
      blocks.pop();
      last.items.push(...block.items);
      block = { sum: last.sum + block.sum, count: last.count + block.count, items: last.items };
    }
    blocks.push(block);
    offset += item.height + gapY;
  }
  for (const { sum, count, items } of blocks) {
    for (const { item, offset } of items) item.y = sum / count + offset;
  }
}

function middle(item: Item, side: "left" | "right"): number | undefined {
  const others = item[side];
  if (others.length === 0) return undefined;
  let sum = 0;
  for (const { y, height } of others) sum += y + height / 2;
  return sum / others.length;
}

function measured(
  columns: readonly Item[][],
  chains: readonly (readonly Item[])[],
  { forward }: Layered,
  sizes: readonly Size[],
): Placed {
  const spots: Spot[] = sizes.map(() => ({ x: 0, y: 0 }));
  const left = new Map<Item, number>();
  const right = new Map<Item, number>();
  const top = Math.min(0, ...columns.map((column) => column[0]?.y ?? 0));
  let x = 0;
  let height = 0;
  for (const column of columns) {
    const width = column.reduce((most, { node }) => Math.max(most, node === -1 ? 0 : sizes[node]!.width), 0);
    for (const item of column) {
      const y = Math.round(item.y - top);
      left.set(item, x);
      right.set(item, item.node === -1 ? x + width : x + sizes[item.node]!.width);
      if (item.node !== -1) spots[item.node] = { x, y };
      height = Math.max(height, y + item.height);
    }
    x += width + gapX;
  }
  const edges = chains.map((chain, at): PlacedEdge => {
    const points = chain.flatMap((item, place): Spot[] => {
      const y = Math.round(item.y - top + item.height / 2);
      const [enter, leave] = [left.get(item)!, right.get(item)!];
      if (place === 0) return [{ x: leave, y }];
      if (place === chain.length - 1) return [{ x: enter, y }];
      return enter === leave
        ? [{ x: enter, y }]
        : [
            { x: enter, y },
            { x: leave, y },
          ];
    });
    const isBack = at >= forward.length;
    const [first, last] = [chain[0]!.node, chain.at(-1)!.node];
    return isBack
      ? { from: last, to: first, isBack, points: points.reverse() }
      : { from: first, to: last, isBack, points };
  });
  return { width: Math.max(0, x - gapX), height, spots, edges };
}
