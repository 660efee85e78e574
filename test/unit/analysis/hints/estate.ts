import type { Catalogue } from "../../../../server/src/catalogue/catalogue";
import { Learner } from "../../../../server/src/catalogue/learn";
import type { Handler, Tool } from "../../../../server/src/handler/model";
import { checkHandler } from "../../../../server/src/analysis/checks/checks";
import { MigrationHints } from "../../../../server/src/analysis/hints/migrationHints";
import { toolUsesOf } from "../../../../server/src/analysis/hints/uses";
import { handler, type Values } from "../../../builder/handler";
import { toModel } from "../../../builder/model";

/** A handler with one step of a tool, all its exits connected. */
export function using(tool: Tool, values: Values = {}, name = "Custom"): Handler {
  const built = handler(name);
  const step = built.tool(tool, values).label("Mine");
  built.start().to(step);
  const end = built.debug("end");
  step.exits.forEach((_, at) => step.on(at, end));
  return toModel(built);
}

/** A catalogue learned from handlers that use the tools; `times` handlers each. */
export function target(times: number, ...tools: Tool[]): Catalogue {
  const learner = new Learner();
  for (const tool of tools) {
    for (let at = 0; at < times; at++) learner.add(using(tool, {}, `Base${at}`));
  }
  return learner.catalogue("2018 R5");
}

/** `rule severity: message` of what the target finds in a handler. */
export function hints(of: Handler, catalogue: Catalogue | null): string[] {
  return new MigrationHints(catalogue)
    .of(toolUsesOf(of))
    .map(({ rule, severity, message }) => `${rule}${severity ? ` ${severity}` : ""}: ${message}`);
}

/** Rules of what is found in a handler by itself, with messages. */
export function findings(of: Handler, ...rules: string[]): string[] {
  return checkHandler(of)
    .filter(({ rule }) => rules.includes(rule))
    .map(({ rule, severity, message }) => `${rule}${severity ? ` ${severity}` : ""}: ${message}`);
}
