import * as l10n from "@vscode/l10n";
import type { Handler } from "../../handler/model";
import { isReadInPart } from "../checks/reading";

/** A handler of one side, read when its turn comes. */
export interface HandlerFile {
  /** Pairs are made by name, without regard to case. */
  readonly name: string;
  /** Path below the folder that is compared, with `/`. */
  readonly path: string;
  /** Never throws for content; throws when the file cannot be opened. */
  readonly read: () => Promise<Handler>;
  /** The bytes' hash where it is cheap to have: of files with equal bytes only one is decoded. */
  readonly hash?: () => Promise<string>;
}

/** By name without regard to case, as a server keeps them. */
export function byHandlerName(files: readonly HandlerFile[]): Map<string, HandlerFile[]> {
  const found = new Map<string, HandlerFile[]>();
  for (const file of files) {
    const key = file.name.toLowerCase();
    const list = found.get(key);
    if (list) list.push(file);
    else found.set(key, [file]);
  }
  return found;
}

/** Ways in which two files of one handler name may be the same handler, the surest first. */
export const likenesses: readonly ((path: string) => string)[] = [
  (path) => path.toLowerCase(),
  (path) => path.slice(0, path.lastIndexOf("/") + 1).toLowerCase(),
];

/** A handler of the old side, of the new side, or of both. */
export interface PairedFiles {
  readonly name: string;
  readonly old: HandlerFile | undefined;
  readonly now: HandlerFile | undefined;
}

/**
 * Pairs by name, in the order of names. Names that repeat on a side are paired by path, then by folder; what is
 * left once on each side was moved. `notes` tells of such names.
 */
export function pairFiles(
  old: readonly HandlerFile[],
  now: readonly HandlerFile[],
): { readonly pairs: readonly PairedFiles[]; readonly notes: readonly string[] } {
  const [olds, news] = [byHandlerName(old), byHandlerName(now)];
  const notes: string[] = [];
  const pairs: PairedFiles[] = [];
  for (const key of [...new Set([...olds.keys(), ...news.keys()])].sort()) {
    const left = [...(olds.get(key) ?? [])];
    const right = [...(news.get(key) ?? [])];
    const name = (right[0] ?? left[0])!.name;
    if (left.length > 1 || right.length > 1) {
      const [olds, news] = [paths(left), paths(right)];
      pairs.push(...pairRepeated(left, right));
      const unpaired = left.length > 1 || right.length > 1 ? [...left, ...right] : [];
      notes.push(
        unpaired.length === 0
          ? l10n.t(
              "More than one handler is named {0} (old: {1}; new: {2}). They are paired by path; a server keeps one of a name, so keep one in the folder.",
              name,
              olds,
              news,
            )
          : l10n.t(
              "More than one handler is named {0} (old: {1}; new: {2}). Neither path nor folder tells what belongs to {3}, shown as added or removed; a server keeps one of a name, so keep one in the folder.",
              name,
              olds,
              news,
              paths(unpaired),
            ),
      );
    }
    if (left.length <= 1 && right.length <= 1) {
      if (left[0] || right[0]) pairs.push({ name, old: left[0], now: right[0] });
    } else {
      pairs.push(...left.map((file) => ({ name: file.name, old: file, now: undefined })));
      pairs.push(...right.map((file) => ({ name: file.name, old: undefined, now: file })));
    }
  }
  return { pairs, notes };
}

/** Takes what it pairs out of both lists. */
function pairRepeated(left: HandlerFile[], right: HandlerFile[]): PairedFiles[] {
  const found: PairedFiles[] = [];
  for (const likeness of likenesses) {
    for (const file of [...left]) {
      const same = right.findIndex(({ path }) => likeness(path) === likeness(file.path));
      if (same === -1) continue;
      const [other] = right.splice(same, 1);
      left.splice(left.indexOf(file), 1);
      found.push({ name: other!.name, old: file, now: other });
    }
  }
  return found;
}

export const paths = (side: readonly HandlerFile[]): string =>
  side.map(({ path }) => path).join(", ") || "none";

/** Why a handler can not be compared: differences of a part would not be true of the whole. */
export function whyUnreadable({ problems }: Handler): string | undefined {
  return problems.find(isReadInPart)?.message;
}

/** Lets requests and timers have their turn, so that a cancel button works while files come from memory. */
export const pause = (): Promise<void> => new Promise((done) => setImmediate(done));

/** The notes of the sides without handlers. */
export const emptySides = (
  sides: readonly (readonly [files: readonly HandlerFile[], note: string])[],
): string[] => sides.flatMap(([files, note]) => (files.length === 0 ? [note] : []));

/** A handler, or why there is none. */
export async function readSide(file: HandlerFile): Promise<Handler | string> {
  try {
    const handler = await file.read();
    return whyUnreadable(handler) ?? handler;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether both files hold the same bytes, where that is cheap to tell. */
export async function sameBytes(old: HandlerFile, now: HandlerFile): Promise<boolean> {
  if (!old.hash || !now.hash) return false;
  try {
    return (await old.hash()) === (await now.hash());
  } catch {
    return false; // reading says why
  }
}
