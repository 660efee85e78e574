import type { Expression } from "./expression";
import { MOST_PARTS, type PrintBudget, printExpression } from "./expressionText";
import type { Argument, Handler, Parameter, Step } from "./model";
import { nativeTools } from "./native";
import { shownRecovered } from "./recovered";
import {
  hidesInferred,
  SECRET,
  shownDefault,
  shownInferred,
  shownInitial,
  withoutPasswords,
} from "./secrets";
import { toolKey } from "./toolKey";

/**
 * An expression in JSON: `{var}`, `{lit}` (a Boolean is 0 or 1) or `{fn, args}`, where `fn` is the number, or the
 * name where only text was there to read. Besides, from text: `{constant}`, `{unfilled: true}`, and `{text}` for what was not understood
 * or nests deeper than `DEEPEST`.
 */
export type ExpressionJson =
  | { readonly var: string }
  | { readonly lit: string | number; readonly type?: string }
  | { readonly fn: number | string; readonly name?: string; readonly args: readonly ExpressionJson[] }
  | { readonly constant: string }
  | { readonly unfilled: true }
  | { readonly text: string };

/** Deepest nesting that is written as JSON (writers and readers of JSON recurse); deeper parts are text. */
export const DEEPEST = 200;

/** The handler in the documented JSON form; secrets are masked. */
export function showJson(handler: Handler) {
  return show(handler, new ExpressionWriter(false));
}

/** As `showJson`, with everything else the model holds; secrets are masked. */
export function showFull(handler: Handler) {
  const expressions = new ExpressionWriter(true);
  const short = show(handler, expressions);
  return {
    ...short,
    source: handler.source,
    description: handler.description,
    compiledName: handler.compiledName,
    canvas: handler.canvas,
    startNode: handler.startNode,
    signatures: {
      subroutines: handler.subroutines.map(withShownDefaults),
      initiators: handler.initiators.map(withShownDefaults),
      tools: handler.tools.map(withShownDefaults),
    },
    variables: handler.variables.map((variable) => ({
      name: variable.name,
      type: variable.type.name,
      module: variable.type.module,
      initial: shownInitial(variable),
    })),
    steps: byNode(handler.steps).map((step, at) => ({
      ...short.steps[at]!,
      ...restOfStep(step, expressions),
    })),
  };
}

function show(handler: Handler, expressions: ExpressionWriter) {
  return {
    name: handler.name,
    category: handler.category,
    types: handler.typeCount,
    subroutines: handler.subroutines.map(({ name }) => name),
    initiator: handler.initiators.map(({ label, name }) => label || name),
    tools: handler.tools.map(toolKey),
    toolVersions: Object.fromEntries(handler.tools.map((tool) => [toolKey(tool), tool.version])),
    variables: handler.variables.map((variable) => ({
      name: variable.name,
      type: variable.type.name,
      initial: shownInitial(variable),
    })),
    steps: byNode(handler.steps).map((step) => ({
      node: step.node,
      class: step.className,
      tool: step.tool.name,
      label: step.label,
      notes: step.notes,
      args: hasArgumentList(step) ? step.arguments.map((argument) => expressions.argument(argument)) : null,
      exits: step.exits.map(({ label, to }) => ({ label, to })),
      rect: [step.rect.left, step.rect.top, step.rect.right, step.rect.bottom],
    })),
    problems: handler.problems,
    ...(handler.recovered ? { recovered: shownRecovered(handler) } : {}),
  };
}

function byNode(steps: readonly Step[]): Step[] {
  return [...steps].sort((one, other) => one.node - other.node);
}

/**
 * Whether the file keeps the step's arguments as one list in parameter order: so do external tools, calls and
 * event initiators, and steps of an inferred class that were found to.
 */
function hasArgumentList(step: Step): boolean {
  if (step.kind === "start") return false;
  if (step.kind !== "native" || step.className === "CIdWriteTraceMsgStep") return true;
  return (
    step.className !== "" &&
    !nativeTools.some(({ className }) => className === step.className) &&
    step.arguments.length > 0
  );
}

function restOfStep(step: Step, expressions: ExpressionWriter) {
  const hides = hidesInferred(step);
  return {
    kind: step.kind,
    module: step.tool.module,
    arguments: step.arguments.map((argument) => ({ ...argument, value: expressions.argument(argument) })),
    exits: step.exits.map((exit) => ({ ...exit, caseOf: exit.caseOf && expressions.write(exit.caseOf) })),
    parameters: step.parameters.map((parameter, at) => ({
      ...parameter,
      default: shownDefault(parameter),
      variable: step.parameterVariables[at] ?? "",
    })),
    objectId: step.objectId,
    eventId: step.eventId,
    inferred: step.inferred.map((field) => ({
      ...field,
      values: field.values.map((value) => {
        const shown = shownInferred(value, hides);
        return shown !== null && typeof shown === "object" ? expressions.write(shown) : shown;
      }),
    })),
    complete: step.complete,
  };
}

function withShownDefaults<Signature extends { readonly parameters: readonly Parameter[] }>(
  signature: Signature,
) {
  const parameters = signature.parameters.map((each) => ({ ...each, default: shownDefault(each) }));
  return { ...signature, parameters };
}

/** Writes expressions as JSON, within a number of parts for the whole handler: files can share parts endlessly. */
class ExpressionWriter {
  private readonly budget: PrintBudget = { parts: MOST_PARTS };

  /** `withTypes`: literals come with their type, functions with their name. */
  constructor(private readonly withTypes: boolean) {}

  argument({ value, secret }: Argument): ExpressionJson | null {
    if (value === null) return null;
    return secret ? { lit: SECRET } : this.write(value);
  }

  write(expression: Expression, depth = 0): ExpressionJson {
    if (depth > DEEPEST || --this.budget.parts < 0) {
      return { text: printExpression(expression, undefined, 0, this.budget) };
    }
    switch (expression.kind) {
      case "variable":
        return { var: expression.name };
      case "literal":
        return this.literal(expression);
      case "call": {
        const { id, name } = expression;
        const args = expression.args.map((argument) => this.write(argument, depth + 1));
        return { fn: id ?? name, ...(this.withTypes ? { name } : {}), args };
      }
      case "constant":
        return { constant: expression.name };
      case "unfilled":
        return { unfilled: true };
      case "text":
        return { text: withoutPasswords(expression.text) };
    }
  }

  private literal(literal: Extract<Expression, { kind: "literal" }>): ExpressionJson {
    const { type, value } = literal;
    // JSON has no such numbers.
    if (typeof value === "number" && !Number.isFinite(value)) return { text: printExpression(literal) };
    const shown = typeof value === "string" ? withoutPasswords(value) : value;
    const lit = typeof shown === "boolean" ? Number(shown) : shown;
    return this.withTypes ? { lit, type } : { lit };
  }
}
