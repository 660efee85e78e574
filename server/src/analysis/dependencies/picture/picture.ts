import { type CallGraph } from "../graph";
import { place, type Placed, type Size, type Spot } from "./place";

export interface PictureOptions {
  /** Most boxes; the handlers with the most calls are kept. */
  readonly most?: number;
  /** Handlers with more callers get a number instead of lines: a hundred lines into one box show nothing. */
  readonly mostCallers?: number;
  /** Only this handler, its callers and what it calls, so many calls away. */
  readonly focus?: { readonly handler: number; readonly distance: number };
}

export interface PictureNode extends Size, Spot {
  /** Index of the handler; null = a subroutine that is not there. */
  readonly handler: number | null;
  readonly label: string;
  readonly path: string;
  readonly kind: "handler" | "subroutine" | "missing";
  readonly isDead: boolean;
  readonly isInCycle: boolean;
  readonly callers: number;
  readonly callees: number;
  /** true: the lines of its callers are left out, there are too many. */
  readonly isHub: boolean;
}

export interface PictureEdge {
  /** Indices in `nodes`. */
  readonly from: number;
  readonly to: number;
  readonly isBack: boolean;
  readonly points: readonly Spot[];
}

/** The call structure as boxes and lines; units are pixels at 100 %. */
export interface Picture extends Size {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** What the picture does not show. */
  readonly leftOut: { readonly handlers: number; readonly calls: number };
}

const margin = 20;
const gap = 40;
const rowHeight = 26;
const letter = 7.2;
const widest = 240;

/**
 * Draws the call structure: groups of handlers that hang together one beside the other, the large ones first, and at
 * the end those that no line touches. Pure, bounded and deterministic, so that it can run in a worker and in tests.
 */
export function picture(graph: CallGraph, options: PictureOptions = {}): Picture {
  const { most = 600, mostCallers = 16 } = options;
  const all = allNodes(graph, options.focus ? Infinity : mostCallers);
  const wanted = options.focus ? near(all, options.focus) : all.nodes.map((_, at) => at);
  const kept = wanted.length <= most ? wanted : mostCalled(all, wanted, most);
  const { nodes, callees } = subgraph(all, kept);
  const edgeCount = callees.reduce((sum, each) => sum + each.length, 0);
  const groups = groupsOf(callees).map((members) => groupOf(members, nodes, callees));
  const { spots, width, height } = pack(groups);
  const placed: PictureNode[] = nodes.map((node) => ({ ...node, x: 0, y: 0 }));
  const edges: PictureEdge[] = [];
  groups.forEach(({ members, placed: inside }, at) => {
    const { x, y } = spots[at]!;
    members.forEach((node, index) => {
      const spot = inside.spots[index]!;
      placed[node] = { ...nodes[node]!, x: spot.x + x, y: spot.y + y };
    });
    for (const { from, to, isBack, points } of inside.edges) {
      edges.push({
        from: members[from]!,
        to: members[to]!,
        isBack,
        points: points.map((point) => ({ x: point.x + x, y: point.y + y })),
      });
    }
  });
  const calls = graph.calls.filter(({ from, to }) => from !== to).length + graph.unresolved.length;
  return {
    width,
    height,
    nodes: placed,
    edges,
    leftOut: { handlers: wanted.length - kept.length, calls: calls - edgeCount },
  };
}

type PlainNode = Omit<PictureNode, "x" | "y">;

interface Nodes {
  readonly nodes: readonly PlainNode[];
  /** Lines, callee by callee; without those into hubs. */
  readonly callees: readonly (readonly number[])[];
}

function allNodes({ handlers, calls, unresolved, cycles, dead }: CallGraph, mostCallers: number): Nodes {
  const missing = new Map<string, number>();
  const names: string[] = [];
  const ends: [number, number][] = calls.map(({ from, to }) => [from, to]);
  for (const { from, name } of unresolved) {
    const key = name.toLowerCase();
    if (!missing.has(key)) missing.set(key, handlers.length + names.push(name) - 1);
    ends.push([from, missing.get(key)!]);
  }
  const count = handlers.length + names.length;
  const callers = new Array<number>(count).fill(0);
  const callees: number[][] = Array.from({ length: count }, () => []);
  for (const [from, to] of ends) {
    if (from === to) continue;
    callers[to]!++;
    callees[from]!.push(to);
  }
  const isDead = new Set(dead.map(({ handler }) => handler));
  const isInCycle = new Set(cycles.flat());
  const isHub = (at: number): boolean => callers[at]! > mostCallers;
  const nodes = [...handlers.map(({ name }) => name), ...names].map((label, at): PlainNode => {
    const handler = handlers[at];
    return {
      handler: handler ? at : null,
      label,
      path: handler?.path ?? "",
      kind: !handler ? "missing" : handler.isSubroutine ? "subroutine" : "handler",
      isDead: isDead.has(at),
      isInCycle: isInCycle.has(at),
      callers: callers[at]!,
      callees: callees[at]!.length,
      isHub: isHub(at),
      ...sizeOf(label, isHub(at) ? callers[at]! : 0),
    };
  });
  return { nodes, callees: callees.map((each) => each.filter((to) => !isHub(to))) };
}

