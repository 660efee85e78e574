import { dirname } from "node:path";
import type { PlanTextRequest } from "../../protocol/scripts";
import { destructiveIn } from "../../scripts/destructive";
import { sourceLine } from "../../scripts/items";
import { readScript, type ScriptSession } from "../../scripts/read";
import { SqlcmdSession } from "../../scripts/sqlcmd/session";
import { SqlplusSession } from "../../scripts/sqlplus/session";

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
  const parts: string[] = [`-- plan of ${path}; nothing was run\n`];
  let length = 0;
  let batches = 0;
  const add = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  for await (const item of readScript(path, session, { startDirectory: dirname(path) })) {
    if (item.kind === "batch") {
      batches++;
      const times = item.count > 1 ? `, ${item.count} times` : "";
      add(`\n-- ${item.type} ${batches}${times}: ${item.file}, lines ${item.startLine} to ${item.endLine}\n`);
      for (const [index, text] of item.text.split("\n").entries()) {
        add(`${String(sourceLine(item.map, index + 1)?.line ?? "").padStart(6)} | ${text}\n`);
      }
      for (const { statement, target, line } of destructiveIn(item, dialect))
        add(`     ! line ${line}: ${statement} ${target ?? ""}\n`);
    } else if (item.kind === "command")
      add(`\n-- command, line ${item.command.line}: ${item.command.text}\n`);
    else if (item.kind === "problem") {
      const { severity, message, place } = item.problem;
      add(`\n-- ${severity}, line ${place?.line ?? 0}: ${message}\n`);
    }
    if (length > mostText) {
      add("\n-- the rest of the plan is not shown\n");
      break;
    }
  }
  add(`\n-- ${batches} batches\n`);
  return parts.join("");
}
