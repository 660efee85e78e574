import * as l10n from "@vscode/l10n";
import type { Handler } from "../../handler/model";
import type { Finding, RuleInfo } from "../checks/rule";
import { isWhole } from "../checks/reading";
import { compareHandlers } from "../compare/compareHandlers";
import type { Change } from "../compare/change";
import { differencesText } from "../compare/changeText";

const attendantHelp = "Interaction Attendant help, page handlers_used_by_interaction_attendant.htm";
const designerHelp =
  "Interaction Designer help, pages hid_batch_publishing.htm and hid_customization_points.htm";

export const protectedEdited: RuleInfo = {
  id: "handler-protected-edited",
  severity: "warning",
  certainty: "certain",
  meaning: l10n.t(
    "A handler of Interaction Attendant, which must not be changed, differs from the base handler of the same name.",
  ),
  source: l10n.t("{0}; the base folder that is given", attendantHelp),
};

export const baseEdited: RuleInfo = {
  id: "handler-base-edited",
  severity: "information",
  certainty: "certain",
  meaning: l10n.t(
    "A handler differs from the base handler of the same name; the next batch publish of the base handlers overwrites it.",
  ),
  source: l10n.t("{0}; the base folder that is given", designerHelp),
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
  const [name, what] = [handler.name, changesText(changes)];
  return [
    {
      rule: rule.id,
      at: {},
      message:
        rule === protectedEdited
          ? l10n.t(
              "{0} differs from the base handler of that name: {1}. Handlers of Interaction Attendant must not be changed: keep the base handler, and move what was added to a customization subroutine (Custom...).",
              name,
              what,
            )
          : l10n.t(
              "{0} differs from the base handler of that name: {1}. The next batch publish of the base handlers overwrites it: keep the base handler, and move what was added to a customization subroutine (Custom...).",
              name,
              what,
            ),
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
    ...(added > 0 ? [added === 1 ? l10n.t("1 step added") : l10n.t("{0} steps added", added)] : []),
    ...(removed > 0 ? [removed === 1 ? l10n.t("1 step removed") : l10n.t("{0} steps removed", removed)] : []),
    ...(changed > 0 ? [changed === 1 ? l10n.t("1 step changed") : l10n.t("{0} steps changed", changed)] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : differencesText(changes.length);
}
