import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import picomatch from "picomatch";
import { checkPackage } from "../packages/checks/check";
import { compareTrees, type Comparison } from "../packages/compare";
import { checkConsoleScript } from "../packages/console/script";
import { type ContentTree, folderTree, packageTree } from "../packages/contentTree";
import { type PackageEntry, printable } from "../packages/entry";
import { type Existing } from "../packages/extraction/existing";
import { extractPackage } from "../packages/extraction/extract";
import { openPackage, type Package } from "../packages/package";
import { verifyPackage } from "../packages/verify";
import type { Progress } from "../packages/walk";
import type { Problem } from "../problem";
import { packageComparators } from "../workspace/packageComparators";
import { type Command, type ExitCode, type Io, UsageError } from "./command";

const common = { json: { type: "boolean" }, "password-env": { type: "string" } } as const;

const list: Command = {
  words: ["package", "list"],
  usage: "FILE [--password-env NAME] [--json]",
  summary: "Lists what is in a package (.ininmigr), zips in it included, and what is wrong with it.",
  run: (args, io) =>
    interruptible(async (signal) => {
      const { values, positionals } = parseArgs({ args: [...args], options: common, allowPositionals: true });
      const opened = await open(one(positionals), values["password-env"], io, signal);
      try {
        const { problems, components, parameters } = await checkPackage(opened, signal);
        if (values.json) {
          json(io, {
            file: opened.file,
            name: opened.name,
            size: opened.size,
            entries: opened.entries,
            components: components.found.map(({ component, path }) => ({ component: component.node, path })),
            parameters,
            problems,
          });
        } else {
          for (const entry of opened.entries) io.out(`${lineOf(entry)}\n`);
          const files = opened.entries.filter(({ kind }) => kind === "file");
          const bytes = files.reduce((sum, { size }) => sum + size, 0);
          io.out(`${files.length} files, ${bytes.toLocaleString("en")} bytes\n`);
        }
        say(io, problems, values.json);
        return exitCode(opened, problems, ["error"]);
      } finally {
        await opened.close();
      }
    }),
};

const verify: Command = {
  words: ["package", "verify"],
  usage: "FILE [--password-env NAME] [--json]",
  summary: "Reads all content of a package, proves its integrity, and runs every check. Writes nothing.",
  run: (args, io) =>
    interruptible(async (signal) => {
      const { values, positionals } = parseArgs({ args: [...args], options: common, allowPositionals: true });
      const opened = await open(one(positionals), values["password-env"], io, signal);
      try {
        const report = await checkPackage(opened, signal);
        const result = await verifyPackage(opened, { signal, onProgress: progressOn(io) });
        const problems = [...report.problems, ...result.problems];
        const { proven, locked, bytes, failures } = result;
        if (values.json) json(io, { file: opened.file, proven, locked, bytes, failures, problems });
        else {
          io.out(
            `${proven} of ${proven + locked + failures.length} entries proven, ${bytes.toLocaleString("en")} bytes\n`,
          );
        }
        say(io, problems, values.json);
        return exitCode(opened, problems, ["error", "warning"]);
      } finally {
        await opened.close();
      }
    }),
};

