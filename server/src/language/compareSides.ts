import { join } from "node:path";
import { URI } from "vscode-uri";
import type { HandlerFile } from "../analysis/compare/handlerFiles";
import { handlerName } from "../handler/fromIhd";
import type { CompareSide, SideHandler } from "../protocol";
import { handlersInCommit } from "../workspace/gitFiles";
import { handlersBelow } from "../workspace/handlerFiles";
import type { HandlerReader } from "../workspace/reader";

/** A handler of one side, with the URI under which the editor opens it. */
export interface SideFile extends HandlerFile {
  readonly uri: string;
}

export interface SideFiles {
  readonly files: readonly SideFile[];
  readonly notes: readonly string[];
}

/** The handlers of a side, to be read when their turn comes. Throws for a revision that git does not know. */
export async function sideFiles(side: CompareSide, reader: HandlerReader): Promise<SideFiles> {
  if ("handlers" in side) return { files: side.handlers.map((each) => singleFile(each, reader)), notes: [] };
  const folder = URI.parse(side.folder).fsPath;
  const { memory, ansi } = reader;
  const { revision } = side;
  const { files, problems } =
    revision === undefined
      ? await handlersBelow(folder, { memory, ansi })
      : await handlersInCommit(folder, revision, ".", { memory, ansi });
  const uriOf = (path: string): string => {
    const file = URI.file(join(folder, path));
    return (revision === undefined ? file : gitUri(file, revision)).toString();
  };
  return { files: files.map((file) => ({ ...file, uri: uriOf(file.path) })), notes: problems };
}

function singleFile({ uri, path }: { uri: string; path: string }, reader: HandlerReader): SideFile {
  return { uri, path, name: handlerName(path), read: async () => (await reader.read(uri)).handler };
}

/** As VS Code's git extension names a file of a revision, so that the editor can open it. */
const gitUri = (file: URI, ref: string): URI =>
  file.with({ scheme: "git", query: JSON.stringify({ path: file.fsPath, ref }) });

export const sideHandler = ({ uri, name, path }: SideFile): SideHandler => ({ uri, name, path });
