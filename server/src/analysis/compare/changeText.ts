import * as l10n from "@vscode/l10n";
import type { Change } from "./change";

/** What a change calls what differs -> how people read it. */
const phrases: ReadonlyMap<string, () => string> = new Map([
  ["category", () => l10n.t("category")],
  ["description", () => l10n.t("description")],
  ["first step", () => l10n.t("first step")],
  ["initiator", () => l10n.t("initiator")],
  ["ids the initiator listens to", () => l10n.t("ids the initiator listens to")],
  ["compiled name", () => l10n.t("compiled name")],
  ["number of types", () => l10n.t("number of types")],
  ["canvas", () => l10n.t("canvas")],
  ["variables without a parameter", () => l10n.t("variables without a parameter")],
  ["variable removed", () => l10n.t("variable removed")],
  ["variable added", () => l10n.t("variable added")],
  ["type", () => l10n.t("type")],
  ["initial value", () => l10n.t("initial value")],
  ["tool no longer used", () => l10n.t("tool no longer used")],
  ["tool newly used", () => l10n.t("tool newly used")],
  ["subroutine no longer used", () => l10n.t("subroutine no longer used")],
  ["subroutine newly used", () => l10n.t("subroutine newly used")],
  ["version", () => l10n.t("version")],
  ["DLL that runs it", () => l10n.t("DLL that runs it")],
  ["function that runs it", () => l10n.t("function that runs it")],
  ["label", () => l10n.t("label")],
  ["step added", () => l10n.t("step added")],
  ["step removed", () => l10n.t("step removed")],
  ["notes", () => l10n.t("notes")],
  ["object id", () => l10n.t("object id")],
  ["event id", () => l10n.t("event id")],
  ["tool", () => l10n.t("tool")],
  ["class", () => l10n.t("class")],
  ["position", () => l10n.t("position")],
  ["bend points of lines", () => l10n.t("bend points of lines")],
  ["order of parameters", () => l10n.t("order of parameters")],
  ["order of exits", () => l10n.t("order of exits")],
]);

/** The same with a name of the handler's in it; the first that fits. */
const namedPhrases: readonly (readonly [RegExp, (name: string) => string])[] = [
  [/^variable of parameter "(.*)"$/s, (name) => l10n.t('variable of parameter "{0}"', name)],
  [/^parameter "(.*)" removed$/s, (name) => l10n.t('parameter "{0}" removed', name)],
  [/^parameter "(.*)" added$/s, (name) => l10n.t('parameter "{0}" added', name)],
  [/^label of parameter "(.*)"$/s, (name) => l10n.t('label of parameter "{0}"', name)],
  [/^type of parameter "(.*)"$/s, (name) => l10n.t('type of parameter "{0}"', name)],
  [/^direction of parameter "(.*)"$/s, (name) => l10n.t('direction of parameter "{0}"', name)],
  [/^need of parameter "(.*)"$/s, (name) => l10n.t('need of parameter "{0}"', name)],
  [/^default of parameter "(.*)"$/s, (name) => l10n.t('default of parameter "{0}"', name)],
  [/^argument "(.*)" removed$/s, (name) => l10n.t('argument "{0}" removed', name)],
  [/^argument "(.*)" added$/s, (name) => l10n.t('argument "{0}" added', name)],
  [/^argument "(.*)"$/s, (name) => l10n.t('argument "{0}"', name)],
  [/^field (.*) removed$/s, (name) => l10n.t("field {0} removed", name)],
  [/^field (.*) added$/s, (name) => l10n.t("field {0} added", name)],
  [/^field (.*)$/s, (name) => l10n.t("field {0}", name)],
  [/^case "(.*)"$/s, (name) => l10n.t('case "{0}"', name)],
  [/^exit "(.*)" removed$/s, (name) => l10n.t('exit "{0}" removed', name)],
  [/^exit "(.*)" added$/s, (name) => l10n.t('exit "{0}" added', name)],
  [/^exit "(.*)" leads to$/s, (name) => l10n.t('exit "{0}" leads to', name)],
  [/^exit "(.*)"$/s, (name) => l10n.t('exit "{0}"', name)],
  [/^label of exit "(.*)"$/s, (name) => l10n.t('label of exit "{0}"', name)],
  [/^return value of exit "(.*)"$/s, (name) => l10n.t('return value of exit "{0}"', name)],
  [/^error mark of exit "(.*)"$/s, (name) => l10n.t('error mark of exit "{0}"', name)],
];

/**
 * The change as people read it, in their language. A change itself says what differs in the same words everywhere,
 * because marks on customisations are kept under them and programs read them.
 */
export function inWords(change: Change): Change {
  const { kind, what, old, new: now } = change;
  const leads = kind === "connections" || (kind === "exits" && / (added|removed)$/.test(what));
  return {
    ...change,
    what: whatText(what),
    ...(leads ? { old: old && targetText(old), new: now && targetText(now) } : {}),
  };
}

function whatText(what: string): string {
  const known = phrases.get(what);
  if (known) return known();
  for (const [pattern, text] of namedPhrases) {
    const name = pattern.exec(what)?.[1];
    if (name !== undefined) return text(name);
  }
  return what;
}

/** Where an exit leads. */
function targetText(target: string): string {
  if (target === "not connected") return l10n.t("not connected");
  const [, leads, name] = /^(leads to )?(.*)$/s.exec(target)!;
  const missing = /^a step that is not there \((\d+)\)$/.exec(name!)?.[1];
  const step = missing === undefined ? name! : l10n.t("a step that is not there ({0})", missing);
  return leads ? l10n.t("leads to {0}", step) : step;
}

/** `1 difference`, `2 differences`. */
export const differencesText = (count: number): string =>
  count === 1 ? l10n.t("1 difference") : l10n.t("{0} differences", count);
