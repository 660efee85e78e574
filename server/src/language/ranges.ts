import type { Location, Range } from "vscode-languageserver";
import type { LineRange } from "../workspace/summary";
import { listingUri } from "./listingUri";

export function range({ line, start, end }: LineRange): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}

/** A place in the listing of a handler. */
export function location(handler: string, at: LineRange): Location {
  return { uri: listingUri(handler), range: range(at) };
}

/** The first line of a listing names the handler. */
export const firstLine: LineRange = { line: 0, start: 0, end: 0 };
