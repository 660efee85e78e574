import type { Expression } from "./expression";
import type { DefaultValue, Parameter, Step, Variable } from "./model";
import { isSecretLabel } from "./native";

/** What every printed form shows instead of a secret. */
export const SECRET = "********";

/** `PWD=` and `Password=` of a connection string, as ODBC and OLE DB write them; the value may be quoted. */
const passwords = /((?:^|;)\s*(?:pwd|password)\s*=\s*)(?:\{[^}]*\}?|"[^"]*"?|'[^']*'?|[^;\s][^;]*)/gi;

/** The text with the passwords of a connection string masked; any other text as it is. */
export function withoutPasswords(text: string): string {
  return text.includes("=") ? text.replace(passwords, `$1${SECRET}`) : text;
}

/** A parameter's default, with passwords masked. */
export function shownDefault({ label, default: value }: Parameter): DefaultValue {
  if (value.kind !== "value") return value;
  return { kind: "value", text: isSecretLabel(label) ? SECRET : withoutPasswords(value.text) };
}

/** A variable's initial value, with the passwords of a connection string masked. */
export function shownInitial({ initial }: Variable): Variable["initial"] {
  return typeof initial === "string" ? withoutPasswords(initial) : initial;
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
  if (value === null || typeof value === "number") return value;
  if (!hides) return typeof value === "string" ? withoutPasswords(value) : value;
  if (typeof value === "string") return value === "" ? value : SECRET;
  return value.kind === "variable" ? value : { kind: "literal", type: "String", value: SECRET };
}
