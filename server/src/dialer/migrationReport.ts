import * as l10n from "@vscode/l10n";
import type { Certainty } from "../problem";
import { campaignVerdicts, isTargetRelease } from "./campaignMigration";
import {
  type DialerConfiguration,
  type DialerObject,
  type DialerPart,
  type Incomplete,
  titleOf,
} from "./model";
import { isMail, isPager, isStatistic } from "./partTypes";
import { sources } from "./sources";
import type { Surroundings } from "./surroundings";
import { defaultConnection, defaultObjects, kindOrder, type ObjectKind } from "./vocabulary";
import { type Workflow, workflowsOf } from "./workflows";

export type Fate = "migrates" | "partly" | "converted" | "by hand" | "stays behind" | "unknown";

export interface MigrationRow {
  readonly kind: ObjectKind;
  readonly name: string;
  readonly id: string | undefined;
  readonly fate: Fate;
  readonly why: string;
  readonly certainty: Certainty;
  readonly source: string | undefined;
  /** Of the object in the text. */
  readonly start: number;
}

/** What will migrate of a 2.4 or 3.0 configuration, and what people must do themselves. */
export interface MigrationReport {
  /** The file was not read in full, so neither is what is told here. */
  readonly incomplete: Incomplete | undefined;
  readonly version: string | undefined;
  /** The file is 4.x already; the report then tells what would migrate if it were a source. */
  readonly alreadyTarget: boolean;
  readonly rows: readonly MigrationRow[];
  readonly totals: Readonly<Record<Fate, number>>;
  readonly workflows: readonly Workflow[];
  /** Things to do after the import, with how many items of this file they concern where that is known. */
  readonly tasks: readonly {
    readonly task: string;
    readonly items: number | undefined;
    readonly source: string;
  }[];
  /** What the vendor's documents leave open; nobody should decide it silently. */
  readonly questions: readonly string[];
}

type Judgement = Pick<MigrationRow, "fate" | "why" | "certainty"> & { readonly source?: string };

/** The "what will migrate" report as data; see `migrationReportText` for its texts. */
export function migrationReport(
  model: DialerConfiguration,
  surroundings: Surroundings = {},
): MigrationReport {
  const workflows = workflowsOf(model, surroundings);
  const verdicts = new Map(campaignVerdicts(model, workflows).map((verdict) => [verdict.campaign, verdict]));
  const parts = new Map<DialerObject, DialerPart[]>();
  for (const part of model.parts) {
    if (!part.owner) continue;
    const own = parts.get(part.owner);
    if (own) own.push(part);
    else parts.set(part.owner, [part]);
  }
  const judge = (object: DialerObject): Judgement => {
    if (object.element.unclosed)
      return { fate: "unknown", why: l10n.t("it could not be read in full"), certainty: "inferred" };
    const verdict = verdicts.get(object);
    if (verdict && (verdict.verdict === "migrates" || verdict.verdict === "stays behind"))
      return { fate: verdict.verdict, why: verdict.why, certainty: "inferred", source: sources.caveats };
    if (verdict) return { fate: "unknown", why: verdict.why, certainty: "inferred" };
    return judgeOther(model.text, object, parts.get(object) ?? []);
  };
  const rows = [...model.objects]
    .sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind))
    .map((object): MigrationRow => {
      const { fate, why, certainty, source } = judge(object);
      const name = object.name ?? defaultObjects.get(object.id ?? "") ?? titleOf(object);
      return {
        kind: object.kind,
        name,
        id: object.id,
        fate,
        why,
        certainty,
        source,
        start: object.element.start,
      };
    });
  const totals = { migrates: 0, partly: 0, converted: 0, "by hand": 0, "stays behind": 0, unknown: 0 };
  for (const { fate } of rows) totals[fate]++;
  return {
    incomplete: model.incomplete,
    version: model.version,
    alreadyTarget: isTargetRelease(model, workflows),
    rows,
    totals,
    workflows,
    tasks: tasksFor(model),
    questions,
  };
}

