import { targetsOf } from "../model";
import { labelsOf } from "../references";
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
      `The id of this ${called(object)} is also the id of ${called(first)}. References to it are ambiguous; ` +
        "Dialer's own tools must repair this, a hand edit is not supported.",
      "seen",
    );
  },

  *reference(reference, { model }) {
    const { rule, target, property } = reference;
    if (!rule) return;
    const found = targetsOf(model, target);
    if (found.length === 0) {
      // A batch holds any subset of the objects.
      if (!rule.reported || model.layout === "batch") return;
      yield finding(
        "dangling-reference",
        "warning",
        reference,
        `${property} refers to a ${rule.target} ${target} that is not in this file.`,
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
        `${property} leads to ${called(other)}; in the files seen it leads to a ${rule.target}.`,
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
      `display_name says “${label}”, but ${target} is named “${names.join("” or “")}”. ` +
        "The cached name is old, or the reference leads to the wrong object.",
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
        `${element.name} holds ${ids} id(s), but display_name holds ${names.length} name(s).`,
        "inferred",
      );
    }
  },
};
