import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Problem } from "../problem";
import { destructiveIn, type DestructivePlace } from "../scripts/destructive";
import { readGeneratedFolder } from "../scripts/generated/folder";
import {
  type BatchItem,
  type CommandItem,
  type Dialect,
  type EndItem,
  type FileItem,
  sourceLine,
} from "../scripts/items";
import { readScript, type ScriptSession } from "../scripts/read";
import type { ReadOptions } from "../scripts/reading";
import { SqlcmdSession } from "../scripts/sqlcmd/session";
import { SqlplusSession } from "../scripts/sqlplus/session";
import { type Command, type ExitCode, type Io, UsageError } from "./command";
import { checkEncoding, dialectOf, readingSwitches } from "./scriptOptions";

/** Longer lines are cut in the listing that people read. */
const widest = 400;

export const scriptCommands: Command[] = [
  {
    words: ["script", "plan"],
    usage:
      "FILE --dialect sqlcmd|sqlplus [-v NAME=VALUE]... [--arg VALUE]... [--json] [--allow-folder DIR]... [--allow-outside] " +
      "[--encoding NAME] [--no-substitution] [--no-environment] [--terminator WORD] [--ssms]",
    summary: "What a script would run, batch by batch, with source lines. Nothing is run.",
    run: runPlan,
  },
  {
    words: ["script", "folder"],
    usage: "DIR [--json]",
    summary: "A folder of generated migration scripts: groups, tables, order, header facts, problems.",
    run: runFolder,
  },
];

/** The options of `script plan`, read from the command line. */
interface PlanRequest {
  readonly file: string;
  readonly dialect: Dialect;
  readonly json: boolean;
  readonly session: ScriptSession;
  readonly options: ReadOptions;
}

function planRequest(args: readonly string[], io: Io): PlanRequest {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...readingSwitches,
      json: { type: "boolean" },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError("script plan takes one file");
  const dialect = dialectOf(values.dialect);
  checkEncoding(values.encoding);
  const { variables, secrets } = variablesOf(values.variable ?? [], io);
  if (dialect === "sqlcmd" && values.arg)
    throw new UsageError("--arg is for sqlplus scripts; sqlcmd takes -v NAME=VALUE");
  const session =
    dialect === "sqlcmd"
      ? new SqlcmdSession({
          variables,
          secrets,
          environment: values["no-environment"] ? {} : io.env,
          substitution: !values["no-substitution"],
          colonlessCommands: !values.ssms,
          ...(values.terminator && { terminator: values.terminator }),
        })
      : new SqlplusSession({
          variables,
          secrets,
          arguments: values.arg ?? [],
          // ACCEPT asks for what -v has answered already.
          ask: async ({ name }) =>
            Promise.resolve(Object.entries(variables).find(([key]) => key.toLowerCase() === name)?.[1]),
        });
  if (dialect === "sqlplus" && values["no-substitution"] && session instanceof SqlplusSession) {
    session.settings.define = undefined;
  }
  return {
    file: resolve(io.cwd, file),
    dialect,
    json: values.json ?? false,
    session,
    options: {
      startDirectory: io.cwd,
      folders: (values["allow-folder"] ?? []).map((folder) => resolve(io.cwd, folder)),
      allowOutside: values["allow-outside"] ?? false,
      ...(values.encoding && { fallbackEncoding: values.encoding }),
    },
  };
}

/** Values of variables that are called passwords never get into a plan: they are replaced before it is made. */
function variablesOf(
  given: readonly string[],
  io: Io,
): { variables: Record<string, string>; secrets: string[] } {
  const variables: Record<string, string> = {};
  const secrets: string[] = [];
  for (const each of given) {
    const at = each.indexOf("=");
    if (at < 1) throw new UsageError(`-v takes NAME=VALUE, not '${each.slice(0, 40)}'`);
    const name = each.slice(0, at);
    const secret = /passw|pwd/i.test(name);
    if (secret) {
      secrets.push(name);
      io.err(`handler-workbench: the value of ${name} is shown as ***\n`);
    }
    variables[name] = secret ? "***" : each.slice(at + 1);
  }
  return { variables, secrets };
}

/** More remarks than these are counted only. */
const mostProblems = 10_000;

/** What a script's plan amounts to. */
class Tally {
  batches = 0;
  readonly commands: CommandItem["command"][] = [];
  readonly files: FileItem[] = [];
  readonly problems: Problem[] = [];
  errors = 0;
  remarks = 0;
  destructive = 0;
  end: EndItem["reason"] = "stopped";

  get exitCode(): ExitCode {
    if (this.end === "unreadable") return 2;
    return this.errors > 0 ? 1 : 0;
  }

  problem(problem: Problem): void {
    if (problem.severity === "error") this.errors++;
    else this.remarks++;
    const seen = this.errors + this.remarks;
    if (seen <= mostProblems) this.problems.push(problem);
  }
}