const extract: Command = {
  words: ["package", "extract"],
  usage:
    "FILE --to FOLDER [--item PATTERN]... [--existing refuse|skip|replace] [--keep-zips] [--skip-unsafe] [--password-env NAME] [--json]",
  summary:
    "Writes all or chosen content of a package below a folder; never outside of it, nor over files unasked.",
  run: (args, io) =>
    interruptible(async (signal) => {
      const { values, positionals } = parseArgs({
        args: [...args],
        options: {
          ...common,
          to: { type: "string" },
          item: { type: "string", multiple: true },
          existing: { type: "string" },
          "keep-zips": { type: "boolean" },
          "skip-unsafe": { type: "boolean" },
        },
        allowPositionals: true,
      });
      if (values.to === undefined || values.to === "") throw new UsageError("--to FOLDER is missing");
      const file = one(positionals);
      const existing = existingOf(values.existing);
      const opened = await open(file, values["password-env"], io, signal);
      try {
        const code = exitCode(opened, opened.problems, []);
        if (code === 2) {
          if (values.json)
            json(io, {
              status: "refused",
              written: [],
              skipped: [],
              failures: [],
              problems: opened.problems,
            });
          say(io, opened.problems, values.json);
          return 2;
        }
        const result = await extractPackage(opened, {
          to: resolve(io.cwd, values.to),
          select: values.item ? picomatch(values.item, { nocase: true, dot: true }) : undefined,
          existing,
          keepZips: values["keep-zips"] ?? false,
          skipUnsafe: values["skip-unsafe"] ?? false,
          onProgress: progressOn(io),
          signal,
        });
        if (values.json) json(io, result);
        else {
          io.out(
            `${result.status}: ${result.written.length} files written, ${result.skipped.length} left alone, ${result.bytes.toLocaleString("en")} bytes\n`,
          );
        }
        say(io, result.problems, values.json);
        return result.status === "done" ? 0 : 1;
      } finally {
        await opened.close();
      }
    }),
};

const diff: Command = {
  words: ["package", "diff"],
  usage: "OLD NEW [--password-env NAME] [--new-password-env NAME] [--all] [--json]",
  summary: "Compares two packages, or a package and a folder, file by file. Identical files show with --all.",
  run: (args, io) =>
    interruptible(async (signal) => {
      const { values, positionals } = parseArgs({
        args: [...args],
        options: { ...common, "new-password-env": { type: "string" }, all: { type: "boolean" } },
        allowPositionals: true,
      });
      const [oldPath, newPath, ...more] = positionals;
      if (oldPath === undefined || newPath === undefined || more.length > 0) {
        throw new UsageError("two packages or folders are needed, the old one first");
      }
      const sides: Side[] = [];
      try {
        sides.push(await openSide(oldPath, values["password-env"], io, signal));
        sides.push(await openSide(newPath, values["new-password-env"] ?? values["password-env"], io, signal));
        const [old, now] = sides as [Side, Side];
        const problems = sides.flatMap(({ tree }) => tree.problems);
        if (sides.some(({ opened }) => opened && exitCode(opened, opened.problems, []) === 2)) {
          if (values.json) json(io, { summary: {}, pairs: [], problems });
          say(io, problems, values.json);
          return 2;
        }
        const comparison = await compareTrees(old.tree, now.tree, {
          comparators: packageComparators,
          onProgress: progressOn(io),
          signal,
        });
        if (values.json) json(io, { ...comparison, problems });
        else io.out(textOf(comparison, values.all ?? false));
        say(io, problems, values.json);
        return comparison.summary.identical === comparison.pairs.length ? 0 : 1;
      } finally {
        for (const side of sides) await side.close();
      }
    }),
};

const consoleLines: Command = {
  words: ["package", "console"],
  usage: "SCRIPT... [--json]",
  summary: "Checks the calls of ININ.Migrator.Console in .bat and .cmd files.",
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: common.json },
      allowPositionals: true,
    });
    if (positionals.length === 0) throw new UsageError("no script is named");
    const findings: (Problem & { readonly file: string })[] = [];
    for (const script of positionals) {
      const text = await readFile(resolve(io.cwd, script), "utf8");
      for (const finding of checkConsoleScript(text)) findings.push({ ...finding, file: script });
    }
    if (values.json) json(io, { findings });
    else {
      for (const { file, place, severity, message, code } of findings) {
        io.out(`${file}:${place?.line}:${place?.column}: ${severity}: ${message} [${code}]\n`);
      }
    }
    return findings.some(({ severity }) => severity === "error" || severity === "warning") ? 1 : 0;
  },
};

export const packageCommands: Command[] = [list, verify, extract, diff, consoleLines];

interface Side {
  readonly tree: ContentTree;
  readonly opened?: Package;
  readonly close: () => Promise<void>;
}

