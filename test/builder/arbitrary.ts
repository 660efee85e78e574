import fc, { type Arbitrary } from "fast-check";
import type { Expression } from "../../server/src/handler/expression";
import type {
  DefaultValue,
  ExitSignature,
  Parameter,
  Subroutine,
  Tool,
} from "../../server/src/handler/model";
import { call } from "./expression";
import { handler, type HandlerBuilder } from "./handler";
import { customNotification, exit, subroutine, tool, writeTraceMessage } from "./signatures";
import type { StepBuilder } from "./step";
import { builtTypes } from "./types";

export interface ArbitraryOptions {
  /** `ansi`: only characters of Windows-1252, for files of old Designer releases. */
  readonly strings?: "unicode" | "ansi";
  /** true: no characters that XML 1.0 cannot hold, so that the handler can be written both ways. */
  readonly xml?: boolean;
  readonly maxSteps?: number;
}

/**
 * Handlers of every known step class: cycles, exits that lead nowhere, empty arguments, many parameters, strings
 * of every length class of the format, odd variable names.
 */
export function arbitraryHandler(options: ArbitraryOptions = {}): Arbitrary<HandlerBuilder> {
  return handlerParts(options).map((drawn) => assemble(drawn));
}

/** As `arbitraryHandler`, for tests that change what they get: each call makes the same handler anew. */
export function arbitraryBuild(options: ArbitraryOptions = {}): Arbitrary<() => HandlerBuilder> {
  return handlerParts(options).map((drawn) => () => assemble(drawn));
}

function handlerParts(options: ArbitraryOptions) {
  const lines = texts(options);
  // Only what people type holds Windows' line ends.
  const text = lines.map((drawn) => drawn.replaceAll("\r", ""));
  const name = fc.oneof(fc.constantFrom("sName", "iCount", "Outbound CallId", "straße", "x"), text);
  const expression = expressions(text);
  const values = fc.array(fc.option(expression, { freq: 4 }), { maxLength: 70 });
  return fc.record({
    name: fc.constantFrom("MainMenu", "Überlauf", "A b"),
    category: text,
    description: lines,
    variables: fc.array(fc.record({ name, type: fc.nat(), initial: text, number: fc.nat(0x7fffffff) }), {
      maxLength: 8,
    }),
    tools: fc.array(signatures(text), { minLength: 1, maxLength: 4 }),
    isSubroutine: fc.boolean(),
    own: fc.array(parameters(text), { maxLength: 5 }),
    steps: fc.array(
      fc.record({
        kind: fc.nat(11),
        pick: fc.nat(),
        values,
        label: lines,
        notes: lines,
        corner: fc.record({ x: fc.integer({ min: -50, max: 9000 }), y: fc.nat(9000) }),
        targets: fc.array(fc.option(fc.nat()), { maxLength: 6 }),
        bends: fc.array(fc.record({ x: fc.nat(9000), y: fc.nat(9000) }), { maxLength: 3 }),
      }),
      { maxLength: options.maxSteps ?? 20 },
    ),
  });
}

type Parts = Parameters<typeof assemble>[0];
type StepParts = Parts["steps"][number];

