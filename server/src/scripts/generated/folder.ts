import { readdir } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import * as l10n from "@vscode/l10n";
import type { Problem } from "../../problem";
import type { SeverityOf } from "../../ruleTable";
import { nodeFiles } from "../text/files";
import { readText } from "../text/readText";
import { batchFileCommands } from "./batchFile";
import { checkGenerated } from "./checks";
import { dialectOf, type StatementFacts, statementFacts } from "./facts";
import { readHeader, valueOf } from "./header";
import type { GeneratedBatch, GeneratedFolder, GeneratedScript } from "./model";
import { ownLogName } from "./ownLog";
import type { GeneratedCode, generatedRules } from "./rules";

/** A batch file, with what it gives each script, in the order of `scripts`. */
type ReadBatch = GeneratedBatch & {
  readonly given: readonly Pick<GeneratedScript, "arguments" | "variables">[];
};

/** Scripts are read up to here, in bytes: the header and the statement stand at the top. */
const longestRead = 4 * 1024 * 1024;
const most = 20_000;
const deepest = 6;

/**
 * Reads a folder of generated scripts: `%APPDATA%\Interactive Intelligence\MigrationUtility\<date_time>`. CIC
 * Migration guide 2018 R5, "Migrate the CIC 3.0 database" and "Migrate the Dialer 2.4/3.0 database". Rejects when
 * the folder itself cannot be read; everything else is a problem.
 */
export async function readGeneratedFolder(path: string): Promise<GeneratedFolder> {
  const reader = new FolderReader(path);
  const names = await reader.names();
  const scripts: GeneratedScript[] = [];
  for (const name of names.filter((each) => /\.(?:sql|sp)$/i.test(each)))
    scripts.push(await reader.script(name));
  const execute = await reader.batch(names, "ExecuteMigrationScripts.bat", scripts);
  const cleanup = await reader.batch(names, "MigrationCleanup.bat", scripts);
  reader.checkWhole(names, scripts, execute, cleanup);
  reader.checkLeftOut(execute);
  const ordered = inOrder(scripts, execute);
  return {
    path,
    name: basename(path),
    groups: [...new Set(ordered.map(({ group }) => group))].map((name) => ({
      name,
      scripts: ordered.filter(({ group }) => group === name),
    })),
    scripts: ordered,
    ...(execute && { execute: batchOf(execute) }),
    ...(cleanup && { cleanup: batchOf(cleanup) }),
    problems: reader.problems,
  };
}

function batchOf({ path, commands, scripts }: ReadBatch): GeneratedBatch {
  return { path, commands, scripts };
}

function inOrder(scripts: readonly GeneratedScript[], execute: ReadBatch | undefined): GeneratedScript[] {
  const order = new Map<string, number>();
  execute?.scripts.forEach((name, index) => {
    if (!order.has(name)) order.set(name, index + 1);
  });
  const placed = scripts.map((script) => {
    const place = order.get(script.path);
    if (place === undefined) return script;
    const given = execute?.given[place - 1]?.arguments ?? [];
    const variables = execute?.scripts.flatMap((name, index) =>
      name === script.path ? (execute.given[index]?.variables ?? []) : [],
    );
    return {
      ...script,
      order: place,
      ...(given.length > 0 && { arguments: given }),
      ...(variables && { variables }),
    };
  });
  return placed.sort((a, b) => (a.order ?? Infinity) - (b.order ?? Infinity) || (a.path < b.path ? -1 : 1));
}

class FolderReader {
  readonly problems: Problem[] = [];

  constructor(private readonly root: string) {}

  /** All files, relative, with `/`, sorted. Symbolic links are not followed. */
  async names(): Promise<string[]> {
    const found: string[] = [];
    const open: { folder: string; depth: number }[] = [{ folder: this.root, depth: 0 }];
    for (let next = open.pop(); next && found.length < most; next = open.pop()) {
      const { folder, depth } = next;
      for (const entry of await this.entries(folder)) {
        const path = join(folder, entry.name);
        if (entry.isDirectory() && depth < deepest) open.push({ folder: path, depth: depth + 1 });
        else if (entry.isFile()) found.push(relative(this.root, path).split(sep).join("/"));
      }
    }
    if (found.length >= most)
      this.say("warning", "generated-many-files", l10n.t("only the first {0} files were looked at", most));
    return found.sort();
  }

