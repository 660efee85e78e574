import * as l10n from "@vscode/l10n";
import type { ImportCode } from "../rules";
import { GUIDE, REFERENCE } from "./components";

/** What an import does with a component that users would not expect. */
export interface ImportRule {
  readonly component: string;
  /** Stable; the problem's code is `package/import-<code>`. */
  readonly code: ImportCode;
  readonly mode: "migration" | "both";
  readonly kind: "not-imported" | "renamed" | "overwrites" | "re-enter" | "review";
  readonly text: string;
  readonly source: string;
}

export const importRules: readonly ImportRule[] = [
  {
    component: "handlers",
    code: "handlers",
    mode: "both",
    kind: "not-imported",
    text: l10n.t(
      "handlers are neither imported nor published; their files stay in the extraction folder, to be opened, migrated and published in Interaction Designer",
    ),
    source: REFERENCE,
  },
  {
    component: "server-parameters",
    code: "server-parameters",
    mode: "migration",
    kind: "renamed",
    text: l10n.t(
      "imported server parameters get the suffix _migrated, and have no effect under that name. Compare each with its namesake, delete one, and rename the one to keep; custom ones always need renaming",
    ),
    source: `${GUIDE}, "Review migrated server parameters"`,
  },
  {
    component: "ip-tables",
    code: "ip-tables",
    mode: "migration",
    kind: "renamed",
    text: l10n.t(
      "imported IP tables get the suffix _migrated: handlers that name a table keep reading the old one until it is decided",
    ),
    source: `${GUIDE}, "IP table names"`,
  },
  {
    component: "registration-groups",
    code: "registration-groups",
    mode: "migration",
    kind: "renamed",
    text: l10n.t("imported registration groups of managed phones get the suffix _migrated"),
    source: `${GUIDE}, "Identify imported managed IP phones"`,
  },
  {
    component: "data-sources",
    code: "data-sources",
    mode: "migration",
    kind: "not-imported",
    text: l10n.t(
      "CIC's default data sources are not imported, only custom ones; databases and ODBC settings are never touched",
    ),
    source: REFERENCE,
  },
  {
    component: "dial-plan",
    code: "dial-plan",
    mode: "migration",
    kind: "overwrites",
    text: l10n.t(
      "dial plan files overwrite those of the target, without merging: back up the target's dial plan first",
    ),
    source: REFERENCE,
  },
  {
    component: "lra",
    code: "lra",
    mode: "migration",
    kind: "overwrites",
    text: l10n.t("LRA configuration files overwrite those of the target"),
    source: REFERENCE,
  },
  {
    component: "attendant",
    code: "attendant",
    mode: "migration",
    kind: "overwrites",
    text: l10n.t(
      "the active or default Attendant profile of the target is overwritten; errors on opening it are fixed by hand",
    ),
    source: REFERENCE,
  },
  {
    component: "users",
    code: "users",
    mode: "migration",
    kind: "review",
    text: l10n.t(
      "users are refused when their site id equals the target's: change one site id before the import. Their home site becomes the new server",
    ),
    source: `${GUIDE}, "Change site ID on the CIC 2015 R1 or later server"`,
  },
  {
    component: "reports",
    code: "reports",
    mode: "both",
    kind: "not-imported",
    text: l10n.t(
      "a report whose .rpt file exists in the target's Report File Path counts as a production report and is not imported; only custom reports are",
    ),
    source: `${REFERENCE}, "CIC Migration and Recovery Modes"`,
  },
  {
    component: "structured-parameters",
    code: "structured-parameters",
    mode: "both",
    kind: "re-enter",
    text: l10n.t(
      "structured parameters of type Secrets are encrypted with a key of the old machine: enter them again after the import",
    ),
    source: `${GUIDE}, "Structured parameters"`,
  },
  {
    component: "mail",
    code: "mail",
    mode: "migration",
    kind: "review",
    text: l10n.t(
      "mail providers are imported inactive; switch ACD e-mail routing on again for each workgroup at go-live",
    ),
    source: `${GUIDE}, "Re-activate ACD email routing"`,
  },
  {
    component: "admin",
    code: "licences",
    mode: "both",
    kind: "review",
    text: l10n.t(
      "license allocation comes with the administrative data and needs adjusting. Import it together with, or after, the Tracker Configuration data",
    ),
    source: REFERENCE,
  },
  {
    component: "ipa",
    code: "ipa",
    mode: "both",
    kind: "review",
    text: l10n.t(
      "Interaction Process Automation works only when all of its items were exported; they are not selected by default",
    ),
    source: `${GUIDE}, change log of 27 January 2015`,
  },
  {
    component: "dialer",
    code: "dialer",
    mode: "migration",
    kind: "not-imported",
    text: l10n.t(
      "default configurations, campaigns outside an active workflow and pager items of Interaction Dialer are dropped, and call limits are set again on each outbound dialing server. After the import the server parameter Launch Dialer Migration Package Processor is 1 until the Dialer server has processed the data",
    ),
    source: `${GUIDE}, "Interaction Dialer migration considerations and caveats" and "Interaction Dialer configuration and database migration summary"`,
  },
  {
    component: "recorder-key",
    code: "recorder-key",
    mode: "both",
    kind: "review",
    text: l10n.t(
      "on a development target import with -devMode, which keeps the Recordings Rescue ID key out",
    ),
    source: `${REFERENCE}, console command-line options`,
  },
  {
    component: "lines",
    code: "lines",
    mode: "both",
    kind: "review",
    text: l10n.t(
      "existing SIP lines keep their transport protocol; the network adapter or team must have the same name on both servers before the import",
    ),
    source: `${GUIDE}, "Change in default SIP transport protocol"`,
  },
  {
    component: "media-server",
    code: "media-server",
    mode: "both",
    kind: "review",
    text: l10n.t(
      "a package of Interaction Media Server must bear the media server's name, not the CIC server's, and is only imported in migration mode",
    ),
    source: GUIDE,
  },
];
