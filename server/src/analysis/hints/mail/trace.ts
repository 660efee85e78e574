import { plain } from "../../../catalogue/knownTools";
import type { Argument, Handler, Step } from "../../../handler/model";
import { type Carried, carriedBy, literalIndex, namesIn, pick, type State } from "./carried";

/** Tools that read attributes, by label or internal name, as `plain` writes them. */
const readers = new Set([
  "getdsattr",
  "lookup",
  "lookuplist",
  "lookuplistextended",
  "getattribute",
  "getattributes",
]);
/** Reads all attributes of a key into two lists, names and values. */
const readsAll = "getdsattrs";
/** Tools whose outputs are made of their inputs. */
const passing = new Set([
  "parsestring",
  "parsestringregex",
  "listtostring",
  "copystringlist",
  "mergestringlists",
  "filterlist",
  "sortlists",
]);

/** Far more than real handlers need; a hostile one ends here with what was found. */
const mostVisits = 500_000;

/**
 * What variables hold of an attribute before each step, along all ways through the handler: whatever reads the
 * attribute's value by its literal name, and where the value goes from there through assignments, lists and the tools
 * that only rearrange texts. Values that go through subroutines are not followed.
 */
export function trace(
  handler: Handler,
  attribute: string,
  toolName: (step: Step) => string,
): ReadonlyMap<number, State> {
  const steps = new Map(handler.steps.map((step) => [step.node, step]));
  const before = new Map<number, Map<string, Carried>>();
  const open: number[] = [];
  for (const { node, kind } of handler.steps) {
    if (node !== handler.startNode && kind !== "initiator" && kind !== "start") continue;
    before.set(node, initialState(handler, attribute));
    open.push(node);
  }
  for (let visits = 0; open.length > 0 && visits < mostVisits; visits++) {
    const step = steps.get(open.pop()!);
    if (!step) continue;
    const after = effect(step, before.get(step.node) ?? new Map(), attribute, plain(toolName(step)));
    for (const { to } of step.exits) {
      if (to !== null && merge(before, to, after)) open.push(to);
    }
  }
  return before;
}

function initialState({ variables }: Handler, attribute: string): Map<string, Carried> {
  const state = new Map<string, Carried>();
  for (const { name, initial } of variables) {
    const names = typeof initial === "string" ? namesIn(initial, attribute) : undefined;
    if (names) state.set(name.toLowerCase(), names);
  }
  return state;
}

/** Whether the step must be looked at again: it was not met before, or something new comes in. */
function merge(before: Map<number, Map<string, Carried>>, node: number, coming: State): boolean {
  const there = before.get(node);
  if (!there) {
    before.set(node, new Map(coming));
    return true;
  }
  let isNew = false;
  for (const [name, carried] of coming) {
    const known = there.get(name);
    if (!known) there.set(name, carried);
    // Two ways that bring different things: only that it may be either is left.
    else if (isCertain(known) && !isEqual(known, carried))
      there.set(name, { ...known, items: null, certain: false });
    else continue;
    isNew = true;
  }
  return isNew;
}

function isCertain({ certain, items }: Carried): boolean {
  return certain || items !== null;
}

function isEqual(one: Carried, other: Carried): boolean {
  return (
    one.kind === other.kind &&
    one.certain === other.certain &&
    one.items?.join("|") === other.items?.join("|")
  );
}

/** What variables hold after the step. */
function effect(step: Step, before: State, attribute: string, tool: string): State {
  if (step.kind === "native") return nativeEffect(step, before, attribute);
  const written = step.arguments.filter(({ direction }) => direction === "out");
  if (written.length === 0) return before;
  const after = new Map(before);
  const passed = step.kind === "tool" ? outputs(step, before, attribute, tool) : undefined;
  for (const argument of written) write(after, argument, passed?.(argument));
  return after;
}

/** What a tool puts into its outputs. */
function outputs(
  step: Step,
  before: State,
  attribute: string,
  tool: string,
): ((argument: Argument) => Carried | undefined) | undefined {
  if (tool === readsAll) {
    return ({ label }) => ({
      kind: /value/i.test(label) ? "all" : "names",
      items: null,
      certain: false,
      readAt: step.node,
    });
  }
  const inputs = step.arguments
    .filter(({ direction }) => direction === "in")
    .flatMap(({ value }) => carriedBy(value, before, attribute) ?? []);
  if (readers.has(tool)) {
    const names = inputs.find(({ kind }) => kind === "names");
    if (!names) return undefined;
    return ({ type }) => (isText(type.name) ? { ...names, kind: "value", readAt: step.node } : undefined);
  }
  if (passing.has(tool)) {
    const [first] = inputs;
    // These put lists in another order, or leave some out; to cut or join texts does not.
    const keepsOrder = tool === "parsestring" || tool === "listtostring" || tool === "copystringlist";
    if (!first) return undefined;
    const passed = keepsOrder || first.items === null ? first : { ...first, items: null, certain: false };
    return ({ type }) => (isText(type.name) ? passed : undefined);
  }
  // Adds to lists that it gets as well.
  if (tool === "updatedatapairvalues") {
    return ({ value }) => carriedBy(value, before, attribute) ?? inputs.find(({ kind }) => kind === "value");
  }
  return undefined;
}

function isText(type: string): boolean {
  return type === "" || /^(?:List of )?String$/.test(type);
}

function nativeEffect(step: Step, before: State, attribute: string): State {
  const argument = (label: string): Argument | undefined =>
    step.arguments.find((each) => each.label === label);
  const held = (label: string): Carried | undefined => carriedBy(argument(label)?.value, before, attribute);
  const after = new Map(before);
  switch (step.tool.name) {
    case "Assignment":
      write(after, argument("LHS"), held("RHS"));
      break;
    case "InsertAtTail":
    case "InsertAtHead":
    case "InsertAt":
    case "SetAt": {
      const [list, value] = [held("List"), held("Value")];
      const held_ = value && (!list || value.kind === "value") ? value : list;
      write(
        after,
        argument("List"),
        held_ && { ...held_, items: null, certain: list === undefined && held_.certain },
      );
      break;
    }
    case "RemoveAll":
      write(after, argument("List"), undefined);
      break;
    case "RemoveAt":
    case "RemoveHead": {
      const list = held("List");
      write(after, argument("List"), list && { ...list, items: null, certain: false });
      break;
    }
    case "GetAt": {
      const at = literalIndex(argument("Index")?.value);
      write(after, argument("OutputVariable"), pick(held("List"), at, held("Index"), attribute));
      break;
    }
    case "Find": {
      const value = held("Value");
      const found = value?.kind === "names" ? ({ ...value, kind: "index", items: null } as const) : undefined;
      write(after, argument("OutputVariable"), found);
      break;
    }
    default:
      for (const each of step.arguments) if (each.direction === "out") write(after, each, undefined);
  }
  return after;
}

function write(
  state: Map<string, Carried>,
  argument: Argument | undefined,
  carried: Carried | undefined,
): void {
  if (argument?.value?.kind !== "variable") return;
  const name = argument.value.name.toLowerCase();
  if (carried) state.set(name, carried);
  else state.delete(name);
}
