import * as l10n from "@vscode/l10n";
import { type DialerObject, field, type Field } from "../model";
import { sources } from "../sources";
import { leafText, type XmlElement } from "../xml";
import { type Check, called, finding } from "./check";

const most = { lines: 2000, calls: 2_000_000_000, zoneName: 25, bulkRate: 16, columns: 200 };

/** Values outside what the vendor documents. */
export const limits: Check = {
  *object(object, { model: { text }, settings, bulkCampaign }) {
    if (object.kind === "campaign") {
      for (const [name, certainty] of [
        ["campaignmaxlines", "documented"],
        ["agentlessmaxlines", "inferred"],
      ] as const) {
        const lines = field(text, object, name);
        if (lines && numberIn(lines) > most.lines) {
          yield finding(
            "lines-over-limit",
            "warning",
            lines,
            l10n.t(
              "{0} is {1}; a campaign takes at most {2} lines in 4.0.",
              lines.name,
              lines.value,
              most.lines,
            ),
            certainty,
            sources.postMigration,
          );
        }
      }
    }
    if (object.kind === "server") {
      const calls = field(text, object, "maximumcalls");
      if (calls && calls.value !== "" && !(numberIn(calls) >= 0 && numberIn(calls) <= most.calls)) {
        yield finding(
          "calls-out-of-range",
          "warning",
          calls,
          l10n.t(
            "maximumcalls of {0} is {1}; it goes from 0 to {2}.",
            called(object),
            calls.value,
            most.calls,
          ),
          "documented",
          sources.postMigration,
        );
      }
      const rate = field(text, object, "maximumcallrate");
      if (rate && numberIn(rate) < most.bulkRate && bulkCampaign) {
        yield finding(
          "rate-below-bulk",
          "information",
          rate,
          l10n.t(
            "maximumcallrate of {0} is {1}, but {2} uses the bulk API: {3} calls a second or more are advised with it.",
            called(object),
            rate.value,
            called(bulkCampaign),
            most.bulkRate,
          ),
          "documented",
          sources.postMigration,
        );
      }
    }
    if (object.kind === "contact list") yield* columnsOf(object, text);
    if (object.kind === "contact column") {
      yield* columnId(field(text, object, "ccid"), settings && field(text, settings, "nextccid"));
    }
    if (object.kind === "zone set") yield* zoneNames(object.element, text);
  },
};

function* columnsOf(list: DialerObject, text: string): Iterable<Finding> {
  const columns = field(text, list, "contactcolumns");
  const count = columns ? columns.value.split("|").filter((id) => id.trim() !== "").length : 0;
  if (!columns || count <= most.columns) return;
  const message = l10n.t(
    "{0} has {1} contact columns; a contact list table has at most {2} columns in all.",
    called(list),
    count,
    most.columns,
  );
  yield finding("columns-over-limit", "warning", columns, message, "documented", sources.tables);
}

function* zoneNames(zoneSet: { readonly children: readonly XmlElement[] }, text: string): Iterable<Finding> {
  const waiting = [...zoneSet.children];
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    for (const child of element.children) waiting.push(child);
    if (element.lower !== "zone" || element.children.length > 0) continue;
    const name = leafText(text, element);
    // `<** Default Zone **>` is the product's own.
    if (name.length <= most.zoneName || name.startsWith("<")) continue;
    const at = { start: element.openEnd, end: element.closeStart };
    const message = l10n.t(
      "Zone “{0}” has {1} characters; a zone name of a time zone map has at most {2}.",
      name,
      name.length,
      most.zoneName,
    );
    yield finding("zone-name-too-long", "warning", at, message, "documented", sources.zoneMap);
  }
}

function* columnId(ccid: Field | undefined, next: Field | undefined): Iterable<Finding> {
  if (!ccid || !next || !(numberIn(ccid) >= numberIn(next))) return;
  const message = l10n.t(
    "ccid {0} is not below nextccid {1} of the global settings: a new column may get the same id.",
    ccid.value,
    next.value,
  );
  yield finding("column-id", "information", ccid, message, "inferred");
}

/** NaN for anything that is not a plain number: unknown forms are never out of range. */
function numberIn({ value }: Field): number {
  return /^[+-]?\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
}

type Finding = ReturnType<typeof finding>;
