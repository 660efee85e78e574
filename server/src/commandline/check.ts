import { stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { encodingExists } from "iconv-lite";
import { URI } from "vscode-uri";
import { Rating } from "../analysis/checks/rating";
import { type ReportedFinding, sarif } from "../analysis/checks/sarif";
import { listing } from "../handler/listing";
import { escapeControls } from "../handler/quoting";
import { LayoutMemory } from "../ihd/layoutMemory";
import { readHandlerFile } from "../workspace/file";
import { findHandlers } from "../workspace/find";
import { findingsOf } from "../workspace/findings";
import { HandlerIndex } from "../workspace/handlerIndex";
import { defaultSettings } from "../workspace/settings";
import { Summaries } from "../workspace/summary";
import { type Command, type ExitCode, type Io, UsageError } from "./command";
import { saveOutput } from "./output";

const handlerCheck: Command = {
  words: ["handler", "check"],
  usage: "PATH... [--reference DIR]... [--json] [--sarif OUT [--force]] [--ansi ENCODING]",
  summary:
    "Finds problems in handlers, files or folders, as the editor does. Calls are looked up there, beside named files, and in the folders of --reference, which are not checked themselves. Exit code 1: problems were found (hints do not count); 2: a path is not there, or nothing could be read.",
  run: check,
};

export const checkCommands: Command[] = [handlerCheck];

async function check(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      reference: { type: "string", multiple: true, default: [] },
      json: { type: "boolean", default: false },
      sarif: { type: "string" },
      force: { type: "boolean", default: false },
      ansi: { type: "string", default: defaultSettings.encoding },
    },
  });
  if (positionals.length === 0) throw new UsageError("name handler files or folders");
  if (!encodingExists(values.ansi)) throw new UsageError(`'${values.ansi}' is no known encoding`);
  if (values.json && values.sarif === "-") {
    throw new UsageError("--json and --sarif - both want standard output");
  }
  const handlers = new CheckedHandlers(io.cwd, values.ansi);
  for (const path of positionals) await handlers.add(path);
  for (const path of values.reference) await handlers.addReferences(resolve(io.cwd, path));
  for (const trouble of handlers.troubles) io.err(`${escapeControls(trouble)}\n`);

  const findings = handlers.findings();
  if (values.sarif !== undefined) {
    const text = `${JSON.stringify(sarif(findings), null, 2)}\n`;
    if (values.sarif === "-") io.out(text);
    else await saveOutput(resolve(io.cwd, values.sarif), text, values.force);
  }
  if (values.json) io.out(`${JSON.stringify({ findings }, null, 2)}\n`);
  else if (values.sarif !== "-") io.out(report(findings, handlers.count));
  if (handlers.troubles.length > 0 || handlers.count === handlers.unreadable) return 2;
  return findings.some(({ severity }) => severity !== "hint") ? 1 : 0;
}

/** The handlers that are named, and those they may call. */
class CheckedHandlers {
  /** What is wrong with the paths themselves. */
  readonly troubles: string[] = [];
  unreadable = 0;
  private readonly index = new HandlerIndex();
  private readonly summaries = new Summaries();
  private readonly memory = new LayoutMemory();
  /** Paths as they are shown, by URI. */
  private readonly shown = new Map<string, string>();

  constructor(
    private readonly cwd: string,
    private readonly ansi: string,
  ) {}

  get count(): number {
    return this.shown.size;
  }

  async add(path: string): Promise<void> {
    const absolute = resolve(this.cwd, path);
    const what = await stat(absolute).catch(() => undefined);
    if (!what) {
      this.troubles.push(`${path}: there is no such file or folder`);
      return;
    }
    if (!what.isDirectory()) {
      await this.read(absolute, path);
      await this.addReferences(dirname(absolute), false);
      return;
    }
    const { files, unreadable } = await findHandlers(absolute);
    for (const { folder, message } of unreadable) this.troubles.push(`${folder}: ${message}`);
    if (files.length === 0 && unreadable.length === 0) {
      this.troubles.push(
        `${path}: no handlers (.ihd files or handler XML exports) are in this folder or below it`,
      );
    }
    for (const file of files) await this.read(file, join(path, relative(absolute, file)));
  }

  async addReferences(folder: string, isNamed = true): Promise<void> {
    const { files, unreadable } = await findHandlers(folder);
    if (isNamed) for (const each of unreadable) this.troubles.push(`${each.folder}: ${each.message}`);
    for (const file of files) await this.read(file);
  }

  /** By file, then by step: the order does not depend on how the checks work. */
  findings(): ReportedFinding[] {
    const rating = new Rating(defaultSettings);
    const found: ReportedFinding[] = [];
    for (const [uri, file] of this.shown) {
      const handler = this.index.get(uri)!;
      const { name } = handler.summary;
      for (const finding of findingsOf(handler, this.index, true)) {
        const severity = rating.of(name, finding);
        if (severity === "off") continue;
        const { rule, at, message } = finding;
        const step = { node: at.node ?? null, label: at.label ?? null };
        found.push({ rule, severity, file, handler: name, ...step, message });
      }
    }
    const order = new Map([...this.shown.values()].map((file, at) => [file, at]));
    return found.sort(
      (one, other) =>
        order.get(one.file)! - order.get(other.file)! ||
        (one.node ?? -1) - (other.node ?? -1) ||
        (one.rule < other.rule ? -1 : one.rule > other.rule ? 1 : 0),
    );
  }

  /** Reads a file once; with `shown` it is one to report on. */
  private async read(file: string, shown?: string): Promise<void> {
    const uri = URI.file(file).toString();
    if (shown !== undefined && !this.shown.has(uri)) this.shown.set(uri, shown);
    const known = this.index.get(uri);
    if (known && (shown === undefined || !known.isReference)) return;
    const handler = await readHandlerFile(file, { memory: this.memory, ansi: this.ansi });
    if (shown !== undefined && handler.problems.some(({ code }) => code === "unreadable")) this.unreadable++;
    const summary = this.summaries.of(handler, listing(handler));
    this.index.put({ uri, version: "", isReference: shown === undefined, generation: 0, summary });
  }
}

function report(findings: readonly ReportedFinding[], handlers: number): string {
  const lines = findings.map(
    ({ file, severity, rule, message }) =>
      `${escapeControls(file)}: ${severity} ${rule}: ${escapeControls(message)}\n`,
  );
  const count = (severity: string): number => findings.filter((each) => each.severity === severity).length;
  const sums = (["error", "warning", "information", "hint"] as const)
    .map((severity) => `${count(severity)} ${severity}`)
    .join(", ");
  return `${lines.join("")}${handlers} handler(s): ${sums}\n`;
}
