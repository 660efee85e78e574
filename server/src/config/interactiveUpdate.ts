import * as l10n from "@vscode/l10n";
import { certaintyNote } from "../problem";
import { type ConfigFormat, type ConfigSource, findings, plain, type Reading, wordBefore } from "./format";
import { type NamedValue, namedValues, readXml } from "./xml";

const guide = "Interactive Update Technical Reference 2023 R3";
const dataFile = `${guide}, “Interactive Update configuration data file”`;
const discovery = `${guide}, “Configure provider discovery”`;

const half = 1_800_000;
const hour = 3_600_000;
const messageSize = { least: 262_144, most: 2_147_483_647 };
const longestTimeout = 10 * 60 * 1000;

/** The settings the guide names. How the XML around them looks is not documented, so they count anywhere. */
const settings: readonly { name: string; says: string; sample: string }[] = [
  {
    name: "CFUTimeMin",
    says: l10n.t(
      "Shortest time between two checks in Automatic mode; 30 minutes when blank. The sample 1800000 suggests milliseconds (inferred). Since 2.0 SU 5.",
    ),
    sample: String(half),
  },
  {
    name: "CFUTimeMax",
    says: l10n.t(
      "Longest time between two checks in Automatic mode; 60 minutes when blank. The sample 3600000 suggests milliseconds (inferred). Since 2.0 SU 5.",
    ),
    sample: String(hour),
  },
  {
    name: "CFUUseCustomTime",
    says: l10n.t("true to use CFUTimeMin and CFUTimeMax. Since 2.0 SU 5."),
    sample: "true",
  },
  {
    name: "MaximumMessageSize",
    says: l10n.t(
      "Bytes, {0} by default and at most {1}. Raise it when there are many updates. Since 2.0 SU 4.",
      messageSize.least,
      messageSize.most,
    ),
    sample: String(messageSize.least),
  },
  {
    name: "SendTimeout",
    says: l10n.t(
      "1 minute by default, at most 10 minutes. How the duration is written is not documented. Since 2.0 SU 5.",
    ),
    sample: "",
  },
  {
    name: "VerifyDigitalSignature",
    says: l10n.t("True or False: whether downloaded updates must be signed. Since 2015 R1."),
    sample: "True",
  },
  { name: "CheckForUpdates", says: l10n.t("Holds CFUTimeMin, CFUTimeMax and CFUUseCustomTime."), sample: "" },
  { name: "ClientSettings", says: l10n.t("The section of the client's settings."), sample: "" },
];
const byName = new Map(settings.map((setting) => [setting.name.toLowerCase(), setting]));

/** InteractiveUpdate.config of the Interactive Update client. */
export const interactiveUpdate: ConfigFormat = {
  id: "interactive-update",
  title: l10n.t("Interactive Update configuration"),
  matches: (name, text) =>
    /(?:^|[\\/])InteractiveUpdate[^\\/]*\.config$/i.test(name) ||
    (/\.config$/i.test(name) &&
      /\b(?:CFUTimeMin|CFUTimeMax|CFUUseCustomTime|VerifyDigitalSignature)\b/i.test(text)),
  read,
};

