import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { finished } from "node:stream/promises";
import * as l10n from "@vscode/l10n";

/** A text file that grows line by line. When it cannot be written it says so once, and takes nothing more. */
export class TextFile {
  private failure: Error | undefined;
  private told = false;
  private draining: Promise<void> | undefined;

  private constructor(
    readonly path: string,
    private readonly stream: WriteStream,
    private readonly onFailure: (message: string) => void,
  ) {
    stream.on("error", (error) => this.fail(error));
  }

  /** `flags`: `w` replaces, `a` adds, `wx` fails if it is there. Rejects when it cannot be opened. */
  static async open(
    path: string,
    flags: "w" | "a" | "wx",
    onFailure: (message: string) => void,
  ): Promise<TextFile> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const stream = createWriteStream(path, { flags, encoding: "utf8", mode: 0o600 });
    await new Promise<void>((resolve, reject) => {
      stream.once("open", () => resolve());
      stream.once("error", reject);
    });
    return new TextFile(path, stream, onFailure);
  }

  /** Set while the disk is behind. */
  get busy(): Promise<void> | undefined {
    return this.draining;
  }

  write(text: string): void {
    if (this.failure) return;
    if (this.stream.write(text) || this.draining) return;
    this.draining = new Promise<void>((resolve) => {
      const done = (): void => {
        this.stream.off("drain", done).off("close", done);
        this.draining = undefined;
        resolve();
      };
      this.stream.once("drain", done);
      this.stream.once("close", done);
    });
  }

  /** Never rejects. */
  async close(): Promise<void> {
    this.stream.end();
    await finished(this.stream).catch((error: Error) => this.fail(error));
  }

  private fail(error: Error): void {
    this.failure ??= error;
    if (this.told) return;
    this.told = true;
    this.onFailure(
      l10n.t("{0} cannot be written: {1}; what follows is missing in it", this.path, error.message),
    );
  }
}
