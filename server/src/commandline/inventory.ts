import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { encodingExists } from "iconv-lite";
import { takeInventory } from "../analysis/inventory/inventory";
import {
  classNames,
  countsText,
  inventoryCsv,
  inventoryHtml,
  inventoryJson,
  inventoryMarkdown,
} from "../analysis/inventory/reports";
import { noNotes, noteOf, readNotes, type TeamNotes } from "../analysis/inventory/teamNotes";
import { escapeControls } from "../handler/quoting";
import { LayoutMemory } from "../ihd/layoutMemory";
import { handlersBelow, type ReadOptions, type Side } from "../workspace/handlerFiles";
import { defaultSettings } from "../workspace/settings";
import { Settling } from "../workspace/settling";
import { type Command, type ExitCode, type Io, UsageError } from "./command";
import { saveOutput } from "./output";

export const inventoryCommands: Command[] = [
  {
    words: ["handler", "inventory"],
    usage:
      "DIR [--base DIR] [--missing] [--notes FILE] [--json | --markdown | --csv OUT | --html OUT] [--force] [--ansi ENCODING]",
    summary:
      "Lists the handlers of a folder; with --base each as base, modified base or custom, by what Designer shows of it, not by bytes. --missing lists base handlers that are not there; --notes adds what the team wrote beside the handlers. OUT may be -, for standard output. Exit code 1: some handlers could not be read whole; 2: none.",
    run: inventory,
  },
];

async function inventory(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      base: { type: "string" },
      missing: { type: "boolean", default: false },
      notes: { type: "string" },
      json: { type: "boolean", default: false },
      markdown: { type: "boolean", default: false },
      csv: { type: "string" },
      html: { type: "string" },
      force: { type: "boolean", default: false },
      ansi: { type: "string", default: defaultSettings.encoding },
    },
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError("Name one folder of handlers.");
  if (values.missing && values.base === undefined) throw new UsageError("--missing needs --base.");
  const printed = [values.json, values.markdown, values.csv === "-", values.html === "-"];
  if (printed.filter((each) => each).length > 1) {
    throw new UsageError("Only one of --json, --markdown, --csv - and --html - can go to standard output.");
  }
  if (!encodingExists(values.ansi)) throw new UsageError(`'${values.ansi}' is no known encoding`);
  const notes = values.notes === undefined ? noNotes : await notesFrom(resolve(io.cwd, values.notes));

  const options = { ansi: values.ansi, memory: new LayoutMemory() };
  const own = await side(folder, options, io);
  const base = values.base === undefined ? null : await side(values.base, options, io);
  if (own.files.length === 0 || base?.files.length === 0) return 2;
  const settling = new Settling(options.memory);
  const [ownFiles, baseFiles] = [settling.add(own.files), base && settling.add(base.files)];
  const found = await takeInventory(ownFiles, baseFiles, { withMissing: values.missing });

  for (const [out, text] of [
    [values.csv, inventoryCsv],
    [values.html, inventoryHtml],
  ] as const) {
    if (out === "-") io.out(text(found, notes));
    else if (out !== undefined) await saveOutput(resolve(io.cwd, out), text(found, notes), values.force);
  }
  if (values.json) io.out(`${JSON.stringify(inventoryJson(found, notes), null, 1)}\n`);
  else if (values.markdown) io.out(inventoryMarkdown(found, notes));
  else if (values.csv === undefined && values.html === undefined) {
    for (const row of found.rows) {
      const team = notes.columns
        .map((column) => noteOf(notes, row.name, column))
        .filter((text) => text !== "");
      const about = [row.note, ...team].filter((text) => text !== "").join("; ");
      io.out(
        `${classNames[row.class].padEnd(14)}${escapeControls(`${row.path}${about === "" ? "" : `: ${about}`}`)}\n`,
      );
    }
    for (const note of found.notes) io.out(`${escapeControls(note)}\n`);
    io.out(`${countsText(found)}\n`);
  }
  const unread = found.counts.unreadable;
  if (unread === found.rows.length) return 2;
  return unread + own.problems.length + (base?.problems.length ?? 0) > 0 ? 1 : 0;
}

async function side(folder: string, options: ReadOptions, io: Io): Promise<Side> {
  const path = resolve(io.cwd, folder);
  if (!(await stat(path).catch(() => undefined))?.isDirectory()) {
    throw new UsageError(`${folder} is no folder.`);
  }
  const found = await handlersBelow(path, options);
  for (const problem of found.problems) io.err(`${escapeControls(problem)}\n`);
  if (found.files.length === 0) {
    io.err(
      `${escapeControls(folder)}: error: no handlers (.ihd files or handler XML exports) are in this folder or below it.\n`,
    );
  }
  return found;
}

async function notesFrom(path: string): Promise<TeamNotes> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Error(`${path} could not be read (${code}). Name the file the team's notes are in.`, {
      cause: error,
    });
  }
  const read = readNotes(text, path);
  if ("problem" in read) throw new Error(read.problem.message);
  return read.notes;
}
