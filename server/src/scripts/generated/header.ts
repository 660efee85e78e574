import type { GeneratedHeader, HeaderField } from "./model";

/**
 * The header's fields in their order, spelt as the assistant spells them. CIC Migration guide 2018 R5, "Migrate the
 * Dialer 2.4/3.0 database"; the guide shows the header of an Oracle script only.
 */
export const headerFields = [
  "HasSiteId",
  "DateTimeColumn",
  "StartDateTime",
  "EndDateTime",
  "SiteId",
  "ParentsSiteIdsSchema",
  "ParentsSiteIdTable",
  "ParentsSiteIdKeyColumn",
  "ChildSiteIdKeyColumn",
  "ParentDateTimesSchema",
  "ParentDateTimeTable",
  "ParentDateTimeColumn",
  "ParentDateTimeKeyColumn",
  "ChildDateTimeKeyColumn",
  "TableHasData",
  "Input",
  "TimeZone",
  "TargetSchema",
  "TargetTable",
  "DialerWorkflow",
] as const;

export type HeaderName = (typeof headerFields)[number];

/** Fields that only scripts of the Dialer assistant have. */
export const dialerFields: ReadonlySet<string> = new Set<HeaderName>(["DialerWorkflow"]);

const known = new Map(headerFields.map((name) => [name.toLowerCase(), name]));

/** Reads the header from a script's first comments, in either comment style. Undefined when there is none. */
export function readHeader(text: string): GeneratedHeader | undefined {
  const fields: HeaderField[] = [];
  let generated: GeneratedHeader["generated"];
  let emptyTable: GeneratedHeader["emptyTable"];
  for (const { comment, line } of firstComments(text)) {
    const field = /^([A-Za-z]\w*)\s*=\s*(.*)$/.exec(comment);
    const name = field?.[1] ?? "";
    // An unknown name counts only among known ones: other comments have equal signs too.
    if (field && (known.has(name.toLowerCase()) || fields.length > 0)) {
      const value = (field[2] ?? "").trim();
      fields.push({
        name: known.get(name.toLowerCase()) ?? name,
        value: value === "NONE" ? undefined : value,
        line,
      });
      continue;
    }
    const time = /\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?/.exec(comment)?.[0];
    if (time !== undefined) generated ??= { time, line };
    const empty = /\btarget table (\S+) is empty/i.exec(comment)?.[1];
    if (empty !== undefined) emptyTable ??= { name: empty, line };
  }
  if (fields.length === 0) return undefined;
  return { fields, ...(generated && { generated }), ...(emptyTable && { emptyTable }) };
}

/** A field's value; undefined when it is `NONE` or missing. */
export function valueOf(header: GeneratedHeader, name: HeaderName): string | undefined {
  return header.fields.find((field) => field.name === name)?.value;
}

/** The lines of the comments before the script's first statement; SPOOL and SET lines may stand between them. */
function* firstComments(text: string): Generator<{ comment: string; line: number }, void, undefined> {
  let inComment = false;
  let from = 0;
  for (let line = 1; from < text.length; line++) {
    const end = text.indexOf("\n", from);
    let rest = text.slice(from, end < 0 ? undefined : end).trim();
    from = end < 0 ? text.length : end + 1;
    if (!inComment) {
      if (rest === "" || /^(?:spool|set|prompt|use|go)\b/i.test(rest)) continue;
      if (rest.startsWith("--")) {
        yield { comment: rest.replace(/^-+/, "").trim(), line };
        continue;
      }
      if (!rest.startsWith("/*")) return;
      inComment = true;
      rest = rest.slice(2);
    }
    const close = rest.indexOf("*/");
    if (close >= 0) {
      inComment = false;
      rest = rest.slice(0, close);
    }
    yield { comment: rest.replace(/^[*\s]+/, "").trim(), line };
  }
}
