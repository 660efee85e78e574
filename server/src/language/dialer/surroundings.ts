import { readFile, stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import * as l10n from "@vscode/l10n";
import { URI } from "vscode-uri";
import { decodeText } from "../../config/decode";
import { tnsAliases } from "../../config/tnsnames";
import type { DialerCode } from "../../dialer/rules";
import type { Surroundings } from "../../dialer/surroundings";
import type { TextProblem } from "../../problem";
import { dialerSurroundings } from "../../workspace/dialerSurroundings";
import { keys, section, type Settings } from "../../workspace/settings";

export interface Around {
  readonly surroundings: Surroundings;
  /** What is wrong with the settings. */
  readonly problems: readonly TextProblem[];
}

/** A real one has a few hundred kilobytes at most. */
const mostTnsnames = 16 * 1024 * 1024;

/**
 * What lies around a configuration; nothing is known around one that is not on disk. A relative path in the
 * settings is one of a workspace folder.
 */
export async function around(
  uri: string,
  { tnsnames }: Pick<Settings, "tnsnames">,
  folders: readonly string[],
): Promise<Around> {
  const { scheme, fsPath } = URI.parse(uri);
  const surroundings = scheme === "file" ? await dialerSurroundings(fsPath).catch(() => ({})) : {};
  if (tnsnames === "") return { surroundings, problems: [] };
  const paths = isAbsolute(tnsnames) ? [tnsnames] : folders.map((folder) => join(folder, tnsnames));
  let why = l10n.t("there is no such file");
  for (const path of paths) {
    try {
      const { size } = await stat(path);
      if (size > mostTnsnames) throw new Error(l10n.t("it has {0} bytes, more than {1}", size, mostTnsnames));
      const { text } = decodeText(await readFile(path));
      return { surroundings: { ...surroundings, tnsAliases: tnsAliases(text) }, problems: [] };
    } catch (error) {
      const missing = (error as { code?: unknown }).code === "ENOENT";
      if (!missing) why = error instanceof Error ? error.message : String(error);
    }
  }
  return { surroundings, problems: [unreadable(tnsnames, why)] };
}

function unreadable(path: string, why: string): TextProblem {
  return {
    code: "dialer/tnsnames-setting" satisfies DialerCode,
    severity: "warning",
    message: l10n.t(
      "{0} cannot be read, so Oracle services are not checked: {1}. Correct the setting {2}.{3}.",
      path,
      why,
      section,
      keys.tnsnames,
    ),
    certainty: "seen",
    start: 0,
    end: 0,
    place: { line: 1, column: 1 },
  };
}
