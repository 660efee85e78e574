import {
  writeHead,
  writeInitiator,
  writeOwnParameters,
  writeRecovered,
  writeSubroutine,
  writeTool,
  writeVariables,
} from "./listingHead";
import type { Listing } from "./listingLines";
import { signatureOf, type Signatures, writeStep } from "./listingStep";
import { ListingWriter } from "./listingWriter";
import type { Handler } from "./model";
import { shownRecovered } from "./recovered";
import { toolKey, type ToolName } from "./toolKey";

export type { LineInfo, Listing, NameOnLine, Section } from "./listingLines";

/** The listing of a handler. */
export function listing(handler: Handler): Listing {
  const writer = new ListingWriter();
  const steps = sorted(handler.steps, (one, other) => one.node - other.node);
  const start = steps.find((step) => step.kind === "start");

  writeHead(writer, handler, start !== undefined);
  if (start && start.parameters.length + start.parameterVariables.length > 0) {
    writer.section("parameters", "parameters");
    writer.node = start.node;
    writeOwnParameters(writer, start, handler.source);
  }
  for (const initiator of handler.initiators) writeInitiator(writer, initiator);
  writeVariables(writer, sorted(handler.variables, byName));
  for (const subroutine of sorted(handler.subroutines, byName)) writeSubroutine(writer, subroutine);
  for (const tool of sorted(handler.tools, byKey)) writeTool(writer, tool);

  const signatures: Signatures = {
    tools: new Map(handler.tools.map((tool) => [toolKey(tool), tool])),
    subroutines: new Map(handler.subroutines.map((subroutine) => [subroutine.name, subroutine])),
    initiators: new Map(handler.initiators.map((initiator) => [toolKey(initiator), initiator])),
  };
  for (const step of steps) {
    writeStep(writer, step, signatureOf(step, signatures));
    if (step.kind === "start" && step !== start) writeOwnParameters(writer, step, handler.source);
  }
  writeRecovered(writer, shownRecovered(handler));
  return writer.finish();
}

function sorted<Item>(items: readonly Item[], compare: (one: Item, other: Item) => number): Item[] {
  return [...items].sort(compare);
}

/** Without case first, as people look names up; never by the locale of the machine. */
function compareNames(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  if (a !== b) return a < b ? -1 : 1;
  return one < other ? -1 : one > other ? 1 : 0;
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return compareNames(one.name, other.name);
}

function byKey(one: ToolName, other: ToolName): number {
  return compareNames(one.module, other.module) || compareNames(one.name, other.name);
}
