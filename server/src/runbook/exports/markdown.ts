import * as l10n from "@vscode/l10n";
import { escapeControls } from "../../handler/quoting";
import type { PhaseStatus, StepStatus } from "../evaluate";
import { sourceText } from "../model";
import { snapshotAdvice } from "../orderRules";
import {
  chosenText,
  dayOf,
  progressText,
  type ReportOptions,
  stateNames,
  warningsOf,
  whoText,
} from "./report";

/** The runbook as Markdown: a check list that reads well as text too. */
export function* runbookMarkdown(phases: readonly PhaseStatus[], options: ReportOptions): Generator<string> {
  yield `# ${plain(options.name)}\n\n`;
  const day = dayOf(options.date.toISOString());
  yield `${l10n.t("Migration runbook. {0}. {1} UTC.", progressText(phases), day)}\n\n`;
  yield `${l10n.t("For a site with: {0}.", chosenText(options.chosen))}\n\n`;
  const warnings = phases.flatMap(({ steps }) => steps).flatMap((status) => warningsOf(status));
  if (warnings.length > 0) {
    const items = warnings.map((text) => `- ${plain(text)}\n`).join("");
    yield `**${l10n.t("Steps were done out of order:")}**\n\n${items}\n`;
  }
  const head = [l10n.t("Phase"), l10n.t("Done"), l10n.t("Needed"), l10n.t("Blocked")].map(plain);
  yield `| ${head.join(" | ")} |\n| --- | ---: | ---: | ---: |\n`;
  for (const { number, phase, progress } of phases) {
    yield `| ${number} ${plain(phase.title)} | ${progress.done} | ${progress.needed} | ${progress.blocked} |\n`;
  }
  for (const { number, phase, steps } of phases) {
    yield `\n## ${number} ${plain(phase.title)}\n\n`;
    for (const status of steps) yield step(status);
  }
  yield `\n${plain(snapshotAdvice)}\n`;
}

function step(status: StepStatus): string {
  const { step, number, state, mark } = status;
  const box = state === "done" || state === "notNeeded" ? "x" : " ";
  const name = state === "open" || state === "done" ? "" : ` (${stateNames[state]})`;
  const facts = [
    whoText(status),
    ...warningsOf(status),
    mark.note === undefined || mark.note === "" ? "" : l10n.t("Note: {0}", mark.note),
    mark.evidence === undefined || mark.evidence === "" ? "" : l10n.t("Evidence: {0}", mark.evidence),
    l10n.t("Closed by: {0} ({1})", step.proof, sourceText(step.source)),
  ].filter((text) => text !== "");
  return `- [${box}] **${number}** ${plain(step.title)}${name}\n${facts.map((text) => `  - ${plain(text)}\n`).join("")}`;
}

/** One line of text that Markdown shows as it is written. */
function plain(text: string): string {
  const line = text
    .split("\n")
    .map(escapeControls)
    .join(" / ")
    .replace(/[\\`*_{}[\]<>|#~]/g, (sign) => `\\${sign}`);
  // What begins like an item of a list would be one.
  return line.replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2").replace(/^([-+])(?=\s|$)/, "\\$1");
}
