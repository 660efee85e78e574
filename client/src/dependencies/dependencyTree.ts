import type {
  DependenciesRequest,
  DependencyHandler,
  DependencyItemRow,
  DependencyUse,
  DependencyUserRow,
  HandlerRef,
} from "../../../server/src/protocol";

/** What a row of the Dependencies view stands for. */
export type DependencyNode =
  | {
      readonly kind: "group";
      readonly id: GroupId;
      readonly name: string;
      readonly nodes: readonly DependencyNode[];
    }
  | {
      readonly kind: "handler";
      readonly handler: DependencyHandler;
      readonly nodes: readonly DependencyNode[];
    }
  | { readonly kind: "item"; readonly item: DependencyItemRow; readonly nodes: readonly DependencyNode[] }
  | {
      readonly kind: "use";
      readonly use: DependencyUse;
      readonly by: HandlerRef;
      readonly nodes: readonly DependencyNode[];
    }
  | {
      readonly kind: "missing";
      readonly name: string;
      readonly nodes: readonly DependencyNode[];
    }
  | { readonly kind: "user"; readonly user: DependencyUserRow; readonly nodes: readonly DependencyNode[] }
  | {
      readonly kind: "cycle";
      readonly members: readonly HandlerRef[];
      readonly nodes: readonly DependencyNode[];
    }
  | {
      readonly kind: "ref";
      readonly ref: HandlerRef;
      readonly isCalledByDead?: boolean;
      readonly nodes: readonly [];
    }
  | { readonly kind: "step"; readonly uri: string; readonly node: number; readonly nodes: readonly [] };

/** Groups of findings, of callers, or of a kind of dependency (its id). */
export type GroupId = "unresolved" | "cycles" | "dead" | "callers" | (string & {});

export interface TreeTexts {
  readonly unresolved: string;
  readonly cycles: string;
  readonly dead: string;
  readonly callers: string;
}

/** The rows that have all words, in their groups; what needs a look comes first. */
export function dependencyTree(
  { kinds, handlers, items, unresolved, cycles, dead }: DependenciesRequest.Result,
  words: readonly string[],
  texts: TreeTexts,
): DependencyNode[] {
  const matches = (...parts: readonly string[]): boolean => {
    const text = parts.join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const missing = unresolved
    .filter(({ name, users }) => matches(name, ...users.map((user) => user.name)))
    .map(({ name, users }): DependencyNode => ({ kind: "missing", name, nodes: users.map(userNode) }));
  const circles = cycles
    .filter((members) => matches(...members.map(({ name }) => name)))
    .map((members): DependencyNode => ({ kind: "cycle", members, nodes: members.map(refNode) }));
  const unused = dead
    .filter(({ name }) => matches(name))
    .map(({ isCalledByDead, ...ref }): DependencyNode => ({ kind: "ref", ref, isCalledByDead, nodes: [] }));
  const byKind = kinds.map(({ id, name }) =>
    group(
      id,
      name,
      items
        .filter((item) => item.kind === id && matches(name, item.name, item.label))
        .map((item) => ({ kind: "item", item, nodes: item.users.map(userNode) })),
    ),
  );
  const byHandler = handlers.flatMap((handler): DependencyNode[] => {
    const whole = matches(handler.name);
    const groups = kinds.map(({ id, name }) =>
      group(
        id,
        name,
        handler.uses
          .filter((use) => use.kind === id && (whole || matches(handler.name, name, use.name, use.label)))
          .map((use) => ({ kind: "use", use, by: handler, nodes: stepNodes(handler.uri, use.steps) })),
      ),
    );
    const callers = group("callers", texts.callers, whole ? handler.callers.map(userNode) : []);
    const nodes = [callers, ...groups].filter(hasNodes);
    return nodes.length === 0 && !whole ? [] : [{ kind: "handler", handler, nodes }];
  });
  return [
    ...[
      group("unresolved", texts.unresolved, missing),
      group("cycles", texts.cycles, circles),
      group("dead", texts.dead, unused),
      ...byKind,
    ].filter(hasNodes),
    ...byHandler,
  ];
}

const group = (id: GroupId, name: string, nodes: readonly DependencyNode[]): DependencyNode => ({
  kind: "group",
  id,
  name,
  nodes,
});

const hasNodes = ({ nodes }: DependencyNode): boolean => nodes.length > 0;

const userNode = (user: DependencyUserRow): DependencyNode => ({
  kind: "user",
  user,
  nodes: stepNodes(user.uri, user.steps),
});

const refNode = (ref: HandlerRef): DependencyNode => ({ kind: "ref", ref, nodes: [] });

/** One step needs no row of its own: its handler's leads there. */
function stepNodes(uri: string, steps: readonly number[]): DependencyNode[] {
  return steps.length < 2 ? [] : steps.map((node) => ({ kind: "step", uri, node, nodes: [] }));
}
