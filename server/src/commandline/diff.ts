import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { compareFolders, type FolderDiff } from "../analysis/compare/compareFolders";
import { defaultKinds, diffKinds, type DiffKindId, isDiffKind } from "../analysis/compare/kinds";
import { diffHtml } from "../analysis/reports/diffHtml";
import { diffJson } from "../analysis/reports/diffJson";
import { diffMarkdown } from "../analysis/reports/diffMarkdown";
import { type DiffReportOptions, summaryText } from "../analysis/reports/diffReport";
import { diffText } from "../analysis/reports/diffText";
import { diffXml } from "../analysis/reports/diffXml";
import { readStylesheet, stylesheetName } from "../analysis/reports/stylesheet";
import { escapeControls } from "../handler/quoting";
import type { ReadOptions, Side } from "../workspace/handlerFiles";
import { Settling } from "../workspace/settling";
import { type Command, type ExitCode, type Io, UsageError } from "./command";
import { refuseExisting, saveOutput, saveOutputs } from "./output";
import { isFolder, readOptions, sideInCommit, sideOf, tellProblems } from "./sides";

const handlerDiff: Command = {
  words: ["handler", "diff"],
  usage:
    "OLD NEW | --git REVISION PATH  [--json | --markdown] [--html OUT] [--xml OUT [--stylesheet HREF | --xsl]] [--only KIND,...] [--force] [--ansi ENCODING]",
  summary:
    "Compares handlers: two files, two folders (paired by name), or what a git revision has with what is on disk. --only names the kinds of differences to report ('all' for all of them; a wrong one lists them). --xsl puts our stylesheet beside the XML and names it there. OUT may be '-'; an existing OUT is kept unless --force is given. Exit code 0: no differences; 1: differences, or a handler that could not be read; 2: nothing to compare.",
  run: diff,
};

export const diffCommands: Command[] = [handlerDiff];

async function diff(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      git: { type: "string" },
      json: { type: "boolean", default: false },
      markdown: { type: "boolean", default: false },
      html: { type: "string" },
      xml: { type: "string" },
      stylesheet: { type: "string" },
      xsl: { type: "boolean", default: false },
      only: { type: "string" },
      force: { type: "boolean", default: false },
      ansi: { type: "string" },
    },
  });
  const kinds = values.only === undefined ? defaultKinds : chosenKinds(values.only);
  checkOutputs(values);
  for (const out of [values.html, values.xml]) {
    if (out !== undefined && out !== "-") await refuseExisting(resolve(io.cwd, out), values.force);
  }
  const options = readOptions(values.ansi);
  const sides = await sidesOf(positionals, values.git, io, options);
  const settling = new Settling(options.memory);
  const [old, now] = [settling.add(sides.before.files), settling.add(sides.after.files)];
  const result = await compareFolders(old, now, { kinds });
  const hadProblems = tellProblems([sides.before, sides.after], io);
  for (const note of result.notes) io.err(`${escapeControls(note)}\n`);
  await report(result, { old: sides.old, now: sides.now, date: new Date() }, values, io);

  const { summary, pairs } = result;
  if (pairs.length === summary.unreadable) return 2;
  return hadProblems || pairs.length > summary.identical ? 1 : 0;
}

function chosenKinds(only: string): ReadonlySet<DiffKindId> {
  const chosen = only.split(",").map((kind) => kind.trim());
  if (chosen.includes("all")) return new Set(diffKinds.map(({ id }) => id));
  const unknown = chosen.filter((kind) => !isDiffKind(kind));
  if (unknown.length > 0) {
    const list = diffKinds.map(({ id, description }) => `  ${id.padEnd(22)}${description}\n`).join("");
    throw new UsageError(
      `--only: '${unknown.join("', '")}' is no kind of difference. There are:\n${list}`.trimEnd(),
    );
  }
  return new Set(chosen.filter(isDiffKind));
}

