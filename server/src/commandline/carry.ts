import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { carryFolders } from "../analysis/carry/carryFolders";
import { readWorkList, type WorkList } from "../analysis/carry/workList";
import { carryHtml } from "../analysis/reports/carryHtml";
import { carryJson } from "../analysis/reports/carryJson";
import { carrySummaryText, isOpen } from "../analysis/reports/carryReport";
import { carryText } from "../analysis/reports/carryText";
import { escapeControls } from "../handler/quoting";
import { Settling } from "../workspace/settling";
import { type Command, type ExitCode, type Io, UsageError } from "./command";
import { refuseExisting, saveOutputs } from "./output";
import { isFolder, readOptions, sideOf, tellProblems } from "./sides";

const handlerCarry: Command = {
  words: ["handler", "carry"],
  usage:
    "--old-base FOLDER --custom FOLDER --new-base FOLDER [--json | --html OUT [--force]] [--work-list FILE] [--ansi ENCODING]",
  summary:
    "Tells, for every handler, how customisations of an old base come into a new one: drop, take over, apply again (and where), decide. --work-list adds the check marks and notes of a workspace's .handler-workbench/carry-forward.json. OUT may be '-'; an existing OUT is kept unless --force is given. Exit code 0: nothing to do; 1: something to do; 2: nothing could be read.",
  run: carry,
};

export const carryCommands: Command[] = [handlerCarry];

async function carry(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "old-base": { type: "string" },
      custom: { type: "string" },
      "new-base": { type: "string" },
      json: { type: "boolean", default: false },
      html: { type: "string" },
      "work-list": { type: "string" },
      force: { type: "boolean", default: false },
      ansi: { type: "string" },
    },
  });
  const { "old-base": oldBase, custom, "new-base": newBase, html } = values;
  if (oldBase === undefined || custom === undefined || newBase === undefined) {
    throw new UsageError("Name three folders, with --old-base, --custom and --new-base.");
  }
  if (values.json && html === "-")
    throw new UsageError("--json and --html - both want standard output; choose one.");
  for (const folder of [oldBase, custom, newBase]) {
    if (!(await isFolder(folder, io))) throw new UsageError(`${folder} is a file; name a folder.`);
  }
  if (html !== undefined && html !== "-") await refuseExisting(resolve(io.cwd, html), values.force);
  const marks = values["work-list"] === undefined ? undefined : await readMarks(values["work-list"], io);

  const options = readOptions(values.ansi);
  const sides = [
    await sideOf(oldBase, io, options),
    await sideOf(custom, io, options),
    await sideOf(newBase, io, options),
  ] as const;
  const settling = new Settling(options.memory);
  const report = await carryFolders({
    oldBase: settling.add(sides[0].files),
    custom: settling.add(sides[1].files),
    newBase: settling.add(sides[2].files),
  });
  const hadProblems = tellProblems(sides, io);
  for (const note of report.notes) io.err(`${escapeControls(note)}\n`);
  const about = { oldBase, custom, newBase, date: new Date(), ...(marks ? { marks } : {}) };
  if (html === "-") for (const piece of carryHtml(report, about)) io.out(piece);
  else if (html !== undefined)
    await saveOutputs(resolve(io.cwd, html), carryHtml(report, about), values.force);
  if (values.json) io.out(`${JSON.stringify(carryJson(report, about), null, 1)}\n`);
  else if (html === undefined) io.out(carryText(report));
  else if (html !== "-") io.out(`${carrySummaryText(report)}\n`);

  if (report.handlers.length === report.summary.unreadable) return 2;
  return hadProblems || report.handlers.some(({ status }) => isOpen(status)) ? 1 : 0;
}

async function readMarks(path: string, io: Io): Promise<WorkList> {
  const { list, problems } = readWorkList(await readFile(resolve(io.cwd, path), "utf8"));
  for (const { severity, message } of problems)
    io.err(`${escapeControls(path)}: ${severity}: ${escapeControls(message)}\n`);
  return list;
}
