import type { Handler, Step } from "../../handler/model";
import { neighbours } from "../compare/stepContent";
import type { Correspondence } from "./correspondence";
import type { CarryPlace, CustomizationPoint } from "./model";

/** How far from a place customization points are looked for, in links. */
const NEARBY = 6;
const MOST_POINTS = 3;

/** Finds where things of the customised handler belong in the new base. */
export class Placing {
  private readonly around: ReadonlyMap<number, readonly number[]>;
  private readonly sources: ReadonlyMap<number, readonly (readonly [step: Step, exit: number])[]>;

  constructor(
    custom: Handler,
    newBase: Handler,
    private readonly steps: Correspondence,
  ) {
    this.sources = new Map(neighbours(custom).map(({ step, sources }) => [step.node, sources]));
    this.around = new Map(
      neighbours(newBase).map(({ step, targets, sources }) => [
        step.node,
        [
          ...targets.flatMap((target) => (target ? [target.node] : [])),
          ...sources.map(([source]) => source.node),
        ],
      ]),
    );
  }

  /** The step of the new base that a step of the old base became. */
  ofOld(node: number, exit = ""): CarryPlace | null {
    const now = this.steps.newOf(node);
    const step = now === undefined ? undefined : this.steps.newStep(now);
    return step ? { node: step.node, label: step.label, relation: "at", exit } : null;
  }

  /**
   * Where a step that only the customised handler has belongs: behind the nearest step before it that the new
   * base has too, else before the nearest one after it.
   */
  ofAdded(node: number): CarryPlace | null {
    return this.walk(node, "after") ?? this.walk(node, "before");
  }

  private walk(from: number, relation: "after" | "before"): CarryPlace | null {
    // Grows while it is walked through: nearest first.
    const reached = new Set([from]);
    for (const node of reached) {
      for (const [next, exit] of this.next(node, relation)) {
        if (reached.has(next)) continue;
        reached.add(next);
        const old = this.steps.oldOf(next);
        const place = old === undefined ? null : this.ofOld(old, exit);
        if (place) return { ...place, relation };
      }
    }
    return null;
  }

  private next(node: number, relation: "after" | "before"): [node: number, exit: string][] {
    if (relation === "after") {
      return (this.sources.get(node) ?? []).map(([step, exit]) => [step.node, step.exits[exit]!.label]);
    }
    const exits = this.steps.customStep(node)?.exits ?? [];
    return exits.flatMap(({ to }) => (to === null ? [] : [[to, ""] as [number, string]]));
  }

  /** The calls of customization points around a place, nearest first. */
  pointsNear(place: CarryPlace | null): CustomizationPoint[] {
    if (!place) return [];
    const found: CustomizationPoint[] = [];
    const distances = new Map([[place.node, 0]]);
    for (const [node, distance] of distances) {
      const step = this.steps.newStep(node);
      if (step && isCustomizationPoint(step)) found.push({ name: step.tool.name, node, distance });
      if (found.length === MOST_POINTS) break;
      if (distance === NEARBY) continue;
      for (const next of this.around.get(node) ?? []) {
        if (!distances.has(next)) distances.set(next, distance + 1);
      }
    }
    return found;
  }
}

/** Base handlers call subroutines named `Custom...` for customers to fill (Interaction Designer Help, "Customization points"). */
export const isCustomizationPoint = ({ kind, tool }: Step): boolean =>
  kind === "subroutine" && /^Custom/i.test(tool.name);
