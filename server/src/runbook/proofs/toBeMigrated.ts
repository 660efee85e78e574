import * as l10n from "@vscode/l10n";
import { isHandlerFile } from "../../analysis/inventory/folderPlan";
import { entriesBelow } from "./entries";
import { type Look, named } from "./finding";

/**
 * Whether the folders `ToBeMigrated` hold no handler any more. A folder that is not there proves nothing: git keeps
 * no empty folders.
 */
export const lookIntoToBeMigrated: Look = async ({ paths, shown, signal }) => {
  const left: string[] = [];
  for (const path of paths) {
    for await (const entry of entriesBelow(path, { signal })) {
      if (!entry.isFolder && isHandlerFile(entry.path)) left.push(shown(entry.path));
    }
  }
  const folders = named(paths.map(shown));
  if (paths.length === 0)
    return { outcome: "unknown", text: l10n.t("There is no folder ToBeMigrated in this workspace.") };
  return left.length === 0
    ? { outcome: "proved", text: l10n.t("No handler is left in {0}.", folders) }
    : { outcome: "failed", text: l10n.t("Handlers left to be migrated: {0}.", named(left.sort())) };
};
