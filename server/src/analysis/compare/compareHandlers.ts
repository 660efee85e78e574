import { project } from "../../handler/facts";
import type { Handler, Initiator, Step, Variable } from "../../handler/model";
import { stepChanges, type StepContext, toolName } from "./compareSteps";
import { type Change, defaultKinds, type DiffKindId } from "./kinds";
import { matchSteps, type StepMatch } from "./matchSteps";
import { exitDifferences, pairByName, parameterDifferences, type SignatureDifference } from "./signatures";

/** All differences of two handlers, and how their steps were matched. */
export interface HandlerDiff {
  readonly changes: readonly Change[];
  readonly match: StepMatch;
}

/**
 * Compares two handlers. What one of the two sources cannot hold (an XML export has no bend points, an `.ihd` no
 * field names of steps whose class is not known ...) is left out, so it is never reported as removed.
 */
export function compareHandlers(
  oldHandler: Handler,
  newHandler: Handler,
  kinds: ReadonlySet<DiffKindId> = defaultKinds,
): HandlerDiff {
  const old = project(oldHandler, newHandler.source);
  const now = project(newHandler, oldHandler.source);
  const match = matchSteps(old, now);
  const changes = [
    ...handlerChanges(old, now, match),
    ...variableChanges(old, now),
    ...signatureChanges(old, now),
    ...allStepChanges(old, now, match, oldHandler.source !== newHandler.source),
  ];
  return { changes: changes.filter(({ kind }) => kinds.has(kind)), match };
}

const about = (
  kind: DiffKindId,
  label: string,
  what: string,
  old: string | null,
  now: string | null,
): Change => ({ kind, node: null, oldNode: null, label, what, old, new: now });

function handlerChanges(old: Handler, now: Handler, match: StepMatch): Change[] {
  const found: Change[] = [];
  const say = (kind: DiffKindId, what: string, from: string, to: string): void => {
    if (from !== to) found.push(about(kind, "", what, from, to));
  };
  say("properties", "category", old.category, now.category);
  say("properties", "description", old.description, now.description);
  const first = old.startNode === null ? null : (match.newNode.get(old.startNode) ?? null);
  if (first !== now.startNode && old.startNode !== null) {
    say("properties", "first step", `node ${old.startNode}`, `node ${now.startNode ?? "none"}`);
  }
  say("initiator", "initiator", initiatorText(old), initiatorText(now));
  const [from, to] = [old.initiators[0], now.initiators[0]];
  // The ids of the step are compared with the step; these are the definition's own.
  if (from && to && stepIds(old) === stepIds(now))
    say("initiator-ids", "ids the initiator listens to", idsText(from), idsText(to));
  found.push(...ownParameterChanges(old, now));
  say("compiled-name", "compiled name", old.compiledName, now.compiledName);
  say("type-table", "number of types", String(old.typeCount), String(now.typeCount));
  return found;
}

const initiatorText = ({ initiators, steps }: Handler): string =>
  initiators.map(({ module, name }) => `${module}:${name}`).join(", ") ||
  (steps.some(({ kind }) => kind === "start") ? "Subroutine" : "(none)");

const idsText = ({ objectType, objectIds, eventIds }: Initiator): string =>
  `${objectType} object ${objectIds.join(", ")} event ${eventIds.join(", ")}`;

const stepIds = ({ steps }: Handler): string =>
  steps.flatMap(({ objectId, eventId }) => (objectId || eventId ? [`${objectId} ${eventId}`] : [])).join();

function ownParameterChanges(old: Handler, now: Handler): Change[] {
  const [a, b] = [old, now].map(({ steps }) => steps.find(({ kind }) => kind === "start"));
  if (!a || !b) return [];
  const found = parameterDifferences(a.parameters, b.parameters);
  const { pairs } = pairByName(a.parameters, b.parameters, ({ label }) => label);
  for (const [x, y] of pairs) {
    const from = a.parameterVariables[a.parameters.indexOf(x)] ?? "";
    const to = b.parameterVariables[b.parameters.indexOf(y)] ?? "";
    if (from !== to) found.push({ what: `variable of parameter "${y.label}"`, old: from, new: to });
  }
  return found.map(({ what, old: from, new: to }) => about("parameters", "", what, from, to));
}

