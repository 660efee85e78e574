import * as l10n from "@vscode/l10n";
import { type DialerConfiguration, type DialerObject, titleOf, valueOf } from "./model";
import { defaultObjects, isOn, kindOrder, type ObjectKind, pluralOf } from "./vocabulary";
import type { TextRange } from "./xml";

/** One object in the Dialer view. */
export interface ViewItem extends TextRange {
  readonly label: string;
  /** Short remarks: deleted, paused, by how many it is used. */
  readonly description: string;
  readonly kind: ObjectKind;
  readonly id: string | undefined;
  readonly deleted: boolean;
  readonly referrers: number;
  /** Where to put the caret. */
  readonly selection: TextRange;
}

export interface ViewGroup {
  readonly kind: ObjectKind;
  readonly title: string;
  readonly items: readonly ViewItem[];
}

/** The objects by kind and name; `filter` keeps what has all its words in name, kind or id. */
export function viewOf(model: DialerConfiguration, filter = ""): ViewGroup[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<ObjectKind, ViewItem[]>(kindOrder.map((kind) => [kind, []]));
  for (const object of model.objects) {
    const item = itemOf(model, object);
    const text = `${item.label} ${object.kind} ${object.id ?? ""}`.toLowerCase();
    if (words.every((word) => text.includes(word))) groups.get(object.kind)?.push(item);
  }
  return [...groups]
    .filter(([, items]) => items.length > 0)
    .map(([kind, items]) => ({
      kind,
      title: pluralOf(kind),
      items: items.sort((a, b) => a.label.localeCompare(b.label)),
    }));
}

function itemOf(model: DialerConfiguration, object: DialerObject): ViewItem {
  const { element, nameRange, idRange, id, kind } = object;
  const referrers = id === undefined ? 0 : (model.referrers.get(id)?.length ?? 0);
  const remarks = [
    object.deleted ? l10n.t("deleted") : "",
    isOn(valueOf(model.text, object, "paused")) ? l10n.t("paused") : "",
    referrers === 0 ? "" : referrers === 1 ? l10n.t("used 1 time") : l10n.t("used {0} times", referrers),
  ];
  return {
    label: object.name ?? defaultObjects.get(id ?? "") ?? titleOf(object),
    description: remarks.filter(Boolean).join(", "),
    kind,
    id,
    deleted: object.deleted !== undefined,
    referrers,
    start: element.start,
    end: element.end,
    selection: nameRange ?? idRange ?? { start: element.start, end: element.openEnd },
  };
}