  private async entries(folder: string): ReturnType<typeof list> {
    try {
      return await list(folder);
    } catch (error) {
      if (folder === this.root) throw error;
      this.say(
        "error",
        "generated-unreadable",
        l10n.t("the folder cannot be read: {0}", reason(error)),
        relative(this.root, folder),
      );
      return [];
    }
  }

  async script(name: string): Promise<GeneratedScript> {
    const group = name.includes("/") ? name.slice(0, name.lastIndexOf("/")) : "";
    const bare: GeneratedScript = {
      path: name,
      group,
      table: basename(name).replace(/\.[^.]*$/, ""),
      links: [],
      arguments: [],
      variables: [],
    };
    const file = await this.file(name);
    if (file === undefined) return bare;
    const { text, cut } = file;
    const header = readHeader(text);
    const dialect = dialectOf(text);
    const whole: StatementFacts = statementFacts(text, dialect ?? "sqlplus");
    // What was not read may hold what is looked for; only Oracle's scripts have blocks that a "/" ends.
    const facts: StatementFacts = {
      ...whole,
      ...((cut || dialect !== "sqlplus") && { openBlock: undefined }),
      ...(cut && { otherRows: true }),
    };
    this.problems.push(...checkGenerated(name, header, facts));
    const table = header && valueOf(header, "TargetTable");
    return {
      ...bare,
      ...(table !== undefined && { table }),
      ...(dialect && { dialect }),
      ...(header && { header }),
      links: [...new Set(facts.links.map(({ value }) => value))],
      // So that nobody has to think of a name for each log.
      arguments: facts.spoolsToArgument ? [ownLogName(name)] : [],
    };
  }

  async batch(
    names: readonly string[],
    wanted: string,
    scripts: readonly GeneratedScript[],
  ): Promise<ReadBatch | undefined> {
    const path = names.find((name) => name.toLowerCase() === wanted.toLowerCase());
    const file = path === undefined ? undefined : await this.file(path);
    if (path === undefined || file === undefined) return undefined;
    const commands = batchFileCommands(file.text, `${this.root}${sep}`);
    const found: string[] = [];
    const given: ReadBatch["given"][number][] = [];
    for (const command of commands) {
      if (command.hasPassword) {
        this.say(
          "warning",
          "generated-password",
          l10n.t("a password stands here in clear text; remove the file when the migration is done"),
          path,
          command.line,
        );
      }
      for (const { name: written, arguments: values, variables = [] } of command.scripts) {
        const script = locate(written, command.folder, scripts);
        if (script === undefined)
          this.say(
            "error",
            "generated-missing-script",
            l10n.t("{0} is run here and is not in the folder", written),
            path,
            command.line,
          );
        else {
          if (found.includes(script))
            this.say(
              "warning",
              "generated-twice",
              l10n.t("{0} is run a second time here", script),
              path,
              command.line,
            );
          found.push(script);
          given.push({
            arguments: values,
            variables: variables.map((each) => ({ ...each, line: command.line })),
          });
        }
      }
    }
    return { path, commands, scripts: found, given };
  }

  /** What the batch file does beside starting scripts, nobody does who runs the scripts from here. */
  checkLeftOut(execute: GeneratedBatch | undefined): void {
    for (const { scripts, destructive, text, line } of execute?.commands ?? []) {
      for (const { name, value } of scripts[0]?.variables ?? []) {
        if (value !== undefined) continue;
        this.say(
          "information",
          "generated-variables",
          l10n.t(
            "the value that {0} gets with -v is not taken over: it may be a secret, or only the batch file knows it; fill it in on the page before the run",
            name,
          ),
          execute?.path,
          line,
        );
      }
      if (scripts.length > 0 && destructive.length === 0) continue;
      this.say(
        "warning",
        "generated-left-out",
        l10n.t("this is no script of the folder; a run from here leaves it out: {0}", text),
        execute?.path,
        line,
      );
    }
  }