async function openSide(
  path: string,
  variable: string | undefined,
  io: Io,
  signal: AbortSignal,
): Promise<Side> {
  const full = resolve(io.cwd, path);
  if ((await stat(full)).isDirectory()) {
    const tree = await folderTree(full, { password: passwordOf(variable, io), signal });
    return { tree, close: tree.close };
  }
  const opened = await open(path, variable, io, signal);
  return { tree: packageTree(opened), opened, close: () => opened.close() };
}

function open(file: string, variable: string | undefined, io: Io, signal: AbortSignal): Promise<Package> {
  return openPackage(resolve(io.cwd, file), { password: passwordOf(variable, io), signal });
}

/** A password on a command line would be seen in the list of processes and kept in histories. */
function passwordOf(variable: string | undefined, io: Io): string | undefined {
  if (variable === undefined) return undefined;
  const password = io.env[variable];
  if (password === undefined || password === "") {
    throw new UsageError("the environment variable that --password-env names is not set");
  }
  return password;
}

function one(positionals: readonly string[]): string {
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError("no package is named");
  if (more.length > 0) throw new UsageError("one package at a time");
  return file;
}

function existingOf(value: string | undefined): Existing {
  if (value === undefined || value === "refuse") return "refuse";
  if (value === "skip" || value === "replace") return value;
  throw new UsageError("--existing is refuse, skip or replace");
}

/** Unreadable files and wrong passwords are 2, findings of these severities 1. */
function exitCode(
  opened: Package,
  problems: readonly Problem[],
  severities: readonly Problem["severity"][],
): ExitCode {
  if (opened.unreadable || problems.some(({ code }) => code === "package/wrong-password")) return 2;
  return problems.some(({ severity }) => severities.includes(severity)) ? 1 : 0;
}

function say(io: Io, problems: readonly Problem[], asJson: boolean | undefined): void {
  for (const { severity, message, code } of problems) {
    if (asJson && severity !== "error") continue;
    io.err(`${severity}: ${message} [${code}]\n`);
  }
}

function json(io: Io, value: unknown): void {
  io.out(`${JSON.stringify(value, undefined, 2)}\n`);
}

function lineOf(entry: PackageEntry): string {
  const kind = entry.kind === "file" ? " " : entry.kind === "zip" ? "z" : "d";
  const size = entry.size.toLocaleString("en").padStart(15);
  const encryption = (entry.encryption === "none" ? "-" : entry.encryption).padEnd(9);
  return `${kind} ${size} ${(entry.modified ?? "").padEnd(20)} ${encryption} ${printable(entry.path)}`;
}

function textOf({ summary, pairs }: Comparison, all: boolean): string {
  const lines = pairs
    .filter(({ status }) => all || status !== "identical")
    .map(({ status, path, what, reason }) => {
      const note = what ?? reason;
      return `${status.padEnd(10)} ${printable(path)}${note === undefined ? "" : `  (${note})`}\n`;
    });
  const counts = Object.entries(summary).map(([status, count]) => `${count} ${status}`);
  return `${lines.join("")}${counts.join(", ")}\n`;
}

/** Work below this size is over before anybody asks. */
const SHOWN_BYTES = 200 * 1024 * 1024;

function progressOn(io: Io): (progress: Progress) => void {
  let shown = 0;
  return ({ bytes, totalBytes }) => {
    const tenths = Math.floor((bytes * 10) / Math.max(1, totalBytes));
    if (totalBytes < SHOWN_BYTES || tenths <= shown || tenths > 10) return;
    shown = tenths;
    io.err(`${tenths * 10} %\n`);
  };
}

/** Lets Ctrl+C end the work in an orderly way, so that what was written in part is removed. */
async function interruptible(work: (signal: AbortSignal) => Promise<ExitCode>): Promise<ExitCode> {
  const controller = new AbortController();
  const stop = (): void => controller.abort(new Error("interrupted"));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    return await work(controller.signal);
  } finally {
    process.removeListener("SIGINT", stop);
    process.removeListener("SIGTERM", stop);
  }
}
