import { stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import * as l10n from "@vscode/l10n";
import { URI } from "vscode-uri";
import type { Finding } from "../analysis/checks/rule";
import { checkAgainstBase } from "../analysis/hints/baseRules";
import { MigrationHints } from "../analysis/hints/migrationHints";
import { hasInferredLayouts } from "../handler/read";
import type { TargetState } from "../protocol";
import { BaseFolder } from "./baseFolder";
import { readCatalogueFile } from "./catalogueFile";
import type { HandlerIndex } from "./handlerIndex";
import type { HandlerReader } from "./reader";
import type { Settings } from "./settings";
import { UnreadableFile } from "./stableContent";

const noTarget: TargetState = { catalogue: { state: "none" }, base: { handlers: 0, problems: [] } };

/** What a handler was found to be beside its base handler, in one version. */
interface Compared {
  readonly version: string;
  /** Of the memory of inference, where the findings depend on it. */
  readonly generation: number | undefined;
  readonly findings: readonly Finding[];
}

/** What handlers are compared with: the tools of the migration's target, and the base handlers of their own release. */
export class Migration {
  /** null: the catalogue that is set cannot be used, so nothing is said about tools. */
  hints: MigrationHints | null = new MigrationHints(null);
  state: TargetState = noTarget;
  private cataloguePath = "";
  private basePaths: readonly string[] = [];
  private base: readonly BaseFolder[] = [];
  private readonly compared = new Map<string, Compared>();

  constructor(private readonly reader: HandlerReader) {}

  /** Files and folders that are to be watched, as URIs: the catalogue, and base folders. */
  get sources(): { readonly catalogue: string | null; readonly base: readonly string[] } {
    return {
      catalogue: this.cataloguePath === "" ? null : URI.file(this.cataloguePath).toString(),
      base: this.basePaths.map((path) => URI.file(path).toString()),
    };
  }

  /** Whether what stands in a resource matters here. */
  concerns(uri: string): boolean {
    const { catalogue, base } = this.sources;
    return uri === catalogue || base.some((folder) => uri === folder || uri.startsWith(`${folder}/`));
  }

  /** Reads what the settings name, also when it was read before: it may have changed. Never throws. */
  async load({ targetCatalogue, baseFolders }: Settings, folders: readonly string[]): Promise<void> {
    this.cataloguePath = targetCatalogue === "" ? "" : await resolvePath(targetCatalogue, folders);
    this.basePaths = await Promise.all(baseFolders.map((each) => resolvePath(each, folders)));
    this.compared.clear();
    const catalogue = await this.loadCatalogue();
    const opened = await Promise.all(
      this.basePaths.map(
        async (path) => await BaseFolder.open(path, { memory: this.reader.memory, ansi: this.reader.ansi }),
      ),
    );
    this.base = opened;
    const problems = opened.flatMap((folder, at) =>
      folder.size > 0 || folder.problems.length > 0
        ? folder.problems
        : [
            l10n.t(
              "The base folder {0} holds no handlers (.ihd files or handler XML exports).",
              this.basePaths[at] ?? "",
            ),
          ],
    );
    const handlers = opened.reduce((sum, { size }) => sum + size, 0);
    this.state = { catalogue, base: { handlers, problems } };
  }

  /**
   * Compares handlers with the base handlers of their names, one after another; what was compared in this version is
   * not compared again. Answers whether anything is to be said now that was not, or the other way round.
   */
  async compareWithBase(index: HandlerIndex, signal: AbortSignal): Promise<boolean> {
    let changed = false;
    for (const uri of [...this.compared.keys()]) if (!index.get(uri)) this.compared.delete(uri);
    if (this.state.base.handlers === 0) return changed;
    const { memory } = this.reader;
    let generation: number;
    do {
      ({ generation } = memory);
      for (const { uri, version, isReference, summary } of [...index.all()]) {
        if (signal.aborted) return changed;
        const before = this.compared.get(uri);
        const isSettled = before?.generation === undefined || before.generation === memory.generation;
        if (isReference || (version !== "" && before?.version === version && isSettled)) continue;
        const compared = { version, ...(await this.compare(uri, summary.name)) };
        changed ||= compared.findings.length > 0 || (before?.findings.length ?? 0) > 0;
        this.compared.set(uri, compared);
        await setImmediate();
      }
      // What a base handler taught may show others, compared before it, in another light.
    } while (memory.generation !== generation);
    return changed;
  }

  /** What comparing with the base handler found. */
  besideBase(uri: string): readonly Finding[] {
    return this.compared.get(uri)?.findings ?? [];
  }

  private async loadCatalogue(): Promise<TargetState["catalogue"]> {
    const file = this.cataloguePath;
    if (file === "") {
      this.hints = new MigrationHints(null);
      return { state: "none" };
    }
    try {
      const catalogue = await readCatalogueFile(file);
      this.hints = new MigrationHints(catalogue);
      const { target, handlers, tools } = catalogue;
      return { state: "ready", file, target, handlers, tools: tools.length };
    } catch (error) {
      this.hints = null;
      return { state: "failed", file, message: error instanceof Error ? error.message : String(error) };
    }
  }

  private async compare(uri: string, name: string): Promise<Omit<Compared, "version">> {
    // A base folder inside the workspace is not compared with itself.
    const isBase = this.sources.base.some((folder) => uri.startsWith(`${folder}/`));
    for (const folder of isBase ? [] : this.base) {
      const base = await folder.read(name).catch(unlessUnreadable);
      if (!base) continue;
      const { generation } = this.reader.memory;
      const { handler } = await this.reader.read(uri);
      const isInferred = hasInferredLayouts(handler) || hasInferredLayouts(base);
      return {
        generation: isInferred ? generation : undefined,
        findings: checkAgainstBase(handler, base),
      };
    }
    return { generation: undefined, findings: [] };
  }
}

/** A base handler that can not be opened says nothing about the one of its name; the others are compared. */
function unlessUnreadable(error: unknown): undefined {
  if (!(error instanceof UnreadableFile)) throw error;
}

/** In the first workspace folder that has it; where none does, in the first one, which the message then names. */
async function resolvePath(path: string, folders: readonly string[]): Promise<string> {
  if (isAbsolute(path)) return path;
  const candidates = folders
    .map((folder) => URI.parse(folder))
    .filter(({ scheme }) => scheme === "file")
    .map(({ fsPath }) => join(fsPath, path));
  for (const candidate of candidates) if (await stat(candidate).catch(() => undefined)) return candidate;
  return candidates[0] ?? path;
}
