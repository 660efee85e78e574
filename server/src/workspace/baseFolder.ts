import { basename, extname } from "node:path";
import type { Handler } from "../handler/model";
import type { LayoutMemory } from "../ihd/layoutMemory";
import { readHandlerFile } from "./file";
import { findHandlers } from "./find";
import { nameKey } from "./handlerIndex";

/** The base handlers of a release, in a folder; each is read when it is asked for. */
export class BaseFolder {
  private constructor(
    private readonly files: ReadonlyMap<string, string>,
    private readonly options: { readonly memory: LayoutMemory; readonly ansi: string },
    /** Folders that could not be looked into, with the reason. */
    readonly unreadable: readonly string[],
  ) {}

  static async open(
    folder: string,
    options: { readonly memory: LayoutMemory; readonly ansi: string },
  ): Promise<BaseFolder> {
    const { files, unreadable } = await findHandlers(folder);
    const byName = new Map<string, string>();
    for (const file of files) {
      // A server has one handler of a name: the first one found is as good as another.
      const key = nameKey(basename(file, extname(file)));
      if (!byName.has(key)) byName.set(key, file);
    }
    return new BaseFolder(
      byName,
      options,
      unreadable.map(({ folder, message }) => `${folder}: ${message}`),
    );
  }

  get size(): number {
    return this.files.size;
  }

  /** Names in lower case. */
  get names(): Iterable<string> {
    return this.files.keys();
  }

  fileOf(name: string): string | undefined {
    return this.files.get(nameKey(name));
  }

  async read(name: string): Promise<Handler | undefined> {
    const file = this.fileOf(name);
    return file === undefined ? undefined : await readHandlerFile(file, this.options);
  }
}
