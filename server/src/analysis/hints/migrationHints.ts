import type { Catalogue } from "../../catalogue/catalogue";
import { noticesOf } from "../../catalogue/notices";
import type { ToolSignature } from "../../catalogue/signature";
import type { DefaultValue, Parameter } from "../../handler/model";
import { toolKey } from "../../handler/toolKey";
import type { Severity } from "../../problem";
import { isSameType, typeName } from "../checks/arguments";
import { type Finding, shorten, stepName } from "../checks/rule";
import { shownDefault } from "../compare/signatures";
import { isReordered, type ParameterPair, type SignatureMapping } from "./mapping";
import { migrationRules as rules } from "./migrationRules";
import { type Counterpart, counterpartOf, type Origin } from "./reference";
import type { ToolUse, UsingStep } from "./uses";

/**
 * Compares the tools of handlers with those of the migration's target, or where there is none with what the product
 * knows. Keeps what it found of each signature: give it signatures of one pool, and an estate costs little more than
 * its different signatures.
 */
export class MigrationHints {
  private readonly counterparts = new WeakMap<ToolSignature, Counterpart>();

  constructor(private readonly catalogue: Catalogue | null) {}

  /** Findings of a handler, in the order of its tools. */
  of(uses: readonly ToolUse[]): Finding[] {
    return uses.flatMap((use) => {
      const counterpart = this.counterpart(use.signature);
      if (counterpart.kind === "same" || counterpart.kind === "unknown") return [];
      return use.steps.flatMap((step) => findingsOf(use, step, counterpart));
    });
  }

  counterpart(signature: ToolSignature): Counterpart {
    const known = this.counterparts.get(signature);
    if (known) return known;
    const found = counterpartOf(signature, this.catalogue);
    this.counterparts.set(signature, found);
    return found;
  }
}

function findingsOf(use: ToolUse, step: UsingStep, counterpart: Counterpart): Finding[] {
  const { signature } = use;
  const about: About = { ...step, tool: toolKey(signature), isWhole: use.isWhole };
  switch (counterpart.kind) {
    case "same":
    case "unknown":
      return [];
    case "missing":
      return isNoticed(signature) ? [] : [missing(about, counterpart)];
    case "renamed":
      return isNoticed(signature) ? [] : [renamed(about, counterpart)];
    case "changed": {
      const changes = use.isWhole ? changesOf(about, counterpart) : [];
      if (changes.length > 0 || !counterpart.isOlder) return changes;
      return [older(about, signature, counterpart)];
    }
  }
}

/** A step that uses a tool, for messages. */
interface About extends UsingStep {
  readonly tool: string;
  readonly isWhole: boolean;
}

/** What the vendor says of a tool by name goes before what a comparison tells of it. */
function isNoticed(signature: ToolSignature): boolean {
  return noticesOf(signature).some(({ kind }) => kind !== "note" && kind !== "restricted");
}

function missing(about: About, { target, handlers }: Counterpart & { kind: "missing" }): Finding {
  return finding(
    about,
    rules.notInTarget.id,
    `none of the ${handlers} handlers of ${shorten(target)} uses ${about.tool}. See whether the tool is there; if not, replace the step`,
  );
}

function renamed(about: About, { signature, origin, isBoth }: Counterpart & { kind: "renamed" }): Finding {
  const also = isBoth && origin.kind === "target" ? "; the old name is used there too" : "";
  return finding(
    about,
    rules.newerName.id,
    `${about.tool} has a newer name, ${toolKey(signature)} (${evidence(origin)}${also}). Replace the step by one of the newer tool`,
    isBoth ? "information" : undefined,
  );
}

function older(
  about: About,
  old: ToolSignature,
  { signature, origin }: Counterpart & { kind: "changed" },
): Finding {
  const stamp = (version: string): string => (version === "" ? "no version stamp" : `version ${version}`);
  return finding(
    about,
    rules.version.id,
    `${about.tool} has ${stamp(old.version)} here and ${stamp(signature.version)} ${where(origin)} (${evidence(origin)})${about.isWhole ? "; parameters and exits are the same" : ""}. Open and save the handler in the target's Interaction Designer`,
  );
}

