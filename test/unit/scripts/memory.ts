import { posix } from "node:path";
import type { BatchItem, CommandItem, Item } from "../../../server/src/scripts/items";
import { plan, type Plan, type ScriptSession } from "../../../server/src/scripts/read";
import type { ReadOptions } from "../../../server/src/scripts/reading";
import type { ScriptFiles } from "../../../server/src/scripts/text/files";

/** Script files that are only in memory: paths to text or bytes, handed out in chunks of the given sizes. */
export function memoryFiles(
  contents: Readonly<Record<string, string | Uint8Array>>,
  chunkSizes: readonly number[] = [65536],
): ScriptFiles {
  const bytesOf = (path: string): Uint8Array => {
    const content = contents[path];
    if (content === undefined) throw new Error(`ENOENT: no such file, open '${path}'`);
    return typeof content === "string" ? Buffer.from(content, "utf8") : content;
  };
  return {
    read: async function* (path) {
      const bytes = bytesOf(path);
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const size = Math.max(1, chunkSizes[turn % chunkSizes.length] ?? 1);
        yield bytes.subarray(at, at + size);
        at += size;
        await Promise.resolve();
      }
    },
    realPath: async (path) => {
      const folder = Object.keys(contents).some((name) => name.startsWith(`${path}/`));
      if (!folder) bytesOf(path);
      return Promise.resolve(path);
    },
    version: async (path) => Promise.resolve(String(bytesOf(path).length)),
    names: async (folder) =>
      Promise.resolve([
        ...new Set(
          Object.keys(contents)
            .filter((name) => name.startsWith(`${folder}/`))
            .map((name) => posix.relative(folder, name).split("/")[0] ?? ""),
        ),
      ]),
  };
}

/** Plans `/s/main.sql`, which holds `text`; `others` are more files by path. */
export async function planText(
  text: string | Uint8Array,
  session: ScriptSession,
  others: Readonly<Record<string, string | Uint8Array>> = {},
  options: ReadOptions & { main?: string; chunkSizes?: readonly number[] } = {},
): Promise<Plan> {
  const { main = "/s/main.sql", chunkSizes, ...rest } = options;
  return plan(main, session, { files: memoryFiles({ [main]: text, ...others }, chunkSizes), ...rest });
}

export function texts(items: readonly Item[]): string[] {
  return items.filter((item): item is BatchItem => item.kind === "batch").map(({ text }) => text);
}

export function commands(items: readonly Item[]): CommandItem["command"][] {
  return items.flatMap((item) => (item.kind === "command" ? item.command : []));
}

/** `code:line` of every problem. */
export function notes({ problems }: Plan): string[] {
  return problems.map(({ code, place }) => `${code}:${place?.line ?? 0}`);
}
