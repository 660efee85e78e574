import type { ExitSignature, Parameter } from "../../server/src/handler/model";
import { create, type IhdObject } from "../../server/src/ihd/fields";
import * as layouts from "../../server/src/ihd/layouts";

/** Parameters and exits, as tools, subroutines and initiators declare them. */
export function ihdSignature(of: { parameters: readonly Parameter[]; exits: readonly ExitSignature[] }) {
  return { parameters: of.parameters.map(ihdParameter), exits: of.exits.map(ihdExit) };
}

export function ihdExit({ label, returnValue, isError }: ExitSignature) {
  return { unknown1: 1, unknown2: 0, label, returnValue: returnValue >>> 0, isError: isError ? 1 : 0 };
}

export function ihdParameter(of: Parameter): IhdObject {
  const start = of.default;
  const control =
    of.type.name === "Boolean" && start.kind === "value" ? layouts.CParmCheckBox : layouts.CParmTypedComboBox;
  const text = { none: "", blank: '""', value: "", variable: "" }[start.kind];
  return create(layouts.CToolParm, {
    defaultIsBlank: start.kind === "blank" ? 1 : 0,
    hasDefault: start.kind === "none" ? 0 : 1,
    isInput: of.direction === "in" ? 1 : 0,
    control: create(control as typeof layouts.CParmCheckBox),
    label: of.label,
    required: of.required ? 1 : 0,
    typeName: of.type.name,
    default: start.kind === "value" ? start.text : start.kind === "variable" ? start.name : text,
    defaultIsVariable: start.kind === "variable" ? 1 : 0,
    typeModule: of.type.module,
  });
}
