import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { URI } from "vscode-uri";
import type { Handler } from "../handler/model";
import { noHandler, readHandler } from "../handler/read";
import { LayoutMemory } from "../ihd/layoutMemory";
import type { ReadResourceRequest } from "../protocol";
import { readHandlerVersion } from "./file";
import { UnreadableFile, versionOf } from "./stableContent";

/** What was read, and from which version of the resource. */
export interface ReadResult {
  readonly handler: Handler;
  readonly version: string;
}

/** Reads handlers by URI: files by itself, everything else through the editor. */
export class HandlerReader {
  /** What inference learned, from all handlers read so far. */
  readonly memory = new LayoutMemory();
  ansi = "windows-1252";

  constructor(private readonly remote: (uri: string) => Promise<ReadResourceRequest.Result>) {}

  /** Modification time and size of a file, undefined when there is no such file; for other resources "". */
  async version(uri: string): Promise<string | undefined> {
    const parsed = URI.parse(uri);
    if (parsed.scheme !== "file") return "";
    try {
      return versionOf(await stat(parsed.fsPath));
    } catch {
      return undefined;
    }
  }

  /** Never throws: a handler that cannot be read says why in its problems. */
  async read(uri: string): Promise<ReadResult> {
    const parsed = URI.parse(uri);
    if (parsed.scheme === "file") return await this.readFile(parsed.fsPath);
    const answer = await this.remote(uri).catch((error: unknown) => ({
      error: error instanceof Error ? error.message : String(error),
    }));
    if ("error" in answer) return { handler: noHandler(parsed.path, answer.error), version: "" };
    const bytes = Buffer.from(answer.base64, "base64");
    const handler = readHandler(bytes, { file: parsed.path, memory: this.memory, ansi: this.ansi });
    return { handler, version: createHash("sha256").update(bytes).digest("base64") };
  }

  private async readFile(path: string): Promise<ReadResult> {
    try {
      return await readHandlerVersion(path, { memory: this.memory, ansi: this.ansi });
    } catch (error) {
      if (error instanceof UnreadableFile) return { handler: noHandler(path, error.message), version: "" };
      throw error;
    }
  }
}
