import type { ListingWriter } from "./listingWriter";
import type {
  Argument,
  Exit,
  ExitSignature,
  InferredField,
  Initiator,
  Parameter,
  Step,
  Subroutine,
  Tool,
} from "./model";
import { classNameOf, nativeField } from "./native";
import { labelText, quote } from "./quoting";
import { hidesInferred, shownInferred } from "./secrets";
import { toolKey } from "./toolKey";

/** The signatures a handler holds, by the name its steps use. */
export interface Signatures {
  readonly tools: ReadonlyMap<string, Tool>;
  readonly subroutines: ReadonlyMap<string, Subroutine>;
  readonly initiators: ReadonlyMap<string, Initiator>;
}

/** The declared signature of what a step uses. */
export function signatureOf(step: Step, signatures: Signatures): Signature | undefined {
  switch (step.kind) {
    case "tool":
      return signatures.tools.get(toolKey(step.tool));
    case "subroutine":
      return signatures.subroutines.get(step.tool.name);
    case "initiator":
      return signatures.initiators.get(toolKey(step.tool));
    case "start":
    case "native":
      return undefined;
  }
}

type Signature = Pick<Tool, "parameters" | "exits">;

export function writeStep(writer: ListingWriter, step: Step, signature: Signature | undefined): void {
  const { rect } = step;
  writer.section("step");
  writer.node = step.node;
  writer.put(`step ${step.node}  `);
  writeMaker(writer, step);
  writer.put("  ").string(step.label).end();
  if (!step.complete) writer.put("  (incomplete: the file stops making sense inside this step)").end();
  writer.put(`  at   ${rect.left},${rect.top} to ${rect.right},${rect.bottom}`).end();
  if (step.className !== classNameOf(step.kind, step.tool)) {
    writer.put(`  class ${step.className === "" ? "(unknown)" : labelText(step.className)}`).end();
  }
  writer.notes(step.notes);
  if (step.objectId !== "") writer.put("  object ").string(step.objectId).end();
  if (step.eventId !== "") writer.put("  event  ").string(step.eventId).end();
  step.arguments.forEach((argument, at) => {
    writeArgument(writer, argument, isExpected(step, argument, signature?.parameters[at]));
    writer.end(at);
  });
  const isInferred = step.inferred.length > 0 && step.className !== classNameOf(step.kind, step.tool);
  if (isInferred) writer.put("  (fields inferred: what they hold is known, what they mean is not)").end();
  const hides = hidesInferred(step);
  for (const field of step.inferred) writeInferred(writer, field, hides);
  step.exits.forEach((exit, at) => {
    writeExit(writer, exit, isSelection(step), signature?.exits[at]);
    writer.end(undefined, at);
  });
}

/** Who made the step: `Module:Tool`, a native tool's name, or what it is and the name. */
function writeMaker(writer: ListingWriter, { kind, tool }: Step): void {
  switch (kind) {
    case "tool":
      writer.toolName(tool);
      return;
    case "initiator":
      writer.put("initiator ").toolName(tool);
      return;
    case "subroutine":
      writer.put("call ");
      if (tool.module !== "") writer.label(tool.module).put(":");
      writer.subroutineName(tool.name);
      return;
    case "start":
    case "native": {
      if (kind === "start") writer.put("start ");
      if (tool.module !== "") writer.put("native ").label(tool.module).put(":");
      // Nothing that could be read as one of the other kinds.
      const odd = kind === "native" && /^(?:initiator|call|start|native) /.test(tool.name);
      writer.put(odd ? quote(tool.name) : labelText(tool.name));
    }
  }
}

function writeArgument(writer: ListingWriter, argument: Argument, expected: boolean): void {
  writer.put(argument.direction === "in" ? "  in   " : "  out  ").label(argument.label);
  if (!expected) {
    writer.put(": ").type(argument.type);
    if (!argument.required) writer.put("  optional");
  }
  writer.pad().put("= ").expression(argument.value, argument.secret);
}

/** Whether type and necessity are as the signature, or the table of native steps, says: then they need not show. */
function isExpected(step: Step, argument: Argument, parameter: Parameter | undefined): boolean {
  const { label, required, type } = argument;
  if (step.kind === "native") {
    return type.name + type.module === "" && required === nativeField(step.tool.name, label).required;
  }
  return (
    label === parameter?.label &&
    required === parameter.required &&
    type.name === parameter.type.name &&
    type.module === parameter.type.module
  );
}

function writeInferred(writer: ListingWriter, field: InferredField, hides: boolean): void {
  const isList = field.type === "OBJ list";
  writer
    .put("  field ")
    .label(field.name)
    .put(`: ${field.type}${field.undecided ? "  undecided" : ""}`);
  writer.pad().put(isList ? "= [" : "= ");
  field.values.forEach((each, at) => {
    const value = shownInferred(each, hides);
    if (at > 0) writer.put(", ");
    if (typeof value === "number") writer.put(String(value));
    else if (typeof value === "string") writer.string(value);
    else writer.expression(value);
  });
  writer.put(isList ? "]" : "").end();
}

function writeExit(
  writer: ListingWriter,
  exit: Exit,
  selection: boolean,
  signature: ExitSignature | undefined,
): void {
  if (exit.caseOf === null) {
    writer.put("  exit ").label(exit.label).put(" -> ").target(exit.to);
  } else {
    writer.put("  case ").expression(exit.caseOf).put(" -> ").target(exit.to);
    // Designer labels a case with its expression.
    if (exit.label !== writer.print(exit.caseOf)) writer.put("  label ").string(exit.label);
  }
  const known =
    signature?.label === exit.label &&
    signature.returnValue === exit.returnValue &&
    signature.isError === exit.isError;
  // Without a signature to look it up in, the usual value needs no words. A Selection's Default has 0 in files and
  // -1 in exports.
  const { returnValue } = exit;
  const isDefault = selection && exit.caseOf === null;
  const usual =
    signature === undefined && (returnValue === (selection ? -1 : 0) || (isDefault && returnValue === 0));
  if (!known && !usual) writer.put(`  returns ${exit.returnValue}`);
  if (exit.isError) writer.put("  error");
}

function isSelection(step: Step): boolean {
  return step.kind === "native" && (step.className === "CIdSelectionStep" || step.tool.name === "Selection");
}
