import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { SqlplusCommand } from "../../scripts/sqlplus/commands";
import { safeName } from "../runFolder";
import type { RunContext } from "./context";
import { TextFile } from "./textFile";

/** SPOOL: output goes to a file in the run's folder as well, whatever path the script gives. */
export async function spool(
  { output, folder }: RunContext,
  command: Extract<SqlplusCommand, { name: "spool" }>,
  replaying: boolean,
): Promise<void> {
  const { mode, target } = command;
  if (mode === undefined) return;
  if (mode === "off" || mode === "out" || target === undefined) return output.capture("spool", undefined);
  const flags = replaying || mode === "append" ? "a" : mode === "create" ? "wx" : "w";
  try {
    const file = await TextFile.open(folder.output(target), flags, (message) =>
      output.note("warning", message),
    );
    await output.capture("spool", { file, what: "all" });
    if (!replaying) {
      output.note(
        "information",
        l10n.t("SPOOL {0} goes to {1} in the run's folder", target, join("output", safeName(target))),
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
