import { type SemanticTokens, SemanticTokensBuilder } from "vscode-languageserver";
import type { NameOnLine } from "../handler/listing";
import type { Model } from "../workspace/models";
import { semanticTokensLegend } from "./semanticTokensLegend";

/** The names of a listing; strings, numbers and words are coloured by the grammar. */
export function semanticTokens({ handler, listing }: Model): SemanticTokens {
  const parameters = new Set(handler.steps.flatMap(({ parameterVariables }) => parameterVariables));
  const typeOf = (name: NameOnLine): string => {
    switch (name.kind) {
      case "variable":
        return parameters.has(name.name) ? "parameter" : "variable";
      case "tool":
        return "class";
      case "subroutine":
        return "function";
      case "step":
        return "label";
    }
  };
  const builder = new SemanticTokensBuilder();
  listing.lines.forEach((info, line) => {
    let after = 0;
    for (const name of info.names) {
      // Names of a secret value all have its place.
      if (name.start < after) continue;
      after = name.end;
      const declares = name.kind === "variable" && name.name === info.variable;
      const type = semanticTokensLegend.tokenTypes.indexOf(typeOf(name));
      builder.push(line, name.start, name.end - name.start, type, declares ? 1 : 0);
    }
  });
  return builder.build();
}
