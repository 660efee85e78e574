import * as l10n from "@vscode/l10n";
import { inText, type TextFinding, type TextProblem } from "../problem";
import { campaignVerdicts, isTargetRelease } from "./campaignMigration";
import type { Check, Subject } from "./checks/check";
import { connections } from "./checks/connections";
import { identity } from "./checks/identity";
import { leftovers } from "./checks/leftovers";
import { limits } from "./checks/limits";
import { mail } from "./checks/mail";
import { migration } from "./checks/migration";
import { readingUdlReferences } from "./connections";
import { type DialerConfiguration, type DialerEntity, valueOf } from "./model";
import { atOnce, inSlices, type SliceOptions } from "./slices";
import type { Surroundings } from "./surroundings";
import { isOn } from "./vocabulary";
import { workflowsOf } from "./workflows";

const checks: readonly Check[] = [identity, connections, migration, mail, limits, leftovers];

/** More of one code than this are counted, not listed. */
const mostPerCode = 500;

/** All problems of a configuration, in the order of the file, in slices. */
export function checkDialerConfiguration(
  model: DialerConfiguration,
  surroundings: Surroundings = {},
  options: SliceOptions = {},
): Promise<TextProblem[]> {
  return inSlices(checking(model, surroundings), options);
}

/** The same in one go. */
export function checkDialerConfigurationAtOnce(
  model: DialerConfiguration,
  surroundings: Surroundings = {},
): TextProblem[] {
  return atOnce(checking(model, surroundings));
}

export function* checking(
  model: DialerConfiguration,
  surroundings: Surroundings,
): Generator<void, TextProblem[]> {
  const workflows = workflowsOf(model, surroundings);
  yield;
  const verdicts = campaignVerdicts(model, workflows);
  const udl = yield* readingUdlReferences(model);
  const subject: Subject = {
    model,
    surroundings,
    workflows,
    verdicts: new Map(verdicts.map((verdict) => [verdict.campaign, verdict])),
    udl,
    settings: model.objects.find(({ kind }) => kind === "global settings"),
    bulkCampaign: model.objects.find(
      (object) => object.kind === "campaign" && isOn(valueOf(model.text, object, "usebulkapi")),
    ),
    target: isTargetRelease(model, workflows),
  };
  yield;
  const findings: TextFinding[] = [...model.findings];
  const keep = (found: Iterable<TextFinding>): void => {
    for (const finding of found) findings.push(finding);
  };
  for (const check of checks) {
    const { object, part, reference, whole } = check;
    if (object) yield* each(ended(model.objects), (one) => keep(object(one, subject)));
    if (part) yield* each(ended(model.parts), (one) => keep(part(one, subject)));
    if (reference) yield* each(model.references, (one) => keep(reference(one, subject)));
    if (whole) keep(whole(subject));
    yield;
  }
  return inText(model.text, bounded(findings));
}

/** Without those that have no end: what they lack may have been cut off. */
function ended<T extends DialerEntity>(entities: readonly T[]): readonly T[] {
  return entities.filter(({ element }) => !element.unclosed);
}

function* each<T>(items: readonly T[], look: (item: T) => void): Generator<void, void> {
  let count = 0;
  for (const item of items) {
    look(item);
    if (++count % 256 === 0) yield;
  }
}

/** The first findings of every code; the last of them says how many more there are. */
function bounded(findings: readonly TextFinding[]): TextFinding[] {
  const counts = new Map<string, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  const seen = new Map<string, number>();
  return findings.flatMap((finding) => {
    const count = (seen.get(finding.code) ?? 0) + 1;
    seen.set(finding.code, count);
    if (count > mostPerCode) return [];
    const more = (counts.get(finding.code) ?? 0) - mostPerCode;
    if (count < mostPerCode || more <= 0) return [finding];
    return [{ ...finding, message: `${finding.message} ${l10n.t("There are {0} more like this.", more)}` }];
  });
}
