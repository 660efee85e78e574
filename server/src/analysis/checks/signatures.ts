import type { Handler, Parameter, Step } from "../../handler/model";
import { toolKey } from "../../handler/toolKey";

/** The parameters of whatever a step is a use of, as the handler has them; undefined for Designer's own steps. */
export function signaturesOf(handler: Handler): (step: Step) => readonly Parameter[] | undefined {
  const external = [...handler.tools, ...handler.initiators];
  const tools = new Map(external.map((tool) => [toolKey(tool), tool.parameters]));
  const subroutines = new Map(handler.subroutines.map(({ name, parameters }) => [name, parameters]));
  return ({ kind, tool }) => (kind === "subroutine" ? subroutines.get(tool.name) : tools.get(toolKey(tool)));
}
