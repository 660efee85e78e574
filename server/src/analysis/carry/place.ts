import type { Handler, Step } from "../../handler/model";
import type { StepMatch } from "../compare/matchSteps";
import type { CarryPlace, CustomizationPoint } from "./model";

/** How far from a place customization points are looked for, in links. */
const nearby = 6;
const mostPoints = 3;

/** Finds where things of the customised handler belong in the new base. */
export class Placing {
  private readonly customSteps: ReadonlyMap<number, Step>;
  private readonly newSteps: ReadonlyMap<number, Step>;
  /** Node id in the old base by node id in the customised handler. */
  private readonly oldOfCustom: ReadonlyMap<number, number>;
  private readonly neighbours: ReadonlyMap<number, readonly number[]>;
  private readonly customIncoming: ReadonlyMap<
    number,
    readonly { readonly step: Step; readonly exit: string }[]
  >;

  constructor(
    custom: Handler,
    newBase: Handler,
    oldToCustom: StepMatch,
    private readonly oldToNew: StepMatch,
  ) {
    this.customSteps = byNode(custom);
    this.newSteps = byNode(newBase);
    this.oldOfCustom = new Map(oldToCustom.pairs.map(([old, now]) => [now.node, old.node]));
    this.neighbours = neighboursOf(newBase);
    this.customIncoming = incomingOf(custom);
  }

  /** The step of the new base that a step of the old base became. */
  ofOld(node: number): CarryPlace | null {
    const now = this.oldToNew.newNode.get(node);
    const step = now === undefined ? undefined : this.newSteps.get(now);
    return step ? { node: step.node, label: step.label, relation: "at", exit: "" } : null;
  }

  /**
   * Where a step that only the customised handler has belongs: behind the nearest step before it that the new
   * base has too, else before the nearest one after it.
   */
  ofAdded(node: number): CarryPlace | null {
    return this.walk(node, "after") ?? this.walk(node, "before");
  }

  private walk(from: number, relation: "after" | "before"): CarryPlace | null {
    const seen = new Set([from]);
    let front = [from];
    while (front.length > 0) {
      const next: number[] = [];
      for (const node of front) {
        const around =
          relation === "after"
            ? (this.customIncoming.get(node) ?? []).map(({ step, exit }) => ({ node: step.node, exit }))
            : (this.customSteps.get(node)?.exits ?? []).map(({ to, label }) => ({ node: to, exit: label }));
        for (const each of around) {
          if (each.node === null || seen.has(each.node)) continue;
          seen.add(each.node);
          const old = this.oldOfCustom.get(each.node);
          const place = old === undefined ? null : this.ofOld(old);
          if (place) return { ...place, relation, exit: relation === "after" ? each.exit : "" };
          next.push(each.node);
        }
      }
      front = next;
    }
    return null;
  }

  /** The calls of customization points around a place, nearest first. */
  pointsNear(place: CarryPlace | null): CustomizationPoint[] {
    if (!place) return [];
    const found: CustomizationPoint[] = [];
    const distance = new Map([[place.node, 0]]);
    const queue = [place.node];
    for (let node = queue.shift(); node !== undefined && found.length < mostPoints; node = queue.shift()) {
      const away = distance.get(node)!;
      const step = this.newSteps.get(node);
      if (step && isCustomizationPoint(step)) found.push({ name: step.tool.name, node, distance: away });
      if (away === nearby) continue;
      for (const next of this.neighbours.get(node) ?? []) {
        if (distance.has(next)) continue;
        distance.set(next, away + 1);
        queue.push(next);
      }
    }
    return found;
  }
}

/** Base handlers call subroutines named `Custom...` for customers to fill (Interaction Designer Help, "Customization points"). */
export const isCustomizationPoint = ({ kind, tool }: Step): boolean =>
  kind === "subroutine" && /^Custom/i.test(tool.name);

const byNode = ({ steps }: Handler): Map<number, Step> => new Map(steps.map((step) => [step.node, step]));

function incomingOf({ steps }: Handler): Map<number, { step: Step; exit: string }[]> {
  const found = new Map<number, { step: Step; exit: string }[]>();
  for (const step of steps) {
    for (const { to, label } of step.exits) {
      if (to === null) continue;
      const list = found.get(to);
      if (list) list.push({ step, exit: label });
      else found.set(to, [{ step, exit: label }]);
    }
  }
  return found;
}

function neighboursOf({ steps }: Handler): Map<number, number[]> {
  const found = new Map<number, number[]>(steps.map(({ node }) => [node, []]));
  for (const { node, exits } of steps) {
    for (const { to } of exits) {
      if (to === null) continue;
      found.get(node)?.push(to);
      found.get(to)?.push(node);
    }
  }
  return found;
}
