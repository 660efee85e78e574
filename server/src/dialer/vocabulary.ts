import * as l10n from "@vscode/l10n";
import type { Certainty } from "../problem";

/** What an object of a Dialer configuration is. */
export type ObjectKind =
  | "campaign"
  | "workflow"
  | "rule set"
  | "stage set"
  | "schedule"
  | "server"
  | "zone set"
  | "policy set"
  | "contact list filter"
  | "database connection"
  | "global settings"
  | "skill set"
  | "phone number type"
  | "contact column"
  | "time zone map data"
  | "DNC source"
  | "base script"
  | "base script page"
  | "contact list"
  | "unknown";

/** What a nested element with an id is. */
export type PartKind = "rule" | "action" | "policy" | "condition" | "behavior" | "stage" | "slot" | "part";

interface ObjectType {
  readonly kind: ObjectKind;
  /** Heading of a list of them. */
  readonly plural: string;
  /** `seen`: in a real 4.x file. `inferred`: only a type number in third-party code. */
  readonly certainty: Certainty;
}

/** Values of the `type` attribute; no vendor document lists them. Unlisted numbers are unknown, not wrong. */
export const objectTypes: ReadonlyMap<number, ObjectType> = new Map<number, ObjectType>([
  [1, { kind: "campaign", plural: l10n.t("Campaigns"), certainty: "seen" }],
  [2, { kind: "workflow", plural: l10n.t("Workflows"), certainty: "inferred" }],
  [3, { kind: "rule set", plural: l10n.t("Rule Sets"), certainty: "seen" }],
  [4, { kind: "stage set", plural: l10n.t("Stage Sets"), certainty: "seen" }],
  [5, { kind: "schedule", plural: l10n.t("Schedules"), certainty: "seen" }],
  [6, { kind: "server", plural: l10n.t("Outbound Dialer Servers"), certainty: "seen" }],
  [7, { kind: "zone set", plural: l10n.t("Zone Sets"), certainty: "seen" }],
  [8, { kind: "policy set", plural: l10n.t("Policy Sets"), certainty: "seen" }],
  [9, { kind: "contact list filter", plural: l10n.t("Contact List Filters"), certainty: "seen" }],
  [10, { kind: "database connection", plural: l10n.t("Database Connections"), certainty: "seen" }],
  [11, { kind: "global settings", plural: l10n.t("Global Dialer Settings"), certainty: "seen" }],
  [12, { kind: "skill set", plural: l10n.t("Skill Sets"), certainty: "inferred" }],
  [13, { kind: "phone number type", plural: l10n.t("Phone Number Types"), certainty: "inferred" }],
  [14, { kind: "contact column", plural: l10n.t("Contact Columns"), certainty: "seen" }],
  [15, { kind: "time zone map data", plural: l10n.t("Time Zone Map Data"), certainty: "inferred" }],
  [16, { kind: "DNC source", plural: l10n.t("DNC Sources"), certainty: "seen" }],
  [17, { kind: "base script", plural: l10n.t("Base Scripts"), certainty: "seen" }],
  [18, { kind: "base script page", plural: l10n.t("Base Script Pages"), certainty: "seen" }],
  [19, { kind: "contact list", plural: l10n.t("Contact Lists"), certainty: "seen" }],
]);

/** Heading of a list of objects of a kind. */
export function pluralOf(kind: ObjectKind): string {
  for (const type of objectTypes.values()) if (type.kind === kind) return type.plural;
  return l10n.t("Other Objects");
}

/** The order in which people look for things; campaigns and workflows first. */
export const kindOrder: readonly ObjectKind[] = [
  "campaign",
  "workflow",
  "rule set",
  "policy set",
  "contact list",
  "database connection",
  "stage set",
  "schedule",
  "zone set",
  "contact list filter",
  "contact column",
  "DNC source",
  "base script",
  "base script page",
  "skill set",
  "phone number type",
  "time zone map data",
  "server",
  "global settings",
  "unknown",
];

