import { byHandlerName, type HandlerFile } from "../analysis/compare/handlerFiles";
import type { Handler } from "../handler/model";
import { handlersBelow, type ReadOptions } from "./handlerFiles";

/** The base handlers of a release, in a folder; each is read when it is asked for. */
export class BaseFolder {
  private constructor(
    private readonly byName: ReadonlyMap<string, readonly HandlerFile[]>,
    /** Folders that could not be looked into, with the reason. */
    readonly problems: readonly string[],
  ) {}

  static async open(folder: string, options: ReadOptions): Promise<BaseFolder> {
    const { files, problems } = await handlersBelow(folder, options);
    return new BaseFolder(byHandlerName(files), problems);
  }

  get size(): number {
    return this.byName.size;
  }

  has(name: string): boolean {
    return this.byName.has(name.toLowerCase());
  }

  /** The base handler of the name, in any case; a release has one of a name, so the first is taken. */
  async read(name: string): Promise<Handler | undefined> {
    const [file] = this.byName.get(name.toLowerCase()) ?? [];
    return await file?.read();
  }
}
