import * as l10n from "@vscode/l10n";
import { targetsOf } from "../model";
import { labelsOf } from "../references";
import { kindWords } from "../words";
import { type Check, called, finding, headOf } from "./check";

/** Ids and references: duplicates, ids that lead nowhere or elsewhere, and cached names that disagree. */
export const identity: Check = {
  *object(object, { model }) {
    if (object.id === undefined) return;
    const first = model.byId.get(object.id)?.find(({ level }) => level === "object");
    if (!first || first === object) return;
    yield finding(
      "duplicate-id",
      "error",
      object.idRange ?? headOf(object),
      l10n.t(
        "The id of this {0} is also the id of {1}. References to it are ambiguous; Dialer's own tools must repair this, a hand edit is not supported.",
        called(object),
        called(first),
      ),
      "seen",
    );
  },

  *reference(reference, { model }) {
    const { rule, target, property } = reference;
    if (!rule) return;
    const found = targetsOf(model, target);
    if (found.length === 0) {
      // A batch holds any subset of the objects, and nobody knows what a file holds that was not read in full.
      if (!rule.reported || model.layout === "batch" || model.incomplete) return;
      yield finding(
        "dangling-reference",
        "warning",
        reference,
        l10n.t("{0} refers to a {1} {2} that is not in this file.", property, kindWords[rule.target], target),
        "seen",
      );
      return;
    }
    const fits = found.some(({ kind }) => kind === rule.target || kind === "unknown");
    const other = found[0];
    if (rule.reported && !fits && other) {
      yield finding(
        "unexpected-target",
        "warning",
        reference,
        l10n.t(
          "{0} leads to {1}; in the files seen it leads to a {2}.",
          property,
          called(other),
          kindWords[rule.target],
        ),
        "seen",
      );
    }
    const names = found.map(({ name }) => name).filter((name) => name !== undefined);
    const { label } = reference;
    if (label === undefined || label === "" || names.length === 0 || names.includes(label)) return;
    yield finding(
      "display-name-differs",
      "warning",
      reference,
      l10n.t(
        "display_name says “{0}”, but {1} is named “{2}”. The cached name is old, or the reference leads to the wrong object.",
        label,
        target,
        names.join(l10n.t("” or “")),
      ),
      "seen",
    );
  },

  *whole({ model }) {
    const counts = new Map(model.references.map(({ element }) => [element, 0]));
    for (const { element, rule } of model.references)
      if (rule && rule.property !== "basescripterdispositions")
        counts.set(element, (counts.get(element) ?? 0) + 1);
    for (const [element, ids] of counts) {
      const names = ids === 0 ? undefined : labelsOf(model.text, element);
      if (!names || names.length === ids || (names.length === 1 && names[0] === "")) continue;
      yield finding(
        "display-name-count",
        "warning",
        { start: element.start, end: element.openEnd },
        l10n.t("{0} holds {1} id(s), but display_name holds {2} name(s).", element.name, ids, names.length),
        "inferred",
      );
    }
  },
};
