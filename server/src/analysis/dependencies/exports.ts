import { XMLBuilder } from "fast-xml-parser";
import { type CallGraph } from "./graph";
import { byItem } from "./views";

/** The dependencies as one JSON document. */
export function dependenciesJson(graph: CallGraph): object {
  const { handlers, calls, unresolved, cycles, dead } = graph;
  const named = (at: number): { name: string; path: string } => {
    const { name, path } = handlers[at]!;
    return { name, path };
  };
  const callers: { name: string; path: string; steps: readonly number[] }[][] = handlers.map(() => []);
  for (const { from, to, steps } of calls) callers[to]!.push({ ...named(from), steps });
  return {
    handlers: handlers.map(({ name, path, isSubroutine, isWhole, items }, at) => ({
      name,
      path,
      isSubroutine,
      isWhole,
      callers: callers[at]!,
      dependencies: items,
    })),
    items: byItem(handlers),
    calls: calls.map(({ from, to, ...call }) => ({ from: named(from), to: named(to), ...call })),
    unresolved: unresolved.map(({ from, name, steps }) => ({ from: named(from), name, steps })),
    cycles: cycles.map((members) => members.map(named)),
    dead: dead.map(({ handler, isCalledByDead }) => ({ ...named(handler), isCalledByDead })),
  };
}

/** The call structure for Graphviz. Events start what is drawn double; what is not there is dashed. */
export function dependenciesDot({ handlers, calls, unresolved, dead }: CallGraph): string {
  const isDead = new Set(dead.map(({ handler }) => handler));
  const nodes = handlers.map(({ name, path, isSubroutine }, at) => {
    const looks = [`label=${dotText(name)}`, `tooltip=${dotText(path)}`];
    if (!isSubroutine) looks.push("peripheries=2");
    if (isDead.has(at)) looks.push('color="gray60"', 'fontcolor="gray60"');
    return `  h${at} [${looks.join(", ")}];`;
  });
  const missing = new Map<string, number>();
  for (const { name } of unresolved) {
    if (!missing.has(name.toLowerCase())) missing.set(name.toLowerCase(), missing.size);
  }
  const missingNames = new Map(unresolved.map(({ name }) => [missing.get(name.toLowerCase())!, name]));
  return [
    "digraph handlers {",
    "  rankdir=LR;",
    '  node [shape=box, fontname="sans-serif"];',
    ...nodes,
    ...[...missingNames].map(([at, name]) => `  m${at} [label=${dotText(name)}, style=dashed, color="red"];`),
    ...calls.map(({ from, to, steps, isAmbiguous }) => {
      const looks = [
        `tooltip=${dotText(`steps ${steps.join(", ")}`)}`,
        ...(isAmbiguous ? ["style=dotted"] : []),
      ];
      return `  h${from} -> h${to} [${looks.join(", ")}];`;
    }),
    ...unresolved.map(
      ({ from, name }) => `  h${from} -> m${missing.get(name.toLowerCase())!} [style=dashed, color="red"];`,
    ),
    "}",
    "",
  ].join("\n");
}

/** A quoted string of the DOT language: only the quote is special, and a backslash begins its own escapes. */
function dotText(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replace(/\s+/g, " ")}"`;
}

/** The dependencies as XML, by handler and by item. The format is our own: that of Designer's export is not public. */
export function dependenciesXml({ handlers, calls, unresolved, cycles, dead }: CallGraph): string {
  const builder = new XMLBuilder({
    attributeNamePrefix: "",
    attributesGroupName: "$",
    ignoreAttributes: false,
    format: true,
    suppressEmptyNode: true,
  });
  const at = (index: number): { Name: string; Path: string } => {
    const { name, path } = handlers[index]!;
    return { Name: text(name), Path: text(path) };
  };
  const steps = (nodes: readonly number[]): string => nodes.join(" ");
  return builder.build({
    "?xml": { $: { version: "1.0", encoding: "UTF-8" } },
    Dependencies: {
      Handlers: {
        Handler: handlers.map(({ name, path, isSubroutine, items }) => ({
          $: { Name: text(name), Path: text(path), Type: isSubroutine ? "Subroutine" : "Handler" },
          Uses: items.map((item) => ({
            $: { Kind: item.kind, Name: text(item.name), Label: text(item.label), Steps: steps(item.steps) },
          })),
        })),
      },
      Items: {
        Item: byItem(handlers).map(({ kind, name, label, users }) => ({
          $: { Kind: kind, Name: text(name), Label: text(label) },
          UsedBy: users.map((user) => ({
            $: { Name: text(user.handler), Path: text(user.path), Steps: steps(user.steps) },
          })),
        })),
      },
      Calls: {
        Call: calls.map(({ from, to, steps: nodes }) => ({
          $: { From: at(from).Path, To: at(to).Path, Steps: steps(nodes) },
        })),
        Unresolved: unresolved.map(({ from, name, steps: nodes }) => ({
          $: { From: at(from).Path, Name: text(name), Steps: steps(nodes) },
        })),
      },
      Cycles: { Cycle: cycles.map((members) => ({ Handler: members.map((each) => ({ $: at(each) })) })) },
      Dead: {
        Handler: dead.map(({ handler, isCalledByDead }) => ({
          $: { ...at(handler), Why: isCalledByDead ? "called by dead handlers only" : "never called" },
        })),
      },
    },
  }) as string;
}

/** XML 1.0 has no way to write control characters; names of handlers hold none. */
function text(value: string): string {
  // eslint-disable-next-line no-control-regex -- that is what they are
  return value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, "\ufffd");
}
