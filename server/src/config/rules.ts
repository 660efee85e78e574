import * as l10n from "@vscode/l10n";
import type { RuleTable } from "../ruleTable";

/** What every format can say; the codes begin with the format's id. */
export const commonRules = {
  "too-large": ["error", l10n.t("The file is larger than what is read of this format.")],
} as const satisfies RuleTable;

/** What is found in the small formats, by format; the codes begin with its id, for example `udl/password`. */
export const configRules = {
  "interactive-update": {
    "not-well-formed": ["error", l10n.t("The XML is damaged.")],
    "no-section": ["information", l10n.t("The section ClientSettings is missing.")],
    "discovery-key": [
      "information",
      l10n.t("The discovery key is not the default; the provider must have the same."),
    ],
    "unknown-timer": ["information", l10n.t("A setting of the update times is none that the guide names.")],
    "given-twice": ["warning", l10n.t("A setting is given twice with different values.")],
    "not-a-number": ["error", l10n.t("A value must be a whole number.")],
    "not-a-flag": ["warning", l10n.t("A value must be true or false.")],
    "too-short": ["warning", l10n.t("An update time is less than a minute, so its unit may be wrong.")],
    "min-over-max": ["error", l10n.t("The shortest update time is more than the longest.")],
    "times-unused": [
      "information",
      l10n.t("The update times are presumably ignored, because custom times are off."),
    ],
    "message-size-over": ["error", l10n.t("The message size is more than the most.")],
    "message-size-small": ["information", l10n.t("The message size is less than the default.")],
    "timeout-over": ["error", l10n.t("The timeout is longer than the most.")],
    "timeout-unit": ["information", l10n.t("The unit of the timeout is not documented.")],
    "timeout-form": ["information", l10n.t("The timeout is written in a way that is not documented.")],
    "signature-off": ["warning", l10n.t("Updates are installed without a check of who signed them.")],
  },
  "polycom-push": {
    "not-well-formed": ["error", l10n.t("The XML is damaged.")],
    "no-device": ["error", l10n.t("Phones take nothing from the file: it has no device element.")],
    "device-not-set": ["error", l10n.t("Phones use no device parameter of the file: device.set is not 1.")],
    "set-without-value": ["warning", l10n.t("A .set parameter stands without the parameter it is for.")],
    "set-value": ["warning", l10n.t("A .set parameter is neither 0 nor 1.")],
    "not-set": ["warning", l10n.t("A parameter is not used: its .set twin is missing or not 1.")],
    "option-range": ["error", l10n.t("The DHCP option is outside the range that is allowed.")],
    "option-unchanged": ["warning", l10n.t("The DHCP option is still the one from before the push.")],
    "option-not-back": [
      "warning",
      l10n.t("The file that pushes phones back names another DHCP option than before."),
    ],
    "option-on-dhcp": ["hint", l10n.t("The DHCP server must have the option that the file names.")],
    "remove-after-use": ["hint", l10n.t("The file must be removed from the phones when they have moved.")],
  },
  udl: {
    "no-header": ["warning", l10n.t("The line [oledb] is missing.")],
    encoding: ["information", l10n.t("The file is not UTF-16 with a byte order mark, as Windows writes it.")],
    "no-connection": ["error", l10n.t("The file holds no connection string.")],
    "no-provider": ["error", l10n.t("The connection names no provider.")],
    odbc: ["warning", l10n.t("The connection goes through ODBC, which Dialer does not use.")],
    "no-data-source": ["warning", l10n.t("The connection names no data source.")],
    password: ["warning", l10n.t("A password stands in the file in plain text.")],
    "persist-security": ["information", l10n.t("Programs can read the password back after connecting.")],
    "oracle-alias": ["information", l10n.t("The Oracle service must be known where the connection is used.")],
  },
  tnsnames: {
    syntax: ["error", l10n.t("The file is not written as Oracle reads it.")],
    indented: ["error", l10n.t("An alias does not stand in the first column, so it is not read as one.")],
    "duplicate-alias": ["warning", l10n.t("An alias is there twice.")],
    "no-descriptor": ["error", l10n.t("An alias has no connect descriptor.")],
    "no-service": ["warning", l10n.t("An alias names neither a service nor a SID.")],
    "no-host": ["warning", l10n.t("An alias names no host.")],
    port: ["error", l10n.t("A port is no number from 1 to 65535.")],
  },
  sqlnet: {
    syntax: ["error", l10n.t("The file is not written as Oracle reads it.")],
    indented: ["error", l10n.t("A parameter does not stand in the first column.")],
    authentication: [
      ["warning", "information"],
      l10n.t("How clients log on is not what the guide sets for the migration (NTS is a warning)."),
    ],
    "given-twice": ["warning", l10n.t("A parameter is given twice.")],
  },
  "one-x-java": {
    "no-header": ["error", l10n.t("The first line of a registry file is missing.")],
    syntax: ["warning", l10n.t("A line is neither a key nor a value.")],
    "other-key": ["warning", l10n.t("The file does not have the key of the Java settings.")],
    "not-wow64": ["warning", l10n.t("The key is not below Wow6432Node.")],
    "key-deleted": ["warning", l10n.t("Importing the file removes the Java settings.")],
    missing: ["information", l10n.t("Settings that the guide sets for many users are missing.")],
    "not-dword": ["error", l10n.t("A memory size is no number.")],
    "decimal-as-hex": ["error", l10n.t("A decimal memory size is written where hexadecimal is read.")],
    memory: ["warning", l10n.t("A memory size is not the one of the guide.")],
    "memory-order": ["error", l10n.t("Java starts with more memory than it may use.")],
    "jvm-path": ["warning", l10n.t("The path does not lead to the server machine of Java.")],
    "jvm-32-bit": ["error", l10n.t("The path leads to a 32-bit Java runtime.")],
    "options-type": ["information", l10n.t("The options are presumably a multi-string value.")],
    options: ["warning", l10n.t("An option that the guide sets is missing.")],
  },
  "silent-install": {
    "not-silent": ["warning", l10n.t("The installation will ask questions.")],
    "no-v": ["error", l10n.t("The properties do not stand behind /v.")],
    "blank-after-v": ["error", l10n.t("A blank stands between /v and its quote.")],
    "no-quote": ["error", l10n.t("What follows /v stands in no quotes.")],
    "no-closing-quote": ["error", l10n.t("The quote after /v is not closed.")],
    "qn-first": ["warning", l10n.t("The option /qn does not come first inside the quotes.")],
    blanks: ["error", l10n.t("Blanks stand around an equals sign.")],
    empty: ["error", l10n.t("A property has no value.")],
    case: ["warning", l10n.t("A property is not written in the case of the guide and may not be taken.")],
    "secure-mode": ["warning", l10n.t("The mode is neither 0 nor 1, so it counts as unencrypted HTTP.")],
    port: ["error", l10n.t("A port is no number from 1 to 65535.")],
    "port-reserved": [
      "warning",
      l10n.t("The installer does not take the port, because another product has it."),
    ],
    "port-pair": ["warning", l10n.t("The port does not fit the secure mode.")],
    feature: ["warning", l10n.t("A feature is not one of the guide.")],
    "short-name": ["warning", l10n.t("A server is not given by its full name.")],
    "other-property": ["warning", l10n.t("The server is given by the property of the other installation.")],
    "patch-property": ["warning", l10n.t("A patch does not take this property.")],
  },
  netstat: {
    "nothing-listens": ["warning", l10n.t("The file holds no listening port.")],
    "port-in-use": [
      ["warning", "information"],
      l10n.t("A port that a product needs is in use (a warning for one-X Portal)."),
    ],
    "ports-free": ["hint", l10n.t("The ports that are free for a product.")],
  },
  "designer-tools": {
    "not-ascii": ["warning", l10n.t("The list holds a character that is not ASCII.")],
    twice: ["warning", l10n.t("A tool library is listed twice.")],
    "on-and-off": ["warning", l10n.t("A tool library is listed enabled and disabled.")],
    "no-dll": ["information", l10n.t("A line names no tool library.")],
    "dll-not-here": ["information", l10n.t("A tool library is not in the folder where the others are.")],
    disabled: ["hint", l10n.t("A tool library is disabled, so its tools are missing from the palette.")],
  },
  "i3pub-list": {
    "long-listing": ["error", l10n.t("The list was made without /b and cannot be published.")],
    "no-i3pub": [
      ["warning", "information"],
      l10n.t("A line names no .i3pub file (a warning where it names an .ihd)."),
    ],
    twice: ["warning", l10n.t("A handler is listed twice.")],
    missing: ["warning", l10n.t("A listed file is not in the folder of the list.")],
    empty: ["warning", l10n.t("The list names no handler.")],
  },
} as const satisfies Readonly<Record<string, RuleTable>>;

/** The ids of the formats. */
export type FormatId = keyof typeof configRules;

export type RulesOf<Format extends FormatId> = (typeof configRules)[Format] & typeof commonRules;
