import * as l10n from "@vscode/l10n";

/**
 * What is publicly known about single server parameters. The vendor's own table (Server Parameter Query) is not
 * public, so this is a small part: a name that is missing here is neither current nor deprecated, it is unknown.
 * Two of Interaction Dialer 3.0 (call limits, now set for each outbound dialing server) are missing because their
 * names were never published.
 */
export type Certainty = "documented" | "inferred" | "name only";

export interface ServerParameter {
  readonly name: string;
  readonly subsystem: string;
  readonly status: "deprecated" | "renamed" | "removed" | "migration-control" | "new in 4.0" | "current";
  readonly values?: string;
  readonly initial?: string;
  readonly since?: string;
  readonly until?: string;
  readonly replacement?: string;
  readonly text: string;
  readonly certainty: Certainty;
  /** Guide and section, or the page of the public help. */
  readonly sources: readonly string[];
}

const HELP = "https://help.genesys.com/pureconnect/mergedprojects";
const DESIGNER = "https://help.genesys.com/pureconnect/mergedProjects/wh_id/desktop";
const REFERENCE = "Interaction Migrator Technical Reference 2023 R1";
const GUIDE = "CIC Migration guide 2018 R5";
const SWITCHOVER = `${HELP}/wh_tr/mergedprojects/wh_tr_automated_switchover/desktop/optional_switchover_server_parameters.htm`;
const SWITCHOVER_LIST =
  "https://help.genesys.com/pureconnect/mergedProjects/wh_ia/desktop/automated_switchover_system_server_parameters.htm";
const ACD =
  "https://help.genesys.com/cic/mergedProjects/wh_tr/mergedProjects/wh_tr_acd_processing/desktop/acd_server_parameters.htm";
const WEB = `${HELP}/wh_ia/desktop/web_services_parameters.htm`;
const HOLD = `${DESIGNER}/hid_held_interaction_timer_initiator.htm`;

const documented = { certainty: "documented" } as const;
const webLimit = {
  subsystem: "Web Services",
  status: "current",
  sources: [WEB],
  ...documented,
} as const;
const nameOnly = {
  subsystem: "Switchover",
  status: "current",
  certainty: "name only",
  sources: [SWITCHOVER_LIST],
} as const;

