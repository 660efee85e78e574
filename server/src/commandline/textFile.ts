import { readFile, stat } from "node:fs/promises";
import { isAbsolute, resolve } from "node:path";
import { type Decoded, decodeText } from "../config/decode";
import type { TextProblem } from "../problem";
import { type ExitCode, type Io, UsageError } from "./command";

const largest = 256 * 1024 * 1024;

export interface TextFile extends Decoded {
  /** As the user wrote it, for messages. */
  readonly name: string;
  readonly path: string;
}

/** Reads a text file in the encoding it is in. Throws with a clear message where it cannot be read. */
export async function readTextFile(io: Io, name: string): Promise<TextFile> {
  const path = isAbsolute(name) ? name : resolve(io.cwd, name);
  try {
    const { size } = await stat(path);
    if (size > largest) throw new Error(`it has ${size} bytes, more than ${largest}`);
    return { name, path, ...decodeText(await readFile(path)) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`cannot read ${name}: ${why}`, { cause: error });
  }
}

/** A path from the command line. */
export function onlyFile(positionals: readonly string[]): string {
  const [file, more] = positionals;
  if (file === undefined) throw new UsageError("a FILE is missing");
  if (more !== undefined) throw new UsageError(`only one FILE, not ${more} too`);
  return file;
}

export interface FileProblems {
  readonly file: string;
  readonly problems: readonly TextProblem[];
}

/** Problems as lines for people, or as one JSON document; 1 where there is an error or a warning. */
export function printProblems(io: Io, files: readonly FileProblems[], json: boolean): ExitCode {
  const all = files.flatMap(({ file, problems }) => problems.map((problem) => ({ file, problem })));
  if (json) {
    const findings = all.map(({ file, problem: { code, severity, certainty, message, place } }) => {
      return { rule: code, severity, certainty, file, line: place?.line, column: place?.column, message };
    });
    io.out(`${JSON.stringify({ findings }, undefined, 2)}\n`);
  } else {
    for (const { file, problem } of all) {
      const { severity, message, code, place } = problem;
      io.out(`${file}:${place?.line ?? 1}:${place?.column ?? 1}: ${severity}: ${message} [${code}]\n`);
    }
    if (all.length === 0) io.out("No problems found.\n");
  }
  return all.some(({ problem: { severity } }) => severity === "error" || severity === "warning") ? 1 : 0;
}
