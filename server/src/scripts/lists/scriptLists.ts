import * as l10n from "@vscode/l10n";
import type { ScriptArgument } from "../script";
import type { ListedScript, ScriptList } from "./list";

/** Arguments that have no name in the guide's command lines: ours, by which values are kept. */
export type ArgumentName =
  | "data tablespace"
  | "index tablespace"
  | "schema owner"
  | "owner password"
  | "host:port/service"
  | "action code"
  | "CIC user"
  | "CIC read-only user"
  | "user password"
  | "read-only password"
  | "target schema"
  | "migration user"
  | "migration password"
  | "owner"
  | "new site id"
  | "old site id";

/** An argument of SQL*Plus, and a variable of sqlcmd, whose name is the script's. */
const value = (name: ArgumentName): ScriptArgument => ({ name });
const secret = (name: ArgumentName): ScriptArgument => ({ ...value(name), secret: true });
const variable = (name: string): ScriptArgument => ({ name });

const migratorUser = [
  variable("MigratorUser"),
  { ...variable("Password"), secret: true as const },
  variable("Database"),
];
const tablespaces = [value("data tablespace"), value("index tablespace")];
const ownerLogon = [value("schema owner"), secret("owner password"), value("host:port/service")];

function plain(...files: readonly string[]): ListedScript[] {
  return files.map((file) => ({ file, arguments: [] }));
}

function withTablespaces(...files: readonly string[]): ListedScript[] {
  return files.map((file) => ({ file, arguments: tablespaces }));
}

const from2005 = l10n.t("SQL Server 2005 or later only");

function noted(file: string, note: string): ListedScript {
  return { file, arguments: [], note };
}

const sqlServerCleanUp = [
  ...plain(
    "Delete_Dups_AgentActivityLog.sql",
    "Delete_Dups_AgentQueueActivationHist.sql",
    "Delete_Dups_IACChangeLog.sql",
    "Delete_Dups_ICDirChangeLog.sql",
    "Delete_Dups_ILineGroupStats.sql",
    "Delete_Dups_ILineStats.sql",
  ),
  noted("Delete_Dups_IPA_Flow_Notes.sql", from2005),
  ...plain(
    "Delete_Nulls_IVRInterval.sql",
    "Delete_Dups_LineConfig.sql",
    "Delete_Dups_LineGroupConfig.sql",
    "Delete_Dups_CallDetail.sql",
    "Delete_Dups_LineGroupLines.sql",
    "Delete_Dups_SurveyConfigLog.sql",
    "Delete_Dups_SurveyDetail.sql",
    "Delete_Nulls_SurveyObjectToSurveyPrompt.sql",
    "Delete_Dups_SurveyObjectToSurveyPrompt.sql",
    "Delete_Nulls_SurveyUserObjectSecurity.sql",
    "Delete_Nulls_SurveyWork.sql",
    "Delete_Dups_UserWorkGroups.sql",
  ),
];

/** The guide misprints two of these as `.sal` and `IACChangeLsql`; "IVRInteraval" is its spelling too. */
const oracleCleanUpProcedures = [
  "Nulls_IACChangeLog",
  "Nulls_IVRInteraval",
  "Nulls_SurveyObjectToSurveyPrompt",
  "Nulls_SurveyUserObjectSecurityPrompt",
  "Nulls_UserWorkGroups",
  "Delete_Dups_AgentActivityLog",
  "Delete_Dups_AgentQueueActivationHist",
  "Delete_Dups_IACChangeLog",
  "Delete_Dups_ICDirChangeLog",
  "Delete_Dups_ILineGroupStats",
  "Delete_Dups_ILineStats",
  "Delete_Dups_IPA_Flow_Notes",
  "Delete_Dups_IWrapUpStats",
  "Delete_Dups_LineConfig",
  "Delete_Dups_LineGroupLines",
  "Delete_Dups_SurveyConfigLog",
  "Delete_Dups_SurveyDetail",
  "Delete_Dups_SurveyQuestionEnum",
  "Delete_Dups_SurveyRule",
  "Delete_Dups_SurveyObjectToSurveyPrompt",
  "Delete_Dups_UserWorkGroups",
];

