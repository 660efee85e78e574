import { dirname, resolve } from "node:path";
import * as l10n from "@vscode/l10n";
import type { Problem } from "../problem";
import type { SeverityOf } from "../ruleTable";
import type { BatchItem, EndItem, Item, ProblemItem, ScriptPlace } from "./items";
import type { ScriptCode, scriptRules } from "./rules";
import type { TextBuffer } from "./text/buffer";
import { inspect, type ScriptEncoding } from "./text/encoding";
import { type Bounds, find, type FoundFile, nodeFiles, type ScriptFiles } from "./text/files";
import { SourceStack } from "./text/stack";

/** How far a script may go before reading it ends with a message. */
export interface Limits {
  /** Longest line, in UTF-16 units. */
  readonly line: number;
  /** Longest batch or statement, in UTF-16 units. */
  readonly batch: number;
  /** How deep includes may nest. */
  readonly depth: number;
  /** How many files one script may open, counting every include. */
  readonly files: number;
}

/** The batch limit is SQL Server's own: 65,536 network packets of 4,096 bytes, two bytes a character. */
export const defaultLimits: Limits = {
  line: 128 * 1024 * 1024,
  batch: 128 * 1024 * 1024,
  depth: 100,
  files: 10_000,
};

/** Where a script and its includes may be read from, and how. */
export interface ReadOptions {
  readonly files?: ScriptFiles;
  /** The folder the tool was started in: names in the script are relative to it. Default: the script's own folder. */
  readonly startDirectory?: string;
  /** Folders that includes may come from, beside the script's own folder and the start directory. */
  readonly folders?: readonly string[];
  /** Includes may come from anywhere. */
  readonly allowOutside?: boolean;
  /** For files that are neither marked nor valid UTF-8. Default `windows-1252`; any name iconv-lite knows. */
  readonly fallbackEncoding?: ScriptEncoding;
  readonly limits?: Partial<Limits>;
}

/** How a dialect looks for an include. */
export interface IncludeRequest {
  /** The name as the script has it, for messages. */
  readonly written: string;
  /** Folders in the order to try, each with the name to look for there. */
  readonly candidates: readonly { readonly folder: string; readonly name: string }[];
  /** What a file that cannot be read fires. */
  readonly trigger: "error" | "oserror";
  /** Say nothing when there is no such file. */
  readonly optional?: boolean;
  /** Called before the include is opened or refused; not for an optional one that is missing. */
  readonly announce: () => void;
}

/** What came of an include; all but `opened` and an optional `missing` have been reported. */
export type Included = "opened" | "missing" | "refused";

/** What both dialects need while a script is read: the open files, the items that wait to be handed out, the limits. */
export class Reading {
  readonly stack: SourceStack;
  readonly limits: Limits;
  readonly startDirectory: string;
  /** Set when nothing more is to be read. */
  ended = false;
  private items: Item[] = [];
  private opened = 0;
  private readonly files: ScriptFiles;
  private readonly bounds: Bounds;
  private readonly fallback: ScriptEncoding;

  constructor(
    private readonly main: string,
    options: ReadOptions,
  ) {
    const folder = dirname(main);
    this.files = options.files ?? nodeFiles;
    this.limits = { ...defaultLimits, ...options.limits };
    this.startDirectory = resolve(options.startDirectory ?? folder);
    this.fallback = options.fallbackEncoding ?? "windows-1252";
    this.bounds = {
      folders: [folder, this.startDirectory, ...(options.folders ?? []).map((name) => resolve(name))],
      allowOutside: options.allowOutside ?? false,
    };
    this.stack = new SourceStack(this.files, this.limits.line);
  }

  /** Place of the line taken last. */
  get place(): ScriptPlace {
    return { file: this.stack.file, line: this.stack.line };
  }

  /** Folder of the script that is being read at the moment. */
  get scriptFolder(): string {
    return dirname(this.stack.file);
  }

  get waiting(): boolean {
    return this.items.length > 0;
  }

  takeItems(): Item[] {
    const items = this.items;
    this.items = [];
    return items;
  }

