import { dirname } from "node:path";
import * as l10n from "@vscode/l10n";
import type { PlanTextRequest } from "../../protocol/scripts";
import { batchNames } from "../../scripts/batchNames";
import { destructiveIn } from "../../scripts/destructive";
import { sourceLine } from "../../scripts/items";
import { readScript, type ScriptSession } from "../../scripts/read";
import { SqlcmdSession } from "../../scripts/sqlcmd/session";
import { SqlplusSession } from "../../scripts/sqlplus/session";

const severityNames = {
  error: l10n.t("error"),
  warning: l10n.t("warning"),
  information: l10n.t("information"),
  hint: l10n.t("hint"),
};

/** A plan for people ends here. */
const mostText = 4 * 1024 * 1024;

/** What a script would run, batch by batch, with the script's line before each line. Nothing is run. */
export async function planText({
  path,
  dialect,
  variables = {},
  arguments: given = [],
}: PlanTextRequest.Params): Promise<string> {
  const session: ScriptSession =
    dialect === "sqlcmd"
      ? new SqlcmdSession({ variables, environment: process.env })
      : new SqlplusSession({ variables, arguments: given, ask: ({ name }) => Promise.resolve(`<${name}>`) });
  const parts: string[] = [`-- ${l10n.t("plan of {0}; nothing was run", path)}\n`];
  let length = 0;
  let batches = 0;
  const add = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  for await (const item of readScript(path, session, { startDirectory: dirname(path) })) {
    if (item.kind === "batch") {
      batches++;
      const { type, count, file, startLine, endLine } = item;
      const head =
        count > 1
          ? l10n.t(
              "{0} {1}, {2} times: {3}, lines {4} to {5}",
              batchNames[type],
              batches,
              count,
              file,
              startLine,
              endLine,
            )
          : l10n.t("{0} {1}: {2}, lines {3} to {4}", batchNames[type], batches, file, startLine, endLine);
      add(`\n-- ${head}\n`);
      for (const [index, text] of item.text.split("\n").entries()) {
        add(`${String(sourceLine(item.map, index + 1)?.line ?? "").padStart(6)} | ${text}\n`);
      }
      for (const { statement, target, line } of destructiveIn(item, dialect))
        add(`     ! ${l10n.t("line {0}: {1} {2}", line, statement, target ?? "")}\n`);
    } else if (item.kind === "command")
      add(`\n-- ${l10n.t("command, line {0}: {1}", item.command.line, item.command.text)}\n`);
    else if (item.kind === "problem") {
      const { severity, message, place } = item.problem;
      add(`\n-- ${l10n.t("{0}, line {1}: {2}", severityNames[severity], place?.line ?? 0, message)}\n`);
    }
    if (length > mostText) {
      add(`\n-- ${l10n.t("the rest of the plan is not shown")}\n`);
      break;
    }
  }
  add(`\n-- ${l10n.t("{0} batches", batches)}\n`);
  return parts.join("");
}
