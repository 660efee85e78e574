import type { Exit, Handler, Rect, Step } from "../server/src/handler/model";

/** An exit as a test wants it. */
export function exit(label: string, to: number | null, more: Partial<Exit> = {}): Exit {
  return { label, returnValue: 0, isError: false, to, bends: [], caseOf: null, ...more };
}

/** A step as a test wants it: an Assignment with one exit, 100 x 89. */
export function step(node: number, more: Partial<Step> = {}): Step {
  return {
    node,
    kind: "native",
    className: "CIdAssignmentStep",
    tool: { module: "", name: "Assignment" },
    label: `Step ${node}`,
    notes: "",
    rect: { left: 30 + node * 160, top: 30, right: 130 + node * 160, bottom: 119 },
    arguments: [],
    exits: [exit("Next", null)],
    parameters: [],
    parameterVariables: [],
    objectId: "",
    eventId: "",
    inferred: [],
    complete: true,
    ...more,
  };
}

export function handler(steps: readonly Step[], more: Partial<Handler> = {}): Handler {
  return {
    name: "Test",
    source: "ihd",
    description: "",
    category: "",
    compiledName: "",
    typeCount: 0,
    canvas: null,
    subroutines: [],
    initiators: [],
    tools: [],
    variables: [],
    steps,
    startNode: steps[0]?.node ?? null,
    problems: [],
    ...more,
  };
}

const COLUMNS = 40;

/**
 * A handler of any size as a person would have drawn it: rows of steps from left to right, every fifth a
 * Condition that also leads to the row below, every seventh a tool with error exits, each row's end led back to
 * the next row's beginning through bend points, as Designer stores them.
 */
export function largeHandler(count: number): Handler {
  const rectOf = (node: number): Rect => {
    const left = 30 + (node % COLUMNS) * 170;
    const top = 30 + Math.floor(node / COLUMNS) * 190;
    return { left, top, right: left + 110, bottom: top + (node % 7 === 3 ? 124 : node % 5 === 2 ? 101 : 89) };
  };
  const next = (node: number, by: number): number | null => (node + by < count ? node + by : null);
  const steps = Array.from({ length: count }, (_, node): Step => {
    const rect = rectOf(node);
    const first = exit("Next", next(node, 1), { bends: turn(node, count, rectOf) });
    const value = { kind: "variable", name: `variable${node % 50}` } as const;
    const argument = {
      direction: "in",
      type: { name: "String", module: "" },
      required: true,
      secret: false,
    } as const;
    const args = ["Call Identifier", "Value"].map((label) => ({ ...argument, label, value }));
    if (node === 0)
      return step(0, {
        kind: "start",
        className: "CIdInitSubroutine",
        tool: { module: "", name: "Subroutine" },
        rect,
        label: "Large",
        exits: [{ ...first, label: "Start" }],
      });
    if (node % 7 === 3) {
      const failure = { isError: true, returnValue: 1 };
      return step(node, {
        kind: "tool",
        className: "CIdFuncExtern",
        tool: { module: "DsLookup", name: "TcpReadString" },
        label: "Tcp Read String",
        notes: node % 3 === 0 ? `Waits for line ${node}` : "",
        rect,
        arguments: args,
        exits: [
          { ...first, label: "Success" },
          exit("Failure", next(node, COLUMNS), failure),
          exit("Timeout", null, failure),
        ],
      });
    }
    if (node % 5 === 2)
      return step(node, {
        className: "CIdConditionStep",
        tool: { module: "", name: "Condition" },
        label: `More than ${node}?`,
        rect,
        arguments: args.slice(0, 1),
        exits: [{ ...first, label: "True" }, exit("False", next(node, COLUMNS))],
      });
    return step(node, { rect, arguments: args, exits: [first], label: `Set variable${node % 50}` });
  });
  return handler(steps, { name: "Large", startNode: 0 });
}

/** The bend points of the link from the end of one row to the beginning of the next. */
function turn(node: number, count: number, rectOf: (node: number) => Rect): Exit["bends"] {
  if (node % COLUMNS !== COLUMNS - 1 || node + 1 >= count) return [];
  const from = rectOf(node);
  const to = rectOf(node + 1);
  const [y, lane, entry] = [from.top + 11, from.top + 160, to.top + Math.floor((to.bottom - to.top) / 2)];
  return [
    { x: from.right + 2, y },
    { x: from.right + 12, y },
    { x: from.right + 12, y: lane },
    { x: to.left - 12, y: lane },
    { x: to.left - 12, y: entry },
    { x: to.left - 2, y: entry },
  ];
}
