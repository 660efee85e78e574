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
  const head = `**${cell(toolKey(signature))}**${label === "" ? "" : ` ${cell(label)}`}${version === "" ? "" : `, version ${cell(version)}`}`;
  const notices = noticesOf(signature).map(({ text, advice, source }) => `${text}. ${advice}. (${source})`);
  return [
    head,
    ...notices.map((notice) => `- ${notice.charAt(0).toUpperCase()}${notice.slice(1)}`),
    ...(hasSignature(counterpart) && counterpart.kind !== "same"
      ? [comparisonMarkdown(signature, counterpart)]
      : []),
    ...(counterpart.kind === "same" ? [`The same ${where(counterpart.origin)}.`] : []),
    ...(counterpart.kind === "missing"
      ? [`Not used in any of the ${counterpart.handlers} handlers of ${cell(counterpart.target)}.`]
      : []),
    ...(page === undefined ? [] : [`[Interaction Designer help](${page})`]),
  ].join("\n\n");
}

type Compared = Extract<Counterpart, { readonly signature: ToolSignature }>;

/** Both signatures side by side, as a Markdown table; parameters in the order of the new one. */
export function comparisonMarkdown(old: ToolSignature, counterpart: Compared): string {
  const { signature: now, origin } = counterpart;
  return tableOf(now, mappingOf(old, counterpart), `Here, ${stamp(old)}`, `${where(origin)}, ${stamp(now)}`);
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
  const table = tableOf(now, mappingOf(old, counterpart), "Old", `New (${where(origin)})`, values);
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
        : ["", parameterCell(parameter), "new", ...none],
    );
  });
  for (const { parameter, at } of removed) rows.push([parameterCell(parameter), "", "gone", ...value(at)]);
  for (const [one, other] of exitPairs) rows.push([exitCell(one), exitCell(other), "", ...none]);
  for (const exit of exitsAdded) rows.push(["", exitCell(exit), "new", ...none]);
  for (const exit of exitsRemoved) rows.push([exitCell(exit), "", "gone", ...none]);
  const head = [oldHead, newHead, "Change", ...(values ? ["Value"] : [])];
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
    ...(by === "place" ? ["label"] : []),
    ...(old.direction !== now.direction ? ["direction"] : []),
    ...(typeName(old.type) !== typeName(now.type) ? ["type"] : []),
    ...(old.required !== now.required ? [now.required ? "now required" : "now optional"] : []),
    ...(shownDefault(old) !== shownDefault(now) ? ["default"] : []),
  ].join(", ");
}

function parameterCell(parameter: Parameter): string {
  const { label, direction, type, required } = parameter;
  const start = parameter.default.kind === "none" ? "" : `, default ${shownDefault(parameter)}`;
  const needs = `${required ? "" : ", optional"}${start}`;
  return cell(`${direction} ${label}: ${typeName(type)}${needs}`);
}

function exitCell({ label, returnValue }: ToolSignature["exits"][number]): string {
  return cell(`exit ${label} (${returnValue})`);
}

function where(origin: Origin): string {
  if (origin.kind === "known") return "in newer handlers";
  return `in ${cell(origin.target)} (${origin.handlers} handlers)`;
}

function stamp({ version }: ToolSignature): string {
  return version === "" ? "no version stamp" : `version ${cell(version)}`;
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
