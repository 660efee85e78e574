import { stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { isAnsiEncoding } from "../ihd/ansi";
import { URI } from "vscode-uri";
import { Rating } from "../analysis/checks/rating";
import type { Finding } from "../analysis/checks/rule";
import { type ReportedFinding, sarif } from "../analysis/checks/sarif";
import { checkAgainstBase } from "../analysis/hints/baseRules";
import { type EstateHandler, summaryText, toolSummaries, type ToolSummary } from "../analysis/hints/estate";
import { MigrationHints } from "../analysis/hints/migrationHints";
import { listing } from "../handler/listing";
import type { Handler } from "../handler/model";
import { escapeControls } from "../handler/quoting";
import { hasInferredLayouts } from "../handler/read";
import { LayoutMemory } from "../ihd/layoutMemory";
import { BaseFolder } from "../workspace/baseFolder";
import { readCatalogueFile } from "../workspace/catalogueFile";
import { readHandlerFiles } from "../workspace/file";
import { findHandlers } from "../workspace/find";
import { findingsOf } from "../workspace/findings";
import { HandlerIndex } from "../workspace/handlerIndex";
import { defaultSettings } from "../workspace/settings";
import { UnreadableFile } from "../workspace/stableContent";
import { Summaries } from "../workspace/summary";
import { type Command, type ExitCode, type Io, UsageError } from "./command";
import { saveOutput } from "./output";

const handlerCheck: Command = {
  words: ["handler", "check"],
  usage:
    "PATH... [--catalogue F] [--base DIR] [--reference DIR]... [--json] [--sarif OUT [--force]] [--ansi ENCODING]",
  summary:
    "Finds problems in handlers, files or folders, as the editor does. Calls are looked up there, beside named files, and in the folders of --reference, which are not checked themselves. With --catalogue, tools are compared with those of the migration's target (see catalogue learn); with --base, handlers with the base handlers of their release. Exit code 1: problems were found (hints do not count); 2: a path is not there, or nothing could be read.",
  run: check,
};

export const checkCommands: Command[] = [handlerCheck];

async function check(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      reference: { type: "string", multiple: true, default: [] },
      catalogue: { type: "string" },
      base: { type: "string" },
      json: { type: "boolean", default: false },
      sarif: { type: "string" },
      force: { type: "boolean", default: false },
      ansi: { type: "string", default: defaultSettings.encoding },
    },
  });
  if (positionals.length === 0) throw new UsageError("name handler files or folders");
  if (!isAnsiEncoding(values.ansi)) throw new UsageError(`'${values.ansi}' is no known encoding`);
  if (values.json && values.sarif === "-") {
    throw new UsageError("--json and --sarif - both want standard output");
  }
  const catalogue =
    values.catalogue === undefined ? null : await readCatalogueFile(resolve(io.cwd, values.catalogue));
  const handlers = new CheckedHandlers(io.cwd, values.ansi, new MigrationHints(catalogue));
  if (values.base !== undefined) await handlers.addBase(values.base);
  for (const path of positionals) await handlers.add(path);
  for (const path of values.reference) await handlers.addReferences(resolve(io.cwd, path));
  await handlers.settle();
  for (const trouble of handlers.troubles) io.err(`${escapeControls(trouble)}\n`);

  const findings = handlers.findings();
  if (values.sarif !== undefined) {
    const text = `${JSON.stringify(sarif(findings), null, 2)}\n`;
    if (values.sarif === "-") io.out(text);
    else await saveOutput(resolve(io.cwd, values.sarif), text, values.force);
  }
  const tools = handlers.tools(findings);
  if (values.json) io.out(`${JSON.stringify({ findings, tools }, null, 2)}\n`);
  else if (values.sarif !== "-") io.out(report(findings, tools, handlers.count));
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
  private base: BaseFolder | undefined;
  /** What comparing with the base handlers found, by URI. */
  private readonly besideBase = new Map<string, Finding[]>();
  /** What inference had learned when a handler was read that depends on it, by URI. */
  private readonly inferredAt = new Map<string, number>();

  constructor(
    private readonly cwd: string,
    private readonly ansi: string,
    private readonly hints: MigrationHints,
  ) {}

  /** Before the handlers are added. */
  async addBase(path: string): Promise<void> {
    this.base = await BaseFolder.open(resolve(this.cwd, path), { memory: this.memory, ansi: this.ansi });
    this.troubles.push(...this.base.problems);
    if (this.base.size === 0 && this.base.problems.length === 0) {
      this.troubles.push(`${path}: no handlers (.ihd files or handler XML exports) are in the base folder`);
    }
  }

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
      await this.readAll([absolute], () => path);
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
    await this.readAll(files, (file) => join(path, relative(absolute, file)));
  }

  async addReferences(folder: string, isNamed = true): Promise<void> {
    const { files, unreadable } = await findHandlers(folder);
    if (isNamed) for (const each of unreadable) this.troubles.push(`${each.folder}: ${each.message}`);
    const unread = await this.readAll(files);
    if (isNamed) this.troubles.push(...unread);
  }

  /** By file, then by step: the order does not depend on how the checks work. */
  findings(): ReportedFinding[] {
    const rating = new Rating(defaultSettings);
    const found: ReportedFinding[] = [];
    for (const [uri, file] of this.shown) {
      const handler = this.index.get(uri)!;
      const { name } = handler.summary;
      const findings = findingsOf(handler, this.index, true, this.hints);
      for (const finding of [...findings, ...(this.besideBase.get(uri) ?? [])]) {
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

  /** What the handlers use, with what was found about each tool. */
  tools(findings: readonly ReportedFinding[]): ToolSummary[] {
    const byFile = new Map<string, EstateHandler["findings"][number][]>();
    for (const { file, rule, node } of findings) {
      const finding = { rule, at: { node: node ?? undefined } };
      const others = byFile.get(file);
      if (others) others.push(finding);
      else byFile.set(file, [finding]);
    }
    return toolSummaries(
      [...this.shown].map(([uri, file]) => ({
        uses: this.index.get(uri)!.summary.uses,
        findings: byFile.get(file) ?? [],
      })),
    );
  }

  /** Reads files once; those with a name to show are reported on. Returns why some could not be opened. */
  private async readAll(files: readonly string[], shownAs?: (file: string) => string): Promise<string[]> {
    const uriOf = (file: string): string => URI.file(file).toString();
    const isLacking = (file: string): boolean => {
      const known = this.index.get(uriOf(file));
      return !known || (shownAs !== undefined && known.isReference);
    };
    const unread: string[] = [];
    for (const file of files) {
      if (shownAs && !this.shown.has(uriOf(file))) this.shown.set(uriOf(file), shownAs(file));
    }
    const options = { memory: this.memory, ansi: this.ansi };
    for await (const { path, handler, error } of readHandlerFiles(files.filter(isLacking), options)) {
      const uri = uriOf(path);
      if (error) {
        unread.push(error.message);
        if (this.shown.delete(uri)) this.troubles.push(error.message);
        continue;
      }
      if (shownAs && handler.problems.some(({ code }) => code === "unreadable")) this.unreadable++;
      await this.take(uri, handler, !shownAs);
    }
    return unread;
  }

  /** Reads again what was read before another handler decided how; after all handlers were added. */
  async settle(): Promise<void> {
    const options = { memory: this.memory, ansi: this.ansi };
    const outdated = [...this.inferredAt]
      .filter(([, generation]) => generation !== this.memory.generation)
      .map(([uri]) => this.index.get(uri)!);
    const files = outdated.map(({ uri }) => URI.parse(uri).fsPath);
    let at = 0;
    for await (const { handler, error } of readHandlerFiles(files, options)) {
      const { uri, isReference } = outdated[at++]!;
      if (error) this.troubles.push(error.message);
      else await this.take(uri, handler, isReference);
    }
  }

  private async take(uri: string, handler: Handler, isReference: boolean): Promise<void> {
    const { generation } = this.memory;
    const base = isReference ? undefined : await this.baseOf(handler.name);
    if (base) this.besideBase.set(uri, checkAgainstBase(handler, base));
    if (hasInferredLayouts(handler) || (base && hasInferredLayouts(base))) {
      this.inferredAt.set(uri, generation);
    }
    const summary = this.summaries.of(handler, listing(handler));
    this.index.put({ uri, version: "", isReference, generation, summary });
  }

  /** One that can not be opened is told, and the others are compared. */
  private async baseOf(name: string): Promise<Handler | undefined> {
    try {
      return await this.base?.read(name);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      if (!this.troubles.includes(error.message)) this.troubles.push(error.message);
      return undefined;
    }
  }
}

function report(
  findings: readonly ReportedFinding[],
  tools: readonly ToolSummary[],
  handlers: number,
): string {
  const lines = findings.map(
    ({ file, severity, rule, message }) =>
      `${escapeControls(file)}: ${severity} ${rule}: ${escapeControls(message)}\n`,
  );
  const count = (severity: string): number => findings.filter((each) => each.severity === severity).length;
  const sums = (["error", "warning", "information", "hint"] as const)
    .map((severity) => `${count(severity)} ${severity}`)
    .join(", ");
  const aboutTools = tools
    .filter(({ rules }) => Object.keys(rules).length > 0)
    .map((tool) => `${escapeControls(summaryText(tool))}\n`);
  return `${lines.join("")}${aboutTools.join("")}${handlers} handler(s): ${sums}\n`;
}
