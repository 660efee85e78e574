import { listing } from "../../../server/src/handler/listing";
import type { Handler } from "../../../server/src/handler/model";
import { HandlerIndex } from "../../../server/src/workspace/handlerIndex";
import type { Model } from "../../../server/src/workspace/models";
import { Summaries } from "../../../server/src/workspace/summary";
import type { HandlerBuilder } from "../../builder/handler";
import { saved } from "../analysis/build";

/** A handler as the server holds it, at `file:///w/NAME.ihd`. */
export function modelOf(built: HandlerBuilder): Model {
  return modelOfHandler(saved(built));
}

export function modelOfHandler(handler: Handler): Model {
  const uri = `file:///w/${encodeURIComponent(handler.name)}.ihd`;
  return { uri, version: "1", handler, listing: listing(handler) };
}

export function indexOf(...models: Model[]): HandlerIndex {
  const index = new HandlerIndex();
  const summaries = new Summaries();
  for (const { uri, version, handler, listing: text } of models) {
    const summary = summaries.of(handler, text);
    index.put({ uri, version, isReference: false, generation: 0, summary });
  }
  return index;
}

/** The middle of `focus` in the first occurrence of `context`. */
export function place(model: Model, context: string, focus = context): { line: number; character: number } {
  const { text } = model.listing;
  const offset = text.indexOf(context);
  if (offset < 0) throw new Error(`'${context}' is not in:\n${text}`);
  const before = text.slice(0, offset + context.lastIndexOf(focus)).split("\n");
  return { line: before.length - 1, character: before.at(-1)!.length + Math.floor(focus.length / 2) };
}

/** The line of a listing. */
export function lineOf({ listing: { text } }: Model, line: number): string {
  return text.split("\n")[line] ?? "";
}
