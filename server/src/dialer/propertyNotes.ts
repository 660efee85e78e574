import * as l10n from "@vscode/l10n";
import type { Certainty } from "../problem";
import { sources } from "./sources";
import { isRunState, type ObjectKind } from "./vocabulary";

/** What is known about a property, for hovers. Most have no public description; those get none here. */
export interface PropertyNote {
  readonly note: string;
  readonly certainty: Certainty;
  readonly source?: string;
}

interface Entry extends PropertyNote {
  readonly kinds: readonly ObjectKind[];
  readonly property: RegExp;
}

const seen = (kind: ObjectKind, property: RegExp, note: string): Entry => ({
  kinds: [kind],
  property,
  note,
  certainty: "seen",
});

const documented = (kind: ObjectKind, property: RegExp, note: string, source: string): Entry => ({
  kinds: [kind],
  property,
  note,
  certainty: "documented",
  source,
});

const entries: readonly Entry[] = [
  documented(
    "campaign",
    /^campaignmaxlines$/,
    l10n.t("Lines of the campaign, at most 2000 in 4.0."),
    sources.postMigration,
  ),
  documented(
    "campaign",
    /^priority$/,
    l10n.t("Priority among campaigns; 50 after a migration."),
    sources.postMigration,
  ),
  seen(
    "campaign",
    /^as(?:busy|fax|machine|noanswer|remotehangup|systemhangup)$/,
    l10n.t("Auto-schedule: delay after this call result."),
  ),
  seen(
    "campaign",
    /^as(?:busy|fax|machine|noanswer|remotehangup|systemhangup)max$/,
    l10n.t("Auto-schedule: most retries after this call result."),
  ),
  seen("campaign", /^jit/, l10n.t("Priority dialing.")),
  seen(
    "campaign",
    /^callingmode$/,
    l10n.t("Number of the calling mode; 1, 2, 3 and 8 were seen. Which mode each stands for is not known."),
  ),
  seen("campaign", /^status$/, l10n.t("A number; only 3 was seen and its meaning is not known.")),
  seen("campaign", /^linetype$/, l10n.t("dialplan or linegroup were seen.")),
  seen("campaign", /^agentless(?:live|machine|fax|noagent)type$/, l10n.t("agent, hangup or file were seen.")),
  seen("campaign", /isabandontype$/, l10n.t("longerthan or all were seen.")),
  seen("campaign", /^recycletable$/, l10n.t("Name of the recycle table in the contact database.")),
  seen(
    "campaign",
    /^(?:acdworkgroup|inboundworkgroups|linegroup|location)$/,
    l10n.t("Names CIC objects, which are outside this file."),
  ),
  seen(
    "campaign",
    /^servers$/,
    l10n.t("Ids of servers. In the files seen they are not the ids of this file's server objects."),
  ),
  documented("server", /^maximumcalls$/, "0 to 2000000000.", sources.postMigration),
  documented(
    "server",
    /^maximumcallrate$/,
    l10n.t("Calls a second; 16 or more are advised where campaigns use the bulk API."),
    sources.postMigration,
  ),
  seen(
    "database connection",
    /^udldataset$/,
    l10n.t("The .udl file of the connection, in the folder of the global setting udllocation."),
  ),
  seen("database connection", /^dbms$/, l10n.t("0 or 1: two database engines; which is which is not known.")),
  seen("global settings", /^udllocation$/, l10n.t("Folder of the .udl files; back-slashes are doubled.")),
  seen("global settings", /^version$/, l10n.t("Version of Dialer that wrote the file.")),
  {
    ...seen("global settings", /^nextccid$/, l10n.t("The next contact column's ccid.")),
    certainty: "inferred",
  },
  seen("contact column", /^cccampaignid$/, l10n.t("The contact list, despite the name.")),
  seen(
    "base script page",
    /^basescripterdispositions$/,
    l10n.t(
      "Between pipes: label, wrap-up category or page id, wrap-up code, 0 or 1. With the category Navigate the second is a page.",
    ),
  ),
  seen("rule set", /^ruletype$/, l10n.t("time, event or stat were seen.")),
  seen("rule set", /^timetype$/, l10n.t("everyday, byday or byInterval were seen.")),
  seen("rule set", /^repetition$/, l10n.t("campaign or always were seen.")),
  seen("rule set", /^terminate$/, l10n.t("none or current were seen.")),
  seen("rule set", /^actiontype$/, l10n.t("campaign or campaignproperty were seen.")),
  seen("rule set", /^campaignaction$/, l10n.t("recyclecalllist, unpause or restart were seen.")),
  seen("rule set", /^changeproperty$/, l10n.t("The campaign property that the action sets to changevalue.")),
  seen("policy set", /^policytype$/, l10n.t("pre or post: before or after the call.")),
  documented(
    "policy set",
    /^customdata[12]$/,
    l10n.t("Passed to the handler Dialer_RuleActionEvent."),
    "Interaction Dialer Manager help, “Custom Handler behavior type”",
  ),
  documented(
    "policy set",
    /^emailfrom$/,
    l10n.t("Sender. The import fills in Do.Not.Reply@inin.com, as 2.4 and 3.0 had none."),
    sources.postMigration,
  ),
];

/** The note on a property, by its lower-case name, of an object of a kind. */
export function noteOn(kind: ObjectKind, property: string): PropertyNote | undefined {
  const entry = entries.find((one) => one.kinds.includes(kind) && one.property.test(property));
  if (entry) return entry;
  if (kind === "campaign" && isRunState(property))
    return {
      note: l10n.t("Run state: changes while Dialer runs, so comparisons leave it out."),
      certainty: "seen",
    };
  return undefined;
}
