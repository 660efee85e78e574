import * as l10n from "@vscode/l10n";
import { baseName } from "./newerName";
import { plain } from "./knownTools";

/** Whether the vendor's help says it, or it was concluded from what help pages and real handlers show. */
export type Basis = "documented" | "concluded";

/** What is said about tools as such. */
export interface Notice {
  /**
   * - `deprecated`: on its way out
   * - `host-interface`: the mainframe screen tools
   * - `renamed`: the same tool has another name now
   * - `restricted`: works in certain base handlers only
   * - `note`: to be known, nothing to be done
   */
  readonly kind: "deprecated" | "host-interface" | "renamed" | "restricted" | "note";
  /** Palette labels, or names where the label is not known. */
  readonly labels: readonly string[];
  readonly text: string;
  /** What to do. */
  readonly advice: string;
  readonly basis: Basis;
  readonly source: string;
  readonly help: string;
  /** Handlers it does not apply to. */
  readonly allowedIn?: RegExp;
}

/** What is said about one input or output of a tool. */
export interface ParameterNotice {
  readonly labels: readonly string[];
  readonly parameter: string;
  /**
   * - `given`: the input has a value
   * - `read`: the output's variable is used in another step
   * - a pattern: the input is a literal text that matches
   */
  readonly when: "given" | "read" | RegExp;
  readonly text: string;
  readonly advice: string;
  readonly basis: Basis;
  readonly source: string;
  readonly help: string;
}

const help = (page: string): string =>
  `https://help.genesys.com/pureconnect/mergedProjects/wh_id/desktop/${page}`;

/** A page of the vendor's Interaction Designer help. */
const documented = (page: string) =>
  ({ basis: "documented", source: `Interaction Designer help, page ${page}`, help: help(page) }) as const;

const concluded = (page: string, from: string) =>
  ({
    basis: "concluded",
    source: `${from} (Interaction Designer help, page ${page})`,
    help: help(page),
  }) as const;

export const notices: readonly Notice[] = [
  {
    kind: "host-interface",
    labels: [
      "Host Connect",
      "Host Disconnect",
      "Host Fetch Form Data",
      "Host Find String",
      "Host Get Cursor Position",
      "Host Get Screen",
      "Host Get String",
      "Host Move to Position",
      "Host Move to Screen",
      "Host Press Key",
      "Host Put Form Data",
      "Host Put String",
      "Host Verify Screen",
      "Host Wait for Cursor",
    ],
    text: l10n.t(
      "is a Host Interface tool: they got no SSL support since CIC 4.0, and later releases come without the Host Server licence they need",
    ),
    advice: l10n.t("Plan to reach the host with SOAP or REST tools instead"),
    ...documented("hid_overview_of_host_interface_tools.htm"),
  },
  {
    kind: "deprecated",
    labels: ["Complete External Call (extended)"],
    text: l10n.t(
      "is announced to lose its support in a next major release, and works only where the base handlers use it",
    ),
    advice: l10n.t("Take the step out of custom handlers"),
    ...documented("complete_external_call_(extended).htm"),
  },
  {
    kind: "deprecated",
    labels: ["SOAP HTTP Request"],
    text: l10n.t(
      "cannot call a TLS/SSL server; real handlers use a newer tool, SOAP HTTP Request Ex, which has TLS certificate inputs, an HTTP method and timeouts",
    ),
    advice: l10n.t("Use SOAP HTTP Request Ex, or REST HTTP Request"),
    basis: "concluded",
    source: l10n.t("SOAP help, appendix B (the limit); definitions in real handlers (the newer tool)"),
    help: "https://help.genesys.com/cic/mergedProjects/wh_soap/desktop/appendix_b_soap_tools.htm",
  },
  {
    kind: "deprecated",
    labels: ["Set State String"],
    text: l10n.t("looks like the earlier form of Set Call State, which has more inputs"),
    advice: l10n.t("Compare the two and use Set Call State where it fits"),
    ...concluded("hid_set_state_string.htm", l10n.t("two help pages")),
  },
  {
    kind: "renamed",
    labels: ["Held Call Timer"],
    text: l10n.t(
      "is superseded by the initiator Held Interaction Timer, which covers every interaction type",
    ),
    advice: l10n.t("Start the handler with Held Interaction Timer"),
    ...documented("hid_held_interaction_timer_initiator.htm"),
  },
  ...[
    ["Create PA Data", "Create Data Container", "hid_create_pa_data.htm"],
    ["Put PA Data Element", "Put Data Element", "hid_put_pa_data_element.htm"],
    [
      "Process Automation send handler Results",
      "Send Process Automation Handler Results",
      "hid_process_automation_send_handler_results.htm",
    ],
  ].map(([old, now, page]) => ({
    kind: "renamed" as const,
    labels: [old!],
    text: l10n.t("is shown as {0} in later versions", now!),
    advice: l10n.t("Replace the step by {0}", now!),
    ...documented(page!),
  })),
  ...[
    ["ACD Process Item", "ACD Initiate Processing", "hid_release_interaction_lock.htm"],
    ["ACD Process Call", "ACD Initiate Processing", "hid_acd_queue_item_timeout_initiator.htm"],
    ["ACD Process Chat", "ACD Initiate Processing", "hid_acd_queue_item_timeout_initiator.htm"],
    ["ACD Select Item", "ACD Select Interaction", "hid_release_interaction_lock.htm"],
    ["ACD Agent Logout", "Agent Log Off", "hid_acd_specify_call_category.htm"],
  ].map(([old, now, page]) => ({
    kind: "renamed" as const,
    labels: [old!],
    text: l10n.t("seems to be an older name of {0}", now!),
    advice: l10n.t("See whether {0} does what the step is for, and replace it", now!),
    ...concluded(page!, l10n.t("a name left over in the help")),
  })),
  {
    kind: "restricted",
    labels: ["Complete External Blind Transfer"],
    text: l10n.t(
      "works only in System_InitiateManualDialing and System_InitiateCallRequest; anywhere else the step fails at run time",
    ),
    advice: l10n.t("Use Extended Blind Transfer"),
    ...documented("hid_complete_external_blind_transfer.htm"),
    allowedIn: /^System_Initiate(?:ManualDialing|CallRequest)$/i,
  },
  {
    kind: "restricted",
    labels: ["Complete External Call"],
    text: l10n.t("works only where the base handlers use it; anywhere else it fails"),
    advice: l10n.t("Take the step out, unless this is the base handler itself"),
    ...documented("hid_complete_external_call.htm"),
    // Which base handlers use it is not documented; those of calls are called System_...
    allowedIn: /^System_/i,
  },
  {
    kind: "note",
    labels: ["Report E-mail", "Array Parser", "JSON Parser", "REST HTTP Request"],
    text: l10n.t("is listed as updated in 2018 R2; what changed is not public"),
    advice: l10n.t("Test it on the target"),
    basis: "documented",
    source: "Interaction Designer help, list of changes",
    help: "",
  },
];

