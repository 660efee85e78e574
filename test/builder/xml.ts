import { expressionText } from "../../server/src/handler/expressionText";
import type { DefaultValue, Parameter } from "../../server/src/handler/model";
import { nativeField, nativeTool } from "../../server/src/handler/native";
import type { HandlerBuilder } from "./handler";
import type { BuiltExit, Signature, StepBuilder } from "./step";
import { builtType } from "./types";

type Attributes = readonly (readonly [name: string, value: string | number | boolean])[];

/** The handler as a Designer add-on exports it: format 2.0, two-space indentation, line breaks in notes as they are. */
export function toXml(built: HandlerBuilder): string {
  const out = new Writer();
  const { category, description = "" } = built.about;
  out.open("Handler", [
    ["name", built.name],
    ["description", description],
    ["version", "2.0"],
    ...(category ? [["category", category] as const] : []),
  ]);
  out.open("Steps");
  for (const step of built.steps) writeStep(out, step, step === built.first);
  out.close("Steps");
  out.open("Variables");
  for (const { name, type, initial } of built.variables) {
    const label = builtType(type.name).label;
    out.empty("Variable", [
      ["name", name],
      ["initialValue", initial ?? ""],
      ["boundGlobalVarID", ""],
      ["typeModule", type.module],
      ["typeName", type.name],
      ["typeLabel", label],
    ]);
  }
  out.close("Variables");
  out.close("Handler");
  return out.text;
}

const types = {
  start: "Initiator",
  initiator: "Initiator",
  tool: "Tool",
  native: "Tool",
  subroutine: "Subroutine",
};

function writeStep(out: Writer, step: StepBuilder, isFirst: boolean): void {
  const { left, top, right, bottom } = step.rect;
  const version = step.signature?.kind === "tool" ? step.signature.of.version : "";
  out.open("Step", [
    ["id", step.node],
    ...(isFirst ? [["isInitiator", true] as const] : []),
    ["type", types[step.kind]],
    ["creatorModule", step.tool.module],
    ["creatorName", step.tool.name],
    ["creatorVersion", version],
    ["label", step.labelText],
    ["notes", step.noteText],
    ["left", left],
    ["top", top],
    ["right", right],
    ["bottom", bottom],
    ["isParameterCollectionAvailable", step.signature !== null],
    ...(step.kind === "initiator"
      ? ([
          ["objectID", step.objectId],
          ["event", step.eventId],
        ] as const)
      : []),
  ]);
  writeParameters(out, step);
  out.open("ExitPaths");
  for (const exit of step.exits) writeExit(out, exit, step.tool.name === "Selection");
  out.close("ExitPaths");
  out.close("Step");
}

function writeParameters(out: Writer, step: StepBuilder): void {
  if (step.kind === "native" && step.fields.size === 0) return;
  out.open("Parameters");
  if (step.signature) writeGiven(out, step, step.signature);
  else if (step.kind === "start") writeOwn(out, step);
  else writeNative(out, step);
  out.close("Parameters");
}

function writeGiven(out: Writer, step: StepBuilder, signature: Signature): void {
  signature.of.parameters.forEach((parameter, index) => {
    out.empty("Parameter", [
      ["label", parameter.label],
      ["index", index],
      ["value", expressionText(step.arguments[index] ?? null)],
      ["isInput", parameter.direction === "in"],
      ["required", parameter.required],
      ["isCustom", false],
      ...typeAttributes(parameter, "moduleName"),
      ["defaultVal", textOf(parameter.default)],
      ["defaultValIsVar", parameter.default.kind === "variable"],
      ["defaultValIsBlankStr", parameter.default.kind === "blank"],
    ]);
  });
}

function writeOwn(out: Writer, step: StepBuilder): void {
  step.parameters.forEach((parameter, index) => {
    out.empty("Parameter", [
      ["label", parameter.label],
      ["name", parameter.label],
      ["index", index],
      ["value", step.parameterVariables[index] ?? ""],
      ["input", parameter.direction === "in"],
      ...typeAttributes(parameter, "typeModule"),
      ["defaultValue", textOf(parameter.default)],
      ["defaultValueIsVariable", parameter.default.kind === "variable"],
      ["defaultValueIsBlankString", parameter.default.kind === "blank"],
    ]);
  });
}

function writeNative(out: Writer, step: StepBuilder): void {
  for (const field of nativeTool(step.tool.name)?.fields ?? []) {
    if (field.onlyIn !== "ihd" && step.fields.has(field.name)) writeField(out, step, field.name);
  }
  for (const name of step.fields.keys()) {
    if (!nativeTool(step.tool.name)?.fields.some((field) => field.name === name)) writeField(out, step, name);
  }
  if (step.bindings.length === 0) return;
  out.open("Parameter", [["name", "bindings"]]);
  out.open("bindings", [["type", "Select"]]);
  for (const [fieldName, value] of step.bindings) {
    out.empty("Binding", [
      ["fieldName", fieldName],
      ["value", value],
    ]);
  }
  out.close("bindings");
  out.close("Parameter");
}

/** Fields that may be text are written as text, as Designer's own forms show them. */
function writeField(out: Writer, step: StepBuilder, name: string): void {
  const value = step.fields.get(name) ?? null;
  const isText = nativeField(step.tool.name, name).mayBeText && value?.kind === "literal";
  out.empty("Parameter", [
    ["name", name],
    ["value", isText ? String(value.value) : expressionText(value)],
  ]);
}

function writeExit(out: Writer, exit: BuiltExit, isSelection: boolean): void {
  out.empty("ExitPath", [
    ["label", exit.label],
    ["returnValue", isSelection ? -1 : exit.returnValue],
    ...(exit.to ? [["targetStepID", exit.to.node] as const] : []),
  ]);
}

function typeAttributes({ type }: Parameter, moduleName: string): Attributes {
  return [
    [moduleName, type.module],
    ["typeName", type.name],
    ["typeLabel", builtType(type.name).label],
  ];
}

function textOf(start: DefaultValue): string {
  switch (start.kind) {
    case "none":
      return "";
    case "blank":
      return '""';
    case "value":
      return start.text;
    case "variable":
      return start.name;
  }
}

class Writer {
  text = '<?xml version="1.0" encoding="utf-8"?>\n';
  private depth = 0;

  open(name: string, attributes: Attributes = []): void {
    this.line(`<${name}${printed(attributes)}>`);
    this.depth++;
  }

  close(name: string): void {
    this.depth--;
    this.line(`</${name}>`);
  }

  empty(name: string, attributes: Attributes): void {
    this.line(`<${name}${printed(attributes)} />`);
  }

  private line(text: string): void {
    this.text += `${"  ".repeat(this.depth)}${text}\n`;
  }
}

function printed(attributes: Attributes): string {
  return attributes.map(([name, value]) => ` ${name}="${escape(value)}"`).join("");
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escape(value: string | number | boolean): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value).replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}
