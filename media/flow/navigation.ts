import type { FlowRequest } from "../../server/src/protocol";

type Flow = FlowRequest.Result;

/** A link that comes in: the step it leaves and the position of its exit there. */
export interface Incoming {
  readonly from: number;
  readonly exit: number;
}

/** For every step the links that lead to it, in the order of steps and exits. */
export function incomingOf(flow: Flow): Incoming[][] {
  const incoming: Incoming[][] = flow.steps.map(() => []);
  flow.steps.forEach((step, from) =>
    step.exits.forEach(({ to }, exit) => {
      if (to !== null) incoming[to]?.push({ from, exit });
    }),
  );
  return incoming;
}

/** Positions of all steps: along the exits from the start, each branch to its end, then what is not reached. */
export function readingOrder(flow: Flow): number[] {
  const order: number[] = [];
  const met = new Array<boolean>(flow.steps.length).fill(false);
  const rest = [...flow.steps.keys()];
  const roots = flow.start === null ? rest : [flow.start, ...rest];
  for (const root of roots) {
    const stack = [root];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (met[next]) continue;
      met[next] = true;
      order.push(next);
      const exits = flow.steps[next]!.exits;
      for (let index = exits.length - 1; index >= 0; index--) {
        const to = exits[index]!.to;
        if (to !== null && !met[to]) stack.push(to);
      }
    }
  }
  return order;
}

/**
 * How the selected step was reached, which is what up and down go through: the other exits of `anchor`, or the
 * other links into it.
 */
export type Row =
  | { readonly kind: "exits"; readonly anchor: number; readonly position: number }
  | { readonly kind: "incoming"; readonly anchor: number; readonly position: number };

export interface Place {
  readonly step: number;
  readonly row: Row | null;
}

export type Direction = "right" | "down" | "left" | "up";

/**
 * Where an arrow key leads: right follows the first connected exit and down the next ones in order, left goes to
 * the first step that leads here and up to the others. Null when there is nothing in that direction.
 */
export function moved(
  flow: Flow,
  incoming: readonly (readonly Incoming[])[],
  place: Place,
  direction: Direction,
): Place | null {
  if (direction === "right") return along(flow, place.step, 0);
  if (direction === "left") return against(incoming, place, 0);
  const { row } = place;
  const alternatives = row === null ? 0 : countOf(flow, incoming, row);
  if (row === null || alternatives < 2)
    return direction === "down" ? along(flow, place.step, 0) : against(incoming, place, 0);
  const position = (row.position + (direction === "down" ? 1 : alternatives - 1)) % alternatives;
  return row.kind === "exits"
    ? along(flow, row.anchor, position)
    : against(incoming, { step: row.anchor, row: null }, position);
}

/** Positions of the exits of a step that lead somewhere. */
export function connected(flow: Flow, step: number): number[] {
  return (flow.steps[step]?.exits ?? []).flatMap(({ to }, exit) => (to === null ? [] : [exit]));
}

/** The step that the exit at the given place among the connected ones leads to. */
export function along(flow: Flow, step: number, position: number): Place | null {
  const exit = connected(flow, step)[position];
  const to = exit === undefined ? null : (flow.steps[step]?.exits[exit]?.to ?? null);
  return to === null ? null : { step: to, row: { kind: "exits", anchor: step, position } };
}

/** Back over a link into the step; over the one it was reached by, where it was. */
function against(
  incoming: readonly (readonly Incoming[])[],
  { step, row }: Place,
  position: number,
): Place | null {
  const links = incoming[step] ?? [];
  const cameBy = row?.kind === "exits" ? links.findIndex(({ from }) => from === row.anchor) : -1;
  const at = cameBy >= 0 ? cameBy : position;
  const link = links[at];
  return link ? { step: link.from, row: { kind: "incoming", anchor: step, position: at } } : null;
}

/** How many alternatives a row has. */
export function countOf(flow: Flow, incoming: readonly (readonly Incoming[])[], row: Row): number {
  return row.kind === "exits" ? connected(flow, row.anchor).length : (incoming[row.anchor] ?? []).length;
}
