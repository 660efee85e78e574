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
    "Lines of the campaign, at most 2000 in 4.0.",
    sources.postMigration,
  ),
  documented(
    "campaign",
    /^priority$/,
    "Priority among campaigns; 50 after a migration.",
    sources.postMigration,
  ),
  seen(
    "campaign",
    /^as(?:busy|fax|machine|noanswer|remotehangup|systemhangup)$/,
    "Auto-schedule: delay after this call result.",
  ),
  seen(
    "campaign",
    /^as(?:busy|fax|machine|noanswer|remotehangup|systemhangup)max$/,
    "Auto-schedule: most retries after this call result.",
  ),
  seen("campaign", /^jit/, "Priority dialing."),
  seen(
    "campaign",
    /^callingmode$/,
    "Number of the calling mode; 1, 2, 3 and 8 were seen. Which mode each stands for is not known.",
  ),
  seen("campaign", /^status$/, "A number; only 3 was seen and its meaning is not known."),
  seen("campaign", /^linetype$/, "dialplan or linegroup were seen."),
  seen("campaign", /^agentless(?:live|machine|fax|noagent)type$/, "agent, hangup or file were seen."),
  seen("campaign", /isabandontype$/, "longerthan or all were seen."),
  seen("campaign", /^recycletable$/, "Name of the recycle table in the contact database."),
  seen(
    "campaign",
    /^(?:acdworkgroup|inboundworkgroups|linegroup|location)$/,
    "Names CIC objects, which are outside this file.",
  ),
  seen(
    "campaign",
    /^servers$/,
    "Ids of servers. In the files seen they are not the ids of this file's server objects.",
  ),
  documented("server", /^maximumcalls$/, "0 to 2000000000.", sources.postMigration),
  documented(
    "server",
    /^maximumcallrate$/,
    "Calls a second; 16 or more are advised where campaigns use the bulk API.",
    sources.postMigration,
  ),
  seen(
    "database connection",
    /^udldataset$/,
    "The .udl file of the connection, in the folder of the global setting udllocation.",
  ),
  seen("database connection", /^dbms$/, "0 or 1: two database engines; which is which is not known."),
  seen("global settings", /^udllocation$/, "Folder of the .udl files; back-slashes are doubled."),
  seen("global settings", /^version$/, "Version of Dialer that wrote the file."),
  { ...seen("global settings", /^nextccid$/, "The next contact column's ccid."), certainty: "inferred" },
  seen("contact column", /^cccampaignid$/, "The contact list, despite the name."),
  seen(
    "base script page",
    /^basescripterdispositions$/,
    "Between pipes: label, wrap-up category or page id, wrap-up code, 0 or 1. With the category Navigate the second is a page.",
  ),
  seen("rule set", /^ruletype$/, "time, event or stat were seen."),
  seen("rule set", /^timetype$/, "everyday, byday or byInterval were seen."),
  seen("rule set", /^repetition$/, "campaign or always were seen."),
  seen("rule set", /^terminate$/, "none or current were seen."),
  seen("rule set", /^actiontype$/, "campaign or campaignproperty were seen."),
  seen("rule set", /^campaignaction$/, "recyclecalllist, unpause or restart were seen."),
  seen("rule set", /^changeproperty$/, "The campaign property that the action sets to changevalue."),
  seen("policy set", /^policytype$/, "pre or post: before or after the call."),
  documented(
    "policy set",
    /^customdata[12]$/,
    "Passed to the handler Dialer_RuleActionEvent.",
    "Interaction Dialer Manager help, “Custom Handler behavior type”",
  ),
  documented(
    "policy set",
    /^emailfrom$/,
    "Sender. The import fills in Do.Not.Reply@inin.com, as 2.4 and 3.0 had none.",
    sources.postMigration,
  ),
];

/** The note on a property, by its lower-case name, of an object of a kind. */
export function noteOn(kind: ObjectKind, property: string): PropertyNote | undefined {
  const entry = entries.find((one) => one.kinds.includes(kind) && one.property.test(property));
  if (entry) return entry;
  if (kind === "campaign" && isRunState(property))
    return { note: "Run state: changes while Dialer runs, so comparisons leave it out.", certainty: "seen" };
  return undefined;
}
