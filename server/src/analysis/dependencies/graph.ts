import { isCustomizationPoint } from "../hints/baseRules";
import { byText, type HandlerDependencies } from "./facts";
import { Resolver } from "./resolve";

/** Who calls whom. Handlers are named by their index in `handlers`. */
export interface CallGraph {
  /** By name, then by path. */
  readonly handlers: readonly HandlerDependencies[];
  /** One for each pair, by caller, then by callee. */
  readonly calls: readonly Call[];
  /** Calls of subroutines that are not there. */
  readonly unresolved: readonly UnresolvedCall[];
  /** Handlers that call each other in a circle, or themselves; each circle in the order of `handlers`. */
  readonly cycles: readonly (readonly number[])[];
  readonly dead: readonly DeadHandler[];
}

export interface Call {
  readonly from: number;
  readonly to: number;
  /** Node ids of the calling steps. */
  readonly steps: readonly number[];
  /** true: another handler of the name is as near to the caller, so either may be meant. */
  readonly isAmbiguous: boolean;
}

export interface UnresolvedCall {
  readonly from: number;
  readonly name: string;
  readonly steps: readonly number[];
}

/** A subroutine that no event can start: nothing calls it, or only handlers do that are dead themselves. */
export interface DeadHandler {
  readonly handler: number;
  readonly isCalledByDead: boolean;
}

/**
 * The call graph of handlers. Whatever an event starts is alive, and what is alive keeps alive what it calls.
 * Customization subroutines are alive too: base handlers call them, which are often not in the folder. Handlers that
 * could not be read whole are not called dead, nor is what they may call.
 */
export function callGraph(all: Iterable<HandlerDependencies>): CallGraph {
  const handlers = [...all].sort(
    (one, other) => byText(one.name, other.name) || byText(one.path, other.path),
  );
  const index = new Map(handlers.map((handler, at) => [handler, at]));
  const resolver = new Resolver(handlers);
  const calls: Call[] = [];
  const unresolved: UnresolvedCall[] = [];
  handlers.forEach(({ path, items }, from) => {
    for (const { kind, name, steps } of items) {
      if (kind !== "subroutine") continue;
      const found = resolver.find(name, path);
      if (found.length === 0) unresolved.push({ from, name, steps });
      for (const callee of found) {
        calls.push({ from, to: index.get(callee)!, steps, isAmbiguous: found.length > 1 });
      }
    }
  });
  calls.sort((one, other) => one.from - other.from || one.to - other.to);
  const callees = adjacency(handlers.length, calls);
  return { handlers, calls, unresolved, cycles: cyclesOf(callees), dead: deadOf(handlers, calls, callees) };
}

/** Callees of each handler, ascending. */
export function adjacency(count: number, calls: readonly Pick<Call, "from" | "to">[]): number[][] {
  const lists = Array.from({ length: count }, (): number[] => []);
  for (const { from, to } of calls) lists[from]!.push(to);
  return lists;
}

function cyclesOf(callees: readonly (readonly number[])[]): number[][] {
  return strongComponents(callees)
    .filter((members) => members.length > 1 || callees[members[0]!]!.includes(members[0]!))
    .map((members) => members.sort((one, other) => one - other))
    .sort((one, other) => one[0]! - other[0]!);
}

/** Tarjan's algorithm with a stack of its own: a chain of calls may be longer than the machine's stack. */
export function strongComponents(callees: readonly (readonly number[])[]): number[][] {
  const order = new Int32Array(callees.length).fill(-1);
  const low = new Int32Array(callees.length);
  const onStack = new Uint8Array(callees.length);
  const stack: number[] = [];
  const found: number[][] = [];
  let count = 0;
  for (let root = 0; root < callees.length; root++) {
    if (order[root] !== -1) continue;
    const open: { node: number; next: number }[] = [{ node: root, next: 0 }];
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const { node } = top;
      if (top.next === 0) {
        order[node] = low[node] = count++;
        stack.push(node);
        onStack[node] = 1;
      }
      const callee = callees[node]![top.next++];
      if (callee !== undefined) {
        if (order[callee] === -1) open.push({ node: callee, next: 0 });
        else if (onStack[callee]) low[node] = Math.min(low[node]!, order[callee]!);
        continue;
      }
      open.pop();
      const parent = open.at(-1)?.node;
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
      if (low[node] !== order[node]) continue;
      const members: number[] = [];
      for (let member = -1; member !== node;) {
        member = stack.pop()!;
        onStack[member] = 0;
        members.push(member);
      }
      found.push(members);
    }
  }
  return found;
}

function deadOf(
  handlers: readonly HandlerDependencies[],
  calls: readonly Call[],
  callees: readonly (readonly number[])[],
): DeadHandler[] {
  const alive = new Uint8Array(handlers.length);
  const open = handlers.flatMap((handler, at) => (isEntry(handler) ? [at] : []));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (alive[next]) continue;
    alive[next] = 1;
    open.push(...callees[next]!);
  }
  const called = new Set(calls.filter(({ from, to }) => from !== to).map(({ to }) => to));
  return handlers.flatMap((_, handler) =>
    alive[handler] ? [] : [{ handler, isCalledByDead: called.has(handler) }],
  );
}

/** Something beside the handlers of the folder may start it. */
function isEntry({ name, isSubroutine, isWhole }: HandlerDependencies): boolean {
  return !isSubroutine || !isWhole || isCustomizationPoint(name);
}
