import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Command } from "../../../server/src/commandline/command";
import { main } from "../../../server/src/commandline/main";

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command as the command line does, in a folder. */
export async function run(commands: readonly Command[], cwd: string, ...argv: string[]): Promise<Run> {
  let out = "";
  let err = "";
  const io = { out: (text: string) => (out += text), err: (text: string) => (err += text), env: {}, cwd };
  const code = await main(commands, argv, io);
  return { code, out, err };
}

/** A folder for one test, with files given by path and content; `remove` takes it away. */
export function folder(files: Record<string, string | Uint8Array> = {}): {
  path: string;
  remove: () => void;
} {
  const path = mkdtempSync(join(tmpdir(), "handlers-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
