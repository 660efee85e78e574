import type { HandlerDependencies } from "../../../../server/src/analysis/dependencies/facts";

/** A handler that calls others, each from one step; `!name` is started by an event. */
export function calling(name: string, callees: readonly string[] = [], path?: string): HandlerDependencies {
  const plain = name.replace(/^!/, "");
  return {
    name: plain,
    path: path ?? `${plain}.ihd`,
    isSubroutine: plain === name,
    isWhole: true,
    items: callees.map((callee, at) => ({ kind: "subroutine", name: callee, label: "", steps: [at + 1] })),
  };
}