export const serverParameters: readonly ServerParameter[] = [
  {
    name: "LineQueueReportingInterval",
    subsystem: "Reporting",
    status: "deprecated",
    until: "CIC 3.0",
    replacement: l10n.t("Server Configuration > Report Configuration in Interaction Administrator"),
    text: l10n.t(
      "Interval at which line queue figures are reported. IC Setup Assistant, run again after the import, carries the value over",
    ),
    sources: [`${REFERENCE}, "Queue/IVR Values"`],
    ...documented,
  },
  {
    name: "QueuePeriodStatisticsInterval",
    subsystem: "Reporting",
    status: "deprecated",
    until: "CIC 3.0",
    replacement: l10n.t("field Queue/IVR reporting (min) in Server Configuration > Report Configuration"),
    text: l10n.t(
      "Interval of the queue period statistics. IC Setup Assistant, run again after the import, carries the value over. Handlers may still mention the name",
    ),
    sources: [
      `${REFERENCE}, "Queue/IVR Values"`,
      `${DESIGNER}/hid_queue_period_report_statistics_initiator.htm`,
      `${DESIGNER}/hid_assign_stats_group.htm`,
    ],
    ...documented,
  },
  {
    name: "Held Call Timeout",
    subsystem: "Interaction Processor",
    status: "renamed",
    values: l10n.t("seconds"),
    replacement: "Held Interaction Timeout",
    text: l10n.t(
      "Belongs to the Held Call Timer initiator, which the Held Interaction Timer initiator replaced; since which release is not stated",
    ),
    sources: [HOLD],
    ...documented,
  },
  {
    name: "Held Interaction Timeout",
    subsystem: "Interaction Processor",
    status: "current",
    values: l10n.t("seconds"),
    initial: "900",
    text: l10n.t(
      "How long an interaction is on hold before the Held Interaction Timer initiator starts handlers",
    ),
    sources: [HOLD],
    ...documented,
  },
  {
    name: "CollaborationLaunchURL",
    subsystem: "Web Services",
    status: "removed",
    values: l10n.t("an address"),
    until: l10n.t("after 2018 R5 and by 2020 R2"),
    text: l10n.t("Address that web collaboration opened for the visitor"),
    certainty: "inferred",
    sources: [
      "https://help.genesys.com/pureconnect/versions/2018r5/mergedprojects/wh_ia/desktop/web_services_parameters.htm",
      "https://help.genesys.com/pureconnect/versions/2020r2/mergedProjects/wh_ia/desktop/web_services_parameters.htm",
    ],
  },
  {
    name: "Launch Dialer Migration Package Processor",
    subsystem: "Interaction Dialer",
    status: "migration-control",
    values: l10n.t("1: process at the next start; 0: done, or nothing found"),
    text: l10n.t(
      "The import sets it to 1, the Dialer server sets it back to 0. It belongs to the target and should not come from a source",
    ),
    sources: [`${GUIDE}, "Interaction Dialer configuration and database migration summary"`],
    ...documented,
  },
  {
    name: "Report File Path",
    subsystem: "Reports",
    status: "current",
    values: l10n.t("a folder"),
    text: l10n.t(
      "Folder of the .rpt files; the import uses it to tell production reports from custom ones. It often names the old installation folder",
    ),
    sources: [`${REFERENCE}, "CIC Migration and Recovery Modes"`],
    ...documented,
  },
  {
    name: "StatServer_SendQPSNotification",
    subsystem: "StatServer",
    status: "current",
    values: l10n.t("true or false"),
    text: l10n.t("Must be true for the Queue Period Report Statistics initiator to start handlers"),
    sources: [`${DESIGNER}/hid_queue_period_report_statistics_initiator.htm`],
    ...documented,
  },
  {
    name: "Callback Interaction Recovery Enabled",
    subsystem: "Switchover",
    status: "new in 4.0",
    values: l10n.t("0: off; 1: on (one page says any number but 0)"),
    initial: "0",
    since: "CIC 4.0 SU 3",
    text: l10n.t("Callbacks outlast a switchover"),
    sources: [SWITCHOVER, SWITCHOVER_LIST],
    ...documented,
  },
  {
    name: "Chat Interaction Recovery Enabled",
    subsystem: "Switchover",
    status: "new in 4.0",
    values: l10n.t("0: off; 1: on (one page also takes Yes)"),
    initial: "0",
    since: "CIC 4.0 SU 3",
    text: l10n.t("Chats outlast a switchover; SMS sent to the chat destination do not"),
    sources: [SWITCHOVER, SWITCHOVER_LIST],
    ...documented,
  },
  {
    name: "CustomMirrorDir",
    subsystem: "Switchover",
    status: "current",
    values: l10n.t("folders, separated by semicolons"),
    text: l10n.t(
      "More folders to mirror to the backup server; they often lie under the old installation folder",
    ),
    sources: [SWITCHOVER],
    ...documented,
  },
  {
    name: "Custom Upgrade Attribute Exceptions",
    text: l10n.t("Attributes left out when a switchover pair is upgraded, as the name says"),
    ...nameOnly,
  },
  {
    name: "Custom Upgrade File Synchronization Directories",
    text: l10n.t("More folders whose files are synchronised, as the name says"),
    ...nameOnly,
  },
  {
    name: "Custom Upgrade File Synchronization Exceptions",
    text: l10n.t("Files left out of the synchronisation, as the name says"),
    ...nameOnly,
  },
  {
    name: "Custom Upgrade Synchronization Directories",
    text: l10n.t("Folders synchronised during an upgrade, as the name says"),
    ...nameOnly,
  },
  {
    name: "SwitchoverServerFQDN A",
    subsystem: "Switchover",
    status: "current",
    values: l10n.t("a host name"),
    text: l10n.t(
      "Replaces the name found for member A, when the override is switched on. After a migration it still names the old server",
    ),
    sources: [SWITCHOVER],
    ...documented,
  },
  {
    name: "SwitchoverServerFQDN B",
    subsystem: "Switchover",
    status: "current",
    values: l10n.t("a host name"),
    text: l10n.t(
      "Replaces the name found for member B, when the override is switched on. After a migration it still names the old server",
    ),
    sources: [SWITCHOVER],
    ...documented,
  },
  {
    name: "ACDAvailableOnNon-ACD",
    subsystem: "ACD",
    status: "current",
    values: l10n.t("being there is enough, the value is ignored"),
    text: l10n.t(
      "Agents stay available for ACD during other interactions. Renaming it back from _migrated switches that on, whatever its value is",
    ),
    sources: [ACD],
    ...documented,
  },
  {
    name: "ACDInteractionLockTimeout",
    subsystem: "ACD",
    status: "current",
    values: l10n.t("seconds"),
    initial: "10",
    text: l10n.t(
      "When a locked interaction is freed, if custom ACD handlers leave out ACD Select Item and Release Interaction Lock",
    ),
    sources: [
      ACD,
      "https://help.genesys.com/cic/mergedProjects/wh_id/desktop/hid_release_interaction_lock.htm",
    ],
    ...documented,
  },
  {
    name: "ACDAgentLockTimeout",
    subsystem: "ACD",
    status: "current",
    values: l10n.t("seconds"),
    text: l10n.t("When a locked agent is freed, if custom ACD handlers leave out Release Agent Lock"),
    sources: [ACD],
    ...documented,
  },
  {
    name: "HoldMsg",
    values: l10n.t("text; %1 is the agent's name"),
    text: l10n.t("Message of a chat that is put on hold"),
    ...webLimit,
  },
  {
    name: "InteractionsAllowedUnitTime",
    values: l10n.t("seconds"),
    initial: "1",
    text: l10n.t("Unit of time of MaxInteractionsAllowedPerUnitTime"),
    ...webLimit,
  },
  {
    name: "MaxActiveInteractionsAllowed",
    values: l10n.t("a number"),
    initial: "5000",
    text: l10n.t("Web chats and callbacks at one time"),
    ...webLimit,
  },
  {
    name: "MaxAnonymousInteractionsAllowed",
    values: l10n.t("a number"),
    initial: "5000",
    text: l10n.t("Web chats and callbacks of unknown visitors at one time"),
    ...webLimit,
  },
  {
    name: "MaxAnyInteractionsAllowedPerQueue",
    values: l10n.t("a number"),
    initial: "5000",
    text: l10n.t("Web chats and callbacks in one ACD queue"),
    ...webLimit,
  },
  {
    name: "MaxInteractionsAllowedPerIP",
    values: l10n.t("a number"),
    initial: "15",
    text: l10n.t("Web interactions from one address at one time"),
    ...webLimit,
  },
  {
    name: "MaxInteractionsAllowedPerUnitTime",
    values: l10n.t("a number"),
    initial: "5",
    text: l10n.t("New web interactions per unit of time"),
    ...webLimit,
  },
  {
    name: "MaxInteractionsAllowedPerUser",
    values: l10n.t("a number"),
    text: l10n.t("Web interactions of one user"),
    ...webLimit,
  },
  {
    name: "Unaddressed Mail Recipient",
    subsystem: "E-mail tools",
    status: "current",
    values: l10n.t("a mailbox or address"),
    text: l10n.t(
      "Recipient when the Send Email tool is given none. The e-mail tools went from mailboxes to addresses, so review it",
    ),
    sources: [`${DESIGNER}/hid_send_email.htm`],
    ...documented,
  },
  {
    name: "Toll Call Classifications",
    subsystem: "Stations",
    status: "current",
    values: l10n.t("dial plan classifications"),
    text: l10n.t("Classifications that station options treat as toll calls"),
    sources: [`${HELP}/wh_ia/desktop/station_options_settings.htm`],
    ...documented,
  },
  {
    name: "ServerReportLogOutputPath",
    subsystem: "Reporting",
    status: "current",
    values: l10n.t("a folder"),
    text: l10n.t("A changed folder does not take effect at once; look for paths of the old server"),
    sources: [`${HELP}/wh_ia/desktop/param_configuration.htm`],
    ...documented,
  },
  {
    name: "ServerReportLogDataDestination",
    subsystem: "Reporting",
    status: "current",
    values: l10n.t("PMQ: and the name of a data source"),
    text: l10n.t(
      "Where several sites report to. The data source must exist on the target, and default ones are not imported",
    ),
    sources: [`${HELP}/wh_ia/desktop/site_configuration.htm`],
    ...documented,
  },
];

