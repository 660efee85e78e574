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

const help = "Interaction Designer help, “Batch Publishing”";

/** A handler to publish. */
export interface PublishEntry extends TextRange {
  readonly file: string;
  /** What follows the file name: maybe the activation status, whose form is not known here. */
  readonly rest: string;
}

/** The `.i3pub` files of a list, in order. */
export function publishEntriesOf(text: string): PublishEntry[] {
  return linesOf(text).flatMap(({ text: line, start, end }) => {
    const match = /^\s*(?:"([^"]*\.i3pub)"|(.*?\.i3pub))(.*)$/i.exec(line);
    if (!match) return [];
    return [{ file: (match[1] ?? match[2] ?? "").trim(), rest: (match[3] ?? "").trim(), start, end }];
  });
}

/** A list of handlers for batch publishing, made with `dir /b *.i3pub > i3pubs.lst`. */
export const i3pubList: ConfigFormat = {
  id: "i3pub-list",
  title: l10n.t("batch publishing list"),
  matches: (name, text) => /\.lst$/i.test(name) && (/i3pub/i.test(name) || /\.i3pub\b/i.test(text)),
  read,
};

function read({ text, siblings }: ConfigSource): Reading {
  const { list, say } = findings("i3pub-list");
  const entries = publishEntriesOf(text);
  const starts = new Set(entries.map(({ start }) => start));
  const seen = new Set<string>();
  if (/^[ \t]*\d{2,4}[./-]\d{2}[./-]\d{2,4}[ \t].*\.i3pub[ \t\r]*$/im.test(text)) {
    const message = l10n.t(
      "These look like lines of dir without /b. Make the list again: dir /b *.i3pub > i3pubs.lst",
    );
    say(
      "long-listing",
      "error",
      { start: 0, end: text.indexOf("\n") < 0 ? text.length : text.indexOf("\n") },
      message,
      "documented",
      help,
    );
    return { entries: [], findings: list, notes: [] };
  }
  for (const line of linesOf(text)) {
    if (starts.has(line.start) || line.text.trim() === "") continue;
    const ihd = /\.ihd\b/i.test(line.text);
    const message = ihd
      ? l10n.t("Batch publishing takes .i3pub files, not .ihd: generate the .i3pub in Designer.")
      : l10n.t("This line names no .i3pub file. What else a line may hold is not known here.");
    say(
      "no-i3pub",
      ihd ? "warning" : "information",
      line,
      message,
      ihd ? "documented" : "inferred",
      ihd ? help : undefined,
    );
  }
  for (const { file, start, end } of entries) {
    const lower = file.toLowerCase();
    if (seen.has(lower))
      say("twice", "warning", { start, end }, l10n.t("{0} is listed twice.", file), "inferred");
    seen.add(lower);
    if (siblings && !/[\\/]/.test(file) && !siblings.has(lower)) {
      const message = l10n.t(
        "{0} is not in the folder of this list, where EICPublisherU will look for it.",
        file,
      );
      say("missing", "warning", { start, end }, message, "inferred", help);
    }
  }
  if (entries.length === 0 && text.trim() !== "")
    say(
      "empty",
      "warning",
      { start: 0, end: 0 },
      l10n.t("No .i3pub file is in this list."),
      "documented",
      help,
    );
  return {
    entries: entries.map(({ file, rest, start, end }) => ({ name: file, value: rest, start, end })),
    findings: list,
    notes: entries.map(({ file, rest, start, end }) => ({
      start,
      end,
      markdown:
        l10n.t("**{0}** is published by: EICpublisherU @list", plain(file)) +
        (rest === ""
          ? ""
          : `\n\n${l10n.t("“{0}” may be its activation status, whose form is not known here.", plain(rest))}`),
    })),
  };
}
