import { type Check, some, sqlText } from "./check";
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
    title: "Version of Oracle",
    why: "The guide names Oracle 11g R2 (11.2.0.1 to 11.2.0.4) for the 4.0 database.",
    source: "CIC Migration guide 2018 R5, Database server requirements CIC 2015 R1 or later",
    sql: () => "SELECT product, version FROM product_component_version WHERE product LIKE 'Oracle%'",
    judge: (answer, { role }) => {
      const version = answer.value("version");
      if (version === "") return { state: "unknown", message: "The database does not say its version." };
      const named = /^11\.2\.0\.[1-4]\b/.test(version);
      return named || role === "source"
        ? { state: "good", message: `${answer.value("product")} ${version}` }
        : {
            state: "attention",
            message: `${answer.value("product")} ${version} is not among the versions that the guide names.`,
          };
    },
  },
  {
    id: "rights",
    title: "Rights of the migration user",
    why: "The migration needs 30 system privileges, the right to execute SYS.DBMS_CRYPTO and the role SELECT_CATALOG_ROLE; SetupMigratorUser.sql grants them.",
    source: `${preMigration}; Appendix C`,
    sql: () => "SELECT privilege AS name FROM session_privs UNION ALL SELECT role FROM session_roles",
    judge: (answer) => {
      const has = new Set(answer.list("name").map((name) => name.toUpperCase()));
      const missing = [...systemPrivileges, "SELECT_CATALOG_ROLE"].filter((name) => !has.has(name));
      if (missing.length === 0)
        return {
          state: "good",
          message: "All are there. Whether SYS.DBMS_CRYPTO may be executed is asked separately.",
        };
      return {
        state: "bad",
        message: `This user lacks ${missing.length}: ${some(missing)}. Run SetupMigratorUser.sql as SYSDBA for this user.`,
        fix: `-- As SYSDBA; SetupMigratorUser.sql of the guide does this and more.\n${missing
          .map((name) => `GRANT ${name} TO <migration user>;`)
          .join("\n")}\n`,
      };
    },
  },
  {
    id: "crypto",
    title: "Right to execute SYS.DBMS_CRYPTO",
    why: "The guide spells the package DBMS_CRYPT in one place; Oracle's is DBMS_CRYPTO.",
    source: preMigration,
    sql: () =>
      "SELECT object_name AS name FROM all_objects WHERE owner = 'SYS' AND object_name = 'DBMS_CRYPTO' AND object_type = 'PACKAGE'",
    judge: (answer) =>
      answer.rows.length > 0
        ? { state: "good", message: "The package can be seen by this user." }
        : {
            state: "bad",
            message: "This user cannot see the package.",
            fix: "-- As SYSDBA:\nGRANT EXECUTE ON SYS.DBMS_CRYPTO TO <migration user>;\n",
          },
  },
  {
    id: "user",
    title: "Who migrates",
    why: "The migration user is neither the owner of the 4.0 schema nor SYSTEM.",
    source: preMigration,
    sql: ({ schema }) => `SELECT USER AS name, ${sqlText((schema ?? "").toUpperCase())} AS owner FROM dual`,
    judge: (answer) => {
      const name = answer.value("name");
      if (name === "SYSTEM" || name === "SYS" || (name !== "" && name === answer.value("owner")))
        return {
          state: "bad",
          message: `This is ${name}: make a user of its own for the migration, one for each target schema.`,
        };
      return { state: "good", message: `This is ${name}.` };
    },
  },
  {
    id: "tablespaces",
    title: "Tablespaces",
    why: "The assistant asks for four: data and index of ININ_MIGRATION (separate ones are recommended), data and index of the target.",
    source: preMigration,
    sql: () =>
      "SELECT tablespace_name AS name, status FROM user_tablespaces WHERE contents = 'PERMANENT' ORDER BY tablespace_name",
    judge: (answer) => {
      const own = answer.rows.filter(({ name }) => !/^(?:SYSTEM|SYSAUX|USERS)$/i.test(name ?? ""));
      const offline = own.filter(({ status }) => status !== "ONLINE").map(({ name }) => name ?? "");
      if (answer.rows.length === 0)
        return { state: "unknown", message: "This user can use no tablespace, or sees none." };
      if (offline.length > 0) return { state: "bad", message: `Not online: ${some(offline)}.` };
      const names = some(own.map(({ name }) => name ?? ""));
      return own.length >= 4
        ? { state: "good", message: `There are ${own.length}: ${names}.` }
        : {
            state: "attention",
            message: `Beside Oracle's own there are ${own.length}${names === "" ? "" : `: ${names}`}. Separate ones for ININ_MIGRATION are recommended; losing them loses the migration's history only.`,
            fix: "-- As SYSDBA; names, files and sizes are yours to choose.\nCREATE TABLESPACE <ININ data> DATAFILE '<file>' SIZE 1G AUTOEXTEND ON;\nCREATE TABLESPACE <ININ index> DATAFILE '<file>' SIZE 1G AUTOEXTEND ON;\n",
          };
    },
  },
  {
    id: "authentication",
    title: "Authentication",
    why: "SQLNET.AUTHENTICATION_SERVICES = (NONE) in sqlnet.ora; with (NTS) the scripts may fail.",
    source: preMigration,
    sql: () => "SELECT SYS_CONTEXT('USERENV', 'AUTHENTICATION_METHOD') AS method FROM dual",
    judge: (answer) => {
      const method = answer.value("method");
      if (/^(?:OS|NTS)$/i.test(method))
        return {
          state: "bad",
          message: `This session was authenticated by the operating system (${method}). Set SQLNET.AUTHENTICATION_SERVICES = (NONE) on the assistant's computer.`,
          fix: "# sqlnet.ora on the computer that runs the scripts\nSQLNET.AUTHENTICATION_SERVICES = (NONE)\n",
        };
      return {
        state: "good",
        message: `This session was authenticated by ${method === "" ? "the database" : method}. sqlnet.ora of the assistant's computer is checked in the editor when it is opened.`,
      };
    },
  },
  {
    id: "links",
    title: "Database links",
    why: "Link names begin with a letter.",
    source: "CIC Migration guide 2018 R5, Migrate the CIC 3.0 database",
    sql: ({ role }) =>
      role === "target" ? "SELECT db_link AS name FROM all_db_links ORDER BY db_link" : undefined,
    judge: (answer) => {
      const names = answer.list("name");
      const wrong = names.filter((name) => !/^\p{L}/u.test(name));
      if (wrong.length > 0)
        return { state: "attention", message: `These do not begin with a letter: ${some(wrong)}.` };
      return {
        state: "good",
        message:
          names.length === 0
            ? "There are none yet; the assistant makes the link."
            : `There are ${names.length}: ${some(names)}.`,
      };
    },
  },
  {
    id: "tracker-tables",
    title: "Empty Tracker tables",
    why: "These tables must be empty before the first Tracker Configuration run. The numbers are those of the last statistics.",
    source:
      "CIC Migration guide 2018 R5, SQL Server pre-migration procedures for CIC (the tables are the same)",
    sql: ({ role, schema }) =>
      role === "target"
        ? `SELECT table_name AS name, num_rows AS filled FROM all_tables WHERE table_name IN (${trackerTables.map((name) => `'${name.toUpperCase()}'`).join(", ")})${schema ? ` AND owner = ${sqlText(schema.toUpperCase())}` : ""} ORDER BY table_name`
        : undefined,
    judge: (answer) => {
      if (answer.rows.length === 0)
        return { state: "unknown", message: "None of the tables can be seen by this user." };
      const filled = answer.rows.filter(({ filled: rows }) => Number(rows) > 0).map(({ name }) => name ?? "");
      const uncounted = answer.rows.filter(({ filled: rows }) => rows === null).map(({ name }) => name ?? "");
      if (filled.length > 0)
        return {
          state: "attention",
          message: `Rows are in ${some(filled)}. Before the first run they must be empty.`,
        };
      if (uncounted.length > 0)
        return {
          state: "unknown",
          message: `There are no statistics for ${some(uncounted)}: count their rows.`,
        };
      return { state: "good", message: "All are empty." };
    },
  },
  {
    id: "disabled-constraints",
    title: "Disabled constraints and unusable indexes",
    why: "What an interrupted migration has left disabled has to be enabled again.",
    source: "CIC Migration guide 2018 R5, Run the migration check script",
    sql: ({ schema }) => {
      const owner = schema ? sqlText(schema.toUpperCase()) : "USER";
      return `SELECT 'constraint' AS kind, table_name, constraint_name AS name FROM all_constraints WHERE owner = ${owner} AND status = 'DISABLED' UNION ALL SELECT 'index', table_name, index_name FROM all_indexes WHERE owner = ${owner} AND status = 'UNUSABLE'`;
    },
    judge: (answer) => {
      const { rows } = answer;
      if (rows.length === 0) return { state: "good", message: "Nothing is disabled." };
      const names = rows.map(
        ({ kind, table_name, name }) => `${kind ?? ""} ${name ?? ""} of ${table_name ?? ""}`,
      );
      const fix = rows.map(({ kind, table_name, name }) =>
        kind === "index"
          ? `ALTER INDEX "${name ?? ""}" REBUILD;`
          : `ALTER TABLE "${table_name ?? ""}" ENABLE CONSTRAINT "${name ?? ""}";`,
      );
      return {
        state: "attention",
        message: `${rows.length} are disabled: ${some(names, 5)}. After the migration enable them again.`,
        fix: `-- Enables what is disabled now, as the owner. Not while a migration runs.\n${fix.join("\n")}\n`,
      };
    },
  },
];
