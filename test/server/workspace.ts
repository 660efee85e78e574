import { readFileSync } from "node:fs";
import { join } from "node:path";
import { URI } from "vscode-uri";
import { listingUri } from "../../server/src/language/listingUri";
import { ListingRequest, StateNotification } from "../../server/src/protocol";
import { sampleFolder } from "../fixtures/makeSample";
import { Folder } from "../unit/workspace/folder";
import { type RunningServer, type ServerOptions, startServer } from "./stdio";

/** A copy of the sample workspace, which tests may change. */
export function sampleCopy(): Folder {
  return new Folder().copy(sampleFolder, "");
}

/** A server that has read all handlers of the folder. */
export async function startIn(folder: Folder, options: ServerOptions = {}): Promise<RunningServer> {
  const server = await startServer({ workspaceFolders: [folder.path], ...options });
  await server.notification<StateNotification.Params>(
    StateNotification.method,
    ({ state }) => state === "ready",
  );
  return server;
}

/** Opens the listing of a handler as the editor does: asks for the text, then says that it is open. */
export async function openListing(
  server: RunningServer,
  handler: string,
): Promise<{ uri: string; text: string; position: (context: string, focus?: string) => Position }> {
  const uri = listingUri(handler);
  const { text } = await server.connection.sendRequest<ListingRequest.Result>(ListingRequest.method, { uri });
  await server.open(uri, "handler-listing", text);
  const position = (context: string, focus = context): Position => {
    const offset = text.indexOf(context);
    if (offset < 0) throw new Error(`'${context}' is not in:\n${text}`);
    const before = text.slice(0, offset + context.lastIndexOf(focus)).split("\n");
    return { line: before.length - 1, character: before.at(-1)!.length + 1 };
  };
  return { uri, text, position };
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

export const bytesOf = (folder: Folder, name: string): Buffer => readFileSync(join(folder.path, name));

export const fileUri = (path: string): string => URI.file(path).toString();
