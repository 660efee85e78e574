import * as l10n from "@vscode/l10n";
import { knownTools } from "../../catalogue/knownTools";
import { noticesOf } from "../../catalogue/notices";
import type { ToolSignature } from "../../catalogue/signature";
import type { Parameter } from "../../handler/model";
import { toolKey } from "../../handler/toolKey";
import { typeName } from "../checks/arguments";
import { shownDefault } from "../compare/signatures";
import { mapSignatures, type SignatureMapping } from "./mapping";
import type { Counterpart, Origin } from "./reference";

/** Page of the vendor's help about a tool, or of what is said of it; undefined = none is known. */
export function helpPageOf(
  tool: Pick<ToolSignature, "module" | "name" | "label" | "category">,
): string | undefined {
  const page = knownTools().find(tool)?.help || noticesOf(tool).find(({ help }) => help !== "")?.help;
  return page || undefined;
}

/** What a hover shows of a step's tool: what the help says of it, and its signature beside that of the target. */
export function toolMarkdown(signature: ToolSignature, counterpart: Counterpart): string {
  const page = helpPageOf(signature);
  const { label, version } = signature;
  const head = `**${cell(toolKey(signature))}**${label === "" ? "" : ` ${cell(label)}`}${version === "" ? "" : l10n.t(", version {0}", cell(version))}`;
  const notices = noticesOf(signature).map(({ text, advice, source }) => `${text}. ${advice}. (${source})`);
  return [
    head,
    ...notices.map((notice) => `- ${notice.charAt(0).toUpperCase()}${notice.slice(1)}`),
    ...(hasSignature(counterpart) && counterpart.kind !== "same"
      ? [comparisonMarkdown(signature, counterpart)]
      : []),
    ...(counterpart.kind === "same" ? [sameText(counterpart.origin)] : []),
    ...(counterpart.kind === "missing"
      ? [
          l10n.t(
            "Not used in any of the {0} handlers of {1}.",
            counterpart.handlers,
            cell(counterpart.target),
          ),
        ]
      : []),
    ...(page === undefined ? [] : [`[${l10n.t("Interaction Designer help")}](${page})`]),
  ].join("\n\n");
}

type Compared = Extract<Counterpart, { readonly signature: ToolSignature }>;

/** Both signatures side by side, as a Markdown table; parameters in the order of the new one. */
export function comparisonMarkdown(old: ToolSignature, counterpart: Compared): string {
  const { signature: now, origin } = counterpart;
  return tableOf(
    now,
    mappingOf(old, counterpart),
    l10n.t("Here, {0}", stamp(old)),
    `${where(origin)}, ${stamp(now)}`,
  );
}

/**
 * The mapping of a step for a ticket or a review: which parameter becomes which, what is new, what has no place any
 * more. `values` are the step's arguments as text, by index of the old parameter; secrets must be masked in them.
 */
export function mappingMarkdown(
  step: { readonly node: number; readonly label: string; readonly handler: string },
  old: ToolSignature,
  counterpart: Compared,
  values: readonly (string | null)[] = [],
): string {
  const { signature: now, origin } = counterpart;
  const title = `### ${cell(step.handler)}: ${cell(step.label)} (${step.node})`;
  const tools =
    toolKey(old) === toolKey(now) ? cell(toolKey(old)) : `${cell(toolKey(old))} → ${cell(toolKey(now))}`;
  const table = tableOf(
    now,
    mappingOf(old, counterpart),
    l10n.t("Old"),
    l10n.t("New ({0})", where(origin)),
    values,
  );
  return `${title}\n\n${tools}\n\n${table}\n`;
}

function tableOf(
  now: ToolSignature,
  { pairs, removed, exitPairs, exitsRemoved, exitsAdded }: SignatureMapping,
  oldHead: string,
  newHead: string,
  values?: readonly (string | null)[],
): string {
  const value = (at: number): string[] =>
    values ? [values[at] == null ? "" : `\`${code(values[at])}\``] : [];
  const none = values ? [""] : [];
  const rows: string[][] = [];
  const byNew = new Map(pairs.map((pair) => [pair.nowAt, pair]));
  now.parameters.forEach((parameter, at) => {
    const pair = byNew.get(at);
    rows.push(
      pair
        ? [
            parameterCell(pair.old),
            parameterCell(parameter),
            changeOf(pair.old, parameter, pair.by),
            ...value(pair.oldAt),
          ]
        : ["", parameterCell(parameter), l10n.t("new"), ...none],
    );
  });
  for (const { parameter, at } of removed)
    rows.push([parameterCell(parameter), "", l10n.t("gone"), ...value(at)]);
  for (const [one, other] of exitPairs) rows.push([exitCell(one), exitCell(other), "", ...none]);
  for (const exit of exitsAdded) rows.push(["", exitCell(exit), l10n.t("new"), ...none]);
  for (const exit of exitsRemoved) rows.push([exitCell(exit), "", l10n.t("gone"), ...none]);
  const head = [oldHead, newHead, l10n.t("Change"), ...(values ? [l10n.t("Value")] : [])];
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function mappingOf(old: ToolSignature, counterpart: Compared): SignatureMapping {
  return counterpart.kind === "same" ? mapSignatures(old, counterpart.signature) : counterpart.mapping;
}

function hasSignature(counterpart: Counterpart): counterpart is Compared {
  return "signature" in counterpart;
}

function changeOf(old: Parameter, now: Parameter, by: "label" | "place"): string {
  return [
    ...(by === "place" ? [l10n.t("label")] : []),
    ...(old.direction !== now.direction ? [l10n.t("direction")] : []),
    ...(typeName(old.type) !== typeName(now.type) ? [l10n.t("type")] : []),
    ...(old.required !== now.required
      ? [now.required ? l10n.t("now required") : l10n.t("now optional")]
      : []),
    ...(shownDefault(old) !== shownDefault(now) ? [l10n.t("default")] : []),
  ].join(", ");
}

function parameterCell(parameter: Parameter): string {
  const { label, direction, type, required } = parameter;
  const start = parameter.default.kind === "none" ? "" : l10n.t(", default {0}", shownDefault(parameter));
  const needs = `${required ? "" : l10n.t(", optional")}${start}`;
  return cell(`${direction} ${label}: ${typeName(type)}${needs}`);
}

function exitCell({ label, returnValue }: ToolSignature["exits"][number]): string {
  return cell(l10n.t("exit {0} ({1})", label, returnValue));
}

function where(origin: Origin): string {
  if (origin.kind === "known") return l10n.t("in newer handlers");
  return l10n.t("in {0} ({1} handlers)", cell(origin.target), origin.handlers);
}

function sameText(origin: Origin): string {
  if (origin.kind === "known") return l10n.t("The same in newer handlers.");
  return l10n.t("The same in {0} ({1} handlers).", cell(origin.target), origin.handlers);
}

function stamp({ version }: ToolSignature): string {
  return version === "" ? l10n.t("no version stamp") : l10n.t("version {0}", cell(version));
}

/** Text of a handler inside Markdown, on one line and with nothing in it that Markdown or HTML would read. */
export function cell(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_{}[\]<>()#+|~&!-]/g, "\\$&");
}

/** Inside a code span of a table. */
function code(text: string | undefined): string {
  return (text ?? "").replace(/\s+/g, " ").replaceAll("`", "'").replaceAll("|", "\\|");
}
