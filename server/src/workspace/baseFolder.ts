import { byHandlerName, type HandlerFile } from "../analysis/compare/handlerFiles";
import type { Handler } from "../handler/model";
import type { LayoutMemory } from "../ihd/layoutMemory";
import { handlersBelow, type ReadOptions } from "./handlerFiles";
import { Settling } from "./settling";

/** The base handlers of a release, in a folder; each is read when it is asked for. */
export class BaseFolder {
  private constructor(
    private readonly byName: ReadonlyMap<string, readonly HandlerFile[]>,
    /** Folders that could not be looked into, with the reason. */
    readonly problems: readonly string[],
  ) {}

  static async open(
    folder: string,
    options: ReadOptions & { readonly memory: LayoutMemory },
  ): Promise<BaseFolder> {
    const { files, problems } = await handlersBelow(folder, options);
    return new BaseFolder(byHandlerName(new Settling(options.memory).add(files)), problems);
  }

  get size(): number {
    return this.byName.size;
  }

  /** The base handler of the name, in any case; a release has one of a name, so the first is taken. */
  async read(name: string): Promise<Handler | undefined> {
    const [file] = this.byName.get(name.toLowerCase()) ?? [];
    return await file?.read();
  }
}
