import * as l10n from "@vscode/l10n";
import type { Expression } from "./expression";
import type {
  Exit,
  ExitSignature,
  Handler,
  HandlerSource,
  Initiator,
  Parameter,
  Step,
  Tool,
  Variable,
} from "./model";
import { classNameOf, nativeTool } from "./native";
import { toolKey } from "./toolKey";

/** What only one of the two sources holds of a handler. */
const table = {
  linkBends: only("ihd", l10n.t("bend points of links")),
  typeTable: only("ihd", l10n.t("the number of variable types Designer knew")),
  canvas: only("ihd", l10n.t("canvas size, grid and next node id")),
  compiledNames: only("ihd", l10n.t("compiled names of the handler and of subroutines")),
  runtime: only("ihd", l10n.t("DLL and function that run a tool or initiator")),
  palette: only("ihd", l10n.t("labels, descriptions and categories of tools, subroutines and initiators")),
  subscriptions: only(
    "ihd",
    l10n.t("all object and event ids of an initiator, its object type and id labels"),
  ),
  errorExits: only("ihd", l10n.t("which exits are error exits")),
  defaultReturnValues: only("ihd", l10n.t("the return value of a Selection's Default exit")),
  functionNumbers: only("ihd", l10n.t("numbers of the functions in expressions")),
  unusedSignatures: only("ihd", l10n.t("signatures of tools and subroutines that no step uses")),
  requiredOwnParameters: only("ihd", l10n.t("which parameters of the subroutine itself are required")),
  blankInitialValues: only("ihd", l10n.t("the difference between an empty initial value and none")),
  dateTimeNumbers: only("ihd", l10n.t("initial values of DateTime variables as numbers")),
  lineBreaks: only("ihd", l10n.t("the difference between CR LF and LF in texts")),
  inferredFields: only("ihd", l10n.t("fields of steps whose layout had to be inferred")),
  dateTimeTexts: only("xml", l10n.t("initial values of DateTime variables as text")),
  unseenNativeFields: only("xml", l10n.t("named fields of native steps whose file layout is not known")),
} as const;

/**
 * What XML holds a stand-in of, which is no fact: numbers of functions come from our own table, and exports write
 * -1 for every exit of a Selection. It goes in both directions.
 */
const derived: ReadonlySet<string> = new Set(["functionNumbers", "defaultReturnValues"]);

/** A fact that not every source holds. A comparison of handlers from both leaves it out. */
export type Fact = keyof typeof table;

/** All of them. */
export const facts = Object.keys(table) as readonly Fact[];

/** Whether handlers from `source` hold the fact. */
export function holds(source: HandlerSource, fact: Fact): boolean {
  return table[fact].source === source;
}

/** The fact in words, for people. */
export function factName(fact: Fact): string {
  return table[fact].name;
}

function only(
  source: HandlerSource,
  name: string,
): { readonly source: HandlerSource; readonly name: string } {
  return { source, name };
}

/**
 * The handler without what `to` cannot hold, in an order that does not depend on the source (steps by node id, the
 * rest by name) and without problems, which are about reading. So `project(a, b.source)` and `project(b, a.source)`
 * can be compared field by field; `a` and `b` from one source lose nothing but order. Expressions keep sharing
 * the parts they share.
 */
export function project(handler: Handler, to: HandlerSource): Handler {
  const drops = (fact: Fact): boolean =>
    derived.has(fact) ? handler.source !== to : holds(handler.source, fact) && !holds(to, fact);
  const signature = signatureProjection(drops);
  const steps = handler.steps.map(stepProjection(drops)).sort((one, other) => one.node - other.node);
  const used = new Set(steps.map((step) => `${step.kind} ${toolKey(step.tool)}`));
  const keeps = (key: string): boolean => !drops("unusedSignatures") || used.has(key);

  return {
    ...handler,
    source: to,
    description: texts(drops, handler.description),
    compiledName: drops("compiledNames") ? "" : handler.compiledName,
    typeCount: drops("typeTable") ? 0 : handler.typeCount,
    canvas: drops("canvas") ? null : handler.canvas,
    tools: handler.tools
      .filter((tool) => keeps(`tool ${toolKey(tool)}`))
      .map((tool) => ({ ...tool, ...signature(tool), ...runtime(drops, tool) }))
      .sort(byName),
    subroutines: handler.subroutines
      .filter((subroutine) => keeps(`subroutine :${subroutine.name}`))
      .map((subroutine) => ({
        ...subroutine,
        ...signature(subroutine),
        compiledName: drops("compiledNames") ? "" : subroutine.compiledName,
      }))
      .sort(byName),
    initiators: handler.initiators.map((initiator) => ({
      ...initiator,
      ...signature(initiator),
      ...runtime(drops, initiator),
      ...(drops("subscriptions") ? subscriptions(initiator, steps) : {}),
    })),
    variables: handler.variables.map((variable) => variableProjection(drops, variable)).sort(byName),
    steps,
    problems: [],
  };
}

