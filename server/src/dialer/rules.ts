import * as l10n from "@vscode/l10n";
import type { RuleTable } from "../ruleTable";

/** What is found in Dialer configurations; the codes begin with `dialer/`. */
export const dialerRules = {
  "not-well-formed": ["error", l10n.t("The XML is damaged, so objects or parts of them may be missing.")],
  "reader-limit": [
    "error",
    l10n.t("The file is larger or nests deeper than what is read; the rest is missing."),
  ],
  doctype: ["information", l10n.t("The file has a document type definition, which is ignored.")],
  "unknown-layout": ["information", l10n.t("The file is neither a Dialer configuration nor a batch of 4.x.")],
  "duplicate-id": ["error", l10n.t("Two objects have the same id, so references to it are ambiguous.")],
  "dangling-reference": ["warning", l10n.t("An object refers to another that is not in the file.")],
  "unexpected-target": ["warning", l10n.t("A reference leads to an object of another kind than usual.")],
  "display-name-differs": [
    "warning",
    l10n.t("The name kept beside a reference is not the name of the object it leads to."),
  ],
  "display-name-count": [
    "warning",
    l10n.t("A list of references holds another number of names than of ids."),
  ],
  orphan: ["information", l10n.t("No other object uses this column, filter or script page.")],
  "same-table": ["warning", l10n.t("Two objects would keep their rows in the same database table.")],
  "lines-over-limit": ["warning", l10n.t("A campaign has more lines than 4.0 allows.")],
  "calls-out-of-range": [
    "warning",
    l10n.t("The most calls of a server are outside the range that is allowed."),
  ],
  "rate-below-bulk": [
    "information",
    l10n.t("A server's call rate is lower than advised for a campaign with the bulk API."),
  ],
  "columns-over-limit": ["warning", l10n.t("A contact list has more columns than its table may have.")],
  "zone-name-too-long": ["warning", l10n.t("The name of a zone is longer than a time zone map takes.")],
  "column-id": ["information", l10n.t("A new contact column may get the id of one that exists.")],
  "mail-without-from": ["warning", l10n.t("An e-mail has no sender; the import fills one in.")],
  "mail-default-from": ["warning", l10n.t("An e-mail is sent from the address that migration filled in.")],
  "deleted-workflow": ["warning", l10n.t("A workflow is marked as deleted and still in the file.")],
  "deleted-object": ["information", l10n.t("An object is marked as deleted and still in the file.")],
  "campaign-stays-behind": [
    "warning",
    l10n.t("A campaign will not migrate, because it is in no active workflow."),
  ],
  "campaign-unclear": ["information", l10n.t("Whether a campaign migrates cannot be told from the file.")],
  "default-stays-behind": [
    ["information", "hint"],
    l10n.t("A default object does not migrate (a hint in files of 4.x)."),
  ],
  "source-version": [
    "information",
    l10n.t("Migration needs a service update of the old Dialer that cannot be read here."),
  ],
  pager: ["warning", l10n.t("A rule or policy sends a page; pagers do not migrate.")],
  "statistic-by-hand": [
    ["information", "hint"],
    l10n.t(
      "A rule or policy depends on a statistic and must be redone after the import (a hint in files of 4.x).",
    ),
  ],
  "udl-missing": [
    ["warning", "information"],
    l10n.t("The data link file of a connection is not at hand (an information in files of 4.x)."),
  ],
  "oracle-alias-missing": [
    "warning",
    l10n.t("A connection's Oracle service is not in the tnsnames.ora at hand."),
  ],
  "tnsnames-setting": ["warning", l10n.t("The tnsnames.ora that the setting names cannot be read.")],
} as const satisfies RuleTable;

export type DialerCode = `dialer/${keyof typeof dialerRules}`;
