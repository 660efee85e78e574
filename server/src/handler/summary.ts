import type { Handler } from "./model";
import { classNameOf } from "./native";
import { escapeControls } from "./quoting";
import { toolKey } from "./toolKey";

/** A few lines about a handler, for people: what it is, what it uses, how far it could be read. */
export function summary(handler: Handler): string {
  const { steps, tools, subroutines, variables, initiators } = handler;
  const start = steps.find((step) => step.kind === "start");
  const kind = start ? "subroutine" : "handler";
  const open = steps.flatMap(({ exits }) => exits).filter((exit) => exit.to === null).length;
  const lines = [
    `${escapeControls(handler.name)}: a ${kind}, from ${handler.source === "ihd" ? "an .ihd file" : "an XML export"}\n`,
    line("category", handler.category),
    line("description", handler.description),
    line("started by", initiators.map((each) => `${each.label || each.name} (${toolKey(each)})`).join(", ")),
    line(
      "parameters",
      (start?.parameters ?? [])
        .map((each) => `${each.direction} ${each.label}: ${each.type.name}`)
        .join(", "),
    ),
    line("steps", `${steps.length}, ${open} ${open === 1 ? "exit" : "exits"} not connected`),
    line("variables", String(variables.length)),
    line("tools", tools.map((tool) => `${toolKey(tool)}${tool.version && ` ${tool.version}`}`).join(", ")),
    line("calls", subroutines.map(({ name }) => name).join(", ")),
    line("inferred", inferredClasses(handler).join(", ")),
    line("problems", handler.problems.length > 0 ? String(handler.problems.length) : ""),
  ];
  return lines.filter((each) => each !== "").join("");
}

function line(what: string, text: string): string {
  return text === "" ? "" : `  ${what.padEnd(13)}${escapeControls(text)}\n`;
}

function inferredClasses({ steps }: Handler): string[] {
  return [
    ...new Set(
      steps.flatMap((step) =>
        step.inferred.length > 0 && step.className !== classNameOf(step.kind, step.tool)
          ? [step.className]
          : [],
      ),
    ),
  ].sort();
}
