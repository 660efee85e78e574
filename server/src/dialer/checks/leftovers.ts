import * as l10n from "@vscode/l10n";
import { type DialerObject, field } from "../model";
import type { ObjectKind } from "../vocabulary";
import { type Check, called, finding, headOf } from "./check";

const owned: readonly ObjectKind[] = ["contact column", "contact list filter", "base script page"];

/** Objects that nothing refers to, and different objects that would share one table. */
export const leftovers: Check = {
  *object(object, { model }) {
    if (model.incomplete) return;
    if (model.layout !== "configuration" || !owned.includes(object.kind) || object.id === undefined) return;
    const used = (model.referrers.get(object.id) ?? []).some(({ from }) => from !== object);
    if (used) return;
    yield finding(
      "orphan",
      "information",
      headOf(object),
      l10n.t("Nothing in this file refers to this {0}.", called(object)),
      "inferred",
    );
  },

  *whole({ model: { text, objects } }) {
    const tables = new Map<string, DialerObject>();
    for (const object of objects) {
      const table = tableOf(text, object);
      if (table === undefined) continue;
      const key = `${object.kind} ${table.name}`;
      const first = tables.get(key);
      if (!first) tables.set(key, object);
      else {
        yield finding(
          "same-table",
          "warning",
          table.at,
          l10n.t(
            "{0} and {1} both come to the table name {2}: their rows would mix.",
            called(object),
            called(first),
            table.name,
          ),
          "inferred",
        );
      }
    }
  },
};

/** The table an object's rows are kept in: as written, or for workflows by the pattern `I3_<NAME>_CH0`. */
function tableOf(
  text: string,
  object: DialerObject,
): { name: string; at: { start: number; end: number } } | undefined {
  if (object.kind === "workflow" && object.name !== undefined) {
    return { name: `I3_${object.name.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}_CH0`, at: headOf(object) };
  }
  if (object.kind !== "campaign") return undefined;
  const table = field(text, object, "recycletable");
  return table && table.value !== "" ? { name: table.value.toUpperCase(), at: table } : undefined;
}
