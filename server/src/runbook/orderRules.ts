import * as l10n from "@vscode/l10n";

/** An order that must be kept: what was done in another order has to be done again, as no tool can roll back. */
export interface OrderRule {
  readonly id: string;
  readonly text: string;
  /** Each of `then` comes after all of `first` that apply. */
  readonly first: readonly string[];
  readonly then: readonly string[];
  /** Section of the CIC Migration guide 2018 R5. */
  readonly section: string;
}

const targetSchemas = ["database/target-schema-sql", "database/target-schema-oracle"];
const cleanUps = ["database/clean-up-sql", "database/clean-up-oracle"];
const sourceSchemas = ["database/source-schema-sql", "database/source-schema-oracle"];

export const orderRules: readonly OrderRule[] = [
  {
    id: "inventory-before-export",
    text: l10n.t("The inventory of handlers comes before the export."),
    first: ["handlers/inventory"],
    then: ["export/export"],
    section: "General methodology",
  },
  {
    id: "new-target-database",
    text: l10n.t("Setup Assistant creates the target database new, before anything is put into it."),
    first: ["target/install"],
    then: [...targetSchemas, "database/migrate"],
    section: "Make recommended selections…",
  },
  {
    id: "source-schema-first",
    text: l10n.t("The source schema is upgraded before duplicates and nulls are cleaned up."),
    first: sourceSchemas,
    then: cleanUps,
    section: "Upgrade the CIC 2.4/3.0 database schema …",
  },
  {
    id: "clean-up-before-target",
    text: l10n.t("Duplicates and nulls are cleaned up before the target schema is upgraded."),
    first: cleanUps,
    then: targetSchemas,
    section: "Complete duplicate/null clean up procedures …",
  },
  {
    id: "target-schema-before-data",
    text: l10n.t("The target schema is upgraded before data are migrated into it."),
    first: targetSchemas,
    then: ["database/migrate"],
    section: "Upgrade the CIC 4.0 database schema …",
  },
  {
    id: "cic-before-dialer",
    text: l10n.t("The CIC database (Tracker Configuration at least) is migrated before Dialer's."),
    first: ["database/migrate"],
    then: ["dialer/migrate"],
    section: "Migrate the Dialer 2.4/3.0 database",
  },
  {
    id: "databases-before-import",
    text: l10n.t(
      "The databases are migrated before the configuration is imported: otherwise Tracker gets entries twice.",
    ),
    first: ["database/migrate", "dialer/migrate"],
    then: ["import/import"],
    section: "Migrate Tracker Configuration table group…",
  },
  {
    id: "media-after-import",
    text: l10n.t(
      "The media server is imported after CIC, whose import makes the account it needs. A media server 3.0 cannot serve CIC 2015 R1 or later.",
    ),
    first: ["import/import"],
    then: ["media/import"],
    section: "Import Interaction Media Server 3.0…",
  },
  {
    id: "director-last",
    text: l10n.t("All monitored servers are migrated before the Director server."),
    first: ["director/monitored"],
    then: ["director/export", "director/install", "director/database", "director/import"],
    section: "Appendix E",
  },
  {
    id: "alerts-last",
    text: l10n.t("Supervisor alerts come last, after the workstations and the Dialer plug-in."),
    first: [
      "workstations/old-provider",
      "workstations/new-provider",
      "workstations/settings",
      "workstations/scripter",
      "workstations/dialer-plugin",
    ],
    then: ["workstations/supervisor-alerts"],
    section: "Migrate Client Workstations",
  },
];

/** What the guide says of the way back, after each phase. */
export const snapshotAdvice = l10n.t(
  "Take a snapshot before you go on: no migration tool can roll back (CIC Migration guide 2018 R5, “Appendix A”).",
);
