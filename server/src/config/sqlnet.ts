import * as l10n from "@vscode/l10n";
import { certaintyNote } from "../problem";
import { type ConfigFormat, type ConfigSource, findings, plain, type Reading, wordBefore } from "./format";
import { readOracleNet } from "./oracleNet";

const syntax = "Oracle Net Services Reference, “Syntax rules for configuration files”";
const guide = "CIC Migration guide 2018 R5, “Oracle pre-migration procedures for CIC”";
const authentication = "SQLNET.AUTHENTICATION_SERVICES";

/** sqlnet.ora: how Oracle clients log on. */
export const sqlnet: ConfigFormat = {
  id: "sqlnet",
  title: "sqlnet.ora",
  matches: (name) => /(?:^|[\\/])sqlnet[^\\/]*\.ora$/i.test(name),
  read,
};

function read({ text }: ConfigSource): Reading {
  const { list, say } = findings("sqlnet");
  const { parameters, flaws } = readOracleNet(text);
  for (const flaw of flaws) say("syntax", "error", flaw, flaw.message, "documented", syntax);
  const services = parameters.filter(({ name }) => name.toUpperCase() === authentication);
  for (const { start, end, value, children, name, inFirstColumn } of services) {
    const at = { start, end };
    const words = (children.length > 0 ? children.map((child) => child.value) : [value])
      .join(" ")
      .split(/[\s,]+/)
      .filter(Boolean);
    if (!inFirstColumn)
      say("indented", "error", at, l10n.t("{0} must stand in the first column.", name), "documented", syntax);
    if (words.some((word) => /^NTS$/i.test(word))) {
      const message = l10n.t(
        "{0} is (NTS), which may break the migration scripts; the guide sets (NONE).",
        authentication,
      );
      say("authentication", "warning", at, message, "documented", guide);
    } else if (!words.some((word) => /^NONE$/i.test(word))) {
      const message = l10n.t(
        "{0} is ({1}); the guide sets (NONE) for the migration.",
        authentication,
        words.join(", "),
      );
      say("authentication", "information", at, message, "documented", guide);
    }
  }
  if (services.length === 0) {
    const message = l10n.t(
      "There is no {0}; the guide sets {1}= (NONE) for the migration.",
      authentication,
      authentication,
    );
    say("authentication", "information", { start: 0, end: 0 }, message, "documented", guide);
  }
  if (services.length > 1) {
    const [, second] = services;
    if (second)
      say("given-twice", "warning", second, l10n.t("{0} is given twice.", authentication), "inferred");
  }
  return {
    entries: parameters.map(({ name, value, start, end }) => ({ name, value, start, end })),
    findings: list,
    notes: services.map(({ start, end }) => ({
      start,
      end,
      markdown: `**${plain(authentication)}**\n\n${l10n.t("The migration scripts want (NONE); (NTS) may break them ({0}).", plain(certaintyNote("documented", guide)))}`,
    })),
    suggest: (offset) => {
      const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
      const word = wordBefore(text, offset, /[\w.(]/);
      if (/AUTHENTICATION_SERVICES\s*=\s*\(?\w*$/i.test(line))
        return [
          {
            label: "(NONE)",
            detail: l10n.t("What the migration scripts want"),
            insertText: "(NONE)",
            ...word,
          },
        ];
      return /^\w*[\w.]*$/.test(line)
        ? [
            {
              label: authentication,
              detail: l10n.t("How clients log on"),
              insertText: `${authentication}= (NONE)`,
              ...word,
            },
          ]
        : [];
    },
  };
}
