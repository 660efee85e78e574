import * as l10n from "@vscode/l10n";
import { type ConfigFormat, type ConfigSource, findings, plain, type Reading, wordBefore } from "./format";
import { findInside, type NetParameter, readOracleNet } from "./oracleNet";

const syntax = "Oracle Net Services Reference, “Syntax rules for configuration files”";
const guide = "CIC Migration guide 2018 R5, “Configure Oracle TNS names/Net Service names”";

/** The aliases of a tnsnames.ora, in lower case: what an Oracle data source may name. */
export function tnsAliases(text: string): Set<string> {
  return new Set(entriesOf(readOracleNet(text).parameters).map(({ name }) => name.toLowerCase()));
}

function entriesOf(parameters: readonly NetParameter[]): NetParameter[] {
  return parameters.filter(({ name }) => !/^IFILE$/i.test(name));
}

/** tnsnames.ora: which service an Oracle alias leads to. */
export const tnsnames: ConfigFormat = {
  id: "tnsnames",
  title: "tnsnames.ora",
  matches: (name) => /(?:^|[\\/])tnsnames[^\\/]*\.ora$/i.test(name),
  read,
};

function read({ text }: ConfigSource): Reading {
  const { list, say } = findings("tnsnames");
  const { parameters, flaws } = readOracleNet(text);
  for (const flaw of flaws) say("syntax", "error", flaw, flaw.message, "documented", syntax);
  const seen = new Map<string, NetParameter>();
  for (const parameter of entriesOf(parameters)) {
    const { name, nameRange, inFirstColumn } = parameter;
    if (!inFirstColumn) {
      const message = l10n.t(
        "{0} does not stand in the first column, so it is read as part of the line before.",
        name,
      );
      say("indented", "error", nameRange, message, "documented", syntax);
    }
    const lower = name.toLowerCase();
    if (seen.has(lower))
      say("duplicate-alias", "warning", nameRange, l10n.t("The alias {0} is there twice.", name), "inferred");
    else seen.set(lower, parameter);
    checkEntry(parameter, say);
  }
  return {
    entries: entriesOf(parameters).map((parameter) => ({
      name: parameter.name,
      value: summary(parameter),
      start: parameter.nameRange.start,
      end: parameter.nameRange.end,
    })),
    findings: list,
    notes: entriesOf(parameters).map((parameter) => ({
      ...parameter.nameRange,
      markdown: `**${plain(parameter.name)}**: ${plain(summary(parameter))}\n\n${l10n.t(
        "An Oracle data link names this alias; it must be here on the Database Migration Assistant's computer and on the 4.0 CIC server (documented: {0}).",
        plain(guide),
      )}`,
    })),
    suggest: (offset) => {
      const word = wordBefore(text, offset);
      const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
      if (word.start !== lineStart) return [];
      const insertText =
        "ALIAS =\n  (DESCRIPTION =\n    (ADDRESS = (PROTOCOL = TCP)(HOST = server)(PORT = 1521))\n    (CONNECT_DATA = (SERVICE_NAME = service))\n  )\n";
      return [{ label: "ALIAS = (DESCRIPTION ...)", detail: l10n.t("A new alias"), insertText, ...word }];
    },
  };
}

function checkEntry(parameter: NetParameter, say: ReturnType<typeof findings<"tnsnames">>["say"]): void {
  const { name, nameRange, children } = parameter;
  if (children.length === 0) {
    say(
      "no-descriptor",
      "error",
      nameRange,
      l10n.t("The alias {0} has no connect descriptor in parentheses.", name),
      "documented",
      syntax,
    );
    return;
  }
  const hosts = findInside(parameter, "HOST");
  const services = [...findInside(parameter, "SERVICE_NAME"), ...findInside(parameter, "SID")];
  if (services.length === 0)
    say(
      "no-service",
      "warning",
      nameRange,
      l10n.t("The alias {0} has neither SERVICE_NAME nor SID.", name),
      "inferred",
    );
  const tcp = findInside(parameter, "PROTOCOL").some(({ value }) => /^tcps?$/i.test(value));
  if (tcp && hosts.length === 0)
    say("no-host", "warning", nameRange, l10n.t("The alias {0} has no HOST.", name), "inferred");
  for (const port of findInside(parameter, "PORT")) {
    const number = /^\d{1,6}$/.test(port.value) ? Number(port.value) : 0;
    if (number < 1 || number > 65535)
      say(
        "port",
        "error",
        port,
        l10n.t("PORT is “{0}”; a port is a number from 1 to 65535.", port.value),
        "documented",
        syntax,
      );
  }
}

function summary(parameter: NetParameter): string {
  const first = (name: string): string | undefined => findInside(parameter, name)[0]?.value;
  const service = first("SERVICE_NAME") ?? first("SID") ?? l10n.t("no service");
  const host = first("HOST");
  return host === undefined
    ? service
    : l10n.t("{0} on {1}:{2}", service, host, first("PORT") ?? l10n.t("no port"));
}