  add(item: Item): void {
    this.items.push(item);
  }

  /** Reports at the line taken last, or at `at`. */
  problem<Code extends ScriptCode>(
    severity: SeverityOf<typeof scriptRules, Code>,
    code: Code,
    message: string,
    { at = this.place, trigger }: { at?: ScriptPlace; trigger?: ProblemItem["trigger"] } = {},
  ): void {
    const problem: Problem = { code, severity, message, place: { file: at.file, line: at.line } };
    this.add({ kind: "problem", problem, ...(trigger && { trigger }) });
  }

  end(reason: EndItem["reason"]): void {
    if (this.ended) return;
    this.ended = true;
    this.add({ kind: "end", reason, ...this.place });
  }

  /** Hands out a batch whose text is `buffer`. */
  batch(
    buffer: TextBuffer,
    facts: Pick<BatchItem, "type" | "runBy"> & Partial<Omit<BatchItem, "kind">>,
  ): void {
    const start = buffer.start ?? this.place;
    this.add({
      kind: "batch",
      text: buffer.lines.length === 1 ? (buffer.lines[0] ?? "") : buffer.lines.join("\n"),
      count: 1,
      file: start.file,
      startLine: start.line,
      endLine: buffer.endLine,
      map: buffer.map,
      undefined: [],
      secrets: [],
      rerun: false,
      givesExitCode: false,
      ...facts,
    });
  }

  /** Ends the reading if the text under construction has grown too long. */
  checkSize(buffer: TextBuffer): void {
    if (buffer.size <= this.limits.batch) return;
    const from = buffer.start ?? this.place;
    this.problem(
      "error",
      "batch-too-long",
      l10n.t(
        "the batch that begins on line {0} is longer than {1} characters, more than the server takes; end it earlier",
        from.line,
        this.limits.batch,
      ),
      { trigger: "error" },
    );
    this.end("stopped");
  }

  async openMain(): Promise<void> {
    const none: ScriptPlace = { file: this.main, line: 1 };
    const fail = (message: string): void => {
      this.problem("error", "script-unreadable", message, { at: none, trigger: "error" });
      this.end("unreadable");
    };
    try {
      const realPath = await this.files.realPath(this.main);
      if (!(await this.openFile(this.main, realPath, undefined, fail))) return;
    } catch (error) {
      fail(l10n.t("{0} cannot be read: {1}", this.main, reason(error)));
    }
  }

  /** Looks for an include in its folders, and reads on in it. */
  async include(request: IncludeRequest): Promise<Included> {
    const { written, trigger } = request;
    let announced = false;
    const announce = (): void => {
      if (!announced) request.announce();
      announced = true;
    };
    const refuse = (code: ScriptCode, message: string): "refused" => {
      announce();
      this.problem("error", code, message + this.chainText(), { trigger });
      return "refused";
    };
    if (/^[a-z][a-z+.-]+:\/\//i.test(written)) {
      return refuse(
        "include-refused",
        l10n.t('"{0}" is on the network; only files of this computer are read', written),
      );
    }
    if (this.stack.depth >= this.limits.depth) {
      return refuse(
        "include-depth",
        l10n.t('"{0}" is not read: includes nest {1} deep', written, this.limits.depth),
      );
    }
    const looked: string[] = [];
    let outside: string | undefined;
    for (const [index, { folder, name }] of request.candidates.entries()) {
      const found = await find(this.files, folder, name, this.bounds);
      if (found.kind === "outside") outside ??= found.path;
      else if (found.kind === "not a file") {
        return refuse("include-refused", l10n.t('"{0}" is not a regular file', written));
      } else if (found.kind === "missing") looked.push(folder);
      else {
        announce();
        await this.sayWhich(found, written, request.candidates.slice(index + 1));
        return this.openInclude(found, request, refuse);
      }
    }
    if (outside !== undefined) {
      return refuse(
        "include-outside",
        l10n.t(
          '"{0}" leads to {1}, outside the folders that scripts may come from ({2}); allow its folder if it is meant',
          written,
          outside,
          [...new Set(this.bounds.folders)].join(", "),
        ),
      );
    }
    if (request.optional) return "missing";
    const places = [...new Set(looked)].join(l10n.t(" and "));
    const what = trigger === "oserror" ? `SP2-0310: unable to open file "${written}"` : `"${written}"`;
    refuse("include-missing", l10n.t("{0}: there is no such file in {1}", what, places));
    return "missing";
  }

