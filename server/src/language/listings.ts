import type { ListingPlaceRequest, StepAtLineRequest } from "../protocol";
import type { Model, Models } from "../workspace/models";
import type { HandlerReader } from "../workspace/reader";
import { handlerUri, listingUri } from "./listingUri";

/** The listings the editor shows. What is said about one is said about the text that the editor was given last. */
export class Listings {
  private readonly shown = new Map<string, Model>();

  constructor(
    private readonly reader: HandlerReader,
    private readonly models: Models,
  ) {}

  /** The listing as the handler is now. */
  async open(listing: string): Promise<Model> {
    const model = await this.fresh(handlerUri(listing));
    this.shown.set(listing, model);
    return model;
  }

  /** The handler of a listing, as the editor shows it. */
  async model(listing: string): Promise<Model> {
    return this.shown.get(listing) ?? (await this.models.get(handlerUri(listing)));
  }

  close(listing: string): void {
    this.shown.delete(listing);
  }

  /** Those of the listings that show another text than the handlers have now; what is deleted stays as it was. */
  async outdated(handlers: readonly string[]): Promise<string[]> {
    const outdated: string[] = [];
    for (const handler of handlers) {
      const uri = listingUri(handler);
      const shown = this.shown.get(uri);
      if (!shown || (await this.reader.version(handler)) === undefined) continue;
      if ((await this.fresh(handler)).listing.text !== shown.listing.text) outdated.push(uri);
    }
    return outdated;
  }

  async place({ uri, node }: ListingPlaceRequest.Params): Promise<ListingPlaceRequest.Result> {
    const handler = handlerUri(uri);
    const listing = listingUri(handler);
    if (node === undefined) return { uri: listing, line: 0 };
    const model = await this.fresh(handler);
    return { uri: listing, line: model.listing.lineOfStep(node) ?? 0 };
  }

  async step({ uri, line }: StepAtLineRequest.Params): Promise<StepAtLineRequest.Result> {
    const { handler, listing } = await this.model(uri);
    return { uri: handlerUri(uri), name: handler.name, node: listing.lines[line]?.node ?? null };
  }

  private async fresh(handler: string): Promise<Model> {
    return await this.models.get(handler, (await this.reader.version(handler)) ?? "");
  }
}
