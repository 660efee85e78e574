import * as l10n from "@vscode/l10n";
import { type Check, disabledText, some, sqlText } from "./check";
import { trackerTables } from "./tables";

const preMigration = "CIC Migration guide 2018 R5, Oracle pre-migration procedures for CIC";

/** System privileges of the migration user; the guide's Appendix C. */
const systemPrivileges = [
  ..."INDEX PROCEDURE SEQUENCE TABLE".split(" ").map((what) => `ALTER ANY ${what}`),
  ..."INDEX PROCEDURE SEQUENCE TABLE TYPE VIEW".split(" ").map((what) => `CREATE ANY ${what}`),
  ...["DATABASE LINK", "SEQUENCE", "SYNONYM", "TABLE", "USER", "VIEW"].map((what) => `CREATE ${what}`),
  "DELETE ANY TABLE",
  ..."INDEX PROCEDURE SEQUENCE TABLE VIEW".split(" ").map((what) => `DROP ANY ${what}`),
  "EXECUTE ANY PROCEDURE",
  "EXECUTE ANY TYPE",
  "GRANT ANY PRIVILEGE",
  "INSERT ANY TABLE",
  "SELECT ANY DICTIONARY",
  "SELECT ANY SEQUENCE",
  "SELECT ANY TABLE",
  "UPDATE ANY TABLE",
];