  private async openInclude(
    found: FoundFile,
    request: IncludeRequest,
    refuse: (code: ScriptCode, message: string) => "refused",
  ): Promise<Included> {
    if (this.stack.realPaths.includes(found.realPath)) {
      return refuse(
        "include-loop",
        l10n.t('"{0}" is not read: {1} would include itself without end', request.written, found.realPath),
      );
    }
    if (this.opened >= this.limits.files) {
      refuse(
        "include-count",
        l10n.t("the script opens more than {0} files; it is not read further", this.limits.files),
      );
      this.end("stopped");
      return "refused";
    }
    try {
      const at = this.place;
      const fail = (message: string): void => void refuse("include-unreadable", message);
      return (await this.openFile(found.path, found.realPath, at, fail)) ? "opened" : "refused";
    } catch (error) {
      return refuse("include-unreadable", l10n.t("{0} cannot be read: {1}", found.path, reason(error)));
    }
  }

  /** Says what could be taken for another file than the one that is read. */
  private async sayWhich(
    found: FoundFile,
    written: string,
    others: IncludeRequest["candidates"],
  ): Promise<void> {
    if (found.otherCase) {
      this.problem(
        "information",
        "include-case",
        l10n.t(
          '"{0}" is spelt {1} on disk; it is read, but the official tool finds it on Windows only',
          written,
          found.path,
        ),
      );
    }
    for (const { folder, name } of others) {
      const other = await find(this.files, folder, name, this.bounds);
      if (other.kind !== "file" || other.realPath === found.realPath) continue;
      this.problem(
        "warning",
        "include-ambiguous",
        l10n.t(
          '"{0}" is read from {1}; there is another one, {2}, that is not read',
          written,
          found.path,
          other.path,
        ),
      );
    }
  }

  private async openFile(
    path: string,
    realPath: string,
    includedBy: ScriptPlace | undefined,
    fail: (message: string) => void,
  ): Promise<boolean> {
    const version = await this.files.version(path);
    if (version === undefined) {
      fail(l10n.t("{0} is not a regular file", path));
      return false;
    }
    const facts = await inspect(this.files.read(path), this.fallback);
    if (facts.binary !== undefined) {
      fail(l10n.t("{0} is not a text file: {1}", path, facts.binary));
      return false;
    }
    this.opened++;
    const { encoding, bytes, sha256, notUtf8At } = facts;
    this.add({
      kind: "file",
      path,
      realPath,
      bytes,
      sha256,
      encoding,
      ...(includedBy && { includedBy }),
    });
    this.stack.push({ path, realPath, version, encoding }, includedBy);
    if (notUtf8At !== undefined) {
      this.problem(
        "warning",
        "not-utf-8",
        l10n.t(
          "{0} is not UTF-8 (byte offset {1}) and has no byte order mark; it is read as {2}. Save it as UTF-8 if characters come out wrong",
          path,
          notUtf8At,
          encoding,
        ),
        { at: { file: path, line: 1 } },
      );
    }
    return true;
  }

  /** From where the current file was included, for messages. */
  private chainText(): string {
    const chain = this.stack.chain.map(({ file, line }) => l10n.t("{0} line {1}", file, line));
    if (chain.length === 0) return "";
    return ` ${l10n.t("({0} was included by {1})", this.stack.file, chain.join(l10n.t(", by ")))}`;
  }
}

function reason(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === "ENOENT") return l10n.t("there is no such file");
  if (code === "EACCES" || code === "EPERM") return l10n.t("access is denied");
  return error instanceof Error ? error.message : String(error);
}
