import type { CallPictureRequest } from "../../server/src/protocol";

export type Way = "callee" | "caller" | "above" | "below";

/**
 * The box that an arrow key leads to: the uppermost callee or caller, or the next box above or below in the same
 * column. null: there is none.
 */
export function neighbour(
  { nodes, edges }: Pick<CallPictureRequest.Result, "nodes" | "edges">,
  from: number,
  way: Way,
): number | null {
  const start = nodes[from];
  if (!start) return null;
  const candidates =
    way === "callee"
      ? edges.filter((edge) => edge.from === from).map(({ to }) => to)
      : way === "caller"
        ? edges.filter((edge) => edge.to === from).map((edge) => edge.from)
        : nodes.flatMap(({ x, y, width }, at) => {
            const isInColumn = x < start.x + start.width && start.x < x + width;
            return isInColumn && (way === "above" ? y < start.y : y > start.y) ? [at] : [];
          });
  const far = (at: number): number => Math.abs(nodes[at]!.y - start.y);
  return candidates.reduce<number | null>(
    (best, at) => (at !== from && (best === null || far(at) < far(best)) ? at : best),
    null,
  );
}

/** Boxes whose names have all words, by where they stand: column by column, from above. */
export function found(nodes: CallPictureRequest.Result["nodes"], text: string): number[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [];
  return nodes
    .flatMap(({ label }, at) => (words.every((word) => label.toLowerCase().includes(word)) ? [at] : []))
    .sort((one, other) => nodes[one]!.x - nodes[other]!.x || nodes[one]!.y - nodes[other]!.y);
}
