import { readFile, stat } from "node:fs/promises";
import * as l10n from "@vscode/l10n";
import { decodeText } from "../../config/decode";
import { readWith } from "../../config/format";
import { polycom } from "../../config/polycom";
import { type Look, named } from "./finding";

const mostBytes = 1024 * 1024;

/** Whether push40.cfg is well formed and breaks no rule of Polycom's files. */
export const lookAtPhoneFile: Look = async ({ paths, shown }) => {
  for (const path of paths) {
    if ((await stat(path)).size > mostBytes) {
      return { outcome: "unknown", text: l10n.t("{0} is too large to be a phone's settings.", shown(path)) };
    }
    const { problems } = readWith(polycom, { name: path, ...decodeText(await readFile(path)) });
    const bad = problems.find(({ severity }) => severity === "error" || severity === "warning");
    if (bad) return { outcome: "failed", text: `${shown(path)}: ${bad.message}` };
  }
  return paths.length === 0
    ? { outcome: "unknown", text: l10n.t("There is no push40.cfg in this workspace.") }
    : { outcome: "proved", text: l10n.t("{0} is well formed and keeps the rules.", named(paths.map(shown))) };
};
