import { basename } from "node:path/posix";
import { URI } from "vscode-uri";

/** How a resource is named in lists and exports: below its workspace folder, or in full where it is in none. */
export function shownPath(uri: string, folders: readonly string[]): string {
  const folder = folders.find((each) => uri.startsWith(each.endsWith("/") ? each : `${each}/`));
  const { path, scheme, fsPath } = URI.parse(uri);
  if (folder === undefined) return scheme === "file" ? fsPath.replaceAll("\\", "/") : uri;
  const root = URI.parse(folder).path.replace(/\/$/, "");
  const below = path.slice(root.length + 1);
  return folders.length > 1 ? `${basename(root)}/${below}` : below;
}
