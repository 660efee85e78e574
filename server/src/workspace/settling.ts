import { type HandlerFile, pause } from "../analysis/compare/handlerFiles";
import type { Handler } from "../handler/model";
import { hasInferredLayouts } from "../handler/read";
import type { LayoutMemory } from "../ihd/layoutMemory";

/**
 * Files at hand together: where a layout is inferred for one, what all of them teach decides it, whichever is read
 * first. The files' readers must share `memory`.
 */
export class Settling {
  private readonly teachers: HandlerFile[] = [];
  private lesson: Promise<void> | undefined;

  /** Reading fails with the signal's reason, when it is aborted. */
  constructor(
    private readonly memory: LayoutMemory,
    private readonly signal?: AbortSignal,
  ) {}

  /** The same files, read in the light of all that are added here before the first of them is read. */
  add<File extends HandlerFile>(files: readonly File[]): File[] {
    this.teachers.push(...files);
    return files.map((file) => ({ ...file, read: () => this.read(file) }));
  }

  private async read(file: HandlerFile): Promise<Handler> {
    const { generation } = this.memory;
    const handler = await file.read();
    if (!hasInferredLayouts(handler)) return handler;
    await (this.lesson ??= this.learn());
    return this.memory.generation === generation ? handler : await file.read();
  }

  private async learn(): Promise<void> {
    for (const file of this.teachers) {
      this.signal?.throwIfAborted();
      try {
        await file.read();
      } catch {
        // Who reads it for what it holds is told why it can not be opened.
      }
      await pause();
    }
  }
}