function sizeOf(label: string, callers: number): Size {
  const badge = callers === 0 ? 0 : String(callers).length + 3;
  return { width: Math.ceil(Math.min(widest, (label.length + badge) * letter + 20)), height: rowHeight };
}

/** Callers and callees of a handler, so many calls away, ascending. */
function near({ callees }: Nodes, { handler, distance }: NonNullable<PictureOptions["focus"]>): number[] {
  const callers: number[][] = callees.map(() => []);
  callees.forEach((targets, from) => {
    for (const to of targets) callers[to]!.push(from);
  });
  const found = new Set([handler]);
  for (const ways of [callees, callers]) {
    let rim = [handler];
    for (let step = 0; step < distance && rim.length > 0; step++) {
      rim = [...new Set(rim.flatMap((node) => ways[node] ?? []))].filter((node) => !found.has(node));
      for (const node of rim) found.add(node);
    }
  }
  return [...found].sort((one, other) => one - other);
}

function mostCalled({ nodes }: Nodes, wanted: readonly number[], most: number): number[] {
  const calls = (at: number): number => nodes[at]!.callers + nodes[at]!.callees;
  return [...wanted]
    .sort((one, other) => calls(other) - calls(one) || one - other)
    .slice(0, most)
    .sort((one, other) => one - other);
}

function subgraph({ nodes, callees }: Nodes, kept: readonly number[]): Nodes {
  const index = new Map(kept.map((node, at) => [node, at]));
  return {
    nodes: kept.map((node) => nodes[node]!),
    callees: kept.map((node) => callees[node]!.flatMap((to) => index.get(to) ?? [])),
  };
}

/** Nodes that lines hold together, the large groups first; what no line touches makes one group. */
function groupsOf(callees: readonly (readonly number[])[]): number[][] {
  const parent = callees.map((_, node) => node);
  const rootOf = (node: number): number => {
    let root = node;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!;
    return root;
  };
  callees.forEach((targets, from) => {
    for (const to of targets) parent[rootOf(from)] = rootOf(to);
  });
  const byRoot = new Map<number, number[]>();
  callees.forEach((_, node) => {
    const root = rootOf(node);
    const members = byRoot.get(root);
    if (members) members.push(node);
    else byRoot.set(root, [node]);
  });
  const groups = [...byRoot.values()];
  const alone = groups.filter(({ length }) => length === 1).flat();
  const joined = groups
    .filter(({ length }) => length > 1)
    .sort((one, other) => other.length - one.length || one[0]! - other[0]!);
  return alone.length > 0 ? [...joined, alone] : joined;
}

interface Group {
  readonly members: readonly number[];
  readonly placed: Placed;
}

function groupOf(members: readonly number[], nodes: readonly PlainNode[], callees: Nodes["callees"]): Group {
  const index = new Map(members.map((node, at) => [node, at]));
  const inside = members.map((node) => callees[node]!.flatMap((to) => index.get(to) ?? []));
  const sizes = members.map((node) => nodes[node]!);
  return { members, placed: inside.every(({ length }) => length === 0) ? grid(sizes) : place(inside, sizes) };
}

/** Boxes without lines, in rows of about twice the height. */
function grid(sizes: readonly Size[]): Placed {
  const width = Math.max(0, ...sizes.map((size) => size.width));
  const columns = Math.max(1, Math.ceil(Math.sqrt((sizes.length * rowHeight * 3) / Math.max(1, width))));
  const spots = sizes.map((_, at) => ({
    x: (at % columns) * (width + 16),
    y: Math.floor(at / columns) * (rowHeight + 12),
  }));
  const rows = Math.ceil(sizes.length / columns);
  return {
    width: Math.min(columns, sizes.length) * (width + 16) - 16,
    height: rows * (rowHeight + 12) - 12,
    spots,
    edges: [],
  };
}

/** Groups in shelves, so that the whole is about one and a half times as wide as it is high. */
function pack(groups: readonly Group[]): Size & { readonly spots: Spot[] } {
  const area = groups.reduce((sum, { placed }) => sum + (placed.width + gap) * (placed.height + gap), 0);
  const widest_ = Math.max(0, ...groups.map(({ placed }) => placed.width));
  const shelf = Math.max(widest_, Math.sqrt(area * 1.5));
  const spots: Spot[] = [];
  let [x, y, height, width] = [margin, margin, 0, 0];
  for (const { placed } of groups) {
    if (x > margin && x + placed.width > shelf + margin) {
      [x, y, height] = [margin, y + height + gap, 0];
    }
    spots.push({ x, y });
    width = Math.max(width, x + placed.width);
    height = Math.max(height, placed.height);
    x += placed.width + gap;
  }
  return { spots, width: Math.ceil(width + margin), height: Math.ceil(y + height + margin) };
}
