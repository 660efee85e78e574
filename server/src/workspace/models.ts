import type { Handler } from "../handler/model";
import { listing, type Listing } from "../handler/listing";

/** A handler in full, with its listing. */
export interface Model {
  readonly uri: string;
  readonly version: string;
  readonly handler: Handler;
  readonly listing: Listing;
}

/** The handlers used last, in full: what they cost is given back soon after nobody looks at them. */
export class Models {
  private readonly models = new Map<string, Model>();
  private readonly reading = new Map<string, Promise<Model>>();

  constructor(
    private readonly read: (uri: string) => Promise<{ handler: Handler; version: string }>,
    /** Lines of all listings together; the last one is kept whatever its size. */
    private readonly mostLines = 50_000,
  ) {}

  /** Reads the handler unless it is at hand; in this version, if one is given ("" = not known: always reads). */
  async get(uri: string, version?: string): Promise<Model> {
    const known = this.models.get(uri);
    const isFresh = version === undefined || (version !== "" && known?.version === version);
    if (known && isFresh) return this.keep(known);
    const running = this.reading.get(uri);
    if (running) return running;
    const reading = this.load(uri);
    this.reading.set(uri, reading);
    try {
      return await reading;
    } finally {
      this.reading.delete(uri);
    }
  }

  forget(uri: string): void {
    this.models.delete(uri);
  }

  /** Everything: it would be read otherwise now. */
  clear(): void {
    this.models.clear();
  }

  private async load(uri: string): Promise<Model> {
    const { handler, version } = await this.read(uri);
    return this.keep({ uri, version, handler, listing: listing(handler) });
  }

  /** The one used last stands at the end. */
  private keep(model: Model): Model {
    this.models.delete(model.uri);
    this.models.set(model.uri, model);
    let lines = 0;
    for (const { listing } of this.models.values()) lines += listing.lines.length;
    for (const [uri, { listing }] of this.models) {
      if (lines <= this.mostLines || this.models.size === 1) break;
      this.models.delete(uri);
      lines -= listing.lines.length;
    }
    return model;
  }
}
