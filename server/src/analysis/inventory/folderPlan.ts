import { byText } from "../dependencies/facts";

/** A file of a folder, with the hash of its content. */
export interface FileFact {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly size: number;
  readonly hash: string;
}

/** A folder and what is in it; `path` is absolute. */
export interface FolderFacts {
  readonly path: string;
  readonly files: readonly FileFact[];
}

/**
 * One step of a plan. `state` says what is at the target now:
 * - `new`: nothing, so it can be done without asking
 * - `same`: the same content, so nothing is to be copied
 * - `differs`: something else, which is kept unless the user says otherwise
 */
export interface Operation {
  readonly kind: "copy" | "move";
  /** Absolute, with the separators of the folders they come from. */
  readonly from: string;
  readonly to: string;
  readonly state: "new" | "same" | "differs";
  /** Of the content that is copied or moved: what does not have it any more is not touched. */
  readonly hash: string;
}

export interface FolderPlan {
  readonly from: string;
  readonly to: string;
  readonly operations: readonly Operation[];
}

/** How many operations of a plan have each state, for the question before it is carried out. */
export function planCounts({ operations }: FolderPlan): Readonly<Record<Operation["state"], number>> {
  const counts = { new: 0, same: 0, differs: 0 };
  for (const { state } of operations) counts[state]++;
  return counts;
}

/**
 * Copies all files of a folder (CIC Migration guide 2018 R5, Plan for and back up handler customizations; Back up most
 * recently published handlers). A plan never deletes, and names every file that it would replace.
 */
export function planCopy(source: FolderFacts, target: FolderFacts): FolderPlan {
  const there = new Map(target.files.map(({ path, hash }) => [path.toLowerCase(), hash]));
  const inTarget = plainPath(`${target.path}/`);
  const operations = source.files
    // A backup inside the folder it is of does not hold itself.
    .filter(({ path }) => !plainPath(`${source.path}/${path}`).startsWith(inTarget))
    .sort((one, other) => byText(one.path, other.path))
    .map(({ path, hash }): Operation => {
      const known = there.get(path.toLowerCase());
      const state = known === undefined ? "new" : known === hash ? "same" : "differs";
      return { kind: "copy", from: joined(source.path, path), to: joined(target.path, path), state, hash };
    });
  return { from: source.path, to: target.path, operations };
}

/** Name of the folder that the guide keeps not yet migrated handlers in, below the custom handlers. */
export const toBeMigrated = "ToBeMigrated";

/**
 * Puts custom handlers into the folder `ToBeMigrated` of the target's custom handlers, from where they are migrated one
 * at a time (CIC Migration guide 2018 R5, Open and publish custom-written handlers). What is in a folder of that
 * name at the source is left alone: it belongs to an earlier migration.
 */
export function planToBeMigrated(source: FolderFacts, target: FolderFacts): FolderPlan {
  const files = source.files.filter(
    ({ path }) => isHandlerFile(path) && !path.toLowerCase().split("/").includes(toBeMigrated.toLowerCase()),
  );
  return planCopy({ ...source, files }, target);
}

/**
 * Moves a migrated handler out of `ToBeMigrated` to the custom handlers; undefined when it is not there. The state
 * tells whether Designer has already saved it there: `same` or `differs`.
 */
export function planDone(name: string, waiting: FolderFacts, custom: FolderFacts): FolderPlan | undefined {
  const file = waiting.files.find(({ path }) => handlerNameOf(path) === name.toLowerCase());
  if (!file) return undefined;
  const fileName = file.path.slice(file.path.lastIndexOf("/") + 1);
  const known = custom.files.find(({ path }) => path.toLowerCase() === fileName.toLowerCase());
  const state = !known ? "new" : known.hash === file.hash ? "same" : "differs";
  const operation: Operation = {
    kind: "move",
    from: joined(waiting.path, file.path),
    to: joined(custom.path, known?.path ?? fileName),
    state,
    hash: file.hash,
  };
  return { from: waiting.path, to: custom.path, operations: [operation] };
}

export function isHandlerFile(path: string): boolean {
  return /\.ihd$/i.test(path);
}

function handlerNameOf(path: string): string {
  return path
    .slice(path.lastIndexOf("/") + 1)
    .replace(/\.[^.]*$/, "")
    .toLowerCase();
}

/** For comparing: one separator, no case. */
function plainPath(path: string): string {
  return path.replace(/[\\/]+/g, "/").toLowerCase();
}

/** Keeps to the separator that the folder is written with: a server's folder may be planned on another machine. */
function joined(folder: string, path: string): string {
  const separator = /^[a-z]:\\|^\\\\/i.test(folder) ? "\\" : "/";
  return `${folder.replace(/[\\/]+$/, "")}${separator}${path.split("/").join(separator)}`;
}
