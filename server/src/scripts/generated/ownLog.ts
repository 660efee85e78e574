import { basename } from "node:path";
import { nodeFiles } from "../text/files";
import { readText } from "../text/readText";
import { readHeader } from "./header";

/** SPOOL and header stand at the top. */
const top = 64 * 1024;

/** SPOOL to `&1`: the script takes the name of its log as an argument. */
export function spoolsToArgument(text: string): boolean {
  return /^[ \t]*spo(?:o|ol)?[ \t]+['"]?&&?1\b/im.test(text);
}

/** A script's own name with `.log`: where nobody has given another one. */
export function ownLogName(path: string): string {
  return `${basename(path).replace(/\.[^.]*$/, "")}.log`;
}

/** The log of a generated script that spools to `&1`; undefined for any other script. Never rejects. */
export async function ownLog(path: string): Promise<string | undefined> {
  const file = await readText(nodeFiles, path, top).catch(() => undefined);
  if (!file || !("text" in file) || !spoolsToArgument(file.text) || !readHeader(file.text)) return undefined;
  return ownLogName(path);
}
