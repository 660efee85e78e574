import type { Expression } from "../../handler/expression";
import { expressionText } from "../../handler/expressionText";
import type { Argument, Exit, InferredField, Step } from "../../handler/model";
import type { Change, DiffKindId } from "./kinds";
import { exitKey, pairByName } from "./signatures";

/** What a comparison of two matched steps needs to know of their handlers. */
export interface StepContext {
  /** Node id in the new handler by node id in the old one. */
  readonly newNode: ReadonlyMap<number, number>;
  /** "label (node)" of a step of the new (old) handler. */
  readonly nameNew: (node: number) => string;
  readonly nameOld: (node: number) => string;
  /** true: one side is an XML export, where `20` may be a Numeric. */
  readonly looseNumbers: boolean;
}

const hidden = "********";

/** Differences of two matched steps, each reported once. */
export function stepChanges(old: Step, now: Step, context: StepContext): Change[] {
  const found: Change[] = [];
  const say = (kind: DiffKindId, what: string, from: string | null, to: string | null): void => {
    found.push({
      kind,
      node: now.node,
      oldNode: old.node,
      label: now.label || old.label,
      what,
      old: from,
      new: to,
    });
  };
  const text = (value: Expression | null): string =>
    expressionText(value && context.looseNumbers ? loosened(value) : value);

  const tools = [old, now].map(toolName) as [string, string];
  if (tools[0] !== tools[1]) say("tool", "tool", ...tools);
  if (old.label !== now.label) say("label", "label", old.label, now.label);
  if (old.notes !== now.notes) say("notes", "notes", old.notes, now.notes);
  if (old.objectId !== now.objectId) say("initiator-ids", "object id", old.objectId, now.objectId);
  if (old.eventId !== now.eventId) say("initiator-ids", "event id", old.eventId, now.eventId);

  const names = pairByName(old.arguments, now.arguments, ({ label }) => label);
  // Parameters that were renamed keep their place: what is left on both sides is paired by position.
  const renamed = names.removed.flatMap((each) => {
    const other = now.arguments[old.arguments.indexOf(each)];
    return other && names.added.includes(other) ? [[each, other] as const] : [];
  });
  const gone = names.removed.filter((each) => !renamed.some(([a]) => a === each));
  const come = names.added.filter((each) => !renamed.some(([, b]) => b === each));
  for (const [a, b] of [...names.pairs, ...renamed]) {
    const [from, to] = [text(a.value), text(b.value)];
    if (from === to) continue;
    const secret = a.secret || b.secret;
    say("arguments", `argument "${b.label}"`, secret ? hidden : from, secret ? hidden : to);
  }
  for (const each of gone) say("arguments", `argument "${each.label}" removed`, shown(each, text), null);
  for (const each of come) say("arguments", `argument "${each.label}" added`, null, shown(each, text));
  if (old.className === now.className || !context.looseNumbers) inferredChanges(old, now, say);

  exitChanges(old, now, context, text, say);
  if (rectText(old) !== rectText(now)) say("position", "position", rectText(old), rectText(now));
  else if (bendsText(old) !== bendsText(now))
    say("position", "bend points of links", bendsText(old), bendsText(now));
  return found;
}

type Say = (kind: DiffKindId, what: string, from: string | null, to: string | null) => void;

function exitChanges(
  old: Step,
  now: Step,
  context: StepContext,
  text: (value: Expression | null) => string,
  say: Say,
): void {
  const { pairs, removed, added } = pairByName<Exit>(old.exits, now.exits, exitKey(old.exits, now.exits));
  for (const { label, to } of removed) {
    say(
      "exits",
      `exit "${label}" removed`,
      to === null ? "not connected" : `leads to ${context.nameOld(to)}`,
      null,
    );
  }
  for (const { label, to } of added) {
    say(
      "exits",
      `exit "${label}" added`,
      null,
      to === null ? "not connected" : `leads to ${context.nameNew(to)}`,
    );
  }
  for (const [a, b] of pairs) {
    if (a.label !== b.label) say("exits", `label of exit "${a.label}"`, a.label, b.label);
    if (a.returnValue !== b.returnValue) {
      say("exits", `return value of exit "${b.label}"`, String(a.returnValue), String(b.returnValue));
    }
    if (a.isError !== b.isError)
      say("exits", `error mark of exit "${b.label}"`, String(a.isError), String(b.isError));
    // A case's text is usually its exit's label too; then the label says it.
    if (a.label === b.label && text(a.caseOf) !== text(b.caseOf)) {
      say("arguments", `case "${b.label}"`, text(a.caseOf), text(b.caseOf));
    }
    const mapped = a.to === null ? null : (context.newNode.get(a.to) ?? "gone");
    if (mapped !== b.to) {
      const from = a.to === null ? "not connected" : context.nameOld(a.to);
      say(
        "connections",
        `exit "${b.label}" leads to`,
        from,
        b.to === null ? "not connected" : context.nameNew(b.to),
      );
    }
  }
}

function inferredChanges(old: Step, now: Step, say: Say): void {
  const { pairs, removed, added } = pairByName(old.inferred, now.inferred, ({ name }) => name);
  const all: (readonly [string, string | null, string | null])[] = [
    ...pairs.map(([a, b]) => [a.name, fieldText(a), fieldText(b)] as const),
    ...removed.map((each) => [each.name, fieldText(each), null] as const),
    ...added.map((each) => [each.name, null, fieldText(each)] as const),
  ];
  for (const [name, from, to] of all) if (from !== to) say("arguments", `field ${name}`, from, to);
}

const fieldText = ({ values }: InferredField): string =>
  values
    .map((value) =>
      typeof value === "object"
        ? expressionText(value)
        : typeof value === "string"
          ? JSON.stringify(value)
          : String(value),
    )
    .join(", ");

const shown = ({ value, secret }: Argument, text: (value: Expression | null) => string): string =>
  secret && value !== null ? hidden : text(value);

/** An external tool as `module:name`, a call by the subroutine's name, a native tool by its own. */
export const toolName = ({ tool }: Pick<Step, "tool">): string =>
  tool.module === "" ? tool.name : `${tool.module}:${tool.name}`;

const rectText = ({ rect }: Step): string => `${rect.left},${rect.top} - ${rect.right},${rect.bottom}`;
const bendsText = ({ exits }: Step): string =>
  exits.map(({ bends }) => bends.map(({ x, y }) => `${x},${y}`).join(" ")).join("; ");

/** Whole numbers without their kind: an export writes a Numeric 20 as `20`. */
function loosened(value: Expression): Expression {
  if (value.kind === "literal" && value.type === "Numeric" && Number.isInteger(value.value)) {
    return { ...value, type: "Integer" };
  }
  return value.kind === "call" ? { ...value, args: value.args.map(loosened) } : value;
}
