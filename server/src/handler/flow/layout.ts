import type { Rect, Step } from "../model";
import { usualSize } from "./place";

const GAP_X = 70;
const GAP_Y = 36;
const MARGIN = 30;
const SWEEPS = 4;

/**
 * Rectangles for a handler that has none: from left to right in layers, a step to the right of the steps that
 * lead to it (loops aside), in each layer near its neighbours. Steps that nothing leads to start a layering of
 * their own, below. No recursion: a handler may be one chain of any length.
 */
export function layeredRects(
  steps: readonly Step[],
  targets: readonly (readonly number[])[],
  start: number,
): Rect[] {
  const rects = new Array<Rect>(steps.length);
  const placed = new Array<boolean>(steps.length).fill(false);
  const roots = [start, ...steps.keys()].filter((index) => index >= 0 && index < steps.length);
  let top = MARGIN;
  for (const root of rootsFirst(roots, targets)) {
    if (placed[root]) continue;
    const layers = layersFrom(root, targets, placed);
    untangle(layers, targets);
    top = put(layers, steps, rects, top) + 2 * GAP_Y;
  }
  return rects;
}

/** The given start, then steps nothing leads to, then the rest (closed loops that nothing enters). */
function rootsFirst(roots: readonly number[], targets: readonly (readonly number[])[]): number[] {
  const entered = new Set(targets.flat());
  const [start, ...others] = roots;
  return [
    ...(start === undefined ? [] : [start]),
    ...others.filter((index) => !entered.has(index)),
    ...others.filter((index) => entered.has(index)),
  ];
}

/** Longest-path layers of what can be reached from `root` and is not placed yet; links that close a loop are left out. */
function layersFrom(root: number, targets: readonly (readonly number[])[], placed: boolean[]): number[][] {
  const onPath = new Set<number>();
  const forward = new Map<number, number[]>();
  const finished: number[] = [];
  const stack: { node: number; next: number }[] = [{ node: root, next: 0 }];
  placed[root] = true;
  onPath.add(root);
  forward.set(root, []);
  while (stack.length > 0) {
    const top = stack.at(-1)!;
    const to = targets[top.node]![top.next++];
    if (to === undefined) {
      onPath.delete(top.node);
      finished.push(top.node);
      stack.pop();
    } else if (forward.has(to)) {
      if (!onPath.has(to)) forward.get(top.node)!.push(to);
    } else if (!placed[to]) {
      placed[to] = true;
      onPath.add(to);
      forward.get(top.node)!.push(to);
      forward.set(to, []);
      stack.push({ node: to, next: 0 });
    }
  }
  const depth = new Map<number, number>();
  const layers: number[][] = [];
  for (const node of finished.reverse()) {
    const own = depth.get(node) ?? 0;
    (layers[own] ??= []).push(node);
    for (const to of forward.get(node)!) depth.set(to, Math.max(depth.get(to) ?? 0, own + 1));
  }
  return layers;
}

/** Orders each layer by the mean place of its neighbours in the layer before. */
function untangle(layers: number[][], targets: readonly (readonly number[])[]): void {
  const place = new Map<number, number>();
  const sources = new Map<number, number[]>();
  const note = (layer: readonly number[]): void => layer.forEach((node, index) => place.set(node, index));
  for (const layer of layers) {
    note(layer);
    for (const node of layer)
      for (const to of targets[node]!) (sources.get(to) ?? sources.set(to, []).get(to)!).push(node);
  }
  const sort = (layer: number[], neighbours: (node: number) => readonly number[]): void => {
    const mean = new Map(
      layer.map((node, index) => {
        const places = neighbours(node).flatMap((other) => place.get(other) ?? []);
        return [node, places.length > 0 ? places.reduce((sum, one) => sum + one, 0) / places.length : index];
      }),
    );
    layer.sort((a, b) => mean.get(a)! - mean.get(b)!);
    note(layer);
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const layer of layers) sort(layer, (node) => sources.get(node) ?? []);
    if (sweep < SWEEPS - 1) for (const layer of [...layers].reverse()) sort(layer, (node) => targets[node]!);
  }
}

/** Gives the layers their rectangles below `top`; returns the lowest edge. */
function put(
  layers: readonly (readonly number[])[],
  steps: readonly Step[],
  rects: Rect[],
  top: number,
): number {
  const sizes = new Map(layers.flat().map((node) => [node, usualSize(steps[node]!)]));
  const heights = layers.map((layer) =>
    layer.reduce((sum, node) => sum + sizes.get(node)!.height + GAP_Y, -GAP_Y),
  );
  const tallest = heights.reduce((most, height) => Math.max(most, height), 0);
  let left = MARGIN;
  layers.forEach((layer, index) => {
    const width = layer.reduce((most, node) => Math.max(most, sizes.get(node)!.width), 0);
    // Small handlers are centred; where one layer is far taller than the screen the start stays at the top.
    let y = top + (tallest <= 900 ? (tallest - heights[index]!) / 2 : 0);
    for (const node of layer) {
      const size = sizes.get(node)!;
      rects[node] = {
        left: Math.round(left),
        top: Math.round(y),
        right: Math.round(left + size.width),
        bottom: Math.round(y + size.height),
      };
      y += size.height + GAP_Y;
    }
    left += width + GAP_X;
  });
  return top + tallest;
}
