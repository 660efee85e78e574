import * as l10n from "@vscode/l10n";
import { breachText, type PhaseStatus, progressOf, type StepStatus } from "../evaluate";
import type { Variant } from "../model";
import { variants } from "../model";

export interface ReportOptions {
  /** What the migration is called. */
  readonly name: string;
  readonly date: Date;
  readonly chosen: readonly Variant[];
}

/** The texts that all forms of the report share. */
export const stateNames = {
  open: l10n.t("open"),
  done: l10n.t("done"),
  notNeeded: l10n.t("not needed"),
  blocked: l10n.t("blocked"),
} as const;

export function chosenText(chosen: readonly Variant[]): string {
  const titles = variants.filter(({ id }) => chosen.includes(id)).map(({ title }) => title);
  return titles.length > 0 ? titles.join(", ") : l10n.t("nothing beside CIC itself");
}

/** `12 of 80 steps done (15 %)` */
export function progressText(phases: readonly PhaseStatus[]): string {
  const { done, needed } = progressOf(phases.flatMap(({ steps }) => steps));
  return l10n.t("{0} of {1} steps done ({2} %)", done, needed, percentOf(done, needed));
}

/** Never 100 before all is done. */
export function percentOf(done: number, needed: number): number {
  return needed === 0 ? 100 : Math.floor((100 * done) / needed);
}

/** Who did it and when, or what proves it. */
export function whoText({ mark, proved, state }: StepStatus): string {
  const said = mark.state !== undefined && mark.state === state ? [mark.by ?? "", dayOf(mark.at)] : [];
  const by = said.filter((text) => text !== "").join(", ");
  const proof = proved ? l10n.t("proved {0}: {1}", dayOf(proved.at), proved.from) : "";
  return [by, proof].filter((text) => text !== "").join("; ");
}

/** Orders that are broken, in words. */
export const warningsOf = ({ broken }: StepStatus): string[] => broken.map(breachText);

/** `2026-11-22 08:30` in UTC; "" where there is no time. */
export function dayOf(time: string | undefined): string {
  return time === undefined ? "" : time.slice(0, 16).replace("T", " ");
}
