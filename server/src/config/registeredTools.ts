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

const help = "Interaction Designer help, “Introduction to the Design Palette”";

/** A line of the list: a tool DLL, or a COM add-on by its ProgID. */
export interface RegisteredTool extends TextRange {
  readonly name: string;
  readonly kind: "dll" | "progid" | "unknown";
  readonly enabled: boolean;
}

/** Words before the name, as vendor instructions and real lines have them; their meaning is not documented. */
const qualifiers = /^(?:(?:ANSI|UNICODE|RELEASE|DEBUG)\s+)+/i;

/** The lines of DesignerRegisteredTools.lst; `#` in front disables a tool. */
export function registeredToolsOf(text: string): RegisteredTool[] {
  return linesOf(text).flatMap(({ text: line, start, end }) => {
    const marks = /^\s*(#*)/.exec(line)?.[1] ?? "";
    const written = line.trim().slice(marks.length).trim();
    if (written === "") return [];
    const rest = written.replace(qualifiers, "");
    const progid = /^PROGID\s+(\S+)/i.exec(rest)?.[1];
    const dll = /"([^"]{1,260}\.dll)"/i.exec(rest)?.[1] ?? /([^\s"]{1,260}\.dll)\b/i.exec(rest)?.[1];
    // A remark: no file name behind the #.
    if (progid === undefined && dll === undefined && marks !== "") return [];
    const kind = progid !== undefined ? "progid" : dll !== undefined ? "dll" : "unknown";
    return [{ name: progid ?? dll ?? written, kind, enabled: marks === "", start, end }];
  });
}

/** The list of tool DLLs that Interaction Designer loads. */
export const registeredTools: ConfigFormat = {
  id: "designer-tools",
  title: "DesignerRegisteredTools.lst",
  matches: (name) => /(?:^|[\\/])DesignerRegisteredTools[^\\/]*\.lst$/i.test(name),
  read,
};

function read({ text, siblings }: ConfigSource): Reading {
  const { list, say } = findings("designer-tools");
  const foreign = /[^\x00-\x7f]/.exec(text); // eslint-disable-line no-control-regex
  if (foreign)
    say(
      "not-ascii",
      "warning",
      { start: foreign.index, end: foreign.index + 1 },
      l10n.t("The list is ASCII text; “{0}” is not.", foreign[0]),
      "documented",
      help,
    );
  const tools = registeredToolsOf(text);
  const seen = new Map<string, RegisteredTool>();
  // Beside the list lie all tool DLLs or none that can be seen from here.
  const knowsFolder = tools.some(({ name }) => siblings?.has(name.toLowerCase()));
  for (const tool of tools) {
    const lower = tool.name.toLowerCase();
    const first = seen.get(lower);
    if (first?.enabled && tool.enabled) {
      say("twice", "warning", tool, l10n.t("{0} is listed twice.", tool.name), "inferred");
    } else if (first && first.enabled !== tool.enabled) {
      say(
        "on-and-off",
        "warning",
        tool,
        l10n.t("{0} is listed enabled and disabled.", tool.name),
        "inferred",
      );
    } else seen.set(lower, tool);
    if (tool.kind === "unknown") {
      say(
        "no-dll",
        "information",
        tool,
        l10n.t("“{0}” names no DLL. The list holds the DLLs that define tools.", tool.name),
        "documented",
        help,
      );
    }
    if (
      tool.kind === "dll" &&
      tool.enabled &&
      knowsFolder &&
      !/[\\/]/.test(tool.name) &&
      !siblings?.has(lower)
    ) {
      say(
        "dll-not-here",
        "information",
        tool,
        l10n.t("{0} is not in this folder, where other tools of the list are.", tool.name),
        "inferred",
      );
    }
    if (!tool.enabled) {
      const message = l10n.t(
        "{0} is disabled: its tools are missing from Designer's palette. Handlers that use them still open and publish; their steps have no icon.",
        tool.name,
      );
      say("disabled", "hint", tool, message, "documented", help);
    }
  }
  return {
    entries: tools.map(({ name, enabled, start, end }) => ({
      name,
      value: enabled ? l10n.t("enabled") : l10n.t("disabled"),
      start,
      end,
    })),
    findings: list,
    notes: tools.map(({ name, kind, enabled, start, end }) => ({
      start,
      end,
      markdown: `**${plain(name)}** ${stateOf(kind, enabled)}\n\n${l10n.t(
        "Designer takes the first DesignerRegisteredTools.lst it finds: in its own folder, then on the system path (documented: {0}).",
        plain(help),
      )}`,
    })),
  };
}

function stateOf(kind: RegisteredTool["kind"], enabled: boolean): string {
  if (kind === "progid") return enabled ? l10n.t("COM add-on, enabled") : l10n.t("COM add-on, disabled");
  return enabled ? l10n.t("enabled") : l10n.t("disabled");
}
