import * as l10n from "@vscode/l10n";
import type { DialerConfiguration, DialerObject } from "./model";
import { defaultObjects } from "./vocabulary";
import { statusWords } from "./words";
import type { Workflow } from "./workflows";

export interface CampaignVerdict {
  readonly campaign: DialerObject;
  readonly workflows: readonly Workflow[];
  /** `unknown` where the file does not tell, `not a source` in a configuration that is 4.x already. */
  readonly verdict: "migrates" | "stays behind" | "unknown" | "not a source";
  readonly why: string;
}

/** Whether the file is a 4.x one: by the version in its settings and by having no workflows. */
export function isTargetRelease(model: DialerConfiguration, workflows: readonly Workflow[]): boolean {
  const major = Number.parseInt(model.version ?? "", 10);
  return workflows.length === 0 && major >= 4;
}

/**
 * Which campaigns migrate: those in an active workflow (CIC Migration guide, see `sources`). One that is marked
 * as deleted is nobody's question and not among them.
 */
export function campaignVerdicts(
  model: DialerConfiguration,
  workflows: readonly Workflow[],
): CampaignVerdict[] {
  const target = isTargetRelease(model, workflows);
  const byCampaign = new Map<DialerObject, Workflow[]>();
  for (const workflow of workflows)
    for (const campaign of workflow.campaigns)
      byCampaign.set(campaign, [...(byCampaign.get(campaign) ?? []), workflow]);
  return model.objects
    .filter(
      ({ kind, name, id, deleted }) =>
        kind === "campaign" && !deleted && name !== undefined && !defaultObjects.has(id ?? ""),
    )
    .map((campaign) => {
      const own = byCampaign.get(campaign) ?? [];
      const verdict = { campaign, workflows: own };
      if (target)
        return {
          ...verdict,
          verdict: "not a source",
          why: l10n.t("the file says version {0}", model.version ?? ""),
        };
      if (workflows.length === 0)
        return { ...verdict, verdict: "unknown", why: l10n.t("the file shows no workflows") };
      const alive = own.filter(({ deleted }) => !deleted);
      const active = alive.find(({ status }) => status === "Active");
      if (active)
        return { ...verdict, verdict: "migrates", why: l10n.t("workflow “{0}” is Active", active.name) };
      if (model.incomplete)
        return { ...verdict, verdict: "unknown", why: l10n.t("the file could not be read in full") };
      if (own.length === 0)
        return { ...verdict, verdict: "stays behind", why: l10n.t("no workflow holds it") };
      const unclear = alive.find(({ status }) => status === undefined);
      if (unclear)
        return {
          ...verdict,
          verdict: "unknown",
          why: l10n.t("the status of workflow “{0}” is not readable", unclear.name),
        };
      const states = own.map(({ name, status, deleted }) =>
        l10n.t("“{0}” is {1}", name, deleted || !status ? l10n.t("deleted") : statusWords[status]),
      );
      return { ...verdict, verdict: "stays behind", why: l10n.t("workflow {0}", states.join(", ")) };
    });
}
