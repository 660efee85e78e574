import { readFile, stat } from "node:fs/promises";
import * as l10n from "@vscode/l10n";
import { decodeText } from "../../config/decode";
import { isTargetRelease } from "../../dialer/campaignMigration";
import { readingUdlReferences, udlState } from "../../dialer/connections";
import { readDialerConfiguration } from "../../dialer/read";
import { inSlices } from "../../dialer/slices";
import { workflowsOf } from "../../dialer/workflows";
import { limits } from "../../dialer/xml";
import { dialerSurroundings } from "../../workspace/dialerSurroundings";
import { type Look, named } from "./finding";

/** Whether each data link that a Dialer configuration names lies beside it, or in a folder UDL beside it. */
export const lookForUdlFiles: Look = async ({ paths, shown, signal }) => {
  const missing: string[] = [];
  const sources: string[] = [];
  let links = 0;
  for (const path of paths) {
    if ((await stat(path)).size > 2 * limits.length) {
      return { outcome: "unknown", text: l10n.t("{0} is too large to be read.", shown(path)) };
    }
    const model = await readDialerConfiguration(decodeText(await readFile(path)).text, { signal });
    const surroundings = await dialerSurroundings(path);
    // The target's data links lie on its own server.
    if (isTargetRelease(model, workflowsOf(model, surroundings))) continue;
    if (model.incomplete) {
      const { line, message } = model.incomplete;
      const text = l10n.t("{0} could not be read in full: line {1}: {2}", shown(path), line, message);
      return { outcome: "unknown", text };
    }
    if (!model.objects.length)
      return { outcome: "unknown", text: l10n.t("{0} has no objects.", shown(path)) };
    sources.push(shown(path));
    const files = new Map(
      (await inSlices(readingUdlReferences(model), { signal })).map(({ file }) => [file.toLowerCase(), file]),
    );
    links += files.size;
    for (const file of files.values()) {
      if (udlState(file, surroundings) === "missing") missing.push(l10n.t("{0} of {1}", file, shown(path)));
    }
  }
  const configurations = named(sources);
  if (sources.length === 0) {
    return {
      outcome: "unknown",
      text: l10n.t("There is no dialer_config.xml of a source in this workspace."),
    };
  }
  if (missing.length > 0)
    return { outcome: "failed", text: l10n.t("Data links are missing: {0}.", named(missing)) };
  return links === 0
    ? { outcome: "unknown", text: l10n.t("{0} names no data links.", configurations) }
    : {
        outcome: "proved",
        text: l10n.t("All {0} data links that {1} names are there.", links, configurations),
      };
};
