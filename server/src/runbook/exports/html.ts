import * as l10n from "@vscode/l10n";
import { html, pageEnd, pageStart } from "../../analysis/reports/html";
import type { PhaseStatus, StepStatus } from "../evaluate";
import { sourceText } from "../model";
import { snapshotAdvice } from "../orderRules";
import {
  chosenText,
  dayOf,
  percentOf,
  progressText,
  type ReportOptions,
  stateNames,
  warningsOf,
  whoText,
} from "./report";

const classes: Readonly<Record<StepStatus["state"], string>> = {
  open: "",
  done: "is-added",
  notNeeded: "muted",
  blocked: "is-unreadable",
};

/** The runbook as one HTML page that needs nothing else, with its progress, to hand on or print. */
export function* runbookHtml(phases: readonly PhaseStatus[], options: ReportOptions): Generator<string> {
  yield pageStart(options.name);
  yield `<h1>${html(options.name)}</h1>\n<dl class="about">`;
  yield about(l10n.t("Progress"), progressText(phases));
  yield about(l10n.t("Site with"), chosenText(options.chosen));
  yield `${about(l10n.t("Made on"), `${dayOf(options.date.toISOString())} UTC`)}</dl>\n`;
  for (const text of phases.flatMap(({ steps }) => steps).flatMap(warningsOf)) {
    yield `<p class="note">${html(l10n.t("Out of order: {0}", text))}</p>\n`;
  }
  yield overview(phases);
  for (const each of phases) yield section(each);
  yield `<p class="muted">${html(snapshotAdvice)}</p>\n`;
  yield pageEnd;
}

function overview(phases: readonly PhaseStatus[]): string {
  const rows = phases.map(({ number, phase, progress: { done, needed, blocked } }) => {
    const percent = percentOf(done, needed);
    const bar = `<progress max="100" value="${percent}" aria-label="${html(l10n.t("{0} % of {1}", percent, phase.title))}"></progress> ${percent} %`;
    return `<tr><th scope="row"><a href="#phase-${number}">${number} ${html(phase.title)}</a></th><td class="number">${done}</td><td class="number">${needed}</td><td class="number">${blocked}</td><td>${bar}</td></tr>\n`;
  });
  const head = [
    column(l10n.t("Phase")),
    numbers(l10n.t("Done")),
    numbers(l10n.t("Needed")),
    numbers(l10n.t("Blocked")),
    column(l10n.t("Progress")),
  ].join("");
  return `<table class="short"><thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join("")}</tbody></table>\n`;
}

function section({ number, phase, steps }: PhaseStatus): string {
  const rows = steps.map((status) => {
    const { step, state, mark } = status;
    const box = `<span class="tick${state === "done" ? " done" : ""}" aria-hidden="true"></span>`;
    const notes = [
      step.detail === "" ? "" : `<span class="muted">${html(step.detail)}</span>`,
      ...warningsOf(status).map((text) => `<span class="is-unreadable">${html(text)}</span>`),
    ].filter((text) => text !== "");
    const title = [`${html(step.title)}`, ...notes].join("<br>");
    const said = [
      html(whoText(status)),
      lines(mark.note),
      mark.evidence === undefined || mark.evidence === "" ? "" : html(l10n.t("Evidence: {0}", mark.evidence)),
    ].filter((text) => text !== "");
    return `<tr><td class="number">${status.number}</td><th scope="row">${title}</th><td class="status ${classes[state]}">${box}${html(stateNames[state])}</td><td>${said.join("<br>")}</td><td>${html(step.proof)}<br><span class="muted">${html(sourceText(step.source))}</span></td></tr>\n`;
  });
  const head = [
    numbers(l10n.t("No.")),
    column(l10n.t("Step")),
    column(l10n.t("State")),
    column(l10n.t("Who, when, note")),
    column(l10n.t("Closed by")),
  ].join("");
  return `<section aria-labelledby="phase-${number}">\n<h2 id="phase-${number}">${number} ${html(phase.title)}</h2>\n<table><thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join("")}</tbody></table>\n</section>\n`;
}

const about = (name: string, text: string): string => `<dt>${html(name)}</dt><dd>${html(text)}</dd>`;
const column = (name: string): string => `<th scope="col">${html(name)}</th>`;
const numbers = (name: string): string => `<th scope="col" class="number">${html(name)}</th>`;
const lines = (text = ""): string => text.split("\n").map(html).join("<br>");
