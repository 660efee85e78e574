import * as l10n from "@vscode/l10n";
import type { Handler } from "../../handler/model";
import { expressionsOfHandler, parts } from "./expressions";
import { isWhole } from "./reading";
import { type HandlerRule, shorten } from "./rule";
import { signaturesOf } from "./signatures";

export const unusedVariable: HandlerRule = {
  id: "variable-unused",
  severity: "hint",
  certainty: "certain",
  meaning: l10n.t("No step uses the variable."),
  *check(handler) {
    if (!isWhole(handler) || handler.steps.some(({ inferred }) => inferred.some(isUndecided))) return;
    const used = usedNames(handler);
    for (const { name } of handler.variables) {
      if (used.has(name.toLowerCase()) || isDesigners(handler, name)) continue;
      yield {
        at: { variable: name },
        message: l10n.t(
          "The variable {0} is not used. Delete it in Interaction Designer's list of local variables.",
          shorten(name),
        ),
      };
    }
  },
};

/** Lower-cased; a name in a text that could not be understood counts as well. */
function usedNames(handler: Handler): Set<string> {
  const used = new Set<string>();
  const use = (name: string): void => {
    used.add(name.toLowerCase());
  };
  for (const part of parts(expressionsOfHandler(handler))) {
    if (part.kind === "variable") use(part.name);
    if (part.kind === "text") for (const word of part.text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []) use(word);
  }
  for (const { parameterVariables } of handler.steps) for (const name of parameterVariables) use(name);
  for (const name of defaultsTaken(handler)) use(name);
  return used;
}

/** Variables that are the defaults of parameters which a step leaves empty. */
function* defaultsTaken(handler: Handler): Iterable<string> {
  const signatures = signaturesOf(handler);
  for (const step of handler.steps) {
    const parameters = signatures(step);
    for (const [at, { value }] of step.arguments.entries()) {
      const parameter = value === null ? parameters?.[at] : undefined;
      if (parameter?.default.kind === "variable") yield parameter.default.name;
    }
  }
}

const initiatorVariables = new Set(["initiatorobjecttypename", "initiatorobjectname", "initiatoreventname"]);

/** Designer declares these three in every handler that an event starts (seen in real files). */
function isDesigners(handler: Handler, name: string): boolean {
  return initiatorVariables.has(name.toLowerCase()) && handler.steps.some(({ kind }) => kind === "initiator");
}

function isUndecided({ undecided }: { undecided: boolean }): boolean {
  return undecided;
}
