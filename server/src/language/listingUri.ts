import { URI } from "vscode-uri";
import { listingScheme } from "../protocol";

/**
 * The URI of a handler's listing: its path is the handler's with `.listing` behind it, so that tabs and the
 * Problems view show a name; its query is the handler's URI. One handler always has the same.
 */
export function listingUri(handler: string): string {
  const { path } = URI.parse(handler);
  return URI.from({ scheme: listingScheme, path: `${path}.listing`, query: handler }).toString();
}

/** The handler's URI, from its own or that of its listing. */
export function handlerUri(uri: string): string {
  if (!uri.startsWith(`${listingScheme}:`)) return uri;
  return URI.parse(uri).query;
}
