import { sizeText } from "../../client/src/packages/sizes";
import type { PackageView } from "../../server/src/protocol";

let strings: Partial<PackageView.Strings> = {};
let language = "en";
let dates = new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short" });

/** Sets the texts of the view, and the language that numbers and dates are written in. */
export function useStrings(given: PackageView.Strings, spoken: string): void {
  strings = given;
  language = spoken;
  dates = new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short" });
}

/** A text of the view with `{0}`, `{1}` filled in. */
export function say(key: PackageView.StringKey, ...values: readonly (string | number)[]): string {
  const text = strings[key] ?? key;
  return text.replace(/\{(\d)\}/g, (_, position: string) => String(values[Number(position)] ?? ""));
}

export function size(bytes: number): string {
  return sizeText(bytes, language);
}

export function number(value: number): string {
  return value.toLocaleString(language);
}

/** A time as a package states it; as it is, when it is no date. */
export function time(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : dates.format(date);
}
