import * as l10n from "@vscode/l10n";
import { remoteQueryTimeoutStatement } from "../../scripts/lists/scriptLists";
import { type Check, disabledText, some } from "./check";
import { trackerTables } from "./tables";

const preMigration = "CIC Migration guide 2018 R5, SQL Server pre-migration procedures for CIC";
const requirements = "CIC Migration guide 2018 R5, Database server requirements CIC 2015 R1 or later";

/** Versions that the guide names for the target, by major and minor number. */
const targetVersions: Readonly<Record<string, string>> = {
  "10.50": "2008 R2",
  "11.0": "2012",
  "12.0": "2014",
  "13.0": "2016",
};

/** All read system views and row counts only. */
export const sqlServerChecks: readonly Check[] = [
  {
    id: "version",
    title: l10n.t("Version of SQL Server"),
    why: l10n.t("The 4.0 database needs SQL Server 2008 R2 SP1 or SP2, 2012, 2014 or 2016."),
    source: requirements,
    sql: () =>
      "SELECT CONVERT(nvarchar(40), SERVERPROPERTY('ProductVersion')) AS version, CONVERT(nvarchar(40), SERVERPROPERTY('ProductLevel')) AS level, CONVERT(nvarchar(128), SERVERPROPERTY('Edition')) AS edition",
    judge: (answer, { role }) => {
      const version = answer.value("version");
      const [major = "", minor = ""] = version.split(".");
      const known = targetVersions[`${major}.${minor.replace(/^0$/, "0")}`];
      const text = `${version} ${answer.value("level")}, ${answer.value("edition")}`;
      if (version === "")
        return { state: "unknown", message: l10n.t("The server does not say its version.") };
      if (role === "source") return { state: "good", message: `SQL Server ${known ?? ""} ${text}` };
      if (known === undefined)
        return {
          state: "bad",
          message: l10n.t("{0} is not among the versions that the guide names for the target.", text),
        };
      if (known === "2008 R2" && !/^SP[12]$/i.test(answer.value("level")))
        return {
          state: "bad",
          message: l10n.t("SQL Server 2008 R2 needs service pack 1 or 2; this is {0}.", text),
        };
      return { state: "good", message: `SQL Server ${known}, ${text}` };
    },
  },
  {
    id: "recovery-model",
    title: l10n.t("Recovery model"),
    why: l10n.t(
      "With the Full model the transaction log may fill the disk while the migration runs: Bulk-Logged, then a full backup.",
    ),
    source: preMigration,
    sql: ({ role }) =>
      role === "target"
        ? "SELECT DB_NAME() AS name, CONVERT(nvarchar(60), DATABASEPROPERTYEX(DB_NAME(), 'Recovery')) AS model"
        : undefined,
    judge: (answer) => {
      const model = answer.value("model");
      const name = answer.value("name").replaceAll("]", "]]");
      if (model === "")
        return { state: "unknown", message: l10n.t("The server does not say the recovery model.") };
      if (/^bulk/i.test(model))
        return {
          state: "good",
          message: l10n.t("Bulk-Logged. Make a full backup if there was none since it was set."),
        };
      return {
        state: "attention",
        message: l10n.t(
          "The recovery model is {0}. Set it to Bulk-Logged and make a full backup before the migration; set it back, and back up again, afterwards.",
          model,
        ),
        fix: `-- ${preMigration}\nALTER DATABASE [${name}] SET RECOVERY BULK_LOGGED;\nGO\n-- A full backup is needed for it to take effect.\n-- After the migration: ALTER DATABASE [${name}] SET RECOVERY ${/^simple/i.test(model) ? "SIMPLE" : "FULL"};\n`,
      };
    },
  },
  {
    id: "remote-query-timeout",
    title: l10n.t("Remote query timeout"),
    why: l10n.t(
      "Rows are read from the source through a linked server; a timeout of the target server ends long queries.",
    ),
    source: preMigration,
    sql: ({ role }) =>
      role === "target"
        ? "SELECT CONVERT(nvarchar(20), value_in_use) AS seconds FROM sys.configurations WHERE name = 'remote query timeout (s)'"
        : undefined,
    judge: (answer) => {
      const seconds = answer.value("seconds");
      if (seconds === "") return { state: "unknown", message: l10n.t("The setting cannot be seen.") };
      if (seconds === "0")
        return {
          state: "good",
          message: l10n.t("There is none. Set it back (600 is usual) after the migration."),
        };
      return {
        state: "bad",
        message: l10n.t("It is {0} seconds; for the migration it must be 0.", seconds),
        fix: `-- ${preMigration}\n${remoteQueryTimeoutStatement(0)}-- After the migration:\n-- ${remoteQueryTimeoutStatement(
          Number(seconds) || 600,
        )
          .trim()
          .replaceAll("\n", "\n-- ")}\n`,
      };
    },
  },
  {
    id: "linked-servers",
    title: l10n.t("Linked servers"),
    why: l10n.t("The assistant makes a linked server to the source; its name must begin with a letter."),
    source: "CIC Migration guide 2018 R5, Migrate the CIC 3.0 database",
    sql: ({ role }) =>
      role === "target"
        ? "SELECT name, product, data_source FROM sys.servers WHERE is_linked = 1 ORDER BY name"
        : undefined,
    judge: (answer) => {
      const names = answer.list("name");
      const wrong = names.filter((name) => !/^\p{L}/u.test(name));
      if (wrong.length > 0)
        return {
          state: "attention",
          message: l10n.t("These do not begin with a letter and cannot serve as link: {0}.", some(wrong)),
        };
      return {
        state: "good",
        message:
          names.length === 0
            ? l10n.t("There are none yet; the assistant makes the link.")
            : l10n.t("There are {0}: {1}.", names.length, some(names)),
      };
    },
  },
  {
    id: "rights",
    title: l10n.t("Rights of this login"),
    why: l10n.t(
      "The migration user needs DB_OWNER on the 4.0 database and rights on linked servers; SetupMigratorUser.sql grants them.",
    ),
    source: preMigration,
    sql: () =>
      "SELECT SUSER_SNAME() AS login, IS_MEMBER('db_owner') AS owner, IS_SRVROLEMEMBER('sysadmin') AS admin, HAS_PERMS_BY_NAME(NULL, NULL, 'ALTER ANY LINKED SERVER') AS links",
    judge: (answer, { role }) => {
      const has = (name: string): boolean => answer.value(name) === "1";
      const login = answer.value("login");
      if (has("admin")) return { state: "good", message: l10n.t("{0} is a member of sysadmin.", login) };
      const missing = [
        ...(has("owner") ? [] : [l10n.t("db_owner on this database")]),
        ...(role === "target" && !has("links") ? ["ALTER ANY LINKED SERVER"] : []),
      ];
      const [first, second] = missing;
      if (first === undefined)
        return { state: "good", message: l10n.t("{0} has the rights that are needed.", login) };
      return {
        state: "bad",
        message: l10n.t(
          "{0} lacks {1}. Run SetupMigratorUser.sql for this database as an administrator.",
          login,
          second === undefined ? first : l10n.t("{0} and {1}", first, second),
        ),
        fix: `-- Once for each target database, as an administrator (${preMigration}):\n-- sqlcmd -S <target server> -U sa -i SetupMigratorUser.sql -v MigratorUser=<user> Password=<password> Database=<4.0 database>\n`,
      };
    },
  },
  {
    id: "tracker-tables",
    title: l10n.t("Empty Tracker tables"),
    why: l10n.t("These tables must be empty before the first Tracker Configuration run."),
    source: preMigration,
    sql: ({ role }) =>
      role === "target"
        ? `SELECT o.name AS name, SUM(p.rows) AS filled FROM sys.objects o JOIN sys.partitions p ON p.object_id = o.object_id AND p.index_id IN (0, 1) WHERE o.type = 'U' AND o.name IN (${[...trackerTables, "INTX_PARTICIPANT", "INTXSEGMENT"].map((name) => `'${name}'`).join(", ")}) GROUP BY o.name ORDER BY o.name`
        : undefined,
    judge: (answer) => {
      const filled = answer.rows
        .filter(({ filled: rows }) => Number(rows) > 0)
        .map(({ name, filled: rows }) => `${name ?? ""} (${rows ?? ""})`);
      if (answer.rows.length === 0)
        return {
          state: "unknown",
          message: l10n.t("None of the tables is there: is this the 4.0 database?"),
        };
      if (filled.length === 0) return { state: "good", message: l10n.t("All are empty.") };
      const history = filled.some((name) => /^INTX/i.test(name) && !/^IntxType/i.test(name));
      const message = l10n.t(
        "Rows are in {0}. Before the first run empty them (Delete_Tables_PreMigration.sql, or the assistant's check box); after the first run this is as it must be.",
        some(filled),
      );
      const more = l10n.t(
        "While INTX_PARTICIPANT or INTXSEGMENT holds a row, nothing is deleted from any of them.",
      );
      return { state: "attention", message: history ? `${message} ${more}` : message };
    },
  },
  {
    id: "disabled-constraints",
    title: l10n.t("Disabled foreign keys, checks and indexes"),
    why: l10n.t("What an interrupted migration has left disabled has to be enabled again."),
    source: "CIC Migration guide 2018 R5, Run the migration check script",
    sql: () =>
      "SELECT 'foreign key' AS kind, OBJECT_NAME(parent_object_id) AS owner, name FROM sys.foreign_keys WHERE is_disabled = 1 " +
      "UNION ALL SELECT 'check', OBJECT_NAME(parent_object_id), name FROM sys.check_constraints WHERE is_disabled = 1 " +
      "UNION ALL SELECT 'index', OBJECT_NAME(object_id), name FROM sys.indexes WHERE is_disabled = 1 ORDER BY 1, 2, 3",
    judge: (answer) => {
      const { rows } = answer;
      if (rows.length === 0) return { state: "good", message: l10n.t("Nothing is disabled.") };
      const quoted = (name: string | null | undefined): string => `[${(name ?? "").replaceAll("]", "]]")}]`;
      const names = rows.map(({ kind, owner, name }) => disabledText(kind, name, owner));
      const fix = rows.map(({ kind, owner, name }) =>
        kind === "index"
          ? `ALTER INDEX ${quoted(name)} ON ${quoted(owner)} REBUILD;`
          : `ALTER TABLE ${quoted(owner)} WITH CHECK CHECK CONSTRAINT ${quoted(name)};`,
      );
      return {
        state: "attention",
        message: l10n.t(
          "{0} are disabled: {1}. After the migration enable them again.",
          rows.length,
          some(names, 5),
        ),
        fix: `-- Enables what is disabled now. Not while a migration runs, and only when nobody has disabled it on purpose.\n${fix.join("\n")}\nGO\n`,
      };
    },
  },
];
