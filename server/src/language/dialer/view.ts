import * as l10n from "@vscode/l10n";
import { incompleteNote } from "../../dialer/incomplete";
import { titleOf } from "../../dialer/model";
import { objectAt, referrersOf } from "../../dialer/navigation";
import { viewOf } from "../../dialer/view";
import { kindWords } from "../../dialer/words";
import type { DialerReferrersRequest, DialerViewRequest } from "../../protocol";
import { rangeOf } from "../texts/diagnostics";
import type { Configuration } from "./configurations";

/** The objects of a configuration for the Dialer view. */
export function dialerView({ document, model, name }: Configuration): DialerViewRequest.Result {
  return {
    version: model.version ?? null,
    objects: model.objects.length,
    workflows: model.objects.filter(({ kind }) => kind === "workflow").length,
    incomplete: model.incomplete ? incompleteNote(model.incomplete, name) : null,
    groups: viewOf(model).map(({ kind, title, items }) => ({
      kind,
      title,
      items: items.map((item) => ({
        label: item.label,
        description: item.description,
        kind: item.kind,
        kindName: kindWords[item.kind],
        id: item.id ?? null,
        deleted: item.deleted,
        referrers: item.referrers,
        span: rangeOf(document, item.selection),
      })),
    })),
  };
}

export function dialerReferrers(
  { document, model }: Configuration,
  params: DialerReferrersRequest.Params,
): DialerReferrersRequest.Result {
  const entity =
    "id" in params ? model.byId.get(params.id)?.[0] : objectAt(model, document.offsetAt(params.at));
  if (!entity) return { object: null, referrers: [] };
  return {
    object: l10n.t("{0} “{1}”", kindWords[entity.kind], titleOf(entity)),
    referrers: referrersOf(model, entity).map(({ title, kind, property, start, end }) => ({
      title,
      kindName: kindWords[kind],
      property,
      span: rangeOf(document, { start, end }),
    })),
  };
}
