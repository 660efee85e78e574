import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type Location,
  type Position,
} from "vscode-languageserver";
import { type HandlerIndex, nameKey } from "../workspace/handlerIndex";
import type { Model } from "../workspace/models";
import { namedAt, placesOf } from "./names";
import { firstLine, location, range } from "./ranges";

/** Every use: of a variable or step in its handler; of a tool or subroutine in all handlers. */
export function references(
  model: Model,
  position: Position,
  index: HandlerIndex,
  includeDeclaration: boolean,
): Location[] {
  const named = namedAt(model, position);
  if (!named) return [];
  const { listing, uri } = model;
  if (named.kind === "variable" || named.kind === "step") {
    const declared =
      named.kind === "variable" ? listing.lineOfVariable(named.name) : listing.lineOfStep(named.node);
    return placesOf(model, named)
      .filter(({ line }) => includeDeclaration || line !== declared)
      .map((place) => location(uri, place));
  }
  const found: Location[] = [];
  const { kind, name } = named;
  const matches =
    kind === "tool" ? (tool: string) => tool === name : (tool: string) => nameKey(tool) === nameKey(name);
  for (const each of index.all()) {
    for (const step of each.summary.steps) {
      const uses = kind === "subroutine" ? step.kind === "subroutine" : step.kind !== "subroutine";
      if (uses && matches(step.tool)) found.push(location(each.uri, step.range));
    }
  }
  if (!index.get(uri)) {
    // Not in the workspace, for example an old version: its own uses count all the same.
    const own = placesOf(model, named).filter(({ line }) => listing.lines[line]?.section === "step");
    found.push(...own.map((place) => location(uri, place)));
  }
  if (includeDeclaration && kind === "subroutine") {
    found.push(...index.resolve(name, uri).map((each) => location(each.uri, firstLine)));
  }
  return found;
}

/** The other places in the same listing. */
export function documentHighlights(model: Model, position: Position): DocumentHighlight[] {
  const named = namedAt(model, position);
  if (!named || position.line === 0) return [];
  const declared = named.kind === "variable" ? model.listing.lineOfVariable(named.name) : undefined;
  return placesOf(model, named).map((place) => ({
    range: range(place),
    kind: place.line === declared ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
