import * as l10n from "@vscode/l10n";
import { certaintyNote } from "../problem";
import { type ConfigFormat, type ConfigSource, findings, plain, type Reading, wordBefore } from "./format";
import { readXml, type XmlAttribute, type XmlItem } from "./xml";

const guide = "CIC Migration guide 2018 R5, “Create a DHCP custom option”";
const phones = "Polycom administrator guides, device parameters";

const option = { least: 128, most: 254, push: 225, back: 160 };

const parameters: readonly { name: string; says: string; sample: string }[] = [
  {
    name: "device.set",
    says: l10n.t("1 lets the other device parameters work; without it none is used."),
    sample: "1",
  },
  {
    name: "device.dhcp.bootSrvOpt",
    says: l10n.t(
      "DHCP option in which the phone looks for its provisioning server, {0} to {1}; the guide makes {2} for the new server, {3} is the one in use before. The phone's boot server mode must be Custom or Custom + Opt. 66.",
      option.least,
      option.most,
      option.push,
      option.back,
    ),
    sample: String(option.push),
  },
  { name: "device.dhcp.bootSrvOpt.set", says: l10n.t("1 lets device.dhcp.bootSrvOpt work."), sample: "1" },
  { name: "device.prov.tagSerialNo", says: l10n.t("Part of push40.cfg, with the value 1."), sample: "1" },
  { name: "device.prov.tagSerialNo.set", says: l10n.t("1 lets device.prov.tagSerialNo work."), sample: "1" },
];
const byName = new Map(parameters.map((parameter) => [parameter.name.toLowerCase(), parameter]));

/** push40.cfg and pushbackto30.cfg, which move Polycom phones between provisioning servers. */
export const polycom: ConfigFormat = {
  id: "polycom-push",
  title: l10n.t("Polycom push configuration"),
  matches: (name, text) =>
    /(?:^|[\\/])push[^\\/]*\.cfg$/i.test(name) ||
    (/\.cfg$/i.test(name) && /<device\s[^>]{0,500}device\./i.test(text)),
  read,
};

function read({ name: file, text }: ConfigSource): Reading {
  const { list, say } = findings("polycom-push");
  const { items, error } = readXml(text);
  if (error) say("not-well-formed", "error", error, error.message, "documented", "XML 1.0");
  const device = items.find(({ name }) => name.toLowerCase() === "device");
  if (!error && !device) {
    const root = items[0]?.tag ?? { start: 0, end: 0 };
    say(
      "no-device",
      "error",
      root,
      l10n.t("There is no <device> element, so phones take nothing from this file."),
      "documented",
      guide,
    );
  }
  const attributes = items.flatMap((item) => item.attributes).filter(({ name }) => /^device\./i.test(name));
  const named: Attributes = new Map(attributes.map((attribute) => [attribute.name.toLowerCase(), attribute]));
  if (device) checkDevice(device, named, say);
  const back = /back/i.test(file);
  checkOption(named.get("device.dhcp.bootsrvopt"), back, say);
  if (device && attributes.length > 0) {
    const message = l10n.t(
      "Remove this file from the phones when they have moved: wrong device values can make them restart again and again.",
    );
    say("remove-after-use", "hint", device.tag, message, "documented", phones);
  }
  return {
    entries: attributes.map(({ name, value, start, end }) => ({ name, value, start, end })),
    findings: list,
    notes: attributes.map(({ name, nameStart, end }) => {
      const known = byName.get(name.toLowerCase());
      const says = known
        ? `${plain(known.says)} (${plain(certaintyNote("documented", phones))})`
        : l10n.t("Not part of the files in the guide. A change of a device parameter restarts the phone.");
      return { start: nameStart, end: end + 1, markdown: `**${plain(name)}**\n\n${says}` };
    }),
    suggest: (offset) => {
      const word = wordBefore(text, offset);
      const used = new Set(attributes.map(({ name }) => name.toLowerCase()));
      return parameters
        .filter(({ name }) => !used.has(name.toLowerCase()))
        .map(({ name, says, sample }) => ({
          label: name,
          detail: says,
          insertText: `${name}="${sample}"`,
          ...word,
        }));
    },
  };
}

type Say = ReturnType<typeof findings<"polycom-push">>["say"];

/** Attributes by lower-case name. */
type Attributes = ReadonlyMap<string, XmlAttribute>;

function checkDevice(device: XmlItem, attributes: Attributes, say: Say): void {
  const set = attributes.get("device.set");
  if (set?.value !== "1") {
    const message = l10n.t('Without device.set="1" the phone uses no device parameter of this file.');
    say("device-not-set", "error", set ?? device.tag, message, "documented", phones);
  }
  for (const [lower, attribute] of attributes) {
    const { name, value, nameStart, end } = attribute;
    const whole = { start: nameStart, end };
    if (lower === "device.set") continue;
    if (lower.endsWith(".set")) {
      if (!attributes.has(lower.slice(0, -".set".length))) {
        say(
          "set-without-value",
          "warning",
          whole,
          l10n.t("{0} has no {1} beside it.", name, name.slice(0, -".set".length)),
          "documented",
          phones,
        );
      }
      if (value !== "0" && value !== "1") {
        say(
          "set-value",
          "warning",
          whole,
          l10n.t("{0} must be 0 or 1, not “{1}”.", name, value),
          "documented",
          phones,
        );
      }
      continue;
    }
    const twin = attributes.get(`${lower}.set`);
    if (twin?.value === "1") continue;
    const message = twin
      ? l10n.t("{0} is not used: {1} is “{2}”, not 1.", name, twin.name, twin.value)
      : l10n.t('{0} is not used: its twin {1}.set="1" is missing.', name, name);
    say("not-set", "warning", whole, message, "documented", phones);
  }
}

function checkOption(boot: XmlAttribute | undefined, back: boolean, say: Say): void {
  if (!boot) return;
  const value = /^\d{1,9}$/.test(boot.value) ? Number(boot.value) : Number.NaN;
  if (!(value >= option.least && value <= option.most)) {
    const message = l10n.t(
      "{0} is “{1}”; a DHCP option for it goes from {2} to {3}.",
      boot.name,
      boot.value,
      option.least,
      option.most,
    );
    say("option-range", "error", boot, message, "documented", phones);
  } else if (!back && value === option.back) {
    const message = l10n.t(
      "Option {0} is the one phones use before the push. push40.cfg should name the custom option made for the new server, for example {1}.",
      value,
      option.push,
    );
    say("option-unchanged", "warning", boot, message, "documented", guide);
  } else if (back && value !== option.back) {
    const message = l10n.t(
      "The file that pushes phones back should name option {0}, as before the push; it names {1}.",
      option.back,
      value,
    );
    say("option-not-back", "warning", boot, message, "documented", guide);
  } else if (!back) {
    const message = l10n.t("The DHCP server must have option {0}, pointing to the new server.", value);
    say("option-on-dhcp", "hint", boot, message, "documented", guide);
  }
}