/** All read the dictionary only. */
export const oracleChecks: readonly Check[] = [
  {
    id: "version",
    title: l10n.t("Version of Oracle"),
    why: l10n.t("The guide names Oracle 11g R2 (11.2.0.1 to 11.2.0.4) for the 4.0 database."),
    source: "CIC Migration guide 2018 R5, Database server requirements CIC 2015 R1 or later",
    sql: () => "SELECT product, version FROM product_component_version WHERE product LIKE 'Oracle%'",
    judge: (answer, { role }) => {
      const version = answer.value("version");
      if (version === "")
        return { state: "unknown", message: l10n.t("The database does not say its version.") };
      const named = /^11\.2\.0\.[1-4]\b/.test(version);
      return named || role === "source"
        ? { state: "good", message: `${answer.value("product")} ${version}` }
        : {
            state: "attention",
            message: l10n.t(
              "{0} {1} is not among the versions that the guide names.",
              answer.value("product"),
              version,
            ),
          };
    },
  },
  {
    id: "rights",
    title: l10n.t("Rights of the migration user"),
    why: l10n.t(
      "The migration needs 30 system privileges, the right to execute SYS.DBMS_CRYPTO and the role SELECT_CATALOG_ROLE; SetupMigratorUser.sql grants them.",
    ),
    source: `${preMigration}; Appendix C`,
    sql: () => "SELECT privilege AS name FROM session_privs UNION ALL SELECT role FROM session_roles",
    judge: (answer) => {
      const has = new Set(answer.list("name").map((name) => name.toUpperCase()));
      const missing = [...systemPrivileges, "SELECT_CATALOG_ROLE"].filter((name) => !has.has(name));
      if (missing.length === 0)
        return {
          state: "good",
          message: l10n.t("All are there. Whether SYS.DBMS_CRYPTO may be executed is asked separately."),
        };
      return {
        state: "bad",
        message: l10n.t(
          "This user lacks {0}: {1}. Run SetupMigratorUser.sql as SYSDBA for this user.",
          missing.length,
          some(missing),
        ),
        fix: `-- As SYSDBA; SetupMigratorUser.sql of the guide does this and more.\n${missing
          .map((name) => `GRANT ${name} TO <migration user>;`)
          .join("\n")}\n`,
      };
    },
  },
  {
    id: "crypto",
    title: l10n.t("Right to execute SYS.DBMS_CRYPTO"),
    why: l10n.t("The guide spells the package DBMS_CRYPT in one place; Oracle's is DBMS_CRYPTO."),
    source: preMigration,
    sql: () =>
      "SELECT object_name AS name FROM all_objects WHERE owner = 'SYS' AND object_name = 'DBMS_CRYPTO' AND object_type = 'PACKAGE'",
    judge: (answer) =>
      answer.rows.length > 0
        ? { state: "good", message: l10n.t("The package can be seen by this user.") }
        : {
            state: "bad",
            message: l10n.t("This user cannot see the package."),
            fix: "-- As SYSDBA:\nGRANT EXECUTE ON SYS.DBMS_CRYPTO TO <migration user>;\n",
          },
  },
  {
    id: "user",
    title: l10n.t("Who migrates"),
    why: l10n.t("The migration user is neither the owner of the 4.0 schema nor SYSTEM."),
    source: preMigration,
    sql: ({ schema }) => `SELECT USER AS name, ${sqlText((schema ?? "").toUpperCase())} AS owner FROM dual`,
    judge: (answer) => {
      const name = answer.value("name");
      if (name === "SYSTEM" || name === "SYS" || (name !== "" && name === answer.value("owner")))
        return {
          state: "bad",
          message: l10n.t(
            "This is {0}: make a user of its own for the migration, one for each target schema.",
            name,
          ),
        };
      return { state: "good", message: l10n.t("This is {0}.", name) };
    },
  },
  {
    id: "tablespaces",
    title: l10n.t("Tablespaces"),
    why: l10n.t(
      "The assistant asks for four: data and index of ININ_MIGRATION (separate ones are recommended), data and index of the target.",
    ),
    source: preMigration,
    sql: () =>
      "SELECT tablespace_name AS name, status FROM user_tablespaces WHERE contents = 'PERMANENT' ORDER BY tablespace_name",
    judge: (answer) => {
      const own = answer.rows.filter(({ name }) => !/^(?:SYSTEM|SYSAUX|USERS)$/i.test(name ?? ""));
      const offline = own.filter(({ status }) => status !== "ONLINE").map(({ name }) => name ?? "");
      if (answer.rows.length === 0)
        return { state: "unknown", message: l10n.t("This user can use no tablespace, or sees none.") };
      if (offline.length > 0) return { state: "bad", message: l10n.t("Not online: {0}.", some(offline)) };
      const names = some(own.map(({ name }) => name ?? ""));
      return own.length >= 4
        ? { state: "good", message: l10n.t("There are {0}: {1}.", own.length, names) }
        : {
            state: "attention",
            message:
              names === ""
                ? l10n.t(
                    "Beside Oracle's own there are {0}. Separate ones for ININ_MIGRATION are recommended; losing them loses the migration's history only.",
                    own.length,
                  )
                : l10n.t(
                    "Beside Oracle's own there are {0}: {1}. Separate ones for ININ_MIGRATION are recommended; losing them loses the migration's history only.",
                    own.length,
                    names,
                  ),
            fix: "-- As SYSDBA; names, files and sizes are yours to choose.\nCREATE TABLESPACE <ININ data> DATAFILE '<file>' SIZE 1G AUTOEXTEND ON;\nCREATE TABLESPACE <ININ index> DATAFILE '<file>' SIZE 1G AUTOEXTEND ON;\n",
          };
    },
  },
  {
    id: "authentication",
    title: l10n.t("Authentication"),
    why: l10n.t("SQLNET.AUTHENTICATION_SERVICES = (NONE) in sqlnet.ora; with (NTS) the scripts may fail."),
    source: preMigration,
    sql: () => "SELECT SYS_CONTEXT('USERENV', 'AUTHENTICATION_METHOD') AS method FROM dual",
    judge: (answer) => {
      const method = answer.value("method");
      if (/^(?:OS|NTS)$/i.test(method))
        return {
          state: "bad",
          message: l10n.t(
            "This session was authenticated by the operating system ({0}). Set SQLNET.AUTHENTICATION_SERVICES = (NONE) on the assistant's computer.",
            method,
          ),
          fix: "# sqlnet.ora on the computer that runs the scripts\nSQLNET.AUTHENTICATION_SERVICES = (NONE)\n",
        };
      return {
        state: "good",
        message: l10n.t(
          "This session was authenticated by {0}. sqlnet.ora of the assistant's computer is checked in the editor when it is opened.",
          method === "" ? l10n.t("the database") : method,
        ),
      };
    },
  },
  {
    id: "links",
    title: l10n.t("Database links"),
    why: l10n.t("Link names begin with a letter."),
    source: "CIC Migration guide 2018 R5, Migrate the CIC 3.0 database",
    sql: ({ role }) =>
      role === "target" ? "SELECT db_link AS name FROM all_db_links ORDER BY db_link" : undefined,
    judge: (answer) => {
      const names = answer.list("name");
      const wrong = names.filter((name) => !/^\p{L}/u.test(name));
      if (wrong.length > 0)
        return { state: "attention", message: l10n.t("These do not begin with a letter: {0}.", some(wrong)) };
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
    id: "tracker-tables",
    title: l10n.t("Empty Tracker tables"),
    why: l10n.t(
      "These tables must be empty before the first Tracker Configuration run. The numbers are those of the last statistics.",
    ),
    source: l10n.t(
      "{0} (the tables are the same)",
      "CIC Migration guide 2018 R5, SQL Server pre-migration procedures for CIC",
    ),
    sql: ({ role, schema }) =>
      role === "target"
        ? `SELECT table_name AS name, num_rows AS filled FROM all_tables WHERE table_name IN (${trackerTables.map((name) => `'${name.toUpperCase()}'`).join(", ")})${schema ? ` AND owner = ${sqlText(schema.toUpperCase())}` : ""} ORDER BY table_name`
        : undefined,
    judge: (answer) => {
      if (answer.rows.length === 0)
        return { state: "unknown", message: l10n.t("None of the tables can be seen by this user.") };
      const filled = answer.rows.filter(({ filled: rows }) => Number(rows) > 0).map(({ name }) => name ?? "");
      const uncounted = answer.rows.filter(({ filled: rows }) => rows === null).map(({ name }) => name ?? "");
      if (filled.length > 0)
        return {
          state: "attention",
          message: l10n.t("Rows are in {0}. Before the first run they must be empty.", some(filled)),
        };
      if (uncounted.length > 0)
        return {
          state: "unknown",
          message: l10n.t("There are no statistics for {0}: count their rows.", some(uncounted)),
        };
      return { state: "good", message: l10n.t("All are empty.") };
    },
  },
  {
    id: "disabled-constraints",
    title: l10n.t("Disabled constraints and unusable indexes"),
    why: l10n.t("What an interrupted migration has left disabled has to be enabled again."),
    source: "CIC Migration guide 2018 R5, Run the migration check script",
    sql: ({ schema }) => {
      const owner = schema ? sqlText(schema.toUpperCase()) : "USER";
      return `SELECT 'constraint' AS kind, table_name, constraint_name AS name FROM all_constraints WHERE owner = ${owner} AND status = 'DISABLED' UNION ALL SELECT 'index', table_name, index_name FROM all_indexes WHERE owner = ${owner} AND status = 'UNUSABLE'`;
    },
    judge: (answer) => {
      const { rows } = answer;
      if (rows.length === 0) return { state: "good", message: l10n.t("Nothing is disabled.") };
      const names = rows.map(({ kind, table_name, name }) => disabledText(kind, name, table_name));
      const fix = rows.map(({ kind, table_name, name }) =>
        kind === "index"
          ? `ALTER INDEX "${name ?? ""}" REBUILD;`
          : `ALTER TABLE "${table_name ?? ""}" ENABLE CONSTRAINT "${name ?? ""}";`,
      );
      return {
        state: "attention",
        message: l10n.t(
          "{0} are disabled: {1}. After the migration enable them again.",
          rows.length,
          some(names, 5),
        ),
        fix: `-- Enables what is disabled now, as the owner. Not while a migration runs.\n${fix.join("\n")}\n`,
      };
    },
  },
];
