import type { Expression } from "../../handler/expression";
import type { Argument, Exit, ExitSignature, InferredField, Step } from "../../handler/model";
import { hidesInferred, SECRET, shownInferred } from "../../handler/secrets";
import type { Change } from "./change";
import type { ExpressionIds } from "./expressionIds";
import type { DiffKindId } from "./kinds";
import { pairByName, pairWithRenames, reordered } from "./pairing";
import { pairExits, pairParameters } from "./signatures";

/** What a comparison of two matched steps needs to know of their handlers. */
export interface StepContext {
  readonly ids: ExpressionIds;
  readonly print: (expression: Expression) => string;
  /** Node id in the new handler by node id in the old one. */
  readonly newNode: ReadonlyMap<number, number>;
  /** "label (node)" of a step of the new (old) handler; undefined = it has no such step. */
  readonly nameNew: (node: number) => string | undefined;
  readonly nameOld: (node: number) => string | undefined;
  /** Exits that the signature of the step's tool declares. */
  readonly exitsOld: (step: Step) => readonly ExitSignature[];
  readonly exitsNew: (step: Step) => readonly ExitSignature[];
}

type Say = (
  kind: DiffKindId,
  what: string,
  old: string | null,
  now: string | null,
  exit?: Change["exit"],
) => void;

/** Differences of two matched steps, each reported once. */
export function stepChanges(old: Step, now: Step, context: StepContext): Change[] {
  const found: Change[] = [];
  const about = { node: now.node, oldNode: old.node, label: now.label || old.label };
  const say: Say = (kind, what, from, to, exit) => {
    found.push({ kind, ...about, what, old: from, new: to, ...(exit ? { exit } : {}) });
  };
  toolChanges(old, now, say);
  if (old.label !== now.label) say("label", "label", old.label, now.label);
  if (lines(old.notes) !== lines(now.notes)) say("notes", "notes", old.notes, now.notes);
  if (old.objectId !== now.objectId) say("initiator-ids", "object id", old.objectId, now.objectId);
  if (old.eventId !== now.eventId) say("initiator-ids", "event id", old.eventId, now.eventId);
  argumentChanges(old, now, context, say);
  inferredChanges(old, now, context, say);
  exitChanges(old, now, context, say);
  return found;
}

/** The kind of line break is no difference: the listing does not show it either. */
export const lines = (text: string): string => text.replaceAll("\r\n", "\n");

function toolChanges(old: Step, now: Step, say: Say): void {
  const [from, to] = [toolName(old), toolName(now)];
  if (from !== to || old.kind !== now.kind) {
    // Another initiator, or a subroutine that got one, is a difference of the handler.
    const kinds = [old.kind, now.kind];
    const starts = kinds.every((kind) => kind === "start" || kind === "initiator");
    if (!(starts && kinds.includes("initiator"))) say("tool", "tool", from, to);
  } else if (old.className !== now.className) say("tool", "class", old.className, now.className);
}

function argumentChanges(old: Step, now: Step, { ids, print }: StepContext, say: Say): void {
  const { pairs, removed, added } = pairParameters(old.arguments, now.arguments);
  const shown = ({ value }: Argument, secret: boolean): string | null =>
    value === null ? null : secret ? SECRET : print(value);
  for (const [a, b] of pairs) {
    if (ids.of(a.value) === ids.of(b.value)) continue;
    const secret = a.secret || b.secret;
    say("arguments", `argument "${b.label}"`, shown(a, secret), shown(b, secret));
  }
  // An empty argument comes and goes with its parameter, which is a difference of the signature.
  for (const each of removed)
    if (each.value) say("arguments", `argument "${each.label}" removed`, shown(each, each.secret), null);
  for (const each of added)
    if (each.value) say("arguments", `argument "${each.label}" added`, null, shown(each, each.secret));
}

function inferredChanges(old: Step, now: Step, { ids, print }: StepContext, say: Say): void {
  const { pairs, removed, added } = pairByName(old.inferred, now.inferred, ({ name }) => name);
  const hides = hidesInferred(old) || hidesInferred(now);
  const key = ({ values }: InferredField): string =>
    JSON.stringify(
      values.map((value) => (value !== null && typeof value === "object" ? [ids.of(value)] : value)),
    );
  const shown = ({ values }: InferredField): string =>
    values
      .map((each) => {
        const value = shownInferred(each, hides);
        return value === null ? "(empty)" : typeof value === "object" ? print(value) : JSON.stringify(value);
      })
      .join(", ");
  for (const [a, b] of pairs) if (key(a) !== key(b)) say("arguments", `field ${b.name}`, shown(a), shown(b));
  for (const each of removed) say("arguments", `field ${each.name} removed`, shown(each), null);
  for (const each of added) say("arguments", `field ${each.name} added`, null, shown(each));
}

