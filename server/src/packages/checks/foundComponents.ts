import { isLeaf, type PackageEntry } from "../entry";
import { type Component, componentNamed } from "./components";

export interface FoundComponent {
  readonly component: Component;
  /** Where it was recognised: the folder, zip or file that bears its name. */
  readonly path: string;
}

export interface Components {
  readonly found: readonly FoundComponent[];
  /** Items at the top of the package that no known name fits. */
  readonly unknown: readonly string[];
}

/** Names deeper than this are files of a component, not components. */
const LEVELS = 3;

/**
 * Recognises components by the names of folders, zips and files near the top. How a package is laid out inside is
 * not public, so this says what is there, never what is not.
 */
export function findComponents(entries: readonly PackageEntry[], server?: string): Components {
  const found = new Map<string, FoundComponent>();
  const top = new Map<string, boolean>();
  const looked = new Set<string>();
  for (const entry of entries) {
    const names = entry.path.split("/");
    const folders = isLeaf(entry) ? names.length - 1 : names.length;
    const first = names[0] ?? "";
    top.set(first, top.get(first) ?? false);
    for (let length = 1; length <= Math.min(names.length, LEVELS); length++) {
      const path = names.slice(0, length).join("/");
      if (looked.has(path)) continue;
      looked.add(path);
      const isFile = length > folders;
      // A file deep down that happens to be named `users.xml` is no component; one at the top may be.
      if (isFile && length > 1 && entry.kind === "file") continue;
      const component = componentOf(names.slice(0, length), server);
      if (!component) continue;
      top.set(first, true);
      if (!found.has(component.id)) found.set(component.id, { component, path });
    }
  }
  return {
    found: [...found.values()],
    unknown: [...top].filter(([, known]) => !known).map(([name]) => name),
  };
}

function componentOf(names: readonly string[], server: string | undefined): Component | undefined {
  const last = stem(names.at(-1) ?? "");
  const before = names.at(-2);
  const pair = before === undefined ? undefined : componentNamed(`${stem(before)}\\${last}`, server);
  return pair ?? componentNamed(last, server);
}

function stem(name: string): string {
  return name.replace(/\.(zip|xml|inin?migr)$/i, "");
}
