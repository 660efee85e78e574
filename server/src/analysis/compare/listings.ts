import { structuredPatch } from "diff";
import { type Listing, listing } from "../../handler/listing";
import type { Handler, Step } from "../../handler/model";
import type { HandlerDiff } from "./compareHandlers";
import type { DiffKindId } from "./kinds";

/**
 * The listings of both sides that differ only in what the comparison is about: facts that one source cannot hold
 * are gone from both; positions, compiled names and the like are the new ones in both unless their kind was asked
 * for; a step that has another node id now has the new one in both.
 */
export function comparableListings(
  { old, now, match }: HandlerDiff,
  kinds: ReadonlySet<DiffKindId>,
): { readonly old: Listing; readonly now: Listing } {
  const nodes = nodesOfNew(old, now, match.newNode);
  const node = (of: number): number => nodes.get(of) ?? of;
  const partner = new Map(match.pairs);
  const compiledName = new Map(now.subroutines.map((each) => [each.name, each.compiledName]));
  const keeps = (kind: DiffKindId): boolean => kinds.has(kind);
  const canvas = keeps("position") ? old.canvas : now.canvas;
  const before: Handler = {
    ...old,
    name: now.name,
    canvas: canvas && { ...canvas, nextNode: now.canvas?.nextNode ?? canvas.nextNode },
    typeCount: keeps("type-table") ? old.typeCount : now.typeCount,
    compiledName: keeps("compiled-name") ? old.compiledName : now.compiledName,
    subroutines: keeps("compiled-name")
      ? old.subroutines
      : old.subroutines.map((each) => ({
          ...each,
          compiledName: compiledName.get(each.name) ?? each.compiledName,
        })),
    startNode: old.startNode === null ? null : node(old.startNode),
    steps: old.steps.map((step) => ({
      ...step,
      node: node(step.node),
      rect: keeps("position") ? step.rect : (partner.get(step)?.rect ?? step.rect),
      exits: step.exits.map((exit) => ({ ...exit, to: exit.to === null ? null : node(exit.to) })),
    })),
  };
  return { old: listing(before), now: listing({ ...now, source: before.source }) };
}

/** Node ids for the old listing: those of the new handler; a removed step keeps its own where that is free. */
function nodesOfNew(
  old: Handler,
  now: Handler,
  newNode: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  const taken = new Set(newNode.values());
  let free = Math.max(0, ...lastNodes(old.steps), ...lastNodes(now.steps)) + 1;
  const nodes = new Map(newNode);
  for (const { node } of old.steps) {
    if (!nodes.has(node)) nodes.set(node, taken.has(node) ? free++ : node);
  }
  return nodes;
}

/** Steps come by node id. */
const lastNodes = (steps: readonly Step[]): number[] => steps.slice(-1).map(({ node }) => node);

/** One stretch of a unified diff; every line starts with ` `, `-` or `+`. Lines count from 1. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly string[];
}

/** Most lines that may be removed and added; listings that differ in more are better read one by one. */
const MOST_EDITS = 4_000;

/** The unified diff of two listings; null = they differ in too much for it. */
export function listingDiff(old: Listing, now: Listing): readonly Hunk[] | null {
  const options = { context: 3, maxEditLength: MOST_EDITS };
  return structuredPatch("", "", old.text, now.text, undefined, undefined, options)?.hunks ?? null;
}

/** `@@ -1,2 +3,4 @@`, then the lines. */
export const hunkText = ({ oldStart, oldLines, newStart, newLines, lines }: Hunk): string =>
  [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, ...lines].join("\n");
