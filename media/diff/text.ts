import type { FlowDiffView } from "../../server/src/protocol";
import { filled } from "../flow/text";

let strings: Partial<FlowDiffView.Strings> = {};

/** Sets the texts of the view. */
export function useDiffStrings(given: FlowDiffView.Strings): void {
  strings = given;
}

/** A text of the view with `{0}`, `{1}` filled in. */
export function tell(key: FlowDiffView.StringKey, ...values: readonly (string | number)[]): string {
  return filled(strings[key] ?? key, values);
}
