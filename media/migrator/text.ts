import type { MigratorView } from "../../server/src/protocol";

let strings: Partial<MigratorView.Strings> = {};

export function useStrings(given: MigratorView.Strings): void {
  strings = given;
}

/** A text of the form with `{0}`, `{1}` filled in. */
export function say(key: MigratorView.StringKey, ...values: readonly string[]): string {
  return (strings[key] ?? key).replace(/\{(\d)\}/g, (_, position: string) => values[Number(position)] ?? "");
}
