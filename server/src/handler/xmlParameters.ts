import type { Argument, Parameter } from "./model";
import { isSecretLabel, nativeArgument, nativeField, nativeTool } from "./native";
import type { XmlElement } from "./xmlDocument";
import { childrenOf, type XmlReading } from "./xmlReading";

/** Where a step's parameters stand, for problems. */
export interface StepPlace {
  readonly node: number;
  readonly label: string;
}

/** The arguments of a step of an external tool, a subroutine call or an event initiator, with their signature. */
export function readArguments(
  reading: XmlReading,
  step: XmlElement,
  place: StepPlace,
): { arguments: Argument[]; signature: Parameter[] } {
  const elements = inOrder(reading, parametersOf(step));
  const read = elements.map((element) => {
    const parameter: Parameter = {
      label: reading.text(element, "label"),
      direction: reading.flag(element, "isInput") ? "in" : "out",
      type: { name: reading.text(element, "typeName"), module: reading.text(element, "moduleName") },
      required: reading.flag(element, "required"),
      default: reading.default(element, {
        value: "defaultVal",
        variable: "defaultValIsVar",
        blank: "defaultValIsBlankStr",
      }),
    };
    const text = reading.text(element, "value");
    const argument: Argument = {
      label: parameter.label,
      direction: parameter.direction,
      type: parameter.type,
      required: parameter.required,
      value: reading.expression(text, { line: element.line, ...place }),
      secret: isSecretLabel(parameter.label),
    };
    // A custom parameter was added to this one step; it is no part of the tool's signature.
    return { argument, parameter, custom: reading.flag(element, "isCustom") };
  });
  return {
    arguments: read.map((one) => one.argument),
    signature: read.filter((one) => !one.custom).map((one) => one.parameter),
  };
}

/** The parameters of a subroutine, at its start step, and the variable that carries each. */
export function readOwnParameters(
  reading: XmlReading,
  step: XmlElement,
): { parameters: Parameter[]; variables: string[] } {
  const elements = inOrder(reading, parametersOf(step));
  return {
    parameters: elements.map((element) => ({
      label: reading.text(element, "label") || reading.text(element, "name"),
      direction: reading.flag(element, "input") ? "in" : "out",
      type: { name: reading.text(element, "typeName"), module: reading.text(element, "typeModule") },
      required: reading.flag(element, "required"),
      default: reading.default(element, {
        value: "defaultValue",
        variable: "defaultValueIsVariable",
        blank: "defaultValueIsBlankString",
      }),
    })),
    variables: elements.map((element) => reading.text(element, "value")),
  };
}

/**
 * The arguments of a native step in Designer's field order, then those no known field has, then the columns a
 * DB Query binds to variables.
 */
export function readNativeArguments(
  reading: XmlReading,
  step: XmlElement,
  tool: string,
  place: StepPlace,
): Argument[] {
  const named = parametersOf(step).filter((element) => element.attributes.has("name"));
  const argument = (element: XmlElement, name: string): Argument => {
    const field = nativeField(tool, name);
    const text = reading.text(element, "value");
    return nativeArgument(
      field,
      field.mayBeText
        ? reading.expressionOrText(text)
        : reading.expression(text, { line: element.line, ...place }),
    );
  };
  const found = new Map<string, XmlElement>();
  const others: XmlElement[] = [];
  const known = nativeTool(tool);
  for (const element of named) {
    const name = reading.text(element, "name");
    if (known?.fields.some((field) => field.name === name) && !found.has(name)) found.set(name, element);
    else if (element.attributes.has("value") || !bindingsOf(element).length) others.push(element);
  }
  const inTable = (known?.fields ?? []).flatMap((field) => {
    const element = found.get(field.name);
    if (element) return [argument(element, field.name)];
    // An `.ihd` always has the fields of the classes we know; where it has none, absent means just that.
    return known?.className && field.onlyIn !== "ihd" ? [nativeArgument(field, null)] : [];
  });
  const bound = [step, ...childrenOf(step, "Parameters"), ...parametersOf(step)].flatMap(bindingsOf);
  return [
    ...inTable,
    ...others.map((element) => argument(element, reading.text(element, "name"))),
    ...bound.map((element) => {
      // A query reads rows, so what it binds is filled from the columns.
      const field = { ...nativeField(tool, reading.text(element, "fieldName")), direction: "out" as const };
      return nativeArgument(field, reading.expressionOrText(reading.text(element, "value")));
    }),
  ];
}

function bindingsOf(element: XmlElement): XmlElement[] {
  return childrenOf(element, "bindings").flatMap((bindings) => childrenOf(bindings, "Binding"));
}

function parametersOf(step: XmlElement): XmlElement[] {
  return childrenOf(step, "Parameters").flatMap((parameters) => childrenOf(parameters, "Parameter"));
}

/** By `index` where every one has its own, else as written. */
function inOrder(reading: XmlReading, elements: XmlElement[]): XmlElement[] {
  const indexed = elements.map((element) => ({ element, index: reading.integer(element, "index") }));
  if (indexed.some((one) => one.index === null)) return elements;
  return indexed.sort((one, other) => (one.index ?? 0) - (other.index ?? 0)).map((one) => one.element);
}
