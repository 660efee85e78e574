import {
  byKindAndName,
  byText,
  type Dependency,
  type DependencyKind,
  type HandlerDependencies,
} from "./facts";

/** Something that handlers depend on, with who does: the view "by item". */
export interface DependencyItem {
  readonly kind: DependencyKind;
  readonly name: string;
  readonly label: string;
  /** By name of the handler. */
  readonly users: readonly DependencyUser[];
}

export interface DependencyUser {
  readonly handler: string;
  readonly path: string;
  readonly steps: readonly number[];
}

export interface ViewOptions {
  /** Leave out all other kinds. */
  readonly kinds?: ReadonlySet<DependencyKind>;
  /** Keep items whose name or label holds the text, in any case. */
  readonly search?: string;
}

/** Handlers with what they use: the view "by handler". Handlers of which nothing is left are not listed. */
export function byHandler(
  all: Iterable<HandlerDependencies>,
  options: ViewOptions = {},
): (Pick<HandlerDependencies, "name" | "path"> & { readonly items: readonly Dependency[] })[] {
  return [...all]
    .map(({ name, path, items }) => ({ name, path, items: items.filter(filterOf(options)) }))
    .filter(({ items }) => items.length > 0)
    .sort((one, other) => byText(one.name, other.name) || byText(one.path, other.path));
}

/** Items with who uses them: the view "by item". */
export function byItem(all: Iterable<HandlerDependencies>, options: ViewOptions = {}): DependencyItem[] {
  const isWanted = filterOf(options);
  const found = new Map<
    string,
    { kind: DependencyKind; name: string; label: string; users: DependencyUser[] }
  >();
  for (const { name: handler, path, items } of all) {
    for (const item of items) {
      if (!isWanted(item)) continue;
      const { kind, name, label, steps } = item;
      // Handlers are called in any case.
      const key = `${kind} ${kind === "subroutine" ? name.toLowerCase() : name}`;
      const known = found.get(key);
      if (known) {
        known.users.push({ handler, path, steps });
        known.label ||= label;
      } else found.set(key, { kind, name, label, users: [{ handler, path, steps }] });
    }
  }
  for (const { users } of found.values()) {
    users.sort((one, other) => byText(one.handler, other.handler) || byText(one.path, other.path));
  }
  return [...found.values()].sort(byKindAndName);
}

function filterOf({ kinds, search = "" }: ViewOptions): (item: Dependency) => boolean {
  const text = search.trim().toLowerCase();
  return ({ kind, name, label }) =>
    (kinds?.has(kind) ?? true) &&
    (text === "" || name.toLowerCase().includes(text) || label.toLowerCase().includes(text));
}
