import * as l10n from "@vscode/l10n";
import { plain } from "../../catalogue/knownTools";
import type { Argument, Handler, Step } from "../../handler/model";
import { withoutPasswords } from "../../handler/secrets";
import { toolKey } from "../../handler/toolKey";
import { isWhole } from "../checks/reading";

/**
 * What a handler can depend on, in the order views show it. These are the kinds of Designer's Dependency Viewer that
 * a handler file holds, and two of its own: attributes and audio files. Names that only a running handler knows (in
 * variables) are not among them.
 */
export const dependencyKinds = [
  { id: "subroutine", name: l10n.t("Subroutines") },
  { id: "tool", name: l10n.t("Tools") },
  { id: "initiator", name: l10n.t("Initiators") },
  { id: "prompt", name: l10n.t("Prompts") },
  { id: "sequence", name: l10n.t("Sequences") },
  { id: "international-string", name: l10n.t("International strings") },
  { id: "db-profile", name: l10n.t("DB profiles") },
  { id: "html-template", name: l10n.t("HTML templates") },
  { id: "audio-file", name: l10n.t("Audio files") },
  { id: "attribute", name: l10n.t("Attributes") },
] as const;

export type DependencyKind = (typeof dependencyKinds)[number]["id"];

export function isDependencyKind(text: string): text is DependencyKind {
  return dependencyKinds.some(({ id }) => id === text);
}

/** One thing a handler depends on. */
export interface Dependency {
  readonly kind: DependencyKind;
  /** Subroutine's name, `module:name` of a tool or initiator, or the text that names it. */
  readonly name: string;
  /** Label of a tool or initiator in the palette; else "". */
  readonly label: string;
  /** Node ids of the steps, ascending. */
  readonly steps: readonly number[];
}

/** What the dependencies room keeps of a handler. */
export interface HandlerDependencies {
  readonly name: string;
  /** Path or URI with `/`; tells apart handlers of one name, and says which is near to which. */
  readonly path: string;
  readonly isSubroutine: boolean;
  /** false: parts of it could not be read, so nothing is concluded from what is missing in it. */
  readonly isWhole: boolean;
  /** By kind in the order of `dependencyKinds`, then by name. */
  readonly items: readonly Dependency[];
}

export function dependenciesOf(handler: Handler, path: string): HandlerDependencies {
  const labels = new Map(
    [...handler.tools, ...handler.initiators].map((each) => [toolKey(each), each.label]),
  );
  const items = new Map<string, { kind: DependencyKind; name: string; label: string; steps: number[] }>();
  for (const step of handler.steps) {
    for (const [kind, name] of dependenciesOfStep(step, labels.get(toolKey(step.tool)) ?? "")) {
      const key = `${kind} ${kind === "subroutine" ? name.toLowerCase() : name}`;
      const label = kind === "tool" || kind === "initiator" ? (labels.get(name) ?? "") : "";
      const item = items.get(key);
      if (!item) items.set(key, { kind, name, label, steps: [step.node] });
      else if (item.steps.at(-1) !== step.node) item.steps.push(step.node);
    }
  }
  for (const { steps } of items.values()) steps.sort((one, other) => one - other);
  return {
    name: handler.name,
    path,
    isSubroutine: handler.steps.some(({ kind }) => kind === "start"),
    isWhole: isWhole(handler),
    items: [...items.values()].sort(byKindAndName),
  };
}

const order = new Map<string, number>(dependencyKinds.map(({ id }, at) => [id, at]));

export function byKindAndName(
  one: { readonly kind: DependencyKind; readonly name: string },
  other: { readonly kind: DependencyKind; readonly name: string },
): number {
  return order.get(one.kind)! - order.get(other.kind)! || byText(one.name, other.name);
}

/** The same order on every machine: letters without regard to case, then the texts as they are. */
export function byText(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (a !== b) return a < b ? -1 : 1;
  return one < other ? -1 : one > other ? 1 : 0;
}

function* dependenciesOfStep(step: Step, label: string): Iterable<[DependencyKind, string]> {
  switch (step.kind) {
    case "subroutine":
      if (step.tool.name !== "") yield ["subroutine", step.tool.name];
      break;
    case "tool":
    case "initiator":
      yield [step.kind, toolKey(step.tool)];
      break;
    case "native":
      break;
    case "start":
      return;
  }
  const tool = plain(label || step.tool.name);
  for (const argument of step.arguments) {
    const kind = kindOf(argument, tool, step.kind === "native");
    const text = kind && literalOf(argument);
    if (text) yield [kind, text];
  }
}

/** Types whose literals name a resource. */
const resourceTypes: ReadonlyMap<string, DependencyKind> = new Map([
  ["Prompt", "prompt"],
  ["Sequence", "sequence"],
  ["InternationalString", "international-string"],
]);

/** Inputs whose literals name something, by the tool's label and the parameter's, as `plain` writes them. */
const named: ReadonlyMap<string, readonly (readonly [parameter: RegExp, kind: DependencyKind])[]> = new Map([
  ["dbopen", [[/^datasource$/, "db-profile"]]],
  ["dbquery", [[/^datasource$/, "db-profile"]]],
  ["generatehtml", [[/template/, "html-template"]]],
  ["getattribute", [[/^callattributename$/, "attribute"]]],
  ["setattribute", [[/^callattributename$/, "attribute"]]],
  ["getdsattr", [[/^directoryservicesattribute$/, "attribute"]]],
  ["putdsattr", [[/^directoryservicesattribute$/, "attribute"]]],
]);

function kindOf(argument: Argument, tool: string, isNative: boolean): DependencyKind | undefined {
  if (argument.direction === "out" || argument.secret) return undefined;
  const byType = resourceTypes.get(argument.type.name);
  if (byType) return byType;
  const parameter = plain(argument.label);
  const byName = named.get(tool)?.find(([pattern]) => pattern.test(parameter))?.[1];
  if (byName) return byName;
  return !isNative && /^audiofilename/.test(parameter) ? "audio-file" : undefined;
}

/** DB steps of an XML export may hold plain text instead of an expression. */
function literalOf({ value }: Argument): string {
  if (value?.kind === "literal" && typeof value.value === "string")
    return withoutPasswords(value.value).trim();
  return value?.kind === "text" ? withoutPasswords(value.text).trim() : "";
}
