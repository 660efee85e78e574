import { dirname } from "node:path";
import type { Dialect } from "../../../scripts/items";
import { find, nodeFiles } from "../../../scripts/text/files";

/** The file that a line includes (`:r`, `@`, `@@`, `START`), if it is in the script's folder or below. */
export async function includeAt(line: string, script: string, dialect: Dialect): Promise<string | undefined> {
  const written =
    dialect === "sqlcmd"
      ? /^\s*:r\s+(?:"([^"]+)"|(\S+))/i.exec(line)
      : /^\s*(?:@@?|start\s)\s*(?:"([^"]+)"|([^\s;]+))/i.exec(line);
  const name = written?.[1] ?? written?.[2];
  if (name === undefined) return undefined;
  const folder = dirname(script);
  const names = dialect === "sqlplus" && !/\.[^./\\]*$/.test(name) ? [`${name}.sql`] : [name];
  for (const each of names) {
    const found = await find(nodeFiles, folder, each, { folders: [folder], allowOutside: false });
    if (found.kind === "file") return found.path;
  }
  return undefined;
}
