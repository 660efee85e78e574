import type { SemanticTokensLegend } from "vscode-languageserver";

/** What is coloured in a listing, as `initialize` announces it. */
export const semanticTokensLegend: SemanticTokensLegend = {
  tokenTypes: ["variable", "parameter", "class", "function", "label"],
  tokenModifiers: ["declaration"],
};
