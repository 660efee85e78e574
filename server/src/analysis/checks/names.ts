import * as l10n from "@vscode/l10n";
import { type Call, type Finding, type RuleInfo, shorten, stepName } from "./rule";

/** A handler as far as its name goes. */
export interface NamedFile {
  /** As `URI.toString()` writes it. */
  readonly uri: string;
  readonly name: string;
  readonly source: "ihd" | "xml";
  /** From a reference folder: called, but not worked on. */
  readonly isReference: boolean;
}

export const nameTwice: RuleInfo = {
  id: "handler-name-twice",
  severity: "warning",
  certainty: "likely",
  meaning: l10n.t(
    "Two handlers that belong together have one name, upper and lower case alike: which of them a call means cannot be decided.",
  ),
  source: l10n.t(
    "The handlers themselves: calls hold nothing but the name, which is the name of a file on Windows",
  ),
};

/**
 * Where a name stands for two handlers. Workspaces hold several releases beside each other, each with all the names,
 * and exports beside their `.ihd`: that is as it should be, and would be hundreds of findings. So two handlers count
 * only when they come from the same kind of file and
 * - lie in one folder, or
 * - are called by a handler whose folder is above both: nothing nearer tells which is meant. A caller beside them
 *   (custom handlers beside an old and a new base) says nothing about the two.
 *
 * `namesakes` are others of the handler's name in its folder; `called` gives those a call may mean; `where` says it
 * for people.
 */
export function nameFindings(
  handler: NamedFile,
  calls: readonly Call[],
  namesakes: readonly NamedFile[],
  called: (name: string) => readonly NamedFile[],
  where: (file: NamedFile) => string,
): Finding[] {
  const found: Finding[] = [];
  const folder = folderOf(handler.uri);
  const twins = namesakes.filter((other) => isAlike(handler, other));
  if (twins.length > 0 && !handler.isReference) {
    found.push({
      rule: nameTwice.id,
      at: {},
      message: l10n.t(
        "The handler {0} is in {1} as well. A server has one handler of a name, upper or lower case alike: move or rename one of the files.",
        shorten(handler.name),
        shorten(twins.map(where).join(", ")),
      ),
    });
  }
  const asked = new Set<string>();
  for (const call of calls) {
    const name = call.name.toLowerCase();
    if (asked.has(name)) continue;
    asked.add(name);
    const below = called(call.name).filter(({ uri }) => uri.startsWith(folder));
    const [first] = below;
    if (
      !first ||
      !below.some((other) => folderOf(other.uri) !== folderOf(first.uri) && isAlike(first, other))
    )
      continue;
    found.push({
      rule: nameTwice.id,
      at: { node: call.node, label: call.label },
      message: l10n.t(
        "{0} calls {1}, and more than one handler has that name: {2}. Which of them is meant cannot be decided; a server has one handler of a name: move or rename the others.",
        stepName(call),
        shorten(call.name),
        shorten(below.map(where).join(", "), 200),
      ),
    });
  }
  return found;
}

const isAlike = (one: NamedFile, other: NamedFile): boolean =>
  one.source === other.source && !one.isReference && !other.isReference;

/** With the slash at its end. */
const folderOf = (uri: string): string => uri.slice(0, uri.lastIndexOf("/") + 1);
