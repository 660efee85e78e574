import { l10n } from "vscode";
import type { Page, PageField, Target } from "../../../../server/src/protocol";
import type { PageValues } from "../pagePanel";
import type { Connection } from "./connections";

const sqlServer = { field: "kind", is: ["sqlserver"] };
const oracle = { field: "kind", is: ["oracle"] };

/** The page on which a connection is made or changed. */
export function connectionPage(connection: Partial<Connection>, hasPassword: boolean): Page {
  return {
    title: connection.id ? l10n.t("Connection {0}", connection.name ?? "") : l10n.t("New Connection"),
    lead: l10n.t(
      "Scripts use a connection by its name. Passwords are kept in the secret storage of VS Code or in memory, never in settings, files or logs.",
    ),
    facts: [],
    blocks: [
      { kind: "fields", title: l10n.t("Database"), fields: databaseFields(connection) },
      { kind: "fields", title: l10n.t("Password"), fields: passwordFields(hasPassword) },
      {
        kind: "fields",
        title: l10n.t("Protection of the Connection"),
        fields: protectionFields(connection.target),
      },
    ],
    actions: [
      { id: "save", label: l10n.t("Save"), primary: true },
      { id: "test", label: l10n.t("Test Connection") },
      { id: "close", label: l10n.t("Close") },
    ],
  };
}

function databaseFields({ name = "", target }: Partial<Connection>): PageField[] {
  const isOracle = target?.kind === "oracle" ? target : undefined;
  const isSqlServer = target?.kind === "sqlserver" ? target : undefined;
  return [
    text("name", l10n.t("Name"), name, { placeholder: l10n.t("For example: 4.0 target") }),
    {
      id: "kind",
      label: l10n.t("Kind"),
      kind: "choice",
      value: target?.kind ?? "sqlserver",
      options: [
        { value: "sqlserver", label: "SQL Server" },
        { value: "oracle", label: "Oracle" },
      ],
    },
    text("server", l10n.t("Server"), isSqlServer ? serverText(isSqlServer) : "", {
      when: sqlServer,
      help: l10n.t("HOST, HOST\\INSTANCE or HOST,PORT, as sqlcmd takes it. The port is 1433 unless given."),
    }),
    text("database", l10n.t("Database"), isSqlServer?.database ?? "", {
      when: sqlServer,
      help: l10n.t("The login's default database unless given."),
    }),
    text("oracleServer", l10n.t("Host or TNS name"), isOracle?.server ?? "", { when: oracle }),
    text("oraclePort", l10n.t("Port"), isOracle?.port === undefined ? "" : String(isOracle.port), {
      when: oracle,
      placeholder: "1521",
    }),
    text("service", l10n.t("Service"), isOracle?.database ?? "", {
      when: oracle,
      help: l10n.t("Empty: the host is a name of tnsnames.ora in the folder below."),
    }),
    text("user", l10n.t("User"), target?.user ?? "", {
      help: l10n.t("For SQL Server, DOMAIN\\user logs in with Windows credentials."),
    }),
    {
      id: "privilege",
      label: l10n.t("Connect as"),
      kind: "choice",
      value: isOracle?.privilege ?? "",
      options: [
        { value: "", label: l10n.t("the user") },
        { value: "sysdba", label: "SYSDBA" },
        { value: "sysoper", label: "SYSOPER" },
      ],
      when: oracle,
    },
    text("configFolder", l10n.t("Folder with tnsnames.ora"), isOracle?.configFolder ?? "", { when: oracle }),
    text("clientFolder", l10n.t("Instant Client folder"), isOracle?.clientFolder ?? "", {
      when: oracle,
      help: l10n.t("Only for databases that the built-in client does not know, for example Oracle 11g."),
    }),
  ];
}

function passwordFields(hasPassword: boolean): PageField[] {
  return [
    {
      id: "password",
      label: l10n.t("Password"),
      kind: "password",
      value: "",
      placeholder: hasPassword ? l10n.t("kept; type to change it") : "",
      help: l10n.t("Empty: it is asked for when it is needed."),
    },
    {
      id: "remember",
      label: l10n.t("Keep it in the secret storage"),
      kind: "check",
      value: hasPassword ? "yes" : "",
      help: l10n.t("Otherwise it is kept in memory until the window closes."),
    },
  ];
}

