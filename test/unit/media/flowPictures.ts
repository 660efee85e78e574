import type { FlowRequest } from "../../../server/src/protocol";

/** A picture with the given exits by step, for tests of what the view does with it. */
export function picture(
  exits: readonly (readonly (number | null)[])[],
  start: number | null = 0,
): FlowRequest.Result {
  return {
    name: "Test",
    source: "ihd",
    description: "",
    category: "",
    layout: "stored",
    bounds: [0, 0, 1000, 1000],
    start: exits.length === 0 ? null : start,
    steps: exits.map((targets, index) => shownStep(index, targets)),
    links: [],
    signatures: [],
    problems: [],
    style: "",
  };
}

export function shownStep(
  index: number,
  targets: readonly (number | null)[] = [],
  more: Partial<FlowRequest.Step> = {},
): FlowRequest.Step {
  return {
    // Not the index: what is shown and what is meant inside must not be mixed up.
    node: 100 + index,
    kind: "native",
    label: `Step ${index}`,
    tool: "Assignment",
    toolLabel: "Assignment",
    icon: "",
    family: "logic",
    notes: "",
    rect: [index * 200, 0, index * 200 + 100, 89],
    arguments: [],
    exits: targets.map((to, exit) => ({ label: `Exit ${exit}`, returnValue: exit, isError: false, to })),
    signature: null,
    inferred: [],
    complete: true,
    drawing: "",
    ...more,
  };
}