/** The scripts of the CIC Migration guide 2018 R5, in its order. */
export const scriptLists: readonly ScriptList[] = [
  {
    id: "sqlserver-source",
    dialect: "sqlcmd",
    title: l10n.t("SQL Server: upgrade the source schema"),
    section: "Upgrade the CIC 2.4/3.0 database schema … (SQL Server)",
    folder: ["sqlserver", "source"],
    database: "source",
    scripts: [
      ...plain(
        "ICUpgrade.sql",
        "TrackerUpgrade.sql",
        "TrackerBuild.sql",
        "IRBuild.sql",
        "OptimizerBuild.sql",
        "CSSurveyBuild.sql",
      ),
      noted("WorkflowBuild.sql", from2005),
      ...plain("IWPBuild.sql"),
    ],
    procedures: [],
    partOfFolder: false,
  },
  {
    id: "sqlserver-cleanup",
    dialect: "sqlcmd",
    title: l10n.t("SQL Server: duplicate and null clean-up"),
    section: "Complete duplicate/null clean up procedures … (SQL Server)",
    folder: ["sqlserver", "source", "dupcheck"],
    database: "source",
    scripts: sqlServerCleanUp,
    // Each script creates a procedure of its own name; run without arguments it only copies what it finds.
    procedures: sqlServerCleanUp.map(({ file }) => file.replace(/\.sql$/, "")),
    partOfFolder: false,
  },
  {
    id: "sqlserver-target",
    dialect: "sqlcmd",
    title: l10n.t("SQL Server: upgrade the target schema"),
    section: "Upgrade the CIC 4.0 database schema … (SQL Server)",
    folder: ["sqlserver", "target"],
    database: "target",
    scripts: [
      ...plain("ICBuild.sql", "TrackerBuild.sql", "IRBuild.sql", "OptimizerBuild.sql", "CSSurveyBuild.sql"),
      noted("WorkflowBuild.sql", from2005),
      ...plain("DialerBuild.sql", "IWPBuild.sql"),
      {
        file: "SetupMigratorUser.sql",
        arguments: migratorUser,
      },
    ],
    procedures: [],
    partOfFolder: false,
  },
  {
    id: "sqlserver-check",
    dialect: "sqlcmd",
    title: l10n.t("SQL Server: migration check"),
    section: "Run the … migration check script",
    folder: ["sqlserver"],
    database: "both",
    scripts: [
      noted(
        "MigrationCheck.sql",
        l10n.t(
          "the target, and every source from SQL Server 2005 on; before and after the migration, to compare",
        ),
      ),
      noted(
        "MigrationChecksSQL2000.sql",
        l10n.t("a source on SQL Server 2000 only, in place of MigrationCheck.sql"),
      ),
    ],
    procedures: [],
    partOfFolder: true,
    onlyOne: true,
  },
  {
    id: "sqlserver-migrator-user",
    dialect: "sqlcmd",
    title: l10n.t("SQL Server: migration user"),
    section: "Create a … migration user",
    folder: ["sqlserver"],
    database: "target",
    scripts: [
      {
        file: "SetupMigratorUser.sql",
        arguments: migratorUser,
        note: l10n.t("once for each target database, and again when the Dialer database exists"),
      },
    ],
    procedures: [],
    partOfFolder: true,
  },
  {
    id: "sqlserver-rowset",
    dialect: "sqlcmd",
    title: l10n.t("SQL Server 2000: rowset procedure for a 64-bit target"),
    section: "SQL Server pre-migration procedures for CIC",
    folder: ["sqlserver"],
    database: "source",
    scripts: [
      noted(
        "SprocToAllowLinkToAccess2000Server.sql",
        l10n.t("32-bit SQL Server 2000 source with a 64-bit target only"),
      ),
    ],
    procedures: [],
    partOfFolder: true,
  },
  {
    id: "sqlserver-site-id",
    dialect: "sqlcmd",
    title: l10n.t("SQL Server: Interaction Conference site id"),
    section: "Change the Interaction Conference site ID",
    folder: ["sqlserver"],
    database: "target",
    scripts: [
      {
        file: "IConSiteId.sql",
        arguments: [variable("NewSiteId"), variable("OldSiteId")],
        note: l10n.t("the guide prints sqlcmd -I; the input file needs the small -i"),
      },
    ],
    procedures: [],
    partOfFolder: true,
  },
  {
    id: "oracle-source",
    dialect: "sqlplus",
    title: l10n.t("Oracle: upgrade the source schema"),
    section: "Upgrade the CIC 2.4/3.0 database schema … (Oracle)",
    folder: ["oracle", "source"],
    database: "source",
    scripts: [
      ...plain("Create_DB_Objects.sp"),
      {
        file: "Ora_UpgradeDBSchema.sql",
        arguments: [...tablespaces, ...ownerLogon],
        connectAs: "system",
        note: l10n.t("start it in the scripts' own folder"),
      },
      { file: "Ora_TrackerUpgrade.sql", arguments: [...tablespaces, ...ownerLogon], connectAs: "system" },
      ...withTablespaces(
        "Ora_TrackerBuild.sql",
        "Ora_IRBuild.sql",
        "Ora_OptimizerBuild.sql",
        "Ora_CSSurveyBuild.sql",
        "Ora_WorkflowBuild.sql",
        "Ora_IWPBuild.sql",
      ),
      { file: "Ora_ICFinalize.sql", arguments: [value("schema owner")], connectAs: "system" },
    ],
    procedures: [],
    partOfFolder: false,
  },
  {
    id: "oracle-cleanup",
    dialect: "sqlplus",
    title: l10n.t("Oracle: duplicate and null clean-up"),
    section: "Complete duplicate/null clean up procedures … (Oracle)",
    folder: ["oracle", "source", "dupcheck"],
    database: "source",
    scripts: [
      ...plain("Create_Sprocs.sql"),
      {
        file: "Execute_Sprocs.sql",
        arguments: [...tablespaces, value("action code")],
        note: l10n.t(
          "action code 0 copies what is found, 1 copies and deletes it; it runs the procedures itself",
        ),
      },
    ],
    procedures: oracleCleanUpProcedures,
    partOfFolder: true,
  },
  {
    id: "oracle-target",
    dialect: "sqlplus",
    title: l10n.t("Oracle: upgrade the target schema"),
    section: "Upgrade the CIC 4.0 database schema … (Oracle)",
    folder: ["oracle", "target"],
    database: "target",
    scripts: [
      {
        file: "Create_User_Role.sql",
        arguments: [
          value("schema owner"),
          value("CIC user"),
          value("CIC read-only user"),
          secret("owner password"),
          secret("user password"),
          secret("read-only password"),
        ],
        connectAs: "system",
      },
      ...plain("Create_DB_Objects.sp"),
      ...withTablespaces(
        "Ora_ICBuild.sql",
        "Ora_TrackerBuild.sql",
        "Ora_IRBuild.sql",
        "Ora_OptimizerBuild.sql",
        "Ora_CSSurveyBuild.sql",
        "Ora_WorkflowBuild.sql",
        "Ora_DialerBuild.sql",
        "Ora_IWPBuild.sql",
      ),
      { file: "Ora_ICFinalize.sql", arguments: [value("schema owner")] },
      {
        file: "SetUpMigratorUser.sql",
        arguments: [value("target schema"), value("migration user"), secret("migration password")],
        connectAs: "sysdba",
        note: l10n.t("the migration user is neither the schema's owner nor system"),
      },
    ],
    procedures: [],
    partOfFolder: false,
  },
  {
    id: "oracle-check",
    dialect: "sqlplus",
    title: l10n.t("Oracle: migration check"),
    section: "Run the … migration check script",
    folder: ["oracle"],
    database: "both",
    scripts: [
      noted("MigrationCheck.sql", l10n.t("both databases, before and after the migration, to compare")),
    ],
    procedures: [],
    partOfFolder: true,
  },
  {
    id: "oracle-migrator-user",
    dialect: "sqlplus",
    title: l10n.t("Oracle: migration user"),
    section: "Create a … migration user",
    folder: ["oracle"],
    database: "target",
    scripts: [
      {
        file: "SetupMigratorUser.sql",
        arguments: [value("target schema"), value("migration user"), secret("migration password")],
        connectAs: "sysdba",
        note: l10n.t("one migration user for each target schema"),
      },
    ],
    procedures: [],
    partOfFolder: true,
  },
  {
    id: "oracle-site-id",
    dialect: "sqlplus",
    title: l10n.t("Oracle: Interaction Conference site id"),
    section: "Change the Interaction Conference site ID",
    folder: ["oracle"],
    database: "target",
    scripts: [
      {
        file: "IConSiteId.sql",
        arguments: [value("owner"), value("new site id"), value("old site id")],
      },
    ],
    procedures: [],
    partOfFolder: true,
  },
  {
    id: "delete-before-first-run",
    dialect: "sqlcmd",
    title: l10n.t("SQL Server: empty Tracker and Optimizer tables before the first run"),
    section: "SQL Server pre-migration procedures for CIC",
    folder: [],
    database: "target",
    scripts: [
      noted(
        "Delete_Tables_PreMigration.sql",
        l10n.t(
          "DELETES rows: an empty 4.0 database before its first run only; nothing is deleted when INTX_PARTICIPANT or INTXSEGMENT holds rows",
        ),
      ),
      noted(
        "Delete_Optimizer_Tables_PreMigration.sql",
        l10n.t("DELETES rows of the Optimizer tables; where the script lies is not printed"),
      ),
    ],
    procedures: [],
    partOfFolder: true,
  },
];

/** Tables that hold the commit frequency of a migration, one row each (guide: "Change commit frequency"). */
export const restartTables = [
  "CallDetail_Restart",
  "IAgentQueueStats_Restart",
  "IStatsGroup_Restart",
  "IWrkgrpQueueStats_Restart",
] as const;

/** The statement that changes how many rows are written between two commits; 1000 unless changed. */
export function commitFrequencyStatement(
  dialect: ScriptList["dialect"],
  table: (typeof restartTables)[number],
  rows: number,
): string {
  const update = `update inin_migration.${table} set CommitFrequency = ${Math.max(1, Math.trunc(rows))}`;
  // Without the COMMIT the migration waits for the row's lock.
  return dialect === "sqlplus" ? `${update};\nCOMMIT;\n` : `${update};\nGO\n`;
}

/** Sets the target server's remote query timeout: 0 (none) for the migration, 600 seconds afterwards. */
export function remoteQueryTimeoutStatement(seconds: number): string {
  return `sp_configure 'remote query timeout', ${Math.max(0, Math.trunc(seconds))};\nGO\nRECONFIGURE;\nGO\n`;
}
