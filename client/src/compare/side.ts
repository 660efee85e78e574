import type { Uri } from "vscode";
import { FileSystemError, FileType, l10n, RelativePattern, workspace } from "vscode";
import type { CompareSide } from "../../../server/src/protocol";
import { handlerUri } from "../handlers/listingUri";

/** One side of a comparison, and what it is called. */
export interface Side {
  readonly label: string;
  readonly side: CompareSide;
  /** The same for the same resource: choices are remembered under it. */
  readonly key: string;
}

/** Most handlers of a folder that is not on disk. */
const MOST_FOUND = 20_000;

/** A handler or a folder of handlers. Throws where there is neither. */
export async function sideOf(given: Uri): Promise<Side> {
  const uri = handlerUri(given);
  const label = labelOf(uri);
  const key = uri.toString();
  if (!(await isThere(uri))) throw new Error(l10n.t("{0} is not there.", label));
  const { type } = await workspace.fs.stat(uri);
  if ((type & FileType.Directory) === 0)
    return { label, key, side: { handlers: [{ uri: key, path: nameOf(uri) }] } };
  if (uri.scheme === "file") return { label, key, side: { folder: key } };
  const found = await workspace.findFiles(new RelativePattern(uri, "**/*.ihd"), null, MOST_FOUND);
  const handlers = found.map((each) => ({
    uri: each.toString(),
    path: each.path.slice(uri.path.length + 1),
  }));
  return { label, key, side: { handlers } };
}

/** The same for what may have been deleted: a side without handlers then. */
export async function sideNow(uri: Uri): Promise<Side> {
  if (await isThere(uri)) return await sideOf(uri);
  return { label: l10n.t("{0} (deleted)", labelOf(uri)), key: uri.toString(), side: { handlers: [] } };
}

export async function isThere(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof FileSystemError && error.code === "FileNotFound") return false;
    throw error;
  }
}

export const nameOf = (uri: Uri): string => uri.path.slice(uri.path.lastIndexOf("/") + 1);

/** How a resource is shown: below the workspace where it is. */
export function labelOf(uri: Uri): string {
  const path = workspace.asRelativePath(uri.with({ scheme: "file", query: "", fragment: "" }));
  const ref = uri.scheme === "git" ? refOf(uri) : undefined;
  return ref === undefined ? path : `${path} (${ref})`;
}

function refOf({ query }: Uri): string | undefined {
  try {
    const { ref } = JSON.parse(query) as { ref?: unknown };
    return typeof ref === "string" && ref !== "" ? ref : undefined;
  } catch {
    return undefined;
  }
}