async function runPlan(args: readonly string[], io: Io): Promise<ExitCode> {
  const request = planRequest(args, io);
  const tally = new Tally();
  const show = request.json ? jsonListing(request, io) : plainListing(request, io);
  // Batches go out as they come: a plan of any size needs no memory for them.
  for await (const item of readScript(request.file, request.session, request.options)) {
    switch (item.kind) {
      case "batch": {
        const destructive = destructiveIn(item, request.dialect);
        tally.batches++;
        tally.destructive += destructive.length;
        show.batch(item, destructive, tally.batches);
        break;
      }
      case "command":
        tally.commands.push(item.command);
        show.command(item.command);
        break;
      case "problem":
        tally.problem(item.problem);
        show.problem(item.problem);
        break;
      case "file":
        tally.files.push(item);
        break;
      case "end":
        tally.end = item.reason;
    }
    await io.drained?.();
  }
  if (tally.end === "unreadable") {
    for (const { message } of tally.problems) io.err(`handler-workbench: ${message}\n`);
  }
  show.end(tally);
  return tally.exitCode;
}

/** How a plan is written out. */
interface Listing {
  readonly batch: (batch: BatchItem, destructive: readonly DestructivePlace[], number: number) => void;
  readonly command: (command: CommandItem["command"]) => void;
  readonly problem: (problem: Problem) => void;
  readonly end: (tally: Tally) => void;
}

/** One JSON document, its batches written one by one. */
function jsonListing({ dialect, file, session }: PlanRequest, io: Io): Listing {
  let separator = "";
  io.out(`{"dialect":${JSON.stringify(dialect)},"file":${JSON.stringify(file)},"batches":[`);
  return {
    batch: ({ kind: _, ...batch }, destructive) => {
      io.out(`${separator}\n${JSON.stringify({ ...batch, destructive })}`);
      separator = ",";
    },
    command: () => undefined,
    problem: () => undefined,
    end: ({ commands, problems, errors, remarks, files, end }) => {
      const warnings = problems.map(({ place, ...problem }) => ({
        ...problem,
        file: place?.file,
        line: place?.line,
      }));
      const known = new Set(session.list().map(({ name }) => name.toLowerCase()));
      const variables = [...session.uses].map(([name, { file: usedIn, line }]) => ({
        name,
        defined: known.has(name.toLowerCase()) || session.get(name) !== undefined,
        file: usedIn,
        line,
      }));
      const notShown = errors + remarks - problems.length;
      const rest = {
        commands,
        warnings,
        notShown,
        variables,
        files: files.map(({ kind: _, ...facts }) => facts),
        end,
      };
      io.out(`\n],${JSON.stringify(rest).slice(1)}\n`);
    },
  };
}

/** For people: what runs, with the script's line before each line of text. */
function plainListing({ file }: PlanRequest, io: Io): Listing {
  const short = (path: string): string => (path === file ? basename(file) : path);
  return {
    batch: (batch, destructive, number) => {
      const times = batch.count > 1 ? `, ${batch.count} times` : "";
      const again = batch.rerun ? ", run again" : "";
      io.out(
        `\n${batch.type} ${number}${times}${again}: ${short(batch.file)}, lines ${batch.startLine} to ${batch.endLine}\n`,
      );
      for (const [index, text] of batch.text.split("\n").entries()) {
        const place = sourceLine(batch.map, index + 1);
        const line = String(place?.line ?? "").padStart(6);
        io.out(
          `${line} | ${text.length > widest ? `${text.slice(0, widest)}... (${text.length} characters)` : text}\n`,
        );
      }
      for (const { statement, target, line, definition } of destructive) {
        io.out(
          `     ! line ${line}: ${statement} ${target ?? ""}${definition ? " (in a definition)" : ""}\n`,
        );
      }
    },
    command: ({ text, file: at, line }) => io.out(`\ncommand: ${short(at)}, line ${line}: ${text}\n`),
    problem: ({ severity, message, place }) =>
      io.out(`\n${severity}: ${short(place?.file ?? file)}, line ${place?.line ?? 0}: ${message}\n`),
    end: ({ batches, commands, errors, remarks, destructive, end }) => {
      const why =
        end === "stopped"
          ? "; reading stopped before the end"
          : end === "exit"
            ? "; ends with EXIT or QUIT"
            : "";
      io.out(
        `\n${batches} batches, ${commands.length} commands, ${errors} errors, ${remarks} other remarks, ` +
          `${destructive} destructive statements${why}\n`,
      );
    },
  };
}

async function runFolder(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: "boolean" } },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError("script folder takes one folder");
  const folder = await readGeneratedFolder(resolve(io.cwd, path));
  if (values.json) io.out(`${JSON.stringify(folder, null, 2)}\n`);
  else {
    io.out(`${folder.name}: ${folder.groups.length} groups, ${folder.scripts.length} scripts\n`);
    for (const group of folder.groups) {
      io.out(`\n${group.name === "" ? "(no group)" : group.name}\n`);
      for (const { path: script, table, order } of group.scripts) {
        io.out(`  ${String(order ?? "-").padStart(4)}  ${table.padEnd(30)}  ${script}\n`);
      }
    }
    if (folder.cleanup)
      io.out(`\n${folder.cleanup.path} (not run) starts ${folder.cleanup.commands.length} commands\n`);
    for (const { severity, message, place } of folder.problems) {
      const line = place?.line === undefined ? "" : `, line ${place.line}`;
      io.out(`\n${severity}: ${place?.file ?? folder.name}${line}: ${message}\n`);
    }
  }
  return folder.problems.some(({ severity }) => severity === "error" || severity === "warning") ? 1 : 0;
}
