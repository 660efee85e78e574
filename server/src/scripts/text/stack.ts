import type { ScriptPlace } from "../items";
import { decoding, type ScriptEncoding } from "./encoding";
import type { ScriptFiles } from "./files";
import { LineSplitter } from "./lines";

/** One script file being read: a window of lines, and the rest still on disk. */
interface OpenFile {
  readonly path: string;
  readonly realPath: string;
  readonly version: string | undefined;
  readonly includedBy: ScriptPlace | undefined;
  readonly more: () => Promise<string[] | "end" | "changed" | "too long">;
  readonly close: () => Promise<void>;
  lines: string[];
  next: number;
  /** Number of the line taken last; 0 before the first. */
  line: number;
}

/** What `fill` came to. `end of file`: the innermost file is done and still on the stack; `pop` removes it. */
export type Filled = "lines" | "end of file" | "changed" | "too long" | "failed";

/**
 * The script and the includes it is in at the moment, innermost last. Lines are taken without waiting as long as
 * there are some in memory; memory holds one chunk of each open file.
 */
export class SourceStack {
  private readonly open: OpenFile[] = [];
  private top: OpenFile | undefined;
  /** Why the last `fill` said `failed`. */
  failure: unknown;

  constructor(
    private readonly files: ScriptFiles,
    private readonly longestLine: number,
  ) {}

  /** File of the line taken last. */
  get file(): string {
    return this.top?.path ?? "";
  }

  /** Number of the line taken last, counted from 1. */
  get line(): number {
    return this.top?.line ?? 0;
  }

  get depth(): number {
    return this.open.length;
  }

  /** Real paths of the open files, outermost first. */
  get realPaths(): readonly string[] {
    return this.open.map(({ realPath }) => realPath);
  }

  /** From where the current file was included, innermost first. */
  get chain(): readonly ScriptPlace[] {
    return this.open.flatMap(({ includedBy }) => includedBy ?? []).reverse();
  }

  /** The next line, if it is in memory. */
  take(): string | undefined {
    const top = this.top;
    if (top === undefined || top.next >= top.lines.length) return undefined;
    top.line++;
    return top.lines[top.next++];
  }

  async fill(): Promise<Filled> {
    const top = this.top;
    if (!top) return "end of file";
    try {
      const lines = await top.more();
      if (lines === "end") return "end of file";
      if (typeof lines === "string") return lines;
      top.lines = lines;
      top.next = 0;
      return "lines";
    } catch (error) {
      this.failure = error;
      return "failed";
    }
  }

  /** Goes on with this file; its lines come before the rest of the current one. */
  push(
    file: { path: string; realPath: string; version: string | undefined; encoding: ScriptEncoding },
    includedBy?: ScriptPlace,
  ): void {
    const { path, realPath, version } = file;
    const reader = this.reader(path, file.encoding, version);
    const opened: OpenFile = { path, realPath, version, includedBy, ...reader, lines: [], next: 0, line: 0 };
    this.open.push(opened);
    this.top = opened;
  }

  async pop(): Promise<void> {
    const done = this.open.pop();
    this.top = this.open[this.open.length - 1];
    await done?.close();
  }

  async close(): Promise<void> {
    while (this.open.length > 0) await this.pop();
  }

  private reader(
    path: string,
    encoding: ScriptEncoding,
    version: string | undefined,
  ): Pick<OpenFile, "more" | "close"> {
    let chunks: AsyncIterator<Uint8Array> | undefined;
    let ended = false;
    const text = decoding(encoding);
    const splitter = new LineSplitter();
    const more = async (): Promise<string[] | "end" | "changed" | "too long"> => {
      for (;;) {
        if (ended) return "end";
        chunks ??= this.files.read(path)[Symbol.asyncIterator]();
        const chunk = await chunks.next();
        // A run may take hours: lines of a file that is no longer the one that was looked at must not be run.
        if ((await this.files.version(path)) !== version) return "changed";
        ended = chunk.done === true;
        const lines = splitter.push(ended ? text.end() : text.write(chunk.value as Uint8Array));
        if (ended) lines.push(...splitter.end());
        if (splitter.pending > this.longestLine) return "too long";
        if (lines.length > 0) return lines;
      }
    };
    return { more, close: async () => void (await chunks?.return?.()) };
  }
}
