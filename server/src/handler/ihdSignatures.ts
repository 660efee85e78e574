import { type IhdObject, isA, type Values } from "../ihd/fields";
import { CIdExternTool, CIdInitiator, CIdSubroutineDef, CToolParm } from "../ihd/layouts";
import type { DefaultValue, ExitSignature, Initiator, Parameter, Subroutine, Tool } from "./model";

type ExitGroup = Values<typeof CIdExternTool.fields>["exits"][number];

/** u32 to the signed number Designer shows. */
export const signedReturnValue = (value: number): number => value | 0;

export const exitSignature = ({ label, returnValue, isError }: ExitGroup): ExitSignature => ({
  label,
  returnValue: signedReturnValue(returnValue),
  isError: isError !== 0,
});

export function parameter(value: IhdObject | null): Parameter | undefined {
  if (!isA(value, CToolParm)) return undefined;
  return {
    label: value.label,
    direction: value.isInput !== 0 ? "in" : "out",
    type: { name: value.typeName, module: value.typeModule },
    required: value.required !== 0,
    default: defaultOf(value),
  };
}

function defaultOf(value: Values<typeof CToolParm.fields>): DefaultValue {
  if (value.defaultIsBlank !== 0) return { kind: "blank" };
  if (value.hasDefault === 0 && value.default === "") return { kind: "none" };
  return value.defaultIsVariable !== 0
    ? { kind: "variable", name: value.default }
    : { kind: "value", text: value.default };
}

export const parameters = (values: readonly (IhdObject | null)[]): Parameter[] =>
  values.map(parameter).filter((each) => each !== undefined);

export function tool(value: IhdObject | null): Tool | undefined {
  if (!isA(value, CIdExternTool)) return undefined;
  return {
    module: value.designModule,
    name: value.name,
    label: value.label,
    description: value.description,
    category: value.category,
    version: value.version,
    parameters: parameters(value.parameters),
    exits: value.exits.map(exitSignature),
    runtimeModule: value.runtimeModule,
    runtimeFunction: value.runtimeFunction,
  };
}

export function subroutine(value: IhdObject | null): Subroutine | undefined {
  if (!isA(value, CIdSubroutineDef)) return undefined;
  return {
    name: value.name,
    label: value.label,
    description: value.description,
    category: value.category,
    parameters: parameters(value.parameters),
    exits: value.exits.map(exitSignature),
    compiledName: value.compiledName,
  };
}

export function initiator(value: IhdObject | null): Initiator | undefined {
  if (!isA(value, CIdInitiator)) return undefined;
  return {
    module: value.designModule,
    name: value.name,
    label: value.label,
    description: value.description,
    category: value.category,
    parameters: parameters(value.parameters),
    exits: value.exits.map(exitSignature),
    runtimeModule: value.runtimeModule,
    runtimeFunction: value.runtimeFunction,
    objectType: value.objectType,
    objectIds: value.objectIds,
    eventIds: value.eventIds,
    idLabels: [...value.labels1, ...value.labels2],
  };
}
