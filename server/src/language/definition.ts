import type { Location, Position } from "vscode-languageserver";
import type { HandlerIndex } from "../workspace/handlerIndex";
import type { Model } from "../workspace/models";
import { LineRanges } from "../workspace/summary";
import { namedAt } from "./names";
import { firstLine, location } from "./ranges";

/** An exit leads to its step, a variable to its declaration, a tool to its signature, a call to the subroutine. */
export function definition(model: Model, position: Position, index: HandlerIndex): Location[] {
  const named = namedAt(model, position);
  if (!named) return [];
  const { listing } = model;
  const here = (line: number | undefined): Location[] =>
    line === undefined ? [] : [location(model.uri, new LineRanges(listing).ofLine(line))];
  switch (named.kind) {
    case "variable":
      return here(listing.lineOfVariable(named.name));
    case "step":
      return here(listing.lineOfStep(named.node));
    case "tool":
      return here(listing.lineOfTool(named.name));
    case "subroutine": {
      if (position.line === 0) return here(0);
      const found = index.resolve(named.name, model.uri).map(({ uri }) => location(uri, firstLine));
      return found.length > 0 ? found : here(listing.lineOfSubroutine(named.name));
    }
  }
}