function variableChanges(old: Handler, now: Handler): Change[] {
  const { pairs, removed, added } = pairByName(old.variables, now.variables, ({ name }) => name);
  return [
    ...removed.map((each) =>
      about("variable-removed", each.name, "variable removed", variableText(each), null),
    ),
    ...added.map((each) => about("variable-added", each.name, "variable added", null, variableText(each))),
    ...pairs.flatMap(([a, b]) => {
      const found: Change[] = [];
      if (a.type.name !== b.type.name)
        found.push(about("variable-type", b.name, "type", a.type.name, b.type.name));
      const [from, to] = [initialText(a), initialText(b)];
      if (from !== to) found.push(about("variable-initial", b.name, "initial value", from, to));
      return found;
    }),
  ];
}

const initialText = ({ initial }: Variable): string =>
  initial === null ? "(none)" : JSON.stringify(initial);
const variableText = (variable: Variable): string =>
  `${variable.name}: ${variable.type.name}${variable.initial === null ? "" : ` = ${initialText(variable)}`}`;

function signatureChanges(old: Handler, now: Handler): Change[] {
  const found: Change[] = [];
  const tools = pairByName(old.tools, now.tools, (tool) => `${tool.module}:${tool.name}`);
  const subroutines = pairByName(old.subroutines, now.subroutines, ({ name }) => name);
  const initiators = pairByName(old.initiators, now.initiators, (each) => `${each.module}:${each.name}`);
  for (const each of tools.removed) found.push(uses(`${each.module}:${each.name}`, "tool", false));
  for (const each of tools.added) found.push(uses(`${each.module}:${each.name}`, "tool", true));
  for (const each of subroutines.removed) found.push(uses(each.name, "subroutine", false));
  for (const each of subroutines.added) found.push(uses(each.name, "subroutine", true));
  for (const [a, b] of [...tools.pairs, ...initiators.pairs]) {
    const name = `${b.module}:${b.name}`;
    if ("version" in a && "version" in b && a.version !== b.version) {
      found.push(about("tool-version", name, "version", a.version || "(none)", b.version || "(none)"));
    }
    found.push(...differences("tool-signature", name, a, b));
    for (const [what, from, to] of [
      ["label", a.label, b.label],
      ["description", a.description, b.description],
      ["category", a.category, b.category],
      ["what runs it", `${a.runtimeModule} ${a.runtimeFunction}`, `${b.runtimeModule} ${b.runtimeFunction}`],
    ] as const) {
      if (from !== to) found.push(about("tool-signature", name, what, from, to));
    }
  }
  for (const [a, b] of subroutines.pairs) {
    found.push(...differences("subroutine-signature", b.name, a, b));
    for (const what of ["label", "description", "category"] as const) {
      if (a[what] !== b[what]) found.push(about("subroutine-signature", b.name, what, a[what], b[what]));
    }
    if (a.compiledName !== b.compiledName) {
      found.push(about("compiled-name", b.name, "compiled name", a.compiledName, b.compiledName));
    }
  }
  return found;
}

const uses = (name: string, what: string, added: boolean): Change =>
  about(
    "uses",
    name,
    `${what} ${added ? "newly used" : "no longer used"}`,
    added ? null : name,
    added ? name : null,
  );

type Signature = Pick<Initiator, "parameters" | "exits">;

const differences = (kind: DiffKindId, name: string, a: Signature, b: Signature): Change[] =>
  [...parameterDifferences(a.parameters, b.parameters), ...exitDifferences(a.exits, b.exits)].map(
    ({ what, old, new: now }: SignatureDifference) => about(kind, name, what, old, now),
  );

function allStepChanges(old: Handler, now: Handler, match: StepMatch, looseNumbers: boolean): Change[] {
  const names = (handler: Handler) => {
    const labels = new Map(handler.steps.map(({ node, label }) => [node, label]));
    return (node: number): string => `${labels.get(node) ?? "?"} (${node})`;
  };
  const context: StepContext = {
    newNode: match.newNode,
    nameOld: names(old),
    nameNew: names(now),
    looseNumbers,
  };
  const found: Change[] = [
    ...match.removed.map((step) => wholeStep("step-removed", step, null, stepText(step), null)),
    ...match.added.map((step) => wholeStep("step-added", null, step, null, stepText(step))),
    ...match.pairs.flatMap(([a, b]) => stepChanges(a, b, context)),
  ];
  return found.sort((x, y) => (x.node ?? -1) - (y.node ?? -1));
}

function wholeStep(
  kind: DiffKindId,
  old: Step | null,
  now: Step | null,
  from: string | null,
  to: string | null,
): Change {
  const step = (now ?? old)!;
  return {
    kind,
    node: step.node,
    oldNode: old?.node ?? null,
    label: step.label,
    what: now ? "step added" : "step removed",
    old: from,
    new: to,
  };
}

const stepText = (step: Step): string => `${toolName(step)} "${step.label}"`;
