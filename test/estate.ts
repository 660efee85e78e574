import {
  blindTransfer,
  disconnect,
  getAttribute,
  getKey,
  incomingCall,
  logEvent,
  playString,
  setAttribute,
} from "./builder/signatures";
import type { Tool } from "../server/src/handler/model";
import { eq, join, numeric, v, type Value } from "./builder/expression";
import { handler, type HandlerBuilder, takes } from "./builder/handler";
import type { StepBuilder } from "./builder/step";

/** A generator of numbers from 0 to below 1 that is the same on every machine (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const tools = [getKey, playString, getAttribute, setAttribute, blindTransfer, disconnect, logEvent];

/**
 * An estate as companies have them: areas of handlers that call each other downwards, a few subroutines that
 * everybody calls, now and then a call across, and one circle.
 */
export function* estate(count: number, stepsEach = 20, seed = 11): Iterable<HandlerBuilder> {
  const next = random(seed);
  const areas = Math.max(1, Math.round(count / 25));
  const names = Array.from({ length: count }, (_, at) =>
    at < 5 ? `Shared_Helper${at}` : `Area${at % areas}_Handler${Math.floor(at / areas)}`,
  );
  const subroutines = names.map((name) => handler(name, { category: "Estate" }));
  const calls = callsOf(count, areas, next);
  for (const [at, name] of names.entries()) {
    const built = handler(name, { category: "Estate" })
      .declare("CallId", "Interaction1")
      .declare("String", "s1", "s2");
    const isEntry = at >= 5 && at < 5 + areas;
    if (isEntry) built.declare("String", "LineId", "CalledNumber", "CallingNumber", "CallingName");
    let last = isEntry
      ? built.initiator(incomingCall)
      : built.start(takes("Interaction", "CallId", "Interaction1"));
    const callees = calls[at]!;
    for (let step = 0; step < stepsEach; step++) {
      const callee = callees[step];
      const made =
        callee !== undefined
          ? built.call(subroutines[callee]!)
          : step % 4 === 3
            ? built.condition(eq(v("s1"), `value ${step}`))
            : toolStep(built, tools[Math.floor(next() * tools.length)]!);
      last.to(made);
      last = made;
    }
    yield built;
  }
}

/** Callees of each handler, by index: the first five are everybody's helpers, the next ones the areas' entries. */
function callsOf(count: number, areas: number, next: () => number): number[][] {
  const calls = Array.from({ length: count }, (): number[] => []);
  for (let at = 5; at < count; at++) {
    const inArea = Math.floor((at - 5) / areas);
    // One in thirty is not called by anybody.
    if (inArea > 0 && next() > 0.03)
      calls[at - areas * Math.max(1, Math.floor(next() * Math.min(inArea, 6)))]!.push(at);
    if (next() < 0.15 && at + areas < count) calls[at]!.push(at + areas);
    if (next() < 0.5) calls[at]!.push(Math.floor(next() * 5));
    if (next() < 0.03) calls[at]!.push(Math.floor(5 + next() * (count - 5)));
  }
  calls[count - 1]!.push(Math.max(0, count - 1 - 2 * areas));
  calls[Math.max(0, count - 1 - 2 * areas)]!.push(count - 1);
  return calls.map((callees, at) =>
    [...new Set(callees)].filter((callee) => callee !== at && callee < count),
  );
}

/** Every parameter that must have a value gets one. */
function toolStep(built: HandlerBuilder, tool: Tool): StepBuilder {
  const step = built.tool(tool);
  for (const { label, type, direction, required } of tool.parameters) {
    if (direction === "out") step.set(label, v(type.name === "CallId" ? "Interaction1" : "s2"));
    else if (required) step.set(label, value(type.name));
  }
  return step;
}

function value(type: string): Value {
  switch (type) {
    case "CallId":
      return v("Interaction1");
    case "Boolean":
      return false;
    case "Integer":
      return 3;
    case "Numeric":
      return numeric(2.5);
    default:
      return join("text ", v("s1"));
  }
}
