import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { URI } from "vscode-uri";
import type { HandlerBuilder } from "../../builder/handler";
import { toIhd } from "../../builder/ihd";

/** A folder of handlers that is gone after the test. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "hw-index-"));

  get uri(): string {
    return pathToFileURL(this.path).href;
  }

  /** As the editor writes it. */
  uriOf(name: string): string {
    return URI.file(join(this.path, name)).toString();
  }

  write(name: string, content: HandlerBuilder | Uint8Array | string): this {
    const file = join(this.path, name);
    mkdirSync(dirname(file), { recursive: true });
    const isBytes = typeof content === "string" || content instanceof Uint8Array;
    writeFileSync(file, isBytes ? content : toIhd(content));
    return this;
  }

  copy(from: string, name: string): this {
    cpSync(from, join(this.path, name), { recursive: true });
    return this;
  }

  remove(name = ""): void {
    rmSync(join(this.path, name), { recursive: true, force: true });
  }
}
