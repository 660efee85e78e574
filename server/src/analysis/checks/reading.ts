import * as l10n from "@vscode/l10n";
import type { Handler } from "../../handler/model";
import type { Problem, Severity } from "../../problem";
import type { Certainty, Finding, RuleInfo } from "./rule";

/**
 * What the readers report is rated like a finding: their codes are rules. A code that is not listed is shown as
 * the reader rates it.
 */
export const readingRules: readonly RuleInfo[] = [
  rule("unreadable", "error", l10n.t("The file is no handler, or could not be read at all.")),
  rule("partly-read", "error", l10n.t("Reading stopped inside the file; what comes after is missing.")),
  rule("inconsistent", "error", l10n.t("The parts of the file contradict each other; it may be damaged.")),
  rule(
    "inferred-layout",
    "information",
    l10n.t("The file holds a class that is not known; its layout was inferred."),
    "likely",
  ),
  rule(
    "uncertain-layout",
    "warning",
    l10n.t(
      "Not every possible layout of a class that is not known could be tried; what was read may be wrong.",
    ),
    "likely",
  ),
  rule("unusual-value", "information", l10n.t("A field has a value no handler was seen to have."), "likely"),
  rule("expression", "warning", l10n.t("An expression could not be understood and is shown as text.")),
  rule("xml-not-handler", "error", l10n.t("The XML is no handler export.")),
  rule("xml-not-xml", "error", l10n.t("The file is no XML.")),
  rule("xml-empty", "error", l10n.t("The export is empty.")),
  rule("xml-not-well-formed", "error", l10n.t("The export is not well-formed XML.")),
  rule("xml-doctype", "error", l10n.t("The export declares a document type, which is not read.")),
  rule("xml-too-big", "error", l10n.t("The export is larger than what is read.")),
  rule("xml-limit", "error", l10n.t("The export has more elements, or deeper ones, than what is read.")),
  rule("xml-encoding", "warning", l10n.t("The export's encoding is not what it says.")),
  rule("xml-version", "warning", l10n.t("The export has a format version that is not known."), "likely"),
  rule("xml-no-steps", "error", l10n.t("The export holds no steps.")),
  rule("xml-step-id", "error", l10n.t("A step has no id.")),
  rule("xml-duplicate-step", "error", l10n.t("Two steps have the same id.")),
  rule("xml-missing-step", "error", l10n.t("An exit leads to a step that is not in the export.")),
  rule("xml-step-type", "warning", l10n.t("A step has a type that is not known."), "likely"),
  rule("xml-two-starts", "warning", l10n.t("More than one step is marked as the first.")),
  rule("xml-initial-value", "warning", l10n.t("A variable's initial value does not fit its type.")),
  rule("xml-boolean", "warning", l10n.t("A value should be True or False.")),
  rule("xml-number", "warning", l10n.t("A value should be a number.")),
  rule("xml-more-problems", "information", l10n.t("There are more problems than are shown.")),
];

function rule(id: string, severity: Severity, meaning: string, certainty: Certainty = "certain"): RuleInfo {
  return { id, severity, meaning, certainty };
}

/** The problems a handler was read with, as findings. */
export function readingFindings(handler: Handler): Finding[] {
  return handler.problems.map(({ code, severity, message, place }) => ({
    rule: code,
    severity,
    message,
    at: { node: place?.node, label: place?.label },
  }));
}

/** Errors about one place of an export that was read as a whole: it shows as the message says. */
const ofOnePlace: ReadonlySet<string> = new Set(["xml-missing-step", "xml-step-id", "xml-duplicate-step"]);

/** Whether the problem says that parts of the handler are missing, or may be. */
export function isReadInPart({ code, severity }: Problem): boolean {
  return severity === "error" && !ofOnePlace.has(code);
}

/** Rules that conclude from something missing say nothing about a handler that is not all there. */
export function isWhole(handler: Handler): boolean {
  return (
    !handler.problems.some(({ severity }) => severity === "error") &&
    handler.steps.every(({ complete }) => complete)
  );
}
