import { basename, dirname } from "node:path";
import type { FoundArguments, ScriptArgumentsRequest } from "../../protocol/scripts";
import { titled } from "../../scripts/lists/argumentTitles";
import { scriptLists } from "../../scripts/lists/scriptLists";
import { readScript } from "../../scripts/read";
import type { Dialect, ScriptArgument } from "../../scripts/script";
import { SqlplusSession } from "../../scripts/sqlplus/session";
import { nodeFiles } from "../../scripts/text/files";
import { readText } from "../../scripts/text/readText";

/** No more of a script is read for its arguments. */
const mostItems = 20_000;
const longestRead = 1024 * 1024;
const mostFiles = 50;
/** SQL*Plus takes more; nobody fills in more fields. */
const mostArguments = 30;

/** What scripts take on their command line. Never rejects: a script that cannot be read uses nothing. */
export async function scriptArguments({
  dialect,
  paths,
}: ScriptArgumentsRequest.Params): Promise<ScriptArgumentsRequest.Result> {
  const scripts: FoundArguments[] = [];
  for (const path of paths) {
    const listed = listedArguments(dialect, path);
    scripts.push({
      ...(listed && { listed: listed.map(titled) }),
      used: listed || dialect === "sqlcmd" ? [] : await usedArguments(path).catch(() => []),
    });
  }
  return { scripts };
}

/** What the guide's lists say of a script of this name. */
export function listedArguments(dialect: Dialect, path: string): readonly ScriptArgument[] | undefined {
  const name = basename(path).toLowerCase();
  return scriptLists
    .filter((list) => list.dialect === dialect)
    .flatMap((list) => list.scripts)
    .find(({ file }) => file.toLowerCase() === name)?.arguments;
}

async function usedArguments(path: string): Promise<FoundArguments["used"]> {
  const session = new SqlplusSession({
    ask: ({ name, default: text }) => Promise.resolve(text ?? `<${name}>`),
  });
  const files: string[] = [];
  let items = 0;
  const options = { startDirectory: dirname(path), folders: [], allowOutside: false };
  for await (const item of readScript(path, session, options)) {
    if (item.kind === "file" && files.length < mostFiles) files.push(item.path);
    if (++items >= mostItems) break;
  }
  const numbers = [...session.uses.keys()].filter((name) => /^[1-9]\d?$/.test(name)).map(Number);
  const secrets = new Set<number>();
  for (const file of files) {
    const read = await readText(nodeFiles, file, longestRead);
    if ("text" in read) for (const number of passwordsIn(read.text)) secrets.add(number);
  }
  return Array.from({ length: Math.min(Math.max(0, ...numbers), mostArguments) }, (_, index) =>
    secrets.has(index + 1) ? { secret: true as const } : {},
  );
}

/** Numbers of arguments that stand where a password stands: IDENTIFIED BY &2, CONNECT &1/&2@&3, DEFINE pwd = &2. */
function passwordsIn(text: string): number[] {
  const uses = [
    /\bidentified\s+by\s+(?:values\s+)?["']?&&?(\d+)/gi,
    /\bconn(?:ect)?\s+[^\s/]+\/["']?&&?(\d+)/gi,
    /^\s*def(?:ine)?\s+\w*(?:passw|pwd|secret)\w*\s*=\s*["']?&&?(\d+)/gim,
    /\bpassw\w*\s*(?::=|=>?)\s*["']?&&?(\d+)/gi,
  ];
  return uses.flatMap((use) => [...text.matchAll(use)].map(([, number]) => Number(number)));
}
