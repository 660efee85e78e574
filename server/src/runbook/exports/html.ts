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
  yield `<dt>Progress</dt><dd>${progressText(phases)}</dd>`;
  yield `<dt>Site with</dt><dd>${html(chosenText(options.chosen))}</dd>`;
  yield `<dt>Made on</dt><dd>${dayOf(options.date.toISOString())} UTC</dd></dl>\n`;
  for (const text of phases.flatMap(({ steps }) => steps).flatMap(warningsOf)) {
    yield `<p class="note">Out of order: ${html(text)}</p>\n`;
  }
  yield overview(phases);
  for (const each of phases) yield section(each);
  yield `<p class="muted">${html(snapshotAdvice)}</p>\n`;
  yield pageEnd;
}

function overview(phases: readonly PhaseStatus[]): string {
  const rows = phases.map(({ number, phase, progress: { done, needed, blocked } }) => {
    const percent = percentOf(done, needed);
    const bar = `<progress max="100" value="${percent}" aria-label="${percent} % of ${html(phase.title)}"></progress> ${percent} %`;
    return `<tr><th scope="row"><a href="#phase-${number}">${number} ${html(phase.title)}</a></th><td class="number">${done}</td><td class="number">${needed}</td><td class="number">${blocked}</td><td>${bar}</td></tr>\n`;
  });
  return `<table class="short"><thead><tr><th scope="col">Phase</th><th scope="col" class="number">Done</th><th scope="col" class="number">Needed</th><th scope="col" class="number">Blocked</th><th scope="col">Progress</th></tr></thead>\n<tbody>\n${rows.join("")}</tbody></table>\n`;
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
      mark.evidence === undefined || mark.evidence === "" ? "" : `Evidence: ${html(mark.evidence)}`,
    ].filter((text) => text !== "");
    return `<tr><td class="number">${status.number}</td><th scope="row">${title}</th><td class="status ${classes[state]}">${box}${stateNames[state]}</td><td>${said.join("<br>")}</td><td>${html(step.proof)}<br><span class="muted">${html(sourceText(step.source))}</span></td></tr>\n`;
  });
  return `<section aria-labelledby="phase-${number}">\n<h2 id="phase-${number}">${number} ${html(phase.title)}</h2>\n<table><thead><tr><th scope="col" class="number">No.</th><th scope="col">Step</th><th scope="col">State</th><th scope="col">Who, when, note</th><th scope="col">Closed by</th></tr></thead>\n<tbody>\n${rows.join("")}</tbody></table>\n</section>\n`;
}

const lines = (text = ""): string => text.split("\n").map(html).join("<br>");
