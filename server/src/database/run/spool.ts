import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { SqlplusCommand } from "../../scripts/sqlplus/commands";
import type { RunContext } from "./context";
import { outputName } from "./outputName";
import { TextFile } from "./textFile";

/** SPOOL: output goes to a file in the run's folder as well, whatever path the script gives. */
export async function spool(
  context: RunContext,
  script: number,
  command: Extract<SqlplusCommand, { name: "spool" }>,
  replaying: boolean,
): Promise<void> {
  const { output, folder } = context;
  const { mode, target } = command;
  if (mode === undefined) return;
  if (mode === "off" || mode === "out" || target === undefined) return output.capture("spool", undefined);
  const flags = replaying || mode === "append" ? "a" : mode === "create" ? "wx" : "w";
  const name = outputName(context, script, target);
  try {
    const file = await TextFile.open(folder.output(name), flags, (message) =>
      output.note("warning", message),
    );
    await output.capture("spool", { file, what: "all" });
    if (!replaying) {
      output.note(
        "information",
        l10n.t("SPOOL {0} goes to {1} in the run's folder", target, join("output", name)),
        command,
      );
    }
  } catch (error) {
    const exists = (error as { code?: unknown }).code === "EEXIST";
    const why = exists
      ? l10n.t("the file is there already (CREATE)")
      : error instanceof Error
        ? error.message
        : String(error);
    output.note("error", `SPOOL ${target}: ${why}`, command);
  }
}
