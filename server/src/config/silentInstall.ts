import * as l10n from "@vscode/l10n";
import { certaintyNote } from "../problem";
import {
  type ConfigFormat,
  type ConfigSource,
  findings,
  linesOf,
  plain,
  type Reading,
  type TextRange,
  wordBefore,
} from "./format";
import { oneXPorts, reservedPorts } from "./ports";

const oneX = "one-X Portal for IP Office 9.1 installation guide, chapter 4";
const update = "CIC Migration guide 2018 R5, “Migrate CIC 3.0 Workstations Using Interactive Update”";

interface Property {
  readonly name: string;
  readonly says: string;
  readonly source: string;
  readonly sample: string;
}

const properties: readonly Property[] = [
  {
    name: "SECUREMODE",
    says: l10n.t("1 for HTTPS, 0 for HTTP; anything else counts as 0."),
    source: oneX,
    sample: "1",
  },
  {
    name: "PORT_NUMBER",
    says: l10n.t("Port of the portal; leave the property out where it is not known."),
    source: oneX,
    sample: "8443",
  },
  {
    name: "ONEX_PORTAL_SERVER",
    says: l10n.t("Address or full name of the portal; leave it out where it is not known."),
    source: oneX,
    sample: "portal.example.com",
  },
  {
    name: "ADDLOCAL",
    says: l10n.t("callAssistant,ChangeARP or OutlookPlugin,ChangeARP; leave it out for both."),
    source: oneX,
    sample: "callAssistant,ChangeARP",
  },
  {
    name: "providerservername",
    says: l10n.t("Full name of the new update provider; goes with IUpdateClient.msi."),
    source: update,
    sample: "server.example.com",
  },
  {
    name: "ICSERVERNAME",
    says: l10n.t("Full name of the CIC server; goes with ICUserApps .msi files, not with .msp patches."),
    source: update,
    sample: "server.example.com",
  },
];
const byName = new Map(properties.map((property) => [property.name.toLowerCase(), property]));
const features = ["callAssistant", "OutlookPlugin", "ChangeARP"];
const installer =
  /AvayaOneXDesktopClients(?:\.exe)?|IUpdateClient\w{0,80}\.ms[ip]|ICUserApps\w{0,80}\.ms[ip]/i;

/** Command lines that install one-X desktop clients or CIC user applications without questions. */
export const silentInstall: ConfigFormat = {
  id: "silent-install",
  title: l10n.t("silent installation"),
  matches: (name, text) => /\.(?:cmd|bat|txt|ps1)$/i.test(name) && installer.test(text),
  read,
};

interface Assignment extends TextRange {
  readonly property: Property;
  readonly written: string;
  readonly value: string;
  /** Blanks stand around the `=`. */
  readonly blanks: boolean;
}