interface Outputs {
  readonly json: boolean;
  readonly markdown: boolean;
  readonly html?: string | undefined;
  readonly xml?: string | undefined;
  readonly stylesheet?: string | undefined;
  readonly xsl: boolean;
  readonly force: boolean;
}

function checkOutputs({ json, markdown, html, xml, stylesheet, xsl }: Outputs): void {
  const printed = [
    json && "--json",
    markdown && "--markdown",
    html === "-" && "--html -",
    xml === "-" && "--xml -",
  ];
  const both = printed.filter((each) => each !== false);
  if (both.length > 1) throw new UsageError(`${both.join(" and ")} all want standard output; choose one.`);
  if (xml === undefined && (stylesheet !== undefined || xsl)) {
    throw new UsageError("--stylesheet and --xsl go with --xml OUT.");
  }
  if (xsl && (stylesheet !== undefined || xml === "-")) {
    throw new UsageError(
      "--xsl puts a stylesheet beside OUT; it goes neither with --stylesheet nor with --xml -.",
    );
  }
}

interface BothSides {
  readonly before: Side;
  readonly after: Side;
  readonly old: string;
  readonly now: string;
}

async function sidesOf(
  paths: readonly string[],
  revision: string | undefined,
  io: Io,
  options: ReadOptions,
): Promise<BothSides> {
  const [first, second, ...more] = paths;
  if (revision !== undefined) {
    if (first === undefined || second !== undefined)
      throw new UsageError("With --git REVISION, name one file or folder.");
    const before = await sideInCommit(revision, first, io, options);
    const after = await sideOf(first, io, options);
    return { before, after, old: `${first} (${revision})`, now: first };
  }
  if (first === undefined || second === undefined || more.length > 0) {
    throw new UsageError("Name two files or two folders.");
  }
  if ((await isFolder(first, io)) !== (await isFolder(second, io))) {
    throw new UsageError("One is a file, the other a folder; name two files or two folders.");
  }
  const [before, after] = [await sideOf(first, io, options), await sideOf(second, io, options)];
  const sides = { before, after, old: first, now: second };
  if (await isFolder(first, io)) return sides;
  // Two files that are named are compared, whatever their handlers are called.
  const { name } = after.files[0]!;
  return { ...sides, before: { ...before, files: before.files.map((file) => ({ ...file, name })) } };
}

async function report(
  result: FolderDiff,
  about: DiffReportOptions & { readonly date: Date },
  outputs: Outputs,
  io: Io,
): Promise<void> {
  const { json, markdown, html, xml, force } = outputs;
  const pieces = async (
    out: string | undefined,
    text: Iterable<string> | AsyncIterable<string>,
  ): Promise<void> => {
    if (out === undefined || out === "-") for await (const piece of text) io.out(piece);
    else await saveOutputs(resolve(io.cwd, out), text, force);
  };
  if (xml !== undefined) {
    const stylesheet = outputs.xsl ? stylesheetName : (outputs.stylesheet ?? "");
    if (outputs.xsl) await placeStylesheet(join(dirname(resolve(io.cwd, xml)), stylesheetName), force);
    await pieces(xml, [diffXml(result, { ...about, stylesheet })]);
  }
  if (html !== undefined) await pieces(html, diffHtml(result, about));
  if (json) io.out(`${JSON.stringify(diffJson(result, about), null, 1)}\n`);
  else if (markdown) await pieces(undefined, diffMarkdown(result, about));
  else if (html === undefined && xml === undefined) io.out(diffText(result));
  else if (html !== "-" && xml !== "-") io.out(`${summaryText(result)}\n`);
}

/** Beside the XML; one that is there already is ours or the user's, and stays. */
async function placeStylesheet(path: string, force: boolean): Promise<void> {
  const stylesheet = await readStylesheet();
  try {
    await saveOutput(path, stylesheet, force);
  } catch (error) {
    if (!(error instanceof Error) || (error.cause as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