function protectionFields(target: Target | undefined): PageField[] {
  return [
    {
      id: "encryption",
      label: l10n.t("Encryption"),
      kind: "choice",
      value: target?.encryption ?? "required",
      options: [
        { value: "required", label: l10n.t("Required (TLS)") },
        { value: "strict", label: l10n.t("Strict (TDS 8, SQL Server 2022)") },
        { value: "none", label: l10n.t("None: not encrypted") },
      ],
      warnings: {
        none: l10n.t(
          "Everything, the password too, can be read and changed on the way. Choose this only for a server that cannot encrypt, on a network you trust.",
        ),
      },
    },
    {
      id: "trust",
      label: l10n.t("Trust the server's certificate without checking it"),
      kind: "check",
      value: target?.trustServerCertificate ? "yes" : "",
      when: { field: "encryption", is: ["required", "strict"] },
      warnings: {
        yes: l10n.t(
          "The server may not be the one it says it is. Better: name the certificate of its authority below.",
        ),
      },
    },
    text("caFile", l10n.t("Authority's certificate (PEM file)"), target?.caFile ?? "", {
      when: { field: "encryption", is: ["required", "strict"] },
    }),
    text("certificateHost", l10n.t("Name in the certificate"), target?.certificateHost ?? "", {
      when: { field: "encryption", is: ["required", "strict"] },
      help: l10n.t("Where it is not the server's."),
    }),
    text(
      "walletFolder",
      l10n.t("Wallet folder"),
      target?.kind === "oracle" ? (target.walletFolder ?? "") : "",
      {
        when: oracle,
      },
    ),
  ];
}

function text(id: string, label: string, value: string, more: Partial<PageField> = {}): PageField {
  return { id, label, kind: "text", value, ...more };
}

function serverText({ server, instance, port }: Extract<Target, { kind: "sqlserver" }>): string {
  return `${server}${instance ? `\\${instance}` : ""}${port === undefined ? "" : `,${port}`}`;
}

/** A server as sqlcmd's -S names it; the message says what is wrong. */
export type ParseServer = (
  text: string,
) => Promise<
  { readonly server: string; readonly instance?: string; readonly port?: number } | { readonly error: string }
>;

/** The target that the fields describe, or what has to be filled in first. */
export async function targetOf(
  values: PageValues,
  parse: ParseServer,
): Promise<Target | { readonly error: string }> {
  const of = (id: string): string | undefined => (values[id] ?? "").trim() || undefined;
  const user = of("user");
  if (user === undefined) return { error: l10n.t("Say who logs in: the user is empty.") };
  const encryption = encryptionOf(of("encryption"));
  const encrypted = encryption !== "none";
  const caFile = encrypted ? of("caFile") : undefined;
  const certificateHost = encrypted ? of("certificateHost") : undefined;
  const protection = {
    encryption,
    trustServerCertificate: encrypted && values.trust === "yes",
    ...(caFile !== undefined && { caFile }),
    ...(certificateHost !== undefined && { certificateHost }),
  };
  if (values.kind === "oracle") return oracleTarget(of, user, protection);
  const server = await parse(of("server") ?? "");
  if ("error" in server) return server;
  if (of("server") === undefined) return { error: l10n.t("Say where the database is: the server is empty.") };
  const database = of("database");
  return { kind: "sqlserver", ...server, ...(database !== undefined && { database }), user, ...protection };
}

function oracleTarget(
  of: (id: string) => string | undefined,
  user: string,
  protection: Pick<Target, "encryption" | "trustServerCertificate" | "caFile" | "certificateHost">,
): Target | { readonly error: string } {
  const server = of("oracleServer");
  if (server === undefined) return { error: l10n.t("Say where the database is: the host is empty.") };
  const port = of("oraclePort");
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65536))
    return { error: l10n.t("{0} is no port.", port) };
  const optional = {
    database: of("service"),
    privilege: of("privilege"),
    configFolder: of("configFolder"),
    clientFolder: of("clientFolder"),
    walletFolder: of("walletFolder"),
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return {
    kind: "oracle",
    server,
    ...(port !== undefined && { port: Number(port) }),
    ...given,
    user,
    ...protection,
  };
}

function encryptionOf(value: string | undefined): Target["encryption"] {
  return value === "none" || value === "strict" ? value : "required";
}