function read({ text }: ConfigSource): Reading {
  const { list, say } = findings("interactive-update");
  const { items, error } = readXml(text);
  if (error) say("not-well-formed", "error", error, error.message, "documented", "XML 1.0");
  const values = namedValues(
    items,
    (name) =>
      (byName.has(name) && name !== "clientsettings") || name.includes("discovery") || name.startsWith("cfu"),
  );
  const firsts = new Map<string, NamedValue>();
  for (const value of values) {
    const lower = value.name.toLowerCase();
    if (!firsts.has(lower)) firsts.set(lower, value);
  }
  const of = (name: string): NamedValue | undefined => firsts.get(name.toLowerCase());

  checkTimes(of("CFUTimeMin"), of("CFUTimeMax"), of("CFUUseCustomTime"), say);
  checkSize(of("MaximumMessageSize"), say);
  checkTimeout(of("SendTimeout"), say);
  checkSignature(of("VerifyDigitalSignature"), say);
  for (const value of values) {
    const lower = value.name.toLowerCase();
    if (lower.includes("discovery") && value.value !== "" && value.value !== "Production") {
      const message = l10n.t(
        "The discovery key is “{0}”; the default is Production. The provider's Discovery Key must be the same, and the client service must be restarted. That {1} is the key is inferred from its name.",
        value.value,
        value.name,
      );
      say("discovery-key", "information", value, message, "documented", discovery);
    }
    if (lower.startsWith("cfu") && !byName.has(lower)) {
      const message = l10n.t(
        "{0} is not a setting the guide names; it names CFUTimeMin, CFUTimeMax and CFUUseCustomTime.",
        value.name,
      );
      say("unknown-timer", "information", value.nameRange, message, "inferred", dataFile);
    }
    const first = of(value.name);
    if (first && first !== value && first.value !== value.value) {
      const message = l10n.t(
        "{0} is given twice with different values; which one counts is not documented.",
        value.name,
      );
      say("given-twice", "warning", value, message, "inferred");
    }
  }
  if (!error && values.length > 0 && !items.some(({ name }) => /^client\s*settings$/i.test(name))) {
    const root = items[0]?.tag ?? { start: 0, end: 0 };
    say(
      "no-section",
      "information",
      root,
      l10n.t("There is no section ClientSettings, where the guide has these settings."),
      "documented",
      dataFile,
    );
  }

  const notes = values.flatMap(({ name, nameRange, end }) => {
    const known = byName.get(name.toLowerCase());
    if (!known) return [];
    const how = l10n.t(
      "Works only while the computer is in the default group; restart the client service afterwards.",
    );
    const markdown = `**${plain(known.name)}**\n\n${plain(known.says)}\n\n${how} (${plain(certaintyNote("documented", dataFile))})`;
    return [{ start: nameRange.start, end: Math.max(end, nameRange.end), markdown }];
  });
  return {
    entries: values.map(({ name, value, start, end }) => ({ name, value, start, end })),
    findings: list,
    notes,
    suggest: (offset) => {
      const inValue = /([\w.]+)\s*=\s*["']([^"'<>]*)$/.exec(text.slice(Math.max(0, offset - 200), offset));
      if (inValue) {
        const flag = /^(?:CFUUseCustomTime|VerifyDigitalSignature)$/i.exec(inValue[1] ?? "");
        const start = offset - (inValue[2] ?? "").length;
        const choices = flag ? (/^CFU/i.test(flag[0]) ? ["true", "false"] : ["True", "False"]) : [];
        return choices.map((label) => ({
          label,
          detail: flag?.[0] ?? "",
          insertText: label,
          start,
          end: offset,
        }));
      }
      const word = wordBefore(text, offset);
      return settings
        .filter(({ sample }) => sample !== "")
        .map(({ name, says, sample }) => {
          return { label: name, detail: says, insertText: `${name}="${sample}"`, ...word };
        });
    },
  };
}

type Say = ReturnType<typeof findings<"interactive-update">>["say"];

function checkTimes(
  min: NamedValue | undefined,
  max: NamedValue | undefined,
  custom: NamedValue | undefined,
  say: Say,
): void {
  for (const time of [min, max]) {
    if (!time || time.value === "") continue;
    const milliseconds = whole(time.value);
    if (milliseconds === undefined) {
      say(
        "not-a-number",
        "error",
        time,
        l10n.t("{0} must be a whole number, not “{1}”.", time.name, time.value),
        "documented",
        dataFile,
      );
    } else if (milliseconds < 60_000) {
      const message = l10n.t(
        "{0} is {1}: less than a minute if it is milliseconds, as the guide's sample suggests. Was it meant as seconds or minutes?",
        time.name,
        time.value,
      );
      say("too-short", "warning", time, message, "inferred", dataFile);
    }
  }
  const least = min ? (min.value === "" ? half : whole(min.value)) : half;
  const most = max ? (max.value === "" ? hour : whole(max.value)) : hour;
  const shown = min ?? max;
  if (shown && least !== undefined && most !== undefined && least > most) {
    const message = l10n.t(
      "CFUTimeMin ({0}) is more than CFUTimeMax ({1}).",
      min?.value ? least : l10n.t("{0}, the default", least),
      max?.value ? most : l10n.t("{0}, the default", most),
    );
    say("min-over-max", "error", shown, message, "documented", dataFile);
  }
  if (custom && !/^(?:true|false)$/i.test(custom.value)) {
    say(
      "not-a-flag",
      "warning",
      custom,
      l10n.t("CFUUseCustomTime must be true or false, not “{0}”.", custom.value),
      "documented",
      dataFile,
    );
  } else if ((min?.value || max?.value) && shown && !/^true$/i.test(custom?.value ?? "")) {
    const message = l10n.t(
      "CFUTimeMin and CFUTimeMax are presumably ignored while CFUUseCustomTime is not true.",
    );
    say("times-unused", "information", custom ?? shown, message, "inferred", dataFile);
  }
}

function checkSize(size: NamedValue | undefined, say: Say): void {
  if (!size || size.value === "") return;
  const bytes = whole(size.value);
  if (bytes === undefined) {
    say(
      "not-a-number",
      "error",
      size,
      l10n.t("MaximumMessageSize must be a whole number of bytes, not “{0}”.", size.value),
      "documented",
      dataFile,
    );
  } else if (bytes > messageSize.most) {
    say(
      "message-size-over",
      "error",
      size,
      l10n.t("MaximumMessageSize is {0}; the most is {1}.", bytes, messageSize.most),
      "documented",
      dataFile,
    );
  } else if (bytes < messageSize.least) {
    say(
      "message-size-small",
      "information",
      size,
      l10n.t("MaximumMessageSize is {0}, below the default {1}.", bytes, messageSize.least),
      "documented",
      dataFile,
    );
  }
}

function checkTimeout(timeout: NamedValue | undefined, say: Say): void {
  if (!timeout || timeout.value === "") return;
  const clock = /^(?:(\d{1,4})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?$/.exec(timeout.value);
  const number = whole(timeout.value);
  const over = l10n.t("SendTimeout is longer than the 10 minutes that are the most.");
  if (clock) {
    const [days, hours, minutes, seconds] = clock.slice(1).map((part) => Number(part ?? 0));
    const time = ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
    const message = `${over} ${l10n.t("That it is hours, minutes and seconds is inferred.")}`;
    if (time > longestTimeout) say("timeout-over", "error", timeout, message, "inferred", dataFile);
  } else if (number !== undefined && number > longestTimeout) {
    say(
      "timeout-over",
      "error",
      timeout,
      `${over} ${l10n.t("{0} is more in any unit.", timeout.value)}`,
      "documented",
      dataFile,
    );
  } else if (number !== undefined) {
    const message = l10n.t(
      "The guide does not say what unit a plain number such as {0} has. Test that it is at most 10 minutes.",
      timeout.value,
    );
    say("timeout-unit", "information", timeout, message, "documented", dataFile);
  } else {
    const message = l10n.t(
      "“{0}” is neither a number nor hh:mm:ss; the guide does not say how the duration is written.",
      timeout.value,
    );
    say("timeout-form", "information", timeout, message, "inferred", dataFile);
  }
}

function checkSignature(verify: NamedValue | undefined, say: Say): void {
  if (!verify || verify.value === "") return;
  if (/^false$/i.test(verify.value)) {
    const message = l10n.t(
      "VerifyDigitalSignature is off: updates are installed without a check of who signed them.",
    );
    say("signature-off", "warning", verify, message, "documented", dataFile);
  } else if (!/^true$/i.test(verify.value)) {
    say(
      "not-a-flag",
      "warning",
      verify,
      l10n.t("VerifyDigitalSignature must be True or False, not “{0}”.", verify.value),
      "documented",
      dataFile,
    );
  }
}

/** A whole number that is not negative. */
function whole(value: string): number | undefined {
  return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