type Drops = (fact: Fact) => boolean;
type Signature = Pick<Tool, "label" | "description" | "category" | "parameters" | "exits">;

function signatureProjection(drops: Drops): (signature: Signature) => Signature {
  return ({ label, description, category, parameters, exits }) => ({
    ...(drops("palette") ? { label: "", description: "", category: "" } : { label, description, category }),
    parameters,
    exits: exits.map((exit) => errorProjection(drops, exit)),
  });
}

function errorProjection<Each extends ExitSignature>(drops: Drops, exit: Each): Each {
  return drops("errorExits") ? { ...exit, isError: false } : exit;
}

function runtime(
  drops: Drops,
  { runtimeModule, runtimeFunction }: Pick<Tool, "runtimeModule" | "runtimeFunction">,
) {
  return drops("runtime") ? { runtimeModule: "", runtimeFunction: "" } : { runtimeModule, runtimeFunction };
}

/** What the initiator's step says is all that is left of its subscriptions. */
function subscriptions({ module, name }: Initiator, steps: readonly Step[]): Partial<Initiator> {
  const step = steps.find(
    (each) => each.kind === "initiator" && each.tool.module === module && each.tool.name === name,
  );
  const known = (id: string | undefined): string[] => (id ? [id] : []);
  return { objectType: "", objectIds: known(step?.objectId), eventIds: known(step?.eventId), idLabels: [] };
}

function variableProjection(drops: Drops, variable: Variable): Variable {
  const { initial, type } = variable;
  const lost =
    (initial === "" && drops("blankInitialValues")) ||
    (type.name === "DateTime" && drops(typeof initial === "number" ? "dateTimeNumbers" : "dateTimeTexts"));
  return lost ? { ...variable, initial: null } : variable;
}

function stepProjection(drops: Drops): (step: Step) => Step {
  const expression = drops("functionNumbers") ? withoutNumbers() : (same: Expression) => same;
  const exitOf = (exit: Exit): Exit => ({
    ...errorProjection(drops, exit),
    bends: drops("linkBends") ? [] : exit.bends,
    caseOf: exit.caseOf && expression(exit.caseOf),
  });
  const selectionExit = (exit: Exit): Exit =>
    exit.caseOf === null && drops("defaultReturnValues") ? { ...exit, returnValue: -1 } : exit;
  const parameterOf = (parameter: Parameter): Parameter =>
    drops("requiredOwnParameters") ? { ...parameter, required: false } : parameter;

  return (step) => {
    const native = step.kind === "native" ? nativeTool(step.tool.name) : undefined;
    const foreign = drops("inferredFields") ? "ihd" : drops("unseenNativeFields") ? "xml" : "";
    const isUnseen = step.kind === "native" && classNameOf(step.kind, step.tool) === "";
    const keeps = (label: string): boolean =>
      !(isUnseen && foreign !== "") &&
      !(foreign !== "" && native?.fields.some((field) => field.name === label && field.onlyIn === foreign));
    return {
      ...step,
      className: drops("inferredFields") ? classNameOf(step.kind, step.tool) : step.className,
      notes: texts(drops, step.notes),
      label: texts(drops, step.label),
      arguments: step.arguments
        .filter(({ label }) => keeps(label))
        .map((argument) => ({ ...argument, value: argument.value && expression(argument.value) })),
      exits: step.exits
        .map(exitOf)
        .map((exit) =>
          step.kind === "native" && step.tool.name === "Selection" ? selectionExit(exit) : exit,
        ),
      parameters: step.parameters.map(parameterOf),
      inferred: drops("inferredFields") ? [] : step.inferred,
    };
  };
}

function texts(drops: Drops, text: string): string {
  return drops("lineBreaks") ? text.replaceAll("\r\n", "\n") : text;
}

/** Copies expressions without function numbers: no recursion, and a shared part is copied once. */
function withoutNumbers(): (expression: Expression) => Expression {
  const copies = new Map<Expression, Expression>();
  return (expression) => {
    const open = [expression];
    for (let next = open.at(-1); next; next = open.at(-1)) {
      if (next.kind !== "call" || copies.has(next)) {
        copies.set(next, copies.get(next) ?? next);
        open.pop();
        continue;
      }
      const missing = next.args.filter((argument) => !copies.has(argument));
      if (missing.length > 0) {
        for (const argument of missing) open.push(argument);
        continue;
      }
      copies.set(next, {
        kind: "call",
        name: next.name,
        args: next.args.map((argument) => copies.get(argument)!),
      });
      open.pop();
    }
    return copies.get(expression)!;
  };
}

function byName(one: { module?: string; name: string }, other: { module?: string; name: string }): number {
  const [a, b] = [`${one.module ?? ""}:${one.name}`, `${other.module ?? ""}:${other.name}`];
  return a < b ? -1 : a > b ? 1 : 0;
}