function read({ text }: ConfigSource): Reading {
  const { list, say } = findings("silent-install");
  const all: Assignment[] = [];
  // A caret (or a backtick in PowerShell) carries a command on to the next line; blanks keep all places.
  const joined = text.replace(/[\^`]\r?\n/g, (end) => " ".repeat(end.length));
  for (const line of linesOf(joined)) {
    if (/^\s*(?:rem\b|::|#)/i.test(line.text) || !installer.test(line.text)) continue;
    const assignments = assignmentsOf(line.text, line.start);
    all.push(...assignments);
    if (/AvayaOneXDesktopClients/i.test(line.text)) checkOneX(line, assignments, say);
    checkAssignments(line, assignments, say);
  }
  return {
    entries: all.map(({ property, value, start, end }) => ({ name: property.name, value, start, end })),
    findings: list,
    notes: all.map(({ property, start, end }) => ({
      start,
      end,
      markdown: `**${plain(property.name)}**\n\n${plain(property.says)} (${plain(certaintyNote("documented", property.source))})`,
    })),
    suggest: (offset) => {
      const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
      if (!installer.test(line)) return [];
      const forOneX = /AvayaOneXDesktopClients/i.test(line);
      const word = wordBefore(text, offset);
      return properties
        .filter(({ source }) => (source === oneX) === forOneX)
        .map(({ name, says, sample }) => ({
          label: name,
          detail: says,
          insertText: `${name}=${sample}`,
          ...word,
        }));
    },
  };
}

function assignmentsOf(line: string, offset: number): Assignment[] {
  const names = properties.map(({ name }) => name).join("|");
  // NAME= OTHER=1 is an empty property before another one, not a value with a blank.
  const pattern = new RegExp(`(?<![\\w.])(${names})(\\s*)=([ \\t]*)(?!\\w+\\s*=)([^\\s"]*)`, "gi");
  return [...line.matchAll(pattern)].flatMap((match) => {
    const written = match[1] ?? "";
    const property = byName.get(written.toLowerCase());
    if (!property) return [];
    const value = match[4] ?? "";
    const blanks = (match[2] ?? "") !== "" || ((match[3] ?? "") !== "" && value !== "");
    const start = offset + match.index;
    const end = start + match[0].trimEnd().length;
    return [{ property, written, value, blanks, start, end }];
  });
}

type Say = ReturnType<typeof findings<"silent-install">>["say"];
type Line = TextRange & { readonly text: string };

function checkOneX(line: Line, assignments: readonly Assignment[], say: Say): void {
  const argument = /\/v(\s*)(")?/i.exec(line.text);
  if (/\s\/a\b/i.test(line.text) && !argument) return;
  if (!/\s\/s\b/i.test(line.text))
    say(
      "not-silent",
      "warning",
      line,
      l10n.t("/s is missing: the installation will ask questions."),
      "documented",
      oneX,
    );
  if (!argument) {
    if (assignments.length > 0)
      say("no-v", "error", line, l10n.t('The properties must stand in /v"...".'), "documented", oneX);
    return;
  }
  const at = { start: line.start + argument.index, end: line.start + argument.index + argument[0].length };
  if ((argument[1] ?? "") !== "")
    say(
      "blank-after-v",
      "error",
      at,
      l10n.t('No blank may stand between /v and its quote: /v"...".'),
      "documented",
      oneX,
    );
  if (argument[2] === undefined) {
    say(
      "no-quote",
      "error",
      at,
      l10n.t('What follows /v must stand in quotes: /v"...".'),
      "documented",
      oneX,
    );
    return;
  }
  const inside = line.text.slice(argument.index + argument[0].length);
  const close = inside.lastIndexOf('"');
  if (close < 0)
    say("no-closing-quote", "error", at, l10n.t("The quote after /v is not closed."), "documented", oneX);
  if (!/^\s*\/qn\b/i.test(inside))
    say("qn-first", "warning", at, l10n.t('/qn should come first inside /v"...".'), "documented", oneX);
}

function checkAssignments(line: Line, assignments: readonly Assignment[], say: Say): void {
  const of = (name: string): Assignment | undefined =>
    assignments.find(({ property }) => property.name === name);
  for (const assignment of assignments) {
    const { property, value, blanks, written } = assignment;
    const { source } = property;
    if (blanks)
      say(
        "blanks",
        "error",
        assignment,
        l10n.t("No blanks may stand around the = of {0}: {1}={2}", written, written, value),
        "documented",
        source,
      );
    if (value === "")
      say(
        "empty",
        "error",
        assignment,
        l10n.t("{0} is empty. Give it a value or leave it out.", written),
        "documented",
        source,
      );
    if (written !== property.name && source === oneX) {
      const message = l10n.t(
        "The guide writes {0}; in another case the property may not be taken.",
        property.name,
      );
      say("case", "warning", assignment, message, "inferred");
    }
  }
  const secure = of("SECUREMODE");
  if (secure && secure.value !== "" && !/^[01]$/.test(secure.value))
    say(
      "secure-mode",
      "warning",
      secure,
      l10n.t("SECUREMODE={0} counts as 0: HTTP without encryption.", secure.value),
      "documented",
      oneX,
    );
  checkPort(of("PORT_NUMBER"), secure, say);
  checkFeatures(of("ADDLOCAL"), say);
  for (const name of ["providerservername", "ICSERVERNAME"]) checkServer(of(name), line, say);
}

function checkPort(port: Assignment | undefined, secure: Assignment | undefined, say: Say): void {
  if (!port || port.value === "") return;
  const number = /^\d{1,6}$/.test(port.value) ? Number(port.value) : 0;
  if (number < 1 || number > 65535) {
    say(
      "port",
      "error",
      port,
      l10n.t("PORT_NUMBER is “{0}”; a port is a number from 1 to 65535.", port.value),
      "documented",
      oneX,
    );
    return;
  }
  const reserved = reservedPorts.find((each) => each.port === number);
  if (reserved)
    say(
      "port-reserved",
      "warning",
      port,
      l10n.t(
        "Port {0} belongs to {1}: the portal's installer does not take it and falls back to 8080.",
        number,
        reserved.owner,
      ),
      "documented",
      oneXPorts.source,
    );
  const isSecure = secure?.value === "1";
  if (secure && isSecure && (number === 8080 || number === 8069))
    say(
      "port-pair",
      "warning",
      port,
      l10n.t(
        "SECUREMODE=1 wants an HTTPS port (8443, or 9443 of a Linux portal; 8063 for the web socket); {0} is HTTP.",
        number,
      ),
      "inferred",
    );
  if (secure && !isSecure && (number === 8443 || number === 9443 || number === 8063))
    say(
      "port-pair",
      "warning",
      port,
      l10n.t(
        "SECUREMODE={0} wants an HTTP port (8080, or 8069 for the web socket); {1} is HTTPS.",
        secure.value,
        number,
      ),
      "inferred",
    );
}

function checkFeatures(local: Assignment | undefined, say: Say): void {
  if (!local || local.value === "") return;
  for (const feature of local.value.split(",")) {
    const known = features.find((name) => name.toLowerCase() === feature.toLowerCase());
    if (known === feature) continue;
    const message = known
      ? l10n.t("The guide writes the feature {0}, not {1}.", known, feature)
      : l10n.t("ADDLOCAL names “{0}”; the guide has {1}.", feature, features.join(", "));
    say("feature", "warning", local, message, "documented", oneX);
  }
}

function checkServer(server: Assignment | undefined, line: Line, say: Say): void {
  if (!server) return;
  const { value, property } = server;
  if (value !== "" && !value.includes("."))
    say(
      "short-name",
      "warning",
      server,
      l10n.t(
        "{0} is “{1}”; use the full name of the server, and never the DNS alias that both switchover servers share.",
        property.name,
        value,
      ),
      "documented",
      update,
    );
  // Where a line installs several, which property is whose is not told.
  const own = property.name === "ICSERVERNAME" ? /ICUserApps/i : /IUpdateClient/i;
  const other = property.name === "ICSERVERNAME" ? "providerservername" : "ICSERVERNAME";
  const installed = /IUpdateClient|ICUserApps/i.exec(line.text)?.[0];
  if (installed && !own.test(line.text))
    say(
      "other-property",
      "warning",
      server,
      l10n.t(
        "{0} takes its server by {1}; {2} is the property of the other installation.",
        installed,
        other,
        property.name,
      ),
      "documented",
      update,
    );
  if (property.name === "ICSERVERNAME" && /\.msp\b/i.test(line.text) && !/\.msi\b/i.test(line.text))
    say(
      "patch-property",
      "warning",
      server,
      l10n.t("A patch (.msp) takes no ICSERVERNAME; it belongs to the .msi."),
      "documented",
      update,
    );
}