/** Words in the tag names of an unknown layout that tell the kind, the most telling first; inferred. */
const tagWords: readonly (readonly [RegExp, ObjectKind])[] = [
  [/workflow/, "workflow"],
  [/policy/, "policy set"],
  [/rule/, "rule set"],
  [/stage/, "stage set"],
  [/zone/, "zone set"],
  [/schedule/, "schedule"],
  [/dnc/, "DNC source"],
  [/calllist|contact/, "contact list"],
  [/script/, "base script"],
  [/connection|udl/, "database connection"],
  [/campaign/, "campaign"],
];

/** The kind that a tag name of an unknown layout suggests. `tag` is in lower case. */
export function kindOfTag(tag: string): ObjectKind | undefined {
  return tagWords.find(([word]) => word.test(tag))?.[1];
}

/** Ids of the default objects, which have no name. Seen in a 4.x file; the guide lists the same containers. */
export const defaultObjects: ReadonlyMap<string, string> = new Map([
  ["{10000000-0000-0000-0000-000000000000}", "[Campaign Defaults]"],
  ["{30000000-0000-0000-0000-000000000000}", l10n.t("rule set defaults")],
  ["{40000000-0000-0000-0000-000000000000}", l10n.t("stage set defaults")],
  ["{70000000-0000-0000-0000-000000000000}", l10n.t("zone set defaults")],
  ["{80000000-0000-0000-0000-000000000000}", l10n.t("policy set defaults")],
  ["{A0000000-0000-0000-0000-000000000000}", "[Default Connection]"],
  ["{B0000000-0000-0000-0000-000000000000}", l10n.t("global Dialer settings")],
]);

/** The only default object that migrates. */
export const defaultConnection = "{A0000000-0000-0000-0000-000000000000}";
/** One object, not a template for others. */
export const globalSettings = "{B0000000-0000-0000-0000-000000000000}";

/** A property known to hold the id of another object, or a list of ids between pipes. */
export interface ReferenceRule {
  readonly property: string;
  readonly target: ObjectKind;
  /** False where ids of things outside the file were seen: those are never reported. */
  readonly reported: boolean;
}

const rule = (property: string, target: ObjectKind, reported = true): ReferenceRule => ({
  property,
  target,
  reported,
});

/** Reference properties by the kind that has them; seen in a 4.x file and in third-party code. */
export const referenceRules: Readonly<Partial<Record<ObjectKind, readonly ReferenceRule[]>>> = {
  campaign: [
    rule("basescript", "base script"),
    rule("calllist", "contact list"),
    rule("calllistfilters", "contact list filter"),
    rule("contactcolumns", "contact column"),
    rule("dncsourceid", "DNC source"),
    rule("dncsourceid2", "DNC source"),
    rule("policysetids", "policy set"),
    rule("rulesetid", "rule set"),
    rule("scheduleid", "schedule"),
    rule("stagesetid", "stage set"),
    rule("zonesetid", "zone set"),
    rule("skillsets", "skill set", false),
    rule("servers", "server", false),
  ],
  "global settings": [rule("auditingconnectionid", "database connection")],
  "contact column": [rule("cccampaignid", "contact list")],
  "DNC source": [rule("dncconnectionid", "database connection")],
  "base script": [rule("calllist", "contact list"), rule("scriptpages", "base script page")],
  "base script page": [rule("basescripterdispositions", "base script page")],
  "contact list": [rule("connectionid", "database connection"), rule("contactcolumns", "contact column")],
  "policy set": [
    rule("attributecampaignid", "contact list"),
    rule("contactcolumnscampaignid", "contact list"),
  ],
};

/** Properties of campaigns that change while Dialer runs; they say nothing about the configuration. */
export function isRunState(property: string): boolean {
  return runState.has(property) || property.startsWith("last");
}
const runState = new Set(["active", "auto", "completed", "paused", "remainingrecycles", "activerulegroup"]);

/** Off is empty, 0, false (and no, off); anything else is on. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && !/^(?:0|false|no|n|off|)$/i.test(value.trim());
}
