import { stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { encodingExists } from "iconv-lite";
import { listing } from "../handler/listing";
import type { Handler } from "../handler/model";
import { escapeControls } from "../handler/quoting";
import { showFull, showJson } from "../handler/show";
import { summary } from "../handler/summary";
import { LayoutMemory } from "../ihd/layoutMemory";
import { readHandlerFile, readSettledHandlerFiles } from "../workspace/file";
import { findHandlers } from "../workspace/find";
import { type Command, type ExitCode, type Io, UsageError } from "./command";

/** Exit codes: 0 all was read, 1 some could only be read in part or not at all, 2 nothing could be read. */
export const handlerCommands: Command[] = [
  {
    words: ["handler", "show"],
    usage: "FILE [--json] [--full] [--ansi ENCODING]",
    summary:
      "Tells what a handler (.ihd or XML export) is and uses; --json prints its model, --full all of it. Exit code 1: read in part; 2: not at all.",
    run: show,
  },
  {
    words: ["handler", "list"],
    usage: "PATH... [--ansi ENCODING] [--textconv]",
    summary:
      "Prints handlers as text; folders with all handlers below them. Exit code 1: some read in part or not at all; 2: none read. --textconv, for git: always 0, and the text says what could not be read.",
    run: list,
  },
];

async function show(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: "boolean" }, full: { type: "boolean" }, ansi: { type: "string" } },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError("Name one handler file.");

  const handler = await readHandlerFile(resolve(io.cwd, file), encodingOption(values.ansi));
  tellProblems(handler, file, io);
  if (values.json || values.full) {
    io.out(`${JSON.stringify(values.full ? showFull(handler) : showJson(handler), null, 1)}\n`);
  } else if (!isUnread(handler)) io.out(summary(handler));
  return isUnread(handler) ? 2 : isInPart(handler) ? 1 : 0;
}

async function list(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ansi: { type: "string" }, textconv: { type: "boolean" } },
  });
  if (positionals.length === 0) throw new UsageError("Name handler files or folders.");
  const options = { ...encodingOption(values.ansi), memory: new LayoutMemory() };
  const count = { read: 0, inPart: 0, unread: 0 };
  const { files, withHeads } = await filesOf(positionals, count, io);
  const names = new Names(io);

  let isFirst = true;
  let at = 0;
  const paths = files.map(({ file }) => resolve(io.cwd, file));
  for await (const { handler, error } of readSettledHandlerFiles(paths, options)) {
    const { file, fromFolder } = files[at++]!;
    if (error) tell(io, file, "error", error.message);
    if (handler) tellProblems(handler, file, io);
    if (!handler || isUnread(handler)) {
      count.unread++;
      if (values.textconv)
        io.out(`(not readable: ${escapeControls(handler?.problems[0]?.message ?? file)})\n`);
      // Strings may be all that is to be had of a damaged file.
      if (!handler?.recovered) continue;
    } else count[isInPart(handler) ? "inPart" : "read"]++;
    if (fromFolder) names.add(handler.name, file);
    if (withHeads) io.out(`${isFirst ? "" : "\n"}==> ${escapeControls(file)} <==\n`);
    io.out(listing(handler).text);
    isFirst = false;
  }
  if (values.textconv) return 0;
  if (count.read + count.inPart === 0) return 2;
  return count.inPart + count.unread > 0 ? 1 : 0;
}

interface FileToList {
  readonly file: string;
  readonly fromFolder: boolean;
}

/** The files that the paths name, in their order; each listing gets a head unless one file was named. */
async function filesOf(
  paths: readonly string[],
  count: { unread: number },
  io: Io,
): Promise<{ files: FileToList[]; withHeads: boolean }> {
  const files: FileToList[] = [];
  let withHeads = paths.length > 1;
  for (const path of paths) {
    if (!(await isFolder(resolve(io.cwd, path)))) {
      files.push({ file: path, fromFolder: false });
      continue;
    }
    withHeads = true;
    const found = await findHandlers(resolve(io.cwd, path));
    const shown = (absolute: string): string => join(path, relative(resolve(io.cwd, path), absolute));
    for (const { folder, message } of found.unreadable) {
      count.unread++;
      tell(io, shown(folder), "error", `The folder cannot be read: ${message}`);
    }
    if (found.files.length === 0) {
      count.unread++;
      tell(
        io,
        path,
        "error",
        "No handlers (.ihd files or handler XML exports) are in this folder or below it.",
      );
    }
    files.push(...found.files.map((file) => ({ file: shown(file), fromFolder: true })));
  }
  return { files, withHeads };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false; // reading it says why
  }
}

/** Warns of two handlers of one name in a folder: CIC keeps one of a name, whatever the case. */
class Names {
  private readonly seen = new Map<string, string>();

  constructor(private readonly io: Io) {}

  add(name: string, file: string): void {
    const key = `${dirname(file)}\0${name.toLowerCase()}`;
    const first = this.seen.get(key);
    if (first === undefined) this.seen.set(key, file);
    else {
      const message = `The handler "${name}" is in ${first} as well. A server has one handler of a name, upper or lower case alike: move or rename one of the files.`;
      tell(this.io, file, "warning", message);
    }
  }
}

function encodingOption(ansi: string | undefined): { ansi?: string } {
  if (ansi === undefined) return {};
  if (!encodingExists(ansi)) {
    throw new UsageError(`'${ansi}' is no known encoding; try windows-1252, windows-1250 or shift_jis.`);
  }
  return { ansi };
}

function tellProblems(handler: Handler, file: string, io: Io): void {
  for (const { severity, message } of handler.problems) tell(io, file, severity, message);
}

function tell(io: Io, file: string, severity: string, message: string): void {
  io.err(`${escapeControls(file)}: ${severity}: ${escapeControls(message)}\n`);
}

/** Nothing of the handler is there. */
function isUnread(handler: Handler): boolean {
  return isInPart(handler) && handler.steps.length + handler.variables.length + handler.tools.length === 0;
}

function isInPart(handler: Handler): boolean {
  return handler.problems.some(({ severity }) => severity === "error");
}
