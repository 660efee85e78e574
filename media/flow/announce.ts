import type { FlowRequest } from "../../server/src/protocol";
import { countOf, type Incoming, type Row } from "./navigation";
import { say } from "./text";

/** What a screen reader says of a step that was selected: how it was reached, what it is, where it leads. */
export function described(
  flow: FlowRequest.Result,
  incoming: readonly (readonly Incoming[])[],
  index: number,
  row: Row | null,
): string {
  const step = flow.steps[index]!;
  const parts: string[] = [];
  if (row) {
    const count = countOf(flow, incoming, row);
    if (count > 1) parts.push(say(row.kind === "exits" ? "exitOf" : "incomingOf", row.position + 1, count));
  }
  parts.push(say("selected", step.label, step.node, step.toolLabel));
  for (const { label, isError, to } of step.exits.slice(0, 6)) {
    const target = to === null ? undefined : flow.steps[to];
    const leads = target ? say("exitTo", target.label, target.node) : say("notConnected");
    parts.push(`${label}${isError ? ` (${say("errorExit")})` : ""}: ${leads}`);
  }
  if (step.exits.length > 6) parts.push(say("exitCount", step.exits.length));
  return `${parts.join(". ")}.`;
}