export const parameterNotices: readonly ParameterNotice[] = [
  {
    labels: ["Play String Extended"],
    parameter: "Load Controller Timeout (milliseconds)",
    when: "given",
    text: l10n.t("is still there, but not used any more"),
    advice: l10n.t("Do not count on it"),
    ...documented("hid_playstringex.htm"),
  },
  {
    labels: ["Tracker VoiceMail Data"],
    parameter: "User Organization(not used)",
    when: "given",
    text: l10n.t("is kept, but not used"),
    advice: l10n.t("Do not count on it"),
    ...documented("tracker_voicemail_data.htm"),
  },
  {
    labels: ["Send Fax Now"],
    parameter: "Cover Page Type",
    when: /^(?!0$)/,
    text: l10n.t("is reserved and has to be 0"),
    advice: l10n.t("Set it to 0"),
    ...documented("hid_send_fax_now.htm"),
  },
  {
    labels: ["User Status Monitor"],
    parameter: "From Server Flag",
    when: "read",
    text: l10n.t("is internal and may disappear"),
    advice: l10n.t("Do without it"),
    ...documented("hid_user_status_monitor_initiator.htm"),
  },
  {
    labels: ["Held Interaction Timer"],
    parameter: "Interaction was parked?",
    when: "read",
    text: l10n.t("says nothing any more: the event comes for held interactions only"),
    advice: l10n.t("Review the steps that park a timed-out call again"),
    ...documented("hid_held_interaction_timer_initiator.htm"),
  },
  {
    labels: ["Open Folder"],
    parameter: "Mailbox",
    when: /^(?!ININ\.Mail\.ObjectMoniker:)/i,
    text: l10n.t("takes a message store moniker, no mailbox name or address"),
    advice: l10n.t("Write it as ININ.Mail.ObjectMoniker:<x-inin-mail.ex.ews.store:/s=ADDRESS>"),
    ...documented("hid_open_folder.htm"),
  },
  {
    labels: ["XML Select Single Node", "XML Select Nodes", "XML Select Single Node Set Value"],
    parameter: "Pattern",
    when: /\bSOAP-ENV:/,
    text: l10n.t("names the prefix SOAP-ENV; since release 2.3 the envelope's assumed prefix is SOAP"),
    advice: l10n.t("Try the pattern on a real envelope, or select without a prefix"),
    basis: "documented",
    source: "SOAP help, appendix B",
    help: "https://help.genesys.com/cic/mergedProjects/wh_soap/desktop/appendix_b_soap_tools.htm",
  },
];

interface Named {
  readonly label: string;
  readonly name: string;
}

/**
 * Notices of a tool by its label, or by its internal name (with or without a version mark) where that is the label:
 * the help names tools by their labels alone.
 */
export const noticesOf = lookup(notices);
export const parameterNoticesOf = lookup(parameterNotices);

function lookup<Each extends { readonly labels: readonly string[] }>(
  table: readonly Each[],
): (tool: Named) => readonly Each[] {
  const byLabel = new Map<string, Each[]>();
  for (const each of table) {
    for (const label of each.labels) byLabel.set(plain(label), [...(byLabel.get(plain(label)) ?? []), each]);
  }
  const known = new Map<string, readonly Each[]>();
  return ({ label, name }) => {
    const key = `${label}\0${name}`;
    const found = known.get(key);
    if (found) return found;
    const names = new Set([label, name, baseName(name)].map(plain));
    const all = [...new Set([...names].flatMap((each) => byLabel.get(each) ?? []))];
    // An estate has some hundred tools; whatever has more is no reason to grow.
    if (known.size >= 10_000) known.clear();
    known.set(key, all);
    return all;
  };
}
