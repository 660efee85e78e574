import type { Handler } from "../../handler/model";
import type { Finding, RuleInfo } from "../checks/rule";
import { isWhole } from "../checks/reading";
import { compareHandlers } from "../compare/compareHandlers";
import type { Change } from "../compare/change";

const designerHelp =
  "Interaction Designer help, pages hid_batch_publishing.htm and hid_customization_points.htm";

export const protectedEdited: RuleInfo = {
  id: "handler-protected-edited",
  severity: "warning",
  certainty: "certain",
  meaning:
    "A handler of Interaction Attendant, which must not be changed, differs from the base handler of the same name.",
  source:
    "Interaction Attendant help, page handlers_used_by_interaction_attendant.htm; the base folder that is given",
};

export const baseEdited: RuleInfo = {
  id: "handler-base-edited",
  severity: "information",
  certainty: "certain",
  meaning:
    "A handler differs from the base handler of the same name; the next batch publish of the base handlers overwrites it.",
  source: `${designerHelp}; the base folder that is given`,
};

/** Rules that need the base handlers of the release a handler was made for. */
export const baseRules: readonly RuleInfo[] = [protectedEdited, baseEdited];

/** Base handlers call subroutines of this kind of name, which are there to be edited. */
export function isCustomizationPoint(name: string): boolean {
  return /^Custom/i.test(name);
}

/** Handlers of Interaction Attendant. */
function isProtected(name: string): boolean {
  return /^IntAtt/i.test(name);
}

/** What is to be said about a handler beside the base handler of its name. */
export function checkAgainstBase(handler: Handler, base: Handler): Finding[] {
  if (isCustomizationPoint(handler.name) || !isWhole(handler) || !isWhole(base)) return [];
  const { changes } = compareHandlers(base, handler);
  if (changes.length === 0) return [];
  const rule = isProtected(handler.name) ? protectedEdited : baseEdited;
  const why =
    rule === protectedEdited
      ? "Handlers of Interaction Attendant must not be changed"
      : "The next batch publish of the base handlers overwrites it";
  return [
    {
      rule: rule.id,
      at: {},
      message: `${handler.name} differs from the base handler of that name: ${changesText(changes)}. ${why}: keep the base handler, and move what was added to a customization subroutine (Custom...).`,
    },
  ];
}

/** What differs, in a few words: "2 steps added, 1 step changed". */
export function changesText(changes: readonly Change[]): string {
  const steps = (kind: Change["kind"]): number => changes.filter((each) => each.kind === kind).length;
  const [added, removed] = [steps("step-added"), steps("step-removed")];
  const changed = new Set(
    changes
      .filter(({ node, kind }) => node !== null && kind !== "step-added" && kind !== "step-removed")
      .map(({ node }) => node),
  ).size;
  const parts = [
    ...(added > 0 ? [`${plural(added, "step")} added`] : []),
    ...(removed > 0 ? [`${plural(removed, "step")} removed`] : []),
    ...(changed > 0 ? [`${plural(changed, "step")} changed`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : plural(changes.length, "difference");
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
