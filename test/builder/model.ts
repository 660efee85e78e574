import type {
  Argument,
  Exit,
  Handler,
  Initiator,
  Step,
  Subroutine,
  Tool,
} from "../../server/src/handler/model";
import { isSecretLabel, nativeArgument, nativeField, nativeTool } from "../../server/src/handler/native";
import type { HandlerBuilder } from "./handler";
import type { Signature, StepBuilder } from "./step";

/** The signatures a handler uses, each once, in the order of the first step that uses it. */
export function signaturesOf(built: HandlerBuilder): {
  tools: Tool[];
  subroutines: Subroutine[];
  initiators: Initiator[];
} {
  const tools = new Map<string, Tool>();
  const subroutines = new Map<string, Subroutine>();
  const initiators: Initiator[] = [];
  for (const { signature } of built.steps) {
    if (signature?.kind === "tool") keep(tools, `${signature.of.module}:${signature.of.name}`, signature.of);
    if (signature?.kind === "subroutine") keep(subroutines, signature.of.name, signature.of);
    if (signature?.kind === "initiator") initiators.push(signature.of);
  }
  return { tools: [...tools.values()], subroutines: [...subroutines.values()], initiators };
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) map.set(key, value);
}

/** What reading the built `.ihd` file must give, but for the number of types, which is the builder's own. */
export function toModel(built: HandlerBuilder, typeCount = 0): Handler {
  return {
    name: built.name,
    source: "ihd",
    description: built.about.description ?? "",
    category: built.about.category ?? "",
    compiledName: built.about.compiledName ?? "",
    typeCount,
    canvas: { ...canvasOf(built) },
    ...signaturesOf(built),
    variables: built.variables,
    steps: built.steps.map(stepOf),
    startNode: built.first?.node ?? null,
    problems: [],
  };
}

/** Designer's canvas and the next free node id. */
export function canvasOf(built: HandlerBuilder) {
  return { nextNode: built.nextNode, width: 10000, height: 10000, gridX: 30, gridY: 30 };
}

function stepOf(step: StepBuilder): Step {
  return {
    node: step.node,
    kind: step.kind,
    className: classNameOf(step),
    tool: step.tool,
    label: step.labelText,
    notes: step.noteText,
    rect: step.rect,
    arguments: step.signature ? given(step, step.signature) : nativeArguments(step),
    exits: step.exits.map((exit): Exit => {
      const { label, returnValue, isError, to, bends, caseOf } = exit;
      return { label, returnValue, isError, to: to?.node ?? null, bends, caseOf };
    }),
    parameters: step.parameters,
    parameterVariables: step.parameterVariables,
    objectId: step.objectId,
    eventId: step.eventId,
    inferred: traceLevel(step),
    complete: true,
  };
}

/** A number behind the step whose meaning is not sure, so that it counts as inferred. */
function traceLevel(step: StepBuilder): Step["inferred"] {
  return classNameOf(step) === "CIdWriteTraceMsgStep"
    ? [{ name: "level", type: "u32", values: [100], undecided: false }]
    : [];
}

/** The class of an `.ihd` that holds the step; "" where none is known. */
export function classNameOf(step: StepBuilder): string {
  switch (step.kind) {
    case "start":
      return "CIdInitSubroutine";
    case "initiator":
      return "CIdInitExtern";
    case "subroutine":
      return "CIdSubroutineStep";
    case "tool":
      return step.tool.name === "Write Trace Message" ? "CIdWriteTraceMsgStep" : "CIdFuncExtern";
    case "native":
      return nativeTool(step.tool.name)?.className ?? "";
  }
}

function given(step: StepBuilder, signature: Signature): Argument[] {
  return signature.of.parameters.map(({ label, direction, type, required }, at) => ({
    ...{ label, direction, type, required },
    value: step.arguments[at] ?? null,
    secret: isSecretLabel(label),
  }));
}

function nativeArguments(step: StepBuilder): Argument[] {
  if (step.kind !== "native") return [];
  const inOrder = nativeTool(step.tool.name)?.fields.map((field) => field.name) ?? [];
  const names = [...new Set([...inOrder.filter((name) => step.fields.has(name)), ...step.fields.keys()])];
  return [
    ...names.map((name) => nativeArgument(nativeField(step.tool.name, name), step.fields.get(name) ?? null)),
    ...step.bindings.map(([column, variable]) => {
      const field = { ...nativeField(step.tool.name, column), direction: "out" as const };
      return nativeArgument(field, { kind: "variable", name: variable });
    }),
  ];
}