function exitChanges(old: Step, now: Step, context: StepContext, say: Say): void {
  const hasCases = [...old.exits, ...now.exits].some(({ caseOf }) => caseOf !== null);
  const paired = hasCases ? pairCases(old.exits, now.exits) : pairExits(old.exits, now.exits);
  const at = (a: Exit | null, b: Exit | null): Change["exit"] => ({
    old: a && old.exits.indexOf(a),
    new: b && now.exits.indexOf(b),
  });
  const leadsOld = (to: number | null): string =>
    to === null ? "not connected" : `leads to ${context.nameOld(to) ?? missing(to)}`;
  const leadsNew = (to: number | null): string =>
    to === null ? "not connected" : `leads to ${context.nameNew(to) ?? missing(to)}`;
  const declared = signatureFollower(context.exitsOld(old), context.exitsNew(now));

  for (const each of paired.removed) {
    if (each.to === null && declared(each, null)) continue;
    say("exits", `exit "${each.label}" removed`, leadsOld(each.to), null, at(each, null));
  }
  for (const each of paired.added) {
    if (each.to === null && declared(null, each)) continue;
    say("exits", `exit "${each.label}" added`, null, leadsNew(each.to), at(null, each));
  }
  for (const [a, b] of paired.pairs) {
    exitFieldChanges(a, b, context, declared(a, b), (kind, what, from, to) =>
      say(kind, what, from, to, at(a, b)),
    );
    if (leadsElsewhere(a.to, b.to, context)) {
      const from = a.to === null ? "not connected" : (context.nameOld(a.to) ?? missing(a.to));
      const to = b.to === null ? "not connected" : (context.nameNew(b.to) ?? missing(b.to));
      say("connections", `exit "${b.label}" leads to`, from, to, at(a, b));
    }
  }
  positionChanges(
    old,
    now,
    paired.pairs.filter(([a, b]) => !leadsElsewhere(a.to, b.to, context)),
    say,
  );
  const order = reordered(old.exits, now.exits, paired, ({ label }) => label);
  if (order && !signaturesReordered(context, old, now)) say("exits", "order of exits", order.old, order.new);
}

/** One difference, also where a moved box takes its lines along. Lines that are new or gone are told by others. */
function positionChanges(old: Step, now: Step, lines: readonly (readonly [Exit, Exit])[], say: Say): void {
  if (rectText(old) !== rectText(now)) {
    say("position", "position", rectText(old), rectText(now));
    return;
  }
  const bent = lines.filter(([a, b]) => bendsText(a) !== bendsText(b));
  if (bent.length === 0) return;
  const [from, to] = ([0, 1] as const).map((side) => bent.map((pair) => bendsText(pair[side])).join("; "));
  say("position", "bend points of lines", from!, to!);
}

function exitFieldChanges(a: Exit, b: Exit, context: StepContext, isDeclared: boolean, say: Say): void {
  const cases = [a, b].map(({ caseOf }) => context.ids.of(caseOf));
  const isCase = cases[0] !== cases[1];
  if (isCase) {
    const [from, to] = [a, b].map(({ caseOf }) => caseOf && context.print(caseOf)) as [string, string];
    say("arguments", `case "${b.label}"`, from, to);
  }
  if (isDeclared) return;
  // The label of a case's exit is the text of the case.
  if (a.label !== b.label && !isCase) say("exits", `label of exit "${a.label}"`, a.label, b.label);
  if (a.returnValue !== b.returnValue)
    say("exits", `return value of exit "${b.label}"`, String(a.returnValue), String(b.returnValue));
  if (a.isError !== b.isError)
    say("exits", `error mark of exit "${b.label}"`, String(a.isError), String(b.isError));
}

/** The exits of a Selection return what is the same for all, so they are paired by label. */
const pairCases = (old: readonly Exit[], now: readonly Exit[]) =>
  pairWithRenames(
    old,
    now,
    ({ label }) => label,
    (a, b) => (a.caseOf === null) === (b.caseOf === null),
  );

function leadsElsewhere(from: number | null, to: number | null, context: StepContext): boolean {
  if (from === null || to === null) return from !== to;
  // Both lead out of the handler, which only a damaged file does.
  if (context.nameOld(from) === undefined) return context.nameNew(to) !== undefined || from !== to;
  return context.newNode.get(from) !== to;
}

const missing = (node: number): string => `a step that is not there (${node})`;

/** Tells whether a step's exit only follows what changed in the signature of its tool, which is reported there. */
function signatureFollower(
  old: readonly ExitSignature[],
  now: readonly ExitSignature[],
): (a: ExitSignature | null, b: ExitSignature | null) => boolean {
  const has = (list: readonly ExitSignature[], { label, returnValue, isError }: ExitSignature): boolean =>
    list.some((each) => each.label === label && each.returnValue === returnValue && each.isError === isError);
  return (a, b) => (!a || (has(old, a) && !has(now, a))) && (!b || (has(now, b) && !has(old, b)));
}

function signaturesReordered({ exitsOld, exitsNew }: StepContext, old: Step, now: Step): boolean {
  const [from, to] = [exitsOld(old), exitsNew(now)];
  return reordered(from, to, pairExits(from, to), ({ label }) => label) !== undefined;
}

/** An external tool as `module:name`, a call by the subroutine's name, a native tool by its own. */
export const toolName = ({ tool }: Pick<Step, "tool">): string =>
  tool.module === "" ? tool.name : `${tool.module}:${tool.name}`;

const rectText = ({ rect }: Step): string => `${rect.left},${rect.top} - ${rect.right},${rect.bottom}`;
const bendsText = ({ bends }: Exit): string => bends.map(({ x, y }) => `${x},${y}`).join(" ");