function judgeOther(text: string, object: DialerObject, parts: readonly DialerPart[]): Judgement {
  const { id, kind, deleted } = object;
  const documented = { certainty: "documented", source: sources.caveats } as const;
  if (deleted)
    return {
      fate: "stays behind",
      why: l10n.t("marked as deleted by {0}; clean up first", deleted.name),
      certainty: "inferred",
      source: sources.databaseConsiderations,
    };
  if (id !== undefined && defaultObjects.has(id) && kind !== "global settings") {
    return id === defaultConnection
      ? { ...documented, fate: "migrates", why: l10n.t("the only default object that does") }
      : { ...documented, fate: "stays behind", why: l10n.t("default configurations do not migrate") };
  }
  switch (kind) {
    case "workflow":
      return {
        ...documented,
        fate: "converted",
        why: l10n.t("workflows cease to exist; their rules and actions become rules of the campaigns"),
      };
    case "rule set":
    case "policy set":
      return judgeSet(text, parts);
    case "contact list":
      return {
        ...documented,
        fate: "partly",
        why: l10n.t("the list's rows are not moved by the migration tools"),
      };
    case "server":
      return {
        ...documented,
        fate: "by hand",
        why: l10n.t("after the import campaigns run on all ODS servers: assign them"),
      };
    case "base script":
    case "base script page":
      return {
        ...documented,
        fate: "by hand",
        why: l10n.t(
          "custom Interaction Scripter scripts do not migrate; whether this is one is not readable",
        ),
        certainty: "inferred",
      };
    case "global settings":
    case "unknown":
      return { fate: "unknown", why: l10n.t("no document says what happens to it"), certainty: "inferred" };
    default:
      return { ...documented, fate: "migrates", why: l10n.t("custom configurations migrate") };
  }
}

function judgeSet(text: string, parts: readonly DialerPart[]): Judgement {
  const pagers = parts.filter((part) => isPager(text, part)).length;
  const statistics = parts.filter((part) => isStatistic(text, part)).length;
  const flaws = [
    pagers > 0 ? l10n.t("{0} pager item(s) do not migrate", pagers) : "",
    statistics > 0 ? l10n.t("{0} statistic(s) must be redone by hand", statistics) : "",
  ].filter((flaw) => flaw !== "");
  return {
    fate: flaws.length > 0 ? "partly" : "migrates",
    why: flaws.length > 0 ? flaws.join("; ") : l10n.t("rule sets, policy sets and e-mail rules migrate"),
    certainty: "documented",
    source: sources.caveats,
  };
}

function tasksFor({ text, objects, parts }: DialerConfiguration): MigrationReport["tasks"] {
  const count = (kind: ObjectKind): number =>
    objects.filter((object) => object.kind === kind && object.name !== undefined).length;
  const task = (
    what: string,
    items?: number,
    source: string = sources.postMigration,
  ): MigrationReport["tasks"][number] => ({ task: what, items, source });
  return [
    task(l10n.t("Redo rule and policy statistics"), parts.filter((part) => isStatistic(text, part)).length),
    task(
      l10n.t("Replace pager actions and behaviors"),
      parts.filter((part) => isPager(text, part)).length,
      sources.caveats,
    ),
    task(
      l10n.t("Set the From of e-mail rules; the import fills in Do.Not.Reply@inin.com"),
      parts.filter((part) => isMail(text, part)).length,
    ),
    task(l10n.t("Assign campaigns to Outbound Dialer Servers; they start on all of them"), count("campaign")),
    task(l10n.t("Set lines per campaign, at most 2000"), count("campaign")),
    task(l10n.t("Review the campaigns' priority; the default is 50"), count("campaign")),
    task(l10n.t("Set maximum calls and call rate of every Outbound Dialer Server"), count("server")),
    task(l10n.t("Set the default objects again"), undefined, sources.defaults),
    task(l10n.t("Review wrap-up categories and codes"), undefined, sources.wrapUp),
    task(l10n.t("Set up DNC sources and time zones; 2.4 has neither"), undefined),
    task(l10n.t("Rewrite custom Interaction Scripter scripts"), undefined, sources.scripts),
    task(l10n.t("Assign access rights and build Interaction Supervisor alerts again"), undefined),
    task(l10n.t("Move the contact lists"), count("contact list")),
  ];
}

const questions: readonly string[] = [
  l10n.t(
    "Reason and Finish codes become wrap-up codes and categories, but documents disagree which becomes which. {0} pairs reason code with wrap-up code and finish code with wrap-up category; a third-party script manual says reason = category, finish = code. Decide for your site before scripts are changed.",
    sources.scripts,
  ),
  l10n.t(
    "A workflow without historical tables makes the Dialer database migration fail; the tables are in the database and cannot be seen from this file.",
  ),
];
