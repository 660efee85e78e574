import { holds } from "./facts";
import type { ListingWriter } from "./listingWriter";
import type { Handler, HandlerSource, Initiator, Parameter, Step, Subroutine, Tool, Variable } from "./model";
import { quote } from "./quoting";
import type { ShownRecovered } from "./recovered";
import { shownDefault, shownInitial } from "./secrets";
import { toolKey } from "./toolKey";

/** The handler's own properties. */
export function writeHead(writer: ListingWriter, handler: Handler, isSubroutine: boolean): void {
  const { canvas } = handler;
  const plain = (what: string, text: string): void => writer.put(`  ${what.padEnd(13)}${text}`).end();
  writer
    .put(isSubroutine ? "subroutine " : "handler ")
    .label(handler.name)
    .end();
  plain("format", handler.source);
  writer.property("category", handler.category);
  writer.property("description", handler.description);
  writer.property("compiled as", handler.compiledName);
  if (handler.typeCount !== 0) plain("types", String(handler.typeCount));
  if (canvas) {
    plain("canvas", `${canvas.width} x ${canvas.height}, grid ${canvas.gridX} x ${canvas.gridY}`);
    plain("next node", String(canvas.nextNode));
  }
  if (handler.startNode !== null) writer.put("  first step   ").target(handler.startNode).end();
}

/** The parameters a subroutine has, with the variable that carries each. */
export function writeOwnParameters(writer: ListingWriter, start: Step, source: HandlerSource): void {
  const { parameters, parameterVariables } = start;
  const required = holds(source, "requiredOwnParameters");
  parameters.forEach((parameter, at) => {
    writeParameter(writer, required ? parameter : { ...parameter, required: true });
    const variable = parameterVariables[at];
    if (variable) writer.put("  variable ").variable(variable);
    writer.end(undefined, undefined, at);
  });
  for (const variable of parameterVariables.slice(parameters.length)) {
    writer.put("  (no parameter)  variable ").variable(variable).end();
  }
}

export function writeInitiator(writer: ListingWriter, initiator: Initiator): void {
  writer.section("initiator");
  writer.tool = toolKey(initiator);
  writer.put("initiator ").toolName(initiator).put("  ").string(initiator.label).end();
  writer.property("category", initiator.category);
  writer.property("description", initiator.description);
  writer.property("runtime", initiator.runtimeModule);
  writer.property("function", initiator.runtimeFunction);
  writer.property("object type", initiator.objectType);
  const ids = (what: string, all: readonly string[]): void => {
    if (all.length > 0) writer.put(`  ${what.padEnd(13)}${all.map(quote).join(", ")}`).end();
  };
  ids("objects", initiator.objectIds);
  ids("events", initiator.eventIds);
  ids("id labels", initiator.idLabels);
  writeSignature(writer, initiator);
}

export function writeVariables(writer: ListingWriter, variables: readonly Variable[]): void {
  if (variables.length === 0) return;
  writer.section("variables", "variables");
  for (const variable of variables) {
    const { name, type } = variable;
    const initial = shownInitial(variable);
    writer.put("  ").variable(name).put(": ").type(type);
    if (typeof initial === "string") writer.put(" = ").string(initial);
    else if (initial !== null) writer.put(` = ${Object.is(initial, -0) ? "-0" : initial}`);
    writer.end(undefined, undefined, undefined, name);
  }
}

export function writeSubroutine(writer: ListingWriter, subroutine: Subroutine): void {
  writer.section("calls");
  writer.subroutine = subroutine.name;
  writer.put("calls ").subroutineName(subroutine.name).put("  ").string(subroutine.label).end();
  writer.property("category", subroutine.category);
  writer.property("description", subroutine.description);
  writer.property("compiled as", subroutine.compiledName);
  writeSignature(writer, subroutine);
}

export function writeTool(writer: ListingWriter, tool: Tool): void {
  writer.section("tool");
  writer.tool = toolKey(tool);
  writer.put("tool ").toolName(tool).put("  ").string(tool.label).end();
  writer.property("version", tool.version);
  writer.property("category", tool.category);
  writer.property("description", tool.description);
  writer.property("runtime", tool.runtimeModule);
  writer.property("function", tool.runtimeFunction);
  writeSignature(writer, tool);
}

/** What else is in a file that could be read in part. */
export function writeRecovered(writer: ListingWriter, { texts, hidden }: ShownRecovered): void {
  if (texts.length + hidden === 0) return;
  writer.section(
    "recovered",
    "strings found behind the place where reading stopped (no part of the handler)",
  );
  for (const { offset, text } of texts) writer.put(`  offset ${offset}`).pad().string(text).end();
  if (hidden > 0) writer.put(`  (${hidden} more, not shown: one of them may be a password)`).end();
}

function writeSignature(writer: ListingWriter, signature: Pick<Tool, "parameters" | "exits">): void {
  signature.parameters.forEach((parameter, at) => {
    writeParameter(writer, parameter);
    writer.end(undefined, undefined, at);
  });
  signature.exits.forEach(({ label, returnValue, isError }, at) => {
    writer
      .put("  exit ")
      .label(label)
      .put(`  returns ${returnValue}${isError ? "  error" : ""}`);
    writer.end(undefined, at);
  });
}

/** Leaves the line open. */
function writeParameter(writer: ListingWriter, parameter: Parameter): void {
  writer
    .put(parameter.direction === "in" ? "  in   " : "  out  ")
    .label(parameter.label)
    .put(": ");
  writer.type(parameter.type);
  if (!parameter.required) writer.put("  optional");
  const initial = shownDefault(parameter);
  if (initial.kind === "blank") writer.put("  default blank");
  else if (initial.kind === "variable") writer.put("  default variable ").variable(initial.name);
  else if (initial.kind === "value") writer.put("  default ").string(initial.text);
}
