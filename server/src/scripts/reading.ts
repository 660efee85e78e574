import { dirname, resolve } from "node:path";
import type { Problem, Severity } from "../problem";
import type { BatchItem, EndItem, Item, ProblemItem, ScriptPlace } from "./items";
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
  problem(
    severity: Severity,
    code: string,
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
      `the batch that begins on line ${from.line} is longer than ${this.limits.batch} characters, more than the server takes; end it earlier`,
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
      fail(`${this.main} cannot be read: ${reason(error)}`);
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
    const refuse = (code: string, message: string): "refused" => {
      announce();
      this.problem("error", code, message + this.chainText(), { trigger });
      return "refused";
    };
    if (/^[a-z][a-z+.-]+:\/\//i.test(written)) {
      return refuse(
        "include-refused",
        `"${written}" is on the network; only files of this computer are read`,
      );
    }
    if (this.stack.depth >= this.limits.depth) {
      return refuse("include-depth", `"${written}" is not read: includes nest ${this.limits.depth} deep`);
    }
    const looked: string[] = [];
    let outside: string | undefined;
    for (const [index, { folder, name }] of request.candidates.entries()) {
      const found = await find(this.files, folder, name, this.bounds);
      if (found.kind === "outside") outside ??= found.path;
      else if (found.kind === "not a file") {
        return refuse("include-refused", `"${written}" is not a regular file`);
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
        `"${written}" leads to ${outside}, outside the folders that scripts may come from (${[...new Set(this.bounds.folders)].join(", ")}); allow its folder if it is meant`,
      );
    }
    if (request.optional) return "missing";
    const places = [...new Set(looked)].join(" and ");
    const sp2 = trigger === "oserror" ? `SP2-0310: unable to open file "${written}": ` : `"${written}": `;
    refuse("include-missing", `${sp2}there is no such file in ${places}`);
    return "missing";
  }

  private async openInclude(
    found: FoundFile,
    request: IncludeRequest,
    refuse: (code: string, message: string) => "refused",
  ): Promise<Included> {
    if (this.stack.realPaths.includes(found.realPath)) {
      return refuse(
        "include-loop",
        `"${request.written}" is not read: ${found.realPath} would include itself without end`,
      );
    }
    if (this.opened >= this.limits.files) {
      refuse(
        "include-count",
        `the script opens more than ${this.limits.files} files; it is not read further`,
      );
      this.end("stopped");
      return "refused";
    }
    try {
      const at = this.place;
      const fail = (message: string): void => void refuse("include-unreadable", message);
      return (await this.openFile(found.path, found.realPath, at, fail)) ? "opened" : "refused";
    } catch (error) {
      return refuse("include-unreadable", `${found.path} cannot be read: ${reason(error)}`);
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
        `"${written}" is spelt ${found.path} on disk; it is read, but the official tool finds it on Windows only`,
      );
    }
    for (const { folder, name } of others) {
      const other = await find(this.files, folder, name, this.bounds);
      if (other.kind !== "file" || other.realPath === found.realPath) continue;
      this.problem(
        "warning",
        "include-ambiguous",
        `"${written}" is read from ${found.path}; there is another one, ${other.path}, that is not read`,
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
      fail(`${path} is not a regular file`);
      return false;
    }
    const facts = await inspect(this.files.read(path), this.fallback);
    if (facts.binary !== undefined) {
      fail(`${path} is not a text file: ${facts.binary}`);
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
        `${path} is not UTF-8 (byte offset ${notUtf8At}) and has no byte order mark; it is read as ${encoding}. Save it as UTF-8 if characters come out wrong`,
        { at: { file: path, line: 1 } },
      );
    }
    return true;
  }

  /** From where the current file was included, for messages. */
  private chainText(): string {
    const chain = this.stack.chain.map(({ file, line }) => `${file} line ${line}`);
    return chain.length > 0 ? ` (${this.stack.file} was included by ${chain.join(", by ")})` : "";
  }
}

function reason(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EACCES" || code === "EPERM") return "access is denied";
  return error instanceof Error ? error.message : String(error);
}
