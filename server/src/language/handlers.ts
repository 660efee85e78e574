import type { HandlersRequest, ProblemCounts, Relation, RelationsRequest, RulesRequest } from "../protocol";
import { rules } from "../analysis/checks/checks";
import { type HandlerIndex, type Indexed, nameKey } from "../workspace/handlerIndex";
import { handlerUri } from "./listingUri";

/** All handlers but those of reference folders. */
export function handlerRows(
  index: HandlerIndex,
  countsOf: (uri: string) => ProblemCounts,
): HandlersRequest.Result {
  const handlers = [...index.all()]
    .filter(({ isReference }) => !isReference)
    .map(({ uri, summary }) => ({
      uri,
      name: summary.name,
      source: summary.source,
      category: summary.category,
      initiator: summary.initiator,
      isSubroutine: summary.parameters !== null,
      steps: summary.steps.length,
      problems: countsOf(uri),
    }));
  return { handlers };
}

export function relations(
  { uri, direction }: RelationsRequest.Params,
  index: HandlerIndex,
): RelationsRequest.Result {
  const handler = index.get(handlerUri(uri));
  if (!handler) return { name: "", relations: [] };
  const { name } = handler.summary;
  return { name, relations: direction === "callers" ? callers(handler, index) : callees(handler, index) };
}

function callers(handler: Indexed, index: HandlerIndex): Relation[] {
  const key = nameKey(handler.summary.name);
  return [...index.callersOf(handler)].flatMap(({ uri, summary }) =>
    summary.calls
      .filter(({ name }) => nameKey(name) === key)
      .map(({ node, label }) => ({ name: summary.name, uri, at: { uri, node, label } })),
  );
}

function callees({ uri, summary }: Indexed, index: HandlerIndex): Relation[] {
  return summary.calls.flatMap(({ name, node, label }): Relation[] => {
    const at = { uri, node, label };
    const found = index.resolve(name, uri);
    if (found.length === 0) return [{ name, uri: null, at }];
    return found.map((callee) => ({ name: callee.summary.name, uri: callee.uri, at }));
  });
}

export function ruleRows(): RulesRequest.Result {
  return { rules: rules.map(({ id, severity, meaning }) => ({ id, severity, meaning })) };
}
