import type { Status } from "../../handler/flow/draw";
import { linkKey } from "../../handler/flow/flowSvg";
import type { HandlerDiff } from "./compareHandlers";

/** What to mark in the picture of one side: steps by node id, lines by `linkKey`. */
export interface Marks {
  readonly status: ReadonlyMap<number, Status>;
  readonly linkStatus: ReadonlyMap<string, Status>;
}

/** Marks for the pictures of both sides, of the differences that were asked for. */
export function pictureMarks({ changes, match }: HandlerDiff): { readonly old: Marks; readonly now: Marks } {
  const old = new MarkedSide("removed");
  const now = new MarkedSide("added");
  for (const { kind, node, oldNode, exit } of changes) {
    if (node === null) continue;
    if (kind === "step-added" || kind === "step-removed") continue;
    old.step(oldNode, "changed");
    now.step(node, "changed");
    if (kind !== "connections" && kind !== "exits") continue;
    old.link(oldNode, exit?.old);
    now.link(node, exit?.new);
  }
  const asked = new Set(changes.map(({ kind }) => kind));
  for (const [kind, side, steps] of [
    ["step-removed", old, match.removed],
    ["step-added", now, match.added],
  ] as const) {
    if (!asked.has(kind)) continue;
    for (const { node, exits } of steps) {
      side.step(node, side.whole);
      exits.forEach((_, at) => side.link(node, at));
    }
  }
  return { old, now };
}

class MarkedSide implements Marks {
  readonly status = new Map<number, Status>();
  readonly linkStatus = new Map<string, Status>();

  constructor(readonly whole: Status) {}

  step(node: number | null, status: Status): void {
    if (node !== null) this.status.set(node, status);
  }

  link(node: number | null, exit: number | null | undefined): void {
    if (node !== null && exit != null) this.linkStatus.set(linkKey(node, exit), this.whole);
  }
}
