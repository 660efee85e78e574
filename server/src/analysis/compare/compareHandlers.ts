import { type PrintBudget, MOST_PARTS, printExpression } from "../../handler/expressionText";
import { project } from "../../handler/facts";
import { signatureOf, type Signatures } from "../../handler/listingStep";
import type { ExitSignature, Handler, Initiator, Step, Variable } from "../../handler/model";
import { shownInitial } from "../../handler/secrets";
import { toolKey } from "../../handler/toolKey";
import type { Change } from "./change";
import { lines, stepChanges, type StepContext, toolName } from "./compareSteps";
import { ExpressionIds } from "./expressionIds";
import { defaultKinds, type DiffKindId } from "./kinds";
import { matchSteps, type StepMatch } from "./matchSteps";
import { pairByName } from "./pairing";
import {
  exitDifferences,
  pairParameters,
  parameterDifferences,
  sameType,
  typeText,
  typeTexts,
} from "./signatures";
import { StepContents } from "./stepContent";

/** All differences of two handlers, and how their steps were matched. */
export interface HandlerDiff {
  readonly changes: readonly Change[];
  readonly match: StepMatch;
  /** What was compared: the handlers with the facts that both sources can hold, steps by node id. */
  readonly old: Handler;
  readonly now: Handler;
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
  const ids = new ExpressionIds(oldHandler.source !== newHandler.source);
  const match = matchSteps(old, now, new StepContents([old, now], ids));
  const changes = [
    ...handlerChanges(old, now, match),
    ...ownParameterChanges(old, now),
    ...variableChanges(old, now),
    ...signatureChanges(old, now),
    ...allStepChanges(old, now, match, ids),
  ];
  return { changes: changes.filter(({ kind }) => kinds.has(kind)), match, old, now };
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
  say("properties", "description", lines(old.description), lines(now.description));
  const first = old.startNode === null ? null : (match.newNode.get(old.startNode) ?? null);
  if (first !== now.startNode)
    found.push(about("properties", "", "first step", nodeText(old.startNode), nodeText(now.startNode)));
  say("initiator", "initiator", initiatorText(old), initiatorText(now));
  const initiators = pairByName(old.initiators, now.initiators, toolKey);
  for (const [a, b] of initiators.pairs) {
    if (idsText(a) === idsText(b) || idsText(a, old) === idsText(b, now)) continue;
    say("initiator-ids", "ids the initiator listens to", idsText(a), idsText(b));
  }
  say("compiled-name", "compiled name", old.compiledName, now.compiledName);
  say("type-table", "number of types", String(old.typeCount), String(now.typeCount));
  say("position", "canvas", canvasText(old), canvasText(now));
  return found;
}

const nodeText = (node: number | null): string => (node === null ? "(none)" : `node ${node}`);

const initiatorText = ({ initiators, steps }: Handler): string =>
  initiators.map(toolKey).join(", ") ||
  (steps.some(({ kind }) => kind === "start") ? "Subroutine" : "(none)");

/** Given the handler, without the ids of the initiator's step, which are compared with the step. */
function idsText(initiator: Initiator, handler?: Handler): string {
  const step = handler?.steps.find(
    ({ kind, tool }) => kind === "initiator" && toolKey(tool) === toolKey(initiator),
  );
  const others = (ids: readonly string[], own: string | undefined): string =>
    ids.map((id) => (id === own ? "(the step's)" : id)).join(", ");
  const { objectType, objectIds, eventIds } = initiator;
  return `${objectType} object ${others(objectIds, step?.objectId)} event ${others(eventIds, step?.eventId)}`;
}

const canvasText = ({ canvas }: Handler): string =>
  canvas ? `${canvas.width} x ${canvas.height}, grid ${canvas.gridX} x ${canvas.gridY}` : "(none)";

function ownParameterChanges(old: Handler, now: Handler): Change[] {
  const [a, b] = [old, now].map(({ steps }) => steps.find(({ kind }) => kind === "start"));
  const parametersOf = (start: Step | undefined) => start?.parameters ?? [];
  const found = parameterDifferences(parametersOf(a), parametersOf(b));
  const carriers = [a, b].map(
    (start) => new Map(start?.parameters.map((each, at) => [each, start.parameterVariables[at] ?? ""])),
  );
  for (const [x, y] of pairParameters(parametersOf(a), parametersOf(b)).pairs) {
    const [from, to] = [carriers[0]!.get(x)!, carriers[1]!.get(y)!];
    if (from !== to)
      found.push({ what: `variable of parameter "${y.label}"`, old: from || null, new: to || null });
  }
  const [rest, otherRest] = [a, b].map((start) =>
    (start?.parameterVariables.slice(start.parameters.length) ?? []).join(", "),
  ) as [string, string];
  if (rest !== otherRest) found.push({ what: "variables without a parameter", old: rest, new: otherRest });
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
      if (!sameType(a.type, b.type))
        found.push(about("variable-type", b.name, "type", ...typeTexts(a.type, b.type)));
      if (!Object.is(a.initial, b.initial))
        found.push(about("variable-initial", b.name, "initial value", initialText(a), initialText(b)));
      return found;
    }),
  ];
}

