import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** The text of a file as soon as it is like that: a file can be seen before all of it is written. */
export async function written(
  path: string,
  like: RegExp,
  encoding: BufferEncoding = "utf8",
): Promise<string> {
  let text = "(no file)";
  for (let tries = 0; tries < 150; tries++) {
    try {
      text = readFileSync(path, encoding);
      if (like.test(text)) return text;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    await pause(100);
  }
  throw new Error(`${path} is not like ${String(like)}: ${text.slice(0, 500)}`);
}
