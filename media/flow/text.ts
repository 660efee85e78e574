import type { FlowView } from "../../server/src/protocol";

let strings: Partial<FlowView.Strings> = {};

/** Sets the texts of the view. */
export function useStrings(given: FlowView.Strings): void {
  strings = given;
}

/** A text of the view with `{0}`, `{1}` filled in. */
export function say(key: FlowView.StringKey, ...values: readonly (string | number)[]): string {
  return filled(strings[key] ?? key, values);
}

/** A text with `{0}`, `{1}` filled in. */
export function filled(text: string, values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (_, position: string) => String(values[Number(position)] ?? ""));
}