function changesOf(
  about: About,
  { mapping, origin, signature }: Counterpart & { kind: "changed" },
): Finding[] {
  const found: Finding[] = [];
  const proof = `(${evidence(origin)}${signature.version === "" ? "" : `, version ${signature.version}`})`;
  const say = (rule: { readonly id: string }, what: string, advice: string, severity?: Severity): void => {
    found.push(finding(about, rule.id, `${what} ${proof}. ${advice}`, severityFor(origin, severity)));
  };
  const there = `${about.tool} ${where(origin)}`;
  const isGiven = (at: number): boolean => about.given.includes(at);

  const { added, removed, pairs, exitsAdded, exitsRemoved } = mapping;
  if (added.length > 0) {
    const must = added.some(({ parameter }) => isNeeded(parameter));
    const names = list(added.map(({ parameter }) => newText(parameter)));
    const advice = must
      ? "Open the step in the target's Interaction Designer and give the required ones a value"
      : "Open the step in the target's Interaction Designer and see whether they should have values";
    say(rules.added, `${there} has more parameters: ${names}`, advice, must ? undefined : "information");
  }
  if (removed.length > 0) {
    const used = removed.filter(({ at }) => isGiven(at));
    const names = list(
      removed.map(({ parameter, at }) => `${name(parameter)}${isGiven(at) ? " (has a value here)" : ""}`),
    );
    const advice =
      used.length > 0 ? "See what takes the place of these values" : "Nothing is given to them here";
    say(
      rules.removed,
      `${there} does not have the parameters ${names}`,
      advice,
      used.length > 0 ? undefined : "information",
    );
  }
  const retyped = pairs.filter(
    ({ old, now }) => old.direction !== now.direction || !isSameType(old.type, now.type),
  );
  if (retyped.length > 0) {
    say(
      rules.retyped,
      `${there} has other types: ${list(retyped.map(({ old, now }) => `${name(now)} is ${typeText(now)}, here ${typeText(old)}`))}`,
      "Give it a variable or value of the new type",
    );
  }
  const required = pairs.filter(({ old, now, oldAt }) => isNeeded(now) && !isNeeded(old) && !isGiven(oldAt));
  if (required.length > 0) {
    say(
      rules.required,
      `${there} requires parameters that are empty here: ${list(required.map(({ now }) => name(now)))}`,
      "Give them a value",
    );
  }
  const defaults = pairs.filter(
    (pair) => isOtherDefault(pair) && !isGiven(pair.oldAt) && !required.includes(pair),
  );
  if (defaults.length > 0) {
    say(
      rules.defaults,
      `${there} has other defaults for parameters that are empty here: ${list(defaults.map(({ old, now }) => `${name(now)} is ${shownDefault(now)}, here ${shownDefault(old)}`))}`,
      "Give them the value that is meant",
    );
  }
  const moved = movedText(mapping);
  if (moved !== "") {
    say(rules.moved, `${there} has ${moved}`, "Check that each value goes to the parameter that is meant");
  }
  if (exitsAdded.length > 0) {
    say(
      rules.exitsAdded,
      `${there} has more exits: ${list(exitsAdded.map(exitText))}`,
      "Connect them in the target's Interaction Designer",
    );
  }
  if (exitsRemoved.length > 0) {
    const used = exitsRemoved.filter(({ returnValue }) => about.connected.includes(returnValue));
    const advice =
      used.length > 0 ? "Lead what is connected to them elsewhere" : "Nothing is connected to them here";
    say(
      rules.exitsRemoved,
      `${there} does not have the exits ${list(exitsRemoved.map(exitText))}`,
      advice,
      used.length > 0 ? undefined : "information",
    );
  }
  return found;
}

/** What the product knows is of no release in particular, so it weighs less than what was learned. */
function severityFor(origin: Origin, severity: Severity | undefined): Severity | undefined {
  return origin.kind === "known" ? "information" : severity;
}

function finding(about: About, rule: string, text: string, severity?: Severity): Finding {
  const { node, label } = about;
  const message = `${stepName(about)}: ${text}.`;
  return { rule, message, at: { node, label }, ...(severity === undefined ? {} : { severity }) };
}

function where(origin: Origin): string {
  return origin.kind === "target" ? `in ${shorten(origin.target)}` : "in newer handlers";
}

function evidence(origin: Origin): string {
  return origin.kind === "target"
    ? `as used in ${origin.handlers} handler${origin.handlers === 1 ? "" : "s"} of ${shorten(origin.target)}`
    : "seen in real handlers; no target catalogue is set";
}

function movedText(mapping: SignatureMapping): string {
  const renamed = mapping.pairs.filter(({ by }) => by === "place");
  return [
    ...(renamed.length > 0
      ? [`other labels: ${list(renamed.map(({ old, now }) => `${name(old)} is ${name(now)}`))}`]
      : []),
    ...(isReordered(mapping) ? ["another order of parameters"] : []),
  ].join(", and ");
}

function isNeeded({ required, default: start }: Parameter): boolean {
  return required && start.kind === "none";
}

function isOtherDefault({ old, now }: ParameterPair): boolean {
  return comparable(old.default) !== comparable(now.default);
}

/** The name of a variable is only a proposal; defaults of booleans are written in any case. */
function comparable(value: DefaultValue): string {
  if (value.kind === "variable") return "none";
  return value.kind === "value" ? `value ${value.text.toLowerCase()}` : value.kind;
}

function newText(parameter: Parameter): string {
  return `${name(parameter)}${isNeeded(parameter) ? " (required)" : ""}`;
}

function typeText({ direction, type }: Parameter): string {
  return `${direction === "in" ? "an input" : "an output"} of type ${typeName(type)}`;
}

function exitText({ label, returnValue }: ToolSignature["exits"][number]): string {
  return `"${shorten(label, 40)}" (${returnValue})`;
}

function name({ label }: Parameter): string {
  return `"${shorten(label, 40)}"`;
}

/** As many as a message can hold. */
function list(texts: readonly string[], most = 6): string {
  if (texts.length <= most) return texts.join(", ");
  return `${texts.slice(0, most).join(", ")} and ${texts.length - most} more`;
}
