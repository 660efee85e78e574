import { Uri } from "vscode";
import { listingScheme } from "../../../server/src/protocol";

/** The URI of a handler's listing; the server makes the same one. */
export function listingUri(handler: Uri): Uri {
  if (handler.scheme === listingScheme) return handler;
  return Uri.from({ scheme: listingScheme, path: `${handler.path}.listing`, query: handler.toString() });
}

/** The handler's URI, from its own or that of its listing. */
export function handlerUri(uri: Uri): Uri {
  return uri.scheme === listingScheme ? Uri.parse(uri.query, true) : uri;
}