function assemble(drawn: {
  name: string;
  category: string;
  description: string;
  variables: { name: string; type: number; initial: string; number: number }[];
  tools: { name: string; parameters: Parameter[]; exits: ExitSignature[] }[];
  isSubroutine: boolean;
  own: Parameter[];
  steps: {
    kind: number;
    pick: number;
    values: (Seed | null)[];
    label: string;
    notes: string;
    corner: { x: number; y: number };
    targets: (number | null)[];
    bends: { x: number; y: number }[];
  }[];
}): HandlerBuilder {
  const { category, description } = drawn;
  const built = handler(drawn.name, { category, description });
  drawn.variables.forEach((each, at) => {
    const type = builtTypes[each.type % builtTypes.length]!.name;
    built.variable(each.name + at, type, initialOf(type, each));
  });
  // Initiators need somewhere to put what they are told.
  built.declare("String", "CustomObjectId", "CustomEventId").variable("CustomDataList", "List of String");
  const names = built.variables.map((variable) => variable.name);
  const variable = (at: number): string => names[at % names.length]!;
  const tools = drawn.tools.map((each, at) =>
    tool(
      `Module:${each.name}${at}`,
      { label: each.name, category, version: "2.0" },
      each.parameters,
      each.exits,
    ),
  );
  const calls = drawn.tools.map((each, at) => subroutine(`${each.name}_${at}`, category, each.parameters));
  if (drawn.isSubroutine) {
    built.start(
      ...drawn.own.map((parameter, at) => ({ parameter, variable: at % 3 === 0 ? "" : variable(at) })),
    );
  } else built.initiator(customNotification);
  for (const each of drawn.steps) {
    const seeds = each.values.map((seed) => seed && grown(seed, variable));
    addStep(built, each, { tools, calls, variable, value: (at) => seeds[at % (seeds.length || 1)] ?? null });
  }
  drawn.steps.forEach(({ targets, bends }, at) => {
    const step = built.steps[at + 1]!;
    targets.slice(0, step.exits.length).forEach((target, index) => {
      if (target !== null)
        step.on(index, built.steps[target % built.steps.length]!, index === 0 ? bends : []);
    });
  });
  built.first?.to(built.steps[1] ?? null);
  return built;
}

interface Supplies {
  readonly tools: readonly Tool[];
  readonly calls: readonly Subroutine[];
  variable(at: number): string;
  value(at: number): Expression | null;
}

function addStep(built: HandlerBuilder, drawn: StepParts, of: Supplies): void {
  const step = begin(built, drawn, of).label(drawn.label).note(drawn.notes);
  if (step.signature) step.arguments.forEach((_, at) => (step.arguments[at] = of.value(at)));
  const { x, y } = drawn.corner;
  step.place({ left: x, top: y, right: x + 100, bottom: y + 89 });
}

function begin(built: HandlerBuilder, { kind, pick, values, label }: StepParts, of: Supplies): StepBuilder {
  const variable = of.variable(pick);
  switch (kind) {
    case 0:
    case 1:
    case 2:
      return built.tool(of.tools[pick % of.tools.length]!);
    case 3:
      return built.call(of.calls[pick % of.calls.length]!);
    case 4:
      return built.assign(variable, of.value(0));
    case 5:
      return built.condition(of.value(0));
    case 6:
      return built.select(...values.slice(0, 5).flatMap((_, at) => of.value(at) ?? []));
    case 7:
      return built.debug(label);
    case 8:
      return built.append(variable, of.value(0) ?? "");
    case 9:
      return built.removeHead(variable);
    case 10:
      return built.getAt(variable, of.value(0) ?? 0, of.variable(pick + 1));
    default:
      return built.tool(writeTraceMessage);
  }
}

function initialOf(
  type: string,
  drawn: { initial: string; number: number },
): string | number | boolean | null {
  if (drawn.number % 3 === 0) return null;
  switch (type) {
    case "String":
      return drawn.initial;
    case "Integer":
      return drawn.number;
    case "Boolean":
      return drawn.number % 2 === 0;
    case "Numeric":
      return drawn.number / 1000;
    default:
      return null;
  }
}

/** Strings around every limit of the length prefix: 255 and 65,534 units. */
function texts({ strings, xml }: ArbitraryOptions): Arbitrary<string> {
  const ascii = fc.string({ unit: "grapheme-ascii", maxLength: 20 });
  const special = fc.constantFrom("", " ", '"', "\\", "a\nb", "a\r\nb", "\t", "<&>", "'", "?", "€ – „Menü“");
  const long = fc.constantFrom(254, 255, 256, 300).map((length) => "x".repeat(length));
  const huge = fc.constantFrom(65533, 65534, 65535, 65536, 70000).map((length) => "h".repeat(length));
  const others: Arbitrary<string>[] = [];
  if (strings !== "ansi") others.push(fc.string({ unit: "grapheme", maxLength: 12 }));
  if (strings !== "ansi" && !xml) others.push(fc.string({ unit: "binary", maxLength: 12 }));
  return fc.oneof(
    { weight: 60, arbitrary: ascii },
    { weight: 30, arbitrary: special },
    ...others.map((arbitrary) => ({ weight: 20, arbitrary })),
    { weight: 3, arbitrary: long },
    { weight: 1, arbitrary: huge },
  );
}

