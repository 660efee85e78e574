import type { Expression } from "./expression";
import type { DefaultValue, Parameter, Step } from "./model";
import { isSecretLabel } from "./native";

/** What every printed form shows instead of a secret. */
export const SECRET = "********";

/** A parameter's default, with the text of a password's masked. */
export function shownDefault({ label, default: value }: Parameter): DefaultValue {
  return value.kind === "value" && isSecretLabel(label) ? { kind: "value", text: SECRET } : value;
}

/** Whether one of a step's inferred fields is a password: nobody knows which, so all but variables are masked. */
export function hidesInferred(step: Step): boolean {
  return step.inferred.length > 0 && /^DB Open/.test(step.tool.name);
}

/** A value of an inferred field, masked unless it shows nothing of a password. */
export function shownInferred(
  value: Expression | string | number | null,
  hides: boolean,
): Expression | string | number | null {
  if (!hides || value === null || typeof value === "number") return value;
  if (typeof value === "string") return value === "" ? value : SECRET;
  return value.kind === "variable" ? value : { kind: "literal", type: "String", value: SECRET };
}
