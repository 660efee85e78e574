import * as l10n from "@vscode/l10n";
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
    l10n.t(
      "none of the {0} handlers of {1} uses {2}. See whether the tool is there; if not, replace the step",
      handlers,
      shorten(target),
      about.tool,
    ),
  );
}

function renamed(about: About, { signature, origin, isBoth }: Counterpart & { kind: "renamed" }): Finding {
  const basis =
    isBoth && origin.kind === "target"
      ? l10n.t("{0}; the old name is used there too", evidence(origin))
      : evidence(origin);
  return finding(
    about,
    rules.newerName.id,
    l10n.t(
      "{0} has a newer name, {1} ({2}). Replace the step by one of the newer tool",
      about.tool,
      toolKey(signature),
      basis,
    ),
    isBoth ? "information" : undefined,
  );
}

function older(
  about: About,
  old: ToolSignature,
  { signature, origin }: Counterpart & { kind: "changed" },
): Finding {
  const stamp = (version: string): string =>
    version === "" ? l10n.t("no version stamp") : l10n.t("version {0}", version);
  const names = [about.tool, stamp(old.version), stamp(signature.version), where(origin), evidence(origin)];
  return finding(
    about,
    rules.version.id,
    about.isWhole
      ? l10n.t(
          "{0} has {1} here and {2} {3} ({4}); parameters and exits are the same. Open and save the handler in the target's Interaction Designer",
          ...names,
        )
      : l10n.t(
          "{0} has {1} here and {2} {3} ({4}). Open and save the handler in the target's Interaction Designer",
          ...names,
        ),
  );
}

function changesOf(
  about: About,
  { mapping, origin, signature }: Counterpart & { kind: "changed" },
): Finding[] {
  const found: Finding[] = [];
  const proof =
    signature.version === ""
      ? `(${evidence(origin)})`
      : l10n.t("({0}, version {1})", evidence(origin), signature.version);
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
      ? l10n.t("Open the step in the target's Interaction Designer and give the required ones a value")
      : l10n.t("Open the step in the target's Interaction Designer and see whether they should have values");
    say(
      rules.added,
      l10n.t("{0} has more parameters: {1}", there, names),
      advice,
      must ? undefined : "information",
    );
  }
  if (removed.length > 0) {
    const used = removed.filter(({ at }) => isGiven(at));
    const names = list(
      removed.map(({ parameter, at }) =>
        isGiven(at) ? l10n.t("{0} (has a value here)", name(parameter)) : name(parameter),
      ),
    );
    const advice =
      used.length > 0
        ? l10n.t("See what takes the place of these values")
        : l10n.t("Nothing is given to them here");
    say(
      rules.removed,
      l10n.t("{0} does not have the parameters {1}", there, names),
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
      l10n.t(
        "{0} has other types: {1}",
        there,
        list(
          retyped.map(({ old, now }) =>
            l10n.t("{0} is {1}, here {2}", name(now), typeText(now), typeText(old)),
          ),
        ),
      ),
      l10n.t("Give it a variable or value of the new type"),
    );
  }
  const required = pairs.filter(({ old, now, oldAt }) => isNeeded(now) && !isNeeded(old) && !isGiven(oldAt));
  if (required.length > 0) {
    say(
      rules.required,
      l10n.t(
        "{0} requires parameters that are empty here: {1}",
        there,
        list(required.map(({ now }) => name(now))),
      ),
      l10n.t("Give them a value"),
    );
  }
  const defaults = pairs.filter(
    (pair) => isOtherDefault(pair) && !isGiven(pair.oldAt) && !required.includes(pair),
  );
  if (defaults.length > 0) {
    say(
      rules.defaults,
      l10n.t(
        "{0} has other defaults for parameters that are empty here: {1}",
        there,
        list(
          defaults.map(({ old, now }) =>
            l10n.t("{0} is {1}, here {2}", name(now), shownDefault(now), shownDefault(old)),
          ),
        ),
      ),
      l10n.t("Give them the value that is meant"),
    );
  }
  const moved = movedText(mapping);
  if (moved !== "") {
    say(
      rules.moved,
      l10n.t("{0} has {1}", there, moved),
      l10n.t("Check that each value goes to the parameter that is meant"),
    );
  }
  if (exitsAdded.length > 0) {
    say(
      rules.exitsAdded,
      l10n.t("{0} has more exits: {1}", there, list(exitsAdded.map(exitText))),
      l10n.t("Connect them in the target's Interaction Designer"),
    );
  }
  if (exitsRemoved.length > 0) {
    const used = exitsRemoved.filter(({ returnValue }) => about.connected.includes(returnValue));
    const advice =
      used.length > 0
        ? l10n.t("Lead what is connected to them elsewhere")
        : l10n.t("Nothing is connected to them here");
    say(
      rules.exitsRemoved,
      l10n.t("{0} does not have the exits {1}", there, list(exitsRemoved.map(exitText))),
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
  return origin.kind === "target" ? l10n.t("in {0}", shorten(origin.target)) : l10n.t("in newer handlers");
}

function evidence(origin: Origin): string {
  return origin.kind === "target"
    ? origin.handlers === 1
      ? l10n.t("as used in 1 handler of {0}", shorten(origin.target))
      : l10n.t("as used in {0} handlers of {1}", origin.handlers, shorten(origin.target))
    : l10n.t("seen in real handlers; no target catalogue is set");
}

function movedText(mapping: SignatureMapping): string {
  const renamed = mapping.pairs.filter(({ by }) => by === "place");
  const labels = list(renamed.map(({ old, now }) => l10n.t("{0} is {1}", name(old), name(now))));
  const order = isReordered(mapping);
  if (renamed.length === 0) return order ? l10n.t("another order of parameters") : "";
  return order
    ? l10n.t("other labels: {0}, and another order of parameters", labels)
    : l10n.t("other labels: {0}", labels);
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
  return isNeeded(parameter) ? l10n.t("{0} (required)", name(parameter)) : name(parameter);
}

function typeText({ direction, type }: Parameter): string {
  return direction === "in"
    ? l10n.t("an input of type {0}", typeName(type))
    : l10n.t("an output of type {0}", typeName(type));
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
  return l10n.t("{0} and {1} more", texts.slice(0, most).join(", "), texts.length - most);
}