function parameters(text: Arbitrary<string>): Arbitrary<Parameter> {
  const start: Arbitrary<DefaultValue> = fc.oneof(
    fc.constant({ kind: "none" as const }),
    fc.constant({ kind: "blank" as const }),
    text.map((value) => ({ kind: "value" as const, text: `${value}.` })),
    fc.constant({ kind: "variable" as const, name: "Interaction1" }),
  );
  return fc
    .record({ label: text, isInput: fc.boolean(), type: fc.nat(), required: fc.boolean(), default: start })
    .map(({ label, isInput, type, required, default: value }) => {
      const { name, module } = builtTypes[type % builtTypes.length]!;
      const direction = isInput ? "in" : "out";
      return { label, direction, type: { name, module }, required, default: value };
    });
}

function signatures(text: Arbitrary<string>) {
  const few = fc.array(parameters(text), { maxLength: 6 });
  const many = fc.array(parameters(fc.constant("p")), { minLength: 40, maxLength: 70 });
  return fc.record({
    name: text.map((each) => each.replaceAll(":", "")),
    parameters: fc.oneof({ weight: 9, arbitrary: few }, { weight: 1, arbitrary: many }),
    exits: fc
      .array(fc.record({ label: text, value: fc.integer({ min: -2, max: 5 }), isError: fc.boolean() }), {
        minLength: 1,
        maxLength: 4,
      })
      .map((drawn) => drawn.map(({ label, value, isError }) => exit(label, value, isError))),
  });
}

/** An expression before the handler's variables are known: they are numbers here. */
type Seed =
  | { readonly variable: number }
  | { readonly literal: Expression }
  | { readonly name: string; readonly args: readonly Seed[] };

const shapes: readonly (readonly [name: string, arity: number])[] = [
  ...(["=", "<", ">", "<>", "+", "-", "&"] as const).map((name) => [name, 2] as const),
  ["-", 1],
  ["StrLen", 1],
  ["StrLeft", 2],
  ["StrMid", 3],
  ["Test", 3],
  ["GetAt", 2],
  ["SubstStr", 3],
];

function expressions(text: Arbitrary<string>): Arbitrary<Seed> {
  const literal: Arbitrary<Expression> = fc.oneof(
    text.map((value): Expression => ({ kind: "literal", type: "String", value })),
    fc.integer().map((value): Expression => ({ kind: "literal", type: "Integer", value })),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .filter((value) => !Object.is(value, -0))
      .map((value): Expression => ({ kind: "literal", type: "Numeric", value })),
    fc.boolean().map((value): Expression => ({ kind: "literal", type: "Boolean", value })),
  );
  return fc.letrec<{ seed: Seed }>((tie) => ({
    seed: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      fc.nat(20).map((variable): Seed => ({ variable })),
      literal.map((each): Seed => ({ literal: each })),
      fc
        .tuple(fc.constantFrom(...shapes), tie("seed"), tie("seed"), tie("seed"))
        .map(([[name, arity], ...args]): Seed => ({ name, args: args.slice(0, arity) })),
      // A function nobody has a name for.
      fc.tuple(fc.constantFrom(0x41, 0xff), tie("seed")).map(([id, arg]): Seed => ({
        name: `fn_0x${id.toString(16).toUpperCase()}`,
        args: [arg],
      })),
    ),
  })).seed;
}

function grown(seed: Seed, variable: (at: number) => string): Expression {
  if ("variable" in seed) return { kind: "variable", name: variable(seed.variable) };
  if ("literal" in seed) return seed.literal;
  const args = seed.args.map((each) => grown(each, variable));
  const unknown = /^fn_0x(..)$/.exec(seed.name)?.[1];
  return unknown === undefined
    ? call(seed.name, ...args)
    : { kind: "call", name: seed.name, id: parseInt(unknown, 16), args };
}
