import * as l10n from "@vscode/l10n";
import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type Position,
  SymbolKind,
} from "vscode-languageserver";
import { type HandlerIndex, type Indexed, nameKey } from "../workspace/handlerIndex";
import type { Model } from "../workspace/models";
import { LineRanges } from "../workspace/summary";
import { handlerUri, listingUri } from "./listingUri";
import { namedAt } from "./names";
import { range } from "./ranges";

/** On a call: the subroutine; anywhere else: the handler of the listing. */
export function prepareCallHierarchy(
  model: Model,
  position: Position,
  index: HandlerIndex,
): CallHierarchyItem[] {
  const named = namedAt(model, position);
  if (named?.kind === "subroutine" && position.line > 0) {
    const found = index.resolve(named.name, model.uri);
    if (found.length > 0) return found.map(itemOf);
    const line = model.listing.lineOfSubroutine(named.name) ?? position.line;
    return [missing(model.uri, named.name, line, new LineRanges(model.listing).ofLine(line).end)];
  }
  const own = index.get(model.uri);
  if (own) return [itemOf(own)];
  const { handler, uri } = model;
  const isSubroutine = handler.steps.some(({ kind }) => kind === "start");
  return [item(uri, handler.name, isSubroutine, handler.category)];
}

export function incomingCalls(
  { uri, name }: CallHierarchyItem,
  index: HandlerIndex,
): CallHierarchyIncomingCall[] {
  const target = index.get(handlerUri(uri));
  // An item of a missing subroutine stands in the listing of a caller.
  const isTarget = target && nameKey(target.summary.name) === nameKey(name);
  const callers = isTarget
    ? [...index.callersOf(target)]
    : [...index.all()].filter(({ uri: caller }) => index.resolve(name, caller).length === 0);
  return callers
    .map((caller) => ({ from: itemOf(caller), fromRanges: callRanges(caller, name) }))
    .filter(({ fromRanges }) => fromRanges.length > 0);
}

export function outgoingCalls(
  { uri, name }: CallHierarchyItem,
  index: HandlerIndex,
): CallHierarchyOutgoingCall[] {
  const caller = index.get(handlerUri(uri));
  if (!caller || nameKey(caller.summary.name) !== nameKey(name)) return [];
  const names = new Map(caller.summary.calls.map((call) => [nameKey(call.name), call.name]));
  return [...names.values()].flatMap((called) => {
    const fromRanges = callRanges(caller, called);
    const found = index.resolve(called, caller.uri);
    if (found.length > 0) return found.map((each) => ({ to: itemOf(each), fromRanges }));
    const [first] = fromRanges;
    const to = missing(caller.uri, called, first?.start.line ?? 0, first?.end.character ?? 0);
    return [{ to, fromRanges }];
  });
}

function callRanges({ summary }: Indexed, name: string): CallHierarchyIncomingCall["fromRanges"] {
  return summary.steps
    .filter(({ kind, tool }) => kind === "subroutine" && nameKey(tool) === nameKey(name))
    .map((step) => range(step.range));
}

function itemOf({ uri, summary }: Indexed): CallHierarchyItem {
  const { name, parameters, category, initiator } = summary;
  return item(uri, name, parameters !== null, parameters !== null ? category : initiator);
}

function item(uri: string, name: string, isSubroutine: boolean, detail: string): CallHierarchyItem {
  const place = range({ line: 0, start: 0, end: 0 });
  const kind = isSubroutine ? SymbolKind.Function : SymbolKind.Event;
  return { name, kind, detail, uri: listingUri(uri), range: place, selectionRange: place };
}

/** A subroutine that no handler of the workspace is: it stands where the caller names it. */
function missing(caller: string, name: string, line: number, end: number): CallHierarchyItem {
  const place = range({ line, start: 0, end });
  const detail = l10n.t("not in the workspace");
  return {
    name,
    kind: SymbolKind.Function,
    detail,
    uri: listingUri(caller),
    range: place,
    selectionRange: place,
  };
}