const byName = new Map(serverParameters.map((parameter) => [parameter.name.toLowerCase(), parameter]));

/** Case does not matter; `_migrated` behind the name is taken off. */
export function serverParameterNamed(name: string): ServerParameter | undefined {
  return byName.get(withoutMigrated(name).toLowerCase());
}

export function isMigratedName(name: string): boolean {
  return /_migrated$/i.test(name);
}

export function withoutMigrated(name: string): string {
  return name.replace(/_migrated$/i, "");
}

const statuses = {
  deprecated: l10n.t("deprecated"),
  renamed: l10n.t("renamed"),
  removed: l10n.t("removed"),
  "migration-control": l10n.t("migration control"),
  "new in 4.0": l10n.t("new in 4.0"),
  current: undefined,
};
const sure = {
  documented: l10n.t("documented"),
  inferred: l10n.t("inferred from two page versions"),
  "name only": l10n.t("only its name is public"),
};

/** In one sentence or two, with how sure it is. */
export function explained(parameter: ServerParameter): string {
  const facts = [
    statuses[parameter.status],
    parameter.until === undefined ? undefined : l10n.t("no longer valid since {0}", parameter.until),
    parameter.since === undefined ? undefined : l10n.t("since {0}", parameter.since),
    parameter.replacement === undefined ? undefined : l10n.t("now {0}", parameter.replacement),
    parameter.values === undefined ? undefined : l10n.t("values: {0}", parameter.values),
    parameter.initial === undefined ? undefined : l10n.t("initially {0}", parameter.initial),
  ].filter((fact) => fact !== undefined);
  return `${parameter.text}. ${[parameter.subsystem, ...facts, sure[parameter.certainty]].join("; ")}`;
}
