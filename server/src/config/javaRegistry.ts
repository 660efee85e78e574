import * as l10n from "@vscode/l10n";
import { certaintyNote } from "../problem";
import { type ConfigFormat, type ConfigSource, findings, plain, type Reading, wordBefore } from "./format";
import { readRegistryFile, type RegistryValue } from "./registryFile";

const guide = "one-X Portal for IP Office 9.1 installation guide, section 2.10";

/** Megabytes for more than 300 users. */
const memory = { JvmMs: 512, JvmMx: 5604 } as const;
const options = ["-XX:MaxPermSize=256m", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:-UseGCOverheadLimit"];
const service = /\\AvayaoneXPortalIPO\\Parameters\\Java$/i;
const key =
  "HKEY_LOCAL_MACHINE\\SOFTWARE\\Wow6432Node\\Apache Software Foundation\\Procrun 2.0\\AvayaoneXPortalIPO\\Parameters\\Java";

/** A registry file with the Java settings of one-X Portal for IP Office, for more than 300 users. */
export const javaRegistry: ConfigFormat = {
  id: "one-x-java",
  title: l10n.t("one-X Portal Java settings"),
  matches: (name, text) => /\.reg$/i.test(name) && /AvayaoneXPortalIPO/i.test(text),
  read,
};

function read({ text }: ConfigSource): Reading {
  const { list, say } = findings("one-x-java");
  const file = readRegistryFile(text);
  const top = { start: 0, end: 0 };
  if (file.version === undefined)
    say(
      "no-header",
      "error",
      top,
      l10n.t("A registry file begins with “Windows Registry Editor Version 5.00” or REGEDIT4."),
      "documented",
      "Microsoft, registry files",
    );
  for (const flaw of file.flaws)
    say("syntax", "warning", flaw, flaw.message, "documented", "Microsoft, registry files");
  const home = file.keys.find(({ name }) => service.test(name));
  if (!home) {
    const at = file.keys[0] ?? top;
    say(
      "other-key",
      "warning",
      at,
      l10n.t("The Java settings belong in the key {0}; this file does not have it.", key),
      "documented",
      guide,
    );
  } else {
    if (!/\\Wow6432Node\\/i.test(home.name))
      say(
        "not-wow64",
        "warning",
        home,
        l10n.t("The guide has the key below Wow6432Node: {0}.", key),
        "documented",
        guide,
      );
    if (home.deleted)
      say(
        "key-deleted",
        "warning",
        home,
        l10n.t("Importing this file removes the Java settings."),
        "documented",
        "Microsoft, registry files",
      );
  }
  const values = file.values.filter(({ key: at }) => service.test(at));
  const named = (name: string): RegistryValue | undefined =>
    values.find((value) => value.name.toLowerCase() === name.toLowerCase());
  for (const name of ["JvmMs", "JvmMx"] as const) checkMemory(named(name), name, say);
  checkOrder(named("JvmMs"), named("JvmMx"), say);
  checkJvm(named("Jvm"), say);
  checkOptions(named("Options"), say);
  if (home && !home.deleted) {
    const missing = ["Jvm", "JvmMs", "JvmMx", "Options"].filter((name) => !named(name));
    if (missing.length > 0)
      say(
        "missing",
        "information",
        home,
        l10n.t("Not in this file: {0}. For more than 300 users the guide sets all four.", missing.join(", ")),
        "documented",
        guide,
      );
  }
  return {
    entries: values.map((value) => ({
      name: value.name,
      value: shown(value),
      start: value.start,
      end: value.end,
    })),
    findings: list,
    notes: values.map((value) => ({
      start: value.nameRange.start,
      end: value.end,
      markdown: `**${plain(value.name)}** ${plain(shown(value))}\n\n${plain(wanted(value.name))} (${plain(certaintyNote("documented", guide))})`,
    })),
    suggest: (offset) => {
      const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
      if (!/^"?\w*$/.test(line)) return [];
      const word = wordBefore(text, offset, /[\w"]/);
      return (["JvmMs", "JvmMx"] as const)
        .filter((name) => !named(name))
        .map((name) => ({
          label: name,
          detail: l10n.t("{0} decimal", memory[name]),
          insertText: `"${name}"=dword:${memory[name].toString(16).padStart(8, "0")}`,
          ...word,
        }));
    },
  };
}

type Say = ReturnType<typeof findings<"one-x-java">>["say"];

function checkMemory(value: RegistryValue | undefined, name: keyof typeof memory, say: Say): void {
  if (!value || value.type === "deleted") return;
  const right = memory[name];
  const written = `dword:${right.toString(16).padStart(8, "0")}`;
  if (value.number === undefined) {
    say(
      "not-dword",
      "error",
      value,
      l10n.t("{0} must be a number: {1} ({2} decimal).", name, written, right),
      "documented",
      guide,
    );
  } else if (value.number !== right) {
    const trap = value.raw.toLowerCase().replace(/^dword:0*/, "") === String(right);
    const message = trap
      ? l10n.t(
          "{0} is {1} MB, because dword: is hexadecimal. {2} decimal is written {3}.",
          name,
          value.number,
          right,
          written,
        )
      : l10n.t("{0} is {1} MB; the guide sets {2} decimal ({3}).", name, value.number, right, written);
    say(trap ? "decimal-as-hex" : "memory", trap ? "error" : "warning", value, message, "documented", guide);
  }
}

function checkOrder(least: RegistryValue | undefined, most: RegistryValue | undefined, say: Say): void {
  if (least?.number === undefined || most?.number === undefined || least.number <= most.number) return;
  const message = l10n.t(
    "JvmMs ({0}) is more than JvmMx ({1}): Java starts with more memory than it may use, so the service will not start.",
    least.number,
    most.number,
  );
  say("memory-order", "error", least, message, "inferred");
}

function checkJvm(jvm: RegistryValue | undefined, say: Say): void {
  if (!jvm || jvm.type === "deleted") return;
  const path = jvm.text ?? "";
  if (!/\\bin\\server\\jvm\.dll$/i.test(path)) {
    const message = l10n.t(
      "Jvm must lead to \\bin\\server\\jvm.dll of a 64-bit Java runtime; it is “{0}”.",
      path,
    );
    say("jvm-path", "warning", jvm, message, "documented", guide);
  }
  if (/\(x86\)/i.test(path)) {
    const message = l10n.t(
      "Jvm leads below “(x86)”, where 32-bit programs are. With a 32-bit Java runtime the service does not start.",
    );
    say("jvm-32-bit", "error", jvm, message, "documented", guide);
  }
}

function checkOptions(value: RegistryValue | undefined, say: Say): void {
  if (!value || value.type === "deleted") return;
  if (value.type !== "multi-string") {
    say(
      "options-type",
      "information",
      value,
      l10n.t("Options is presumably a multi-string value, hex(7)."),
      "inferred",
    );
  }
  const lines = value.strings.length > 0 ? value.strings : (value.text ?? "").split(/\s+/);
  const missing = options.filter((option) => !lines.some((line) => line.trim() === option));
  if (missing.length > 0)
    say(
      "options",
      "warning",
      value,
      l10n.t("Options lacks {0}.", missing.join(l10n.t(" and "))),
      "documented",
      guide,
    );
}

function shown(value: RegistryValue): string {
  if (value.number !== undefined) return `${value.number} (0x${value.number.toString(16).toUpperCase()})`;
  return value.text ?? (value.strings.length > 0 ? value.strings.join(" ") : value.raw.slice(0, 200));
}

function wanted(name: string): string {
  const lower = name.toLowerCase();
  if (lower === "jvm") return l10n.t("Path of \\bin\\server\\jvm.dll of a 64-bit Java runtime.");
  if (lower === "jvmms")
    return l10n.t("Memory at start: {0} MB decimal, 0x{1}.", memory.JvmMs, memory.JvmMs.toString(16));
  if (lower === "jvmmx")
    return l10n.t(
      "Most memory: {0} MB decimal, 0x{1}.",
      memory.JvmMx,
      memory.JvmMx.toString(16).toUpperCase(),
    );
  if (lower === "options") return l10n.t("Must have {0}.", options.join(", "));
  return l10n.t("Not one of the values the guide sets.");
}
