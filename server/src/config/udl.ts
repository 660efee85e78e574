import * as l10n from "@vscode/l10n";
import {
  type ConfigFormat,
  type ConfigSource,
  findings,
  linesOf,
  plain,
  type Reading,
  type TextRange,
} from "./format";

const form = "Microsoft, “Creating and Configuring Universal Data Link (.udl) Files”";
const dialer = "Interaction Dialer Manager help, “Database connections”";
const oracleNames = "CIC Migration guide 2018 R5, “Configure Oracle TNS names/Net Service names”";

/** What is shown for a secret; its length tells nothing. */
export const mask = "********";

export interface UdlProperty extends TextRange {
  readonly name: string;
  /** Masked where it is or holds a secret. */
  readonly value: string;
  readonly secret: boolean;
}

/** A connection file as read; passwords never leave the reader. */
export interface Udl {
  readonly properties: readonly UdlProperty[];
  readonly provider: string | undefined;
  readonly dataSource: string | undefined;
  readonly isOracle: boolean;
}

const secretName = /passw|pwd/i;

/** The connection string of a `.udl` file. Never throws; what is not there is undefined. */
export function readUdl(text: string): Udl {
  const lines = linesOf(text);
  const at = lines.findIndex(({ text: line }) => /^\s*Provider\s*=/i.test(line));
  const fallback = lines.findIndex(({ text: line }) => /^\s*[^;[\s][^=]*=/.test(line));
  const line = lines[at >= 0 ? at : fallback];
  const properties = line ? propertiesOf(line.text, line.start) : [];
  const of = (name: string): string | undefined =>
    properties.find((property) => property.name.toLowerCase() === name && property.value !== "")?.value;
  const provider = of("provider");
  return {
    properties,
    provider,
    dataSource: of("data source"),
    isOracle: provider !== undefined && /ora/i.test(provider),
  };
}

function propertiesOf(line: string, offset: number): UdlProperty[] {
  const found: UdlProperty[] = [];
  for (let at = 0; at < line.length;) {
    const equals = line.indexOf("=", at);
    if (equals < 0) break;
    const name = line.slice(at, equals).trim();
    let start = equals + 1;
    while (line.charAt(start) === " ") start++;
    const quote = line.charAt(start);
    let end: number;
    let value: string;
    if (quote === '"' || quote === "'") {
      end = start + 1;
      // A doubled quote stands for one.
      while (end < line.length && (line.charAt(end) !== quote || line.charAt(end + 1) === quote)) {
        end += line.charAt(end) === quote ? 2 : 1;
      }
      value = line.slice(start + 1, end);
      end = Math.min(end + 1, line.length);
    } else {
      const next = line.indexOf(";", start);
      end = next < 0 ? line.length : next;
      value = line.slice(start, end).trim();
    }
    const whole = secretName.test(name) && value !== "";
    const shown = whole ? mask : maskInside(value);
    found.push({
      name,
      value: shown,
      secret: shown !== value || whole,
      start: offset + start,
      end: offset + end,
    });
    const next = line.indexOf(";", end);
    at = next < 0 ? line.length : next + 1;
  }
  return found;
}

/** Extended properties hold a connection string of their own. */
function maskInside(value: string): string {
  return value.replace(/((?:passw\w*|pwd)\s*=\s*)(?:"[^"]*"?|'[^']*'?|[^;]*)/gi, `$1${mask}`);
}

/** Microsoft data link files, which Dialer's database connections are made of. */
export const udl: ConfigFormat = {
  id: "udl",
  title: l10n.t("data link file"),
  matches: (name, text) => /\.udl$/i.test(name) || /^\s*\[oledb\]/i.test(text),
  read,
};

function read({ text, encoding, bom }: ConfigSource): Reading {
  const { list, say } = findings("udl");
  const { properties, provider, dataSource, isOracle } = readUdl(text);
  const top = {
    start: 0,
    end: Math.min(text.length, text.indexOf("\n") < 0 ? text.length : text.indexOf("\n")),
  };
  if (!/^\s*\[oledb\]/i.test(text))
    say(
      "no-header",
      "warning",
      top,
      l10n.t("A data link file begins with the line [oledb]; this one does not."),
      "documented",
      form,
    );
  if (encoding !== undefined && !(encoding === "utf-16le" && bom !== false)) {
    const message = bom
      ? l10n.t(
          "Windows writes data link files as UTF-16 with a byte order mark; this one is {0}. Open it with the Data Link dialog and test it.",
          encoding,
        )
      : l10n.t(
          "Windows writes data link files as UTF-16 with a byte order mark; this one is {0} without one. Open it with the Data Link dialog and test it.",
          encoding,
        );
    say("encoding", "information", top, message, "inferred");
  }
  const shown = properties[0] ?? top;
  if (properties.length === 0)
    say(
      "no-connection",
      "error",
      top,
      l10n.t("There is no connection string in this file."),
      "documented",
      form,
    );
  else if (provider === undefined)
    say(
      "no-provider",
      "error",
      shown,
      l10n.t("The connection string names no Provider."),
      "documented",
      form,
    );
  else if (/^MSDASQL/i.test(provider)) {
    const at = properties.find(({ name }) => /^provider$/i.test(name)) ?? shown;
    const message = l10n.t(
      "{0} goes through ODBC; Dialer's connections work with OLE DB providers only.",
      provider,
    );
    say("odbc", "warning", at, message, "documented", dialer);
  }
  if (provider !== undefined && dataSource === undefined)
    say(
      "no-data-source",
      "warning",
      shown,
      l10n.t("The connection string names no Data Source."),
      "inferred",
    );
  for (const property of properties) {
    if (property.secret) {
      const message = l10n.t(
        "A password stands in this file in plain text. Restrict who can read it; it is masked wherever this tool shows it.",
      );
      say("password", "warning", property, message, "documented", form);
    }
  }
  const persist = properties.find(
    ({ name, value }) => /^persist security info$/i.test(name) && /^true$/i.test(value),
  );
  if (persist && !properties.some(({ secret }) => secret)) {
    const message = l10n.t(
      "Persist Security Info=True lets programs read the password back after connecting.",
    );
    say("persist-security", "information", persist, message, "documented", form);
  }
  if (isOracle && dataSource !== undefined) {
    const at = properties.find(({ name }) => /^data source$/i.test(name)) ?? shown;
    const message = l10n.t(
      "The Oracle service “{0}” must be in TNSNAMES.ORA on the Database Migration Assistant's computer and on the 4.0 CIC server.",
      dataSource,
    );
    say("oracle-alias", "information", at, message, "documented", oracleNames);
  }
  return {
    entries: properties.map(({ name, value, start, end }) => ({ name, value, start, end })),
    findings: list,
    notes: properties.map(({ name, value, start, end }) => ({
      start,
      end,
      markdown: `**${plain(name)}**\n\n${plain(value) || l10n.t("empty")}`,
    })),
  };
}
