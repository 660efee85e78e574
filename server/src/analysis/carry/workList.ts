import * as l10n from "@vscode/l10n";
import type { Problem } from "../../problem";

/** Where a workspace keeps its marks, below the workspace folder. */
export const workListPath = ".handler-workbench/carry-forward.json";

const VERSION = 1;

/** What people noted of one customisation. */
export interface WorkListEntry {
  readonly handler: string;
  /** The item's id; "" = the handler as a whole. */
  readonly item: string;
  readonly done: boolean;
  readonly note: string;
  /** Fields that this version does not know; they are kept. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Check marks and notes of a carry-forward, as a workspace keeps them. */
export class WorkList {
  private readonly entries: ReadonlyMap<string, WorkListEntry>;

  constructor(
    entries: Iterable<WorkListEntry> = [],
    /** Fields of the file that this version does not know; they are kept. */
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    this.entries = new Map([...entries].map((entry) => [keyOf(entry.handler, entry.item), entry]));
  }

  /** What is noted of an item; nothing noted is not done, without a note. */
  get(handler: string, item: string): WorkListEntry {
    return this.entries.get(keyOf(handler, item)) ?? { handler, item, done: false, note: "" };
  }

  /** The list with the entry in it, in the place of the one there was; without it when it says nothing. */
  with(entry: WorkListEntry): WorkList {
    const entries = new Map(this.entries);
    const key = keyOf(entry.handler, entry.item);
    if (!entry.done && entry.note === "" && !entry.more) entries.delete(key);
    else entries.set(key, entry);
    return new WorkList(entries.values(), this.more);
  }

  /** By handler, then item. */
  all(): WorkListEntry[] {
    const key = ({ handler, item }: WorkListEntry): string => keyOf(handler, item);
    return [...this.entries.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  }
}

/** Handlers are the same whatever the case of their names. */
const keyOf = (handler: string, item: string): string => `${handler.toLowerCase()}\n${item}`;

/**
 * The file's text: JSON with one entry a line in a fixed order, so that two people's marks merge line by line and
 * the same marks give the same bytes.
 */
export function formatWorkList(list: WorkList): string {
  const lines = list
    .all()
    .map(({ handler, item, done, note, more }) => JSON.stringify({ handler, item, done, note, ...more }));
  const others = Object.entries(list.more).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`,
  );
  const items = lines.length === 0 ? "[]" : `[\n${lines.map((line) => `    ${line}`).join(",\n")}\n  ]`;
  return `{\n  "version": ${VERSION},\n${others.join("")}  "items": ${items}\n}\n`;
}

/** A file that was read. `writable` false: writing would lose what could not be read, so do not. */
export interface ReadWorkList {
  readonly list: WorkList;
  readonly problems: readonly Problem[];
  readonly writable: boolean;
}

/** Reads the file's text; "" is an empty list. What cannot be used is a problem, never thrown. */
export function readWorkList(text: string): ReadWorkList {
  const failed = (message: string, line?: number): ReadWorkList => ({
    list: new WorkList(),
    problems: [problem("error", message, line)],
    writable: false,
  });
  const content = text.replace(/^\uFEFF/, "");
  if (content.trim() === "") return { list: new WorkList(), problems: [], writable: true };
  const conflict = content.split(/\r?\n/).findIndex((line) => /^(<{7}|={7}|>{7})(\s|$)/.test(line));
  if (conflict >= 0) {
    return failed(
      l10n.t(
        "Line {0} is a merge conflict marker. Keep the lines of both sides that you want, remove the markers, and save.",
        conflict + 1,
      ),
      conflict + 1,
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    return failed(
      l10n.t(
        "This is no JSON: {0}. Repair the file, or delete it to start anew.",
        error instanceof Error ? error.message : String(error),
      ),
    );
  }
  if (!isRecord(json))
    return failed(l10n.t('This is no list of marks: an object with "items" was expected.'));
  const { version = VERSION, items = [], ...more } = json;
  if (typeof version !== "number" || version > VERSION) {
    return failed(
      l10n.t(
        "The file has version {0}; this release knows {1}. Use a newer release of Handler Workbench, or delete the file to start anew.",
        JSON.stringify(version),
        VERSION,
      ),
    );
  }
  if (!Array.isArray(items))
    return failed(l10n.t('"items" is no list. Repair the file, or delete it to start anew.'));
  return readItems(items, more);
}

function readItems(items: readonly unknown[], more: Record<string, unknown>): ReadWorkList {
  const problems: Problem[] = [];
  const entries = new Map<string, WorkListEntry>();
  for (const [at, item] of items.entries()) {
    const entry = entryOf(item);
    if (!entry) {
      const message = l10n.t(
        'Entry {0} of "items" is no mark: it needs "handler" and "item" as text, "done" as true or false, "note" as text. Repair or remove it.',
        at + 1,
      );
      problems.push(problem("error", message));
      continue;
    }
    const key = keyOf(entry.handler, entry.item);
    const first = entries.get(key);
    if (first && (first.done !== entry.done || first.note !== entry.note)) {
      const message = l10n.t(
        "{0}, {1}: marked twice, differently. The last one counts; remove the other.",
        entry.handler,
        entry.item || l10n.t("the handler as a whole"),
      );
      problems.push(problem("warning", message));
    }
    entries.set(key, entry);
  }
  const writable = problems.every(({ severity }) => severity !== "error");
  return { list: new WorkList(entries.values(), more), problems, writable };
}

function entryOf(item: unknown): WorkListEntry | undefined {
  if (!isRecord(item)) return undefined;
  const { handler, item: id, done = false, note = "", ...more } = item;
  if (typeof handler !== "string" || handler === "" || typeof id !== "string") return undefined;
  if (typeof done !== "boolean" || typeof note !== "string") return undefined;
  return { handler, item: id, done, note, ...(Object.keys(more).length > 0 ? { more } : {}) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const problem = (severity: Problem["severity"], message: string, line?: number): Problem => ({
  code: "work-list",
  severity,
  message,
  place: { file: workListPath, ...(line === undefined ? {} : { line }) },
});
