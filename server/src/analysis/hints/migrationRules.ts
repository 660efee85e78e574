import * as l10n from "@vscode/l10n";
import type { RuleInfo } from "../checks/rule";

const target = l10n.t(
  "A catalogue learned from handlers of the target (setting, --catalogue); without one, only where real handlers show a newer definition of the tool",
);
const learned = l10n.t("A catalogue learned from handlers of the target (setting, --catalogue)");

const rule = (
  id: string,
  severity: RuleInfo["severity"],
  certainty: RuleInfo["certainty"],
  meaning: string,
  source: string,
): RuleInfo & { readonly source: string } => ({ id, severity, certainty, meaning, source });

/** Rules that compare the tools a handler holds with those of the migration's target. */
export const migrationRules = {
  newerName: rule(
    "tool-newer-name",
    "warning",
    "likely",
    l10n.t("The tool has a newer internal name: same module, same label, higher version mark."),
    target,
  ),
  notInTarget: rule(
    "tool-not-in-target",
    "information",
    "possible",
    l10n.t("No handler of the target uses the tool. It may be gone, or just not be used there."),
    learned,
  ),
  version: rule(
    "tool-version",
    "information",
    "likely",
    l10n.t("The tool has a lower version stamp than in the target; its parameters and exits are the same."),
    target,
  ),
  added: rule(
    "tool-parameter-added",
    "warning",
    "likely",
    l10n.t("The tool has parameters in the target that the step was saved without."),
    target,
  ),
  removed: rule(
    "tool-parameter-removed",
    "warning",
    "likely",
    l10n.t("The tool has no such parameters in the target any more."),
    target,
  ),
  retyped: rule(
    "tool-parameter-type",
    "warning",
    "likely",
    l10n.t("A parameter has another type or direction in the target."),
    target,
  ),
  required: rule(
    "tool-parameter-required",
    "warning",
    "likely",
    l10n.t("A parameter that the step leaves empty is required in the target."),
    target,
  ),
  defaults: rule(
    "tool-parameter-default",
    "information",
    "likely",
    l10n.t("A parameter that the step leaves empty has another default in the target."),
    target,
  ),
  moved: rule(
    "tool-parameter-moved",
    "information",
    "likely",
    l10n.t("Parameters have other labels, or another order, in the target."),
    target,
  ),
  exitsAdded: rule(
    "tool-exit-added",
    "information",
    "likely",
    l10n.t(
      "The tool has exits in the target that the step was saved without; exits are compared by return value.",
    ),
    target,
  ),
  exitsRemoved: rule(
    "tool-exit-removed",
    "warning",
    "likely",
    l10n.t("The tool has no such exits in the target any more; exits are compared by return value."),
    target,
  ),
} as const;
