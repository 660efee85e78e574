import type { FoldingRange } from "vscode-languageserver";
import type { Model } from "../workspace/models";
import { sectionsOf } from "./sections";

export function foldingRanges({ listing }: Model): FoldingRange[] {
  return sectionsOf(listing)
    .filter(({ first, last }) => last > first)
    .map(({ first, last }) => ({ startLine: first, endLine: last }));
}