  checkWhole(
    names: readonly string[],
    scripts: readonly GeneratedScript[],
    execute: GeneratedBatch | undefined,
    cleanup: GeneratedBatch | undefined,
  ): void {
    if (scripts.length === 0) {
      const archives = names.filter((name) => /\.zip$/i.test(name));
      this.say(
        "error",
        "generated-no-scripts",
        archives.length > 0
          ? l10n.t(
              "there are no scripts here: only {0}: after Finish the assistant packs and encrypts its scripts",
              archives.join(", "),
            )
          : l10n.t("there are no scripts here: choose the folder of one run, MigrationUtility/<date_time>"),
      );
      return;
    }
    const runs = names.filter((name) =>
      /^[^/]+\/(?:ExecuteMigrationScripts|MigrationCleanup)\.bat$/i.test(name),
    );
    if (!execute && runs.length > 0) {
      const folders = [...new Set(runs.map((name) => name.slice(0, name.indexOf("/"))))];
      this.say(
        "error",
        "generated-several-runs",
        l10n.t("this holds several runs; choose one of {0}", folders.join(", ")),
      );
      return;
    }
    if (!execute) {
      this.say(
        "information",
        "generated-no-order",
        l10n.t(
          "there is no ExecuteMigrationScripts.bat (the assistant writes it for Execute manually only): the order of the scripts is not known",
        ),
      );
      return;
    }
    const placed = new Set([...execute.scripts, ...(cleanup?.scripts ?? [])]);
    for (const { path } of scripts) {
      if (!placed.has(path))
        this.say("warning", "generated-not-run", l10n.t("{0} does not run this script", execute.path), path);
    }
  }

  private async file(name: string): Promise<{ readonly text: string; readonly cut: boolean } | undefined> {
    try {
      const file = await readText(nodeFiles, join(this.root, name), longestRead);
      if ("text" in file) return file;
      this.say("error", "generated-unreadable", l10n.t("this is not a text file: {0}", file.binary), name);
    } catch (error) {
      this.say("error", "generated-unreadable", l10n.t("the file cannot be read: {0}", reason(error)), name);
    }
    return undefined;
  }

  private say<Code extends GeneratedCode>(
    severity: SeverityOf<typeof generatedRules, Code>,
    code: Code,
    message: string,
    file?: string,
    line?: number,
  ): void {
    this.problems.push({
      code,
      severity,
      message,
      ...(file !== undefined && { place: { file, ...(line !== undefined && { line }) } }),
    });
  }
}

/**
 * The script that a batch file means: by its path below the folder. The folder may have been moved: of an absolute
 * path only the end has to fit. A bare name is that of the only script called so.
 */
function locate(written: string, folder: string, scripts: readonly GeneratedScript[]): string | undefined {
  const absolute = /^(?:[a-z]:|[\\/]|%)/i;
  const joined = folder === "" || absolute.test(written) ? written : `${folder}/${written}`;
  const wanted = flat(joined);
  if (wanted === undefined) return undefined;
  const here = scripts.find(({ path }) => path.toLowerCase() === wanted);
  if (here) return here.path;
  if (absolute.test(joined)) {
    const ends = scripts.filter(({ path }) => `/${wanted}`.endsWith(`/${path.toLowerCase()}`));
    return ends.sort((a, b) => b.path.length - a.path.length)[0]?.path;
  }
  if (wanted.includes("/")) return undefined;
  const same = scripts.filter(({ path }) => path.toLowerCase().endsWith(`/${wanted}`));
  return same.length === 1 ? same[0]?.path : undefined;
}

/** Lower case, with `/`, without `.` and `..`; undefined when it leads out of the folder. */
function flat(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.replaceAll("\\", "/").toLowerCase().split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

async function list(folder: string) {
  return readdir(folder, { withFileTypes: true });
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