const initialText = (variable: Variable): string | null =>
  variable.initial === null ? null : JSON.stringify(shownInitial(variable));
const variableText = (variable: Variable): string =>
  `${variable.name}: ${typeText(variable.type)}${variable.initial === null ? "" : ` = ${initialText(variable)}`}`;

function signatureChanges(old: Handler, now: Handler): Change[] {
  const tools = pairByName(old.tools, now.tools, toolKey);
  const subroutines = pairByName(old.subroutines, now.subroutines, ({ name }) => name);
  const initiators = pairByName(old.initiators, now.initiators, toolKey);
  return [
    ...tools.removed.map((each) => about("uses", toolKey(each), "tool no longer used", toolKey(each), null)),
    ...tools.added.map((each) => about("uses", toolKey(each), "tool newly used", null, toolKey(each))),
    ...subroutines.removed.map(({ name }) => about("uses", name, "subroutine no longer used", name, null)),
    ...subroutines.added.map(({ name }) => about("uses", name, "subroutine newly used", null, name)),
    ...tools.pairs.flatMap(([a, b]) => [
      ...textChanges("tool-version", toolKey(b), [["version", a.version, b.version]]),
      ...externalChanges(a, b),
    ]),
    ...initiators.pairs.flatMap(([a, b]) => externalChanges(a, b)),
    ...subroutines.pairs.flatMap(([a, b]) => [
      ...declarationChanges("subroutine-signature", b.name, a, b),
      ...textChanges("compiled-name", b.name, [["compiled name", a.compiledName, b.compiledName]]),
    ]),
  ];
}

type External = Omit<Initiator, "objectType" | "objectIds" | "eventIds" | "idLabels">;
type Declaration = Pick<Initiator, "label" | "description" | "category" | "parameters" | "exits">;

function externalChanges(a: External, b: External): Change[] {
  const name = toolKey(b);
  return [
    ...declarationChanges("tool-signature", name, a, b),
    ...textChanges("tool-signature", name, [
      ["DLL that runs it", a.runtimeModule, b.runtimeModule],
      ["function that runs it", a.runtimeFunction, b.runtimeFunction],
    ]),
  ];
}

function declarationChanges(kind: DiffKindId, name: string, a: Declaration, b: Declaration): Change[] {
  return [
    ...parameterDifferences(a.parameters, b.parameters).map((each) =>
      about(kind, name, each.what, each.old, each.new),
    ),
    ...exitDifferences(a.exits, b.exits).map((each) => about(kind, name, each.what, each.old, each.new)),
    ...textChanges(kind, name, [
      ["label", a.label, b.label],
      ["description", lines(a.description), lines(b.description)],
      ["category", a.category, b.category],
    ]),
  ];
}

type TextPair = readonly [what: string, old: string, now: string];

const textChanges = (kind: DiffKindId, name: string, texts: readonly TextPair[]): Change[] =>
  texts.flatMap(([what, from, to]) =>
    from === to ? [] : [about(kind, name, what, from || null, to || null)],
  );

function allStepChanges(old: Handler, now: Handler, match: StepMatch, ids: ExpressionIds): Change[] {
  const budget: PrintBudget = { parts: MOST_PARTS };
  const context: StepContext = {
    ids,
    print: (expression) => printExpression(expression, undefined, 0, budget),
    newNode: match.newNode,
    nameOld: stepNames(old),
    nameNew: stepNames(now),
    exitsOld: declaredExits(old),
    exitsNew: declaredExits(now),
  };
  const found: Change[] = [
    ...match.removed.map((step) => wholeStep("step-removed", step, null)),
    ...match.added.map((step) => wholeStep("step-added", null, step)),
    ...match.pairs.flatMap(([a, b]) => stepChanges(a, b, context)),
  ];
  return found.sort((x, y) => (x.node ?? -1) - (y.node ?? -1));
}

/** "label (node)" of the handler's steps. */
function stepNames({ steps }: Handler): (node: number) => string | undefined {
  const labels = new Map(steps.map(({ node, label }) => [node, label]));
  return (node) => (labels.has(node) ? `${labels.get(node)} (${node})` : undefined);
}

function declaredExits({
  tools,
  subroutines,
  initiators,
}: Handler): (step: Step) => readonly ExitSignature[] {
  const signatures: Signatures = {
    tools: new Map(tools.map((tool) => [toolKey(tool), tool])),
    subroutines: new Map(subroutines.map((subroutine) => [subroutine.name, subroutine])),
    initiators: new Map(initiators.map((initiator) => [toolKey(initiator), initiator])),
  };
  return (step) => signatureOf(step, signatures)?.exits ?? [];
}

function wholeStep(kind: "step-added" | "step-removed", old: Step | null, now: Step | null): Change {
  const step = (now ?? old)!;
  const text = `${toolName(step)} "${step.label}"`;
  return {
    kind,
    node: step.node,
    oldNode: old?.node ?? null,
    label: step.label,
    what: now ? "step added" : "step removed",
    old: now ? null : text,
    new: now ? text : null,
  };
}
