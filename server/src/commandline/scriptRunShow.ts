import { relative } from "node:path";
import type { Column } from "../database/driver";
import type { RunEvent, RunResult, Survey } from "../database/messages";
import { errorText } from "../database/run/output";
import { countText, TextTable } from "../database/run/textTable";
import { describeProtection, describeTarget } from "../database/target";
import type { ScriptPlace } from "../scripts/items";
import { escapeControls } from "../handler/quoting";
import type { Io } from "./command";

/** Lists are cut here on a terminal; --json has more. */
const shown = 20;

/** Text that may hold anything, for a terminal: its lines stay lines, nothing in it controls the terminal. */
export function forTerminal(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.split("\t").map(escapeControls).join("\t"))
    .join("\n");
}

/** What would run and where: what a person has to know before saying yes. */
export function showSurvey(survey: Survey, io: Io, errorRule: string): void {
  const place = ({ file, line }: ScriptPlace): string => `${short(file, io)}, line ${line}`;
  const lines: string[] = [];
  const add = (name: string, text: string): void => void lines.push(`${name.padEnd(13)} ${text}`);
  const list = (items: readonly string[], count = items.length): void => {
    for (const item of items.slice(0, shown)) lines.push(`${"".padEnd(14)}${item}`);
    if (count > shown) lines.push(`${"".padEnd(14)}... and ${count - shown} more`);
  };
  add("target", describeTarget(survey.target));
  add("connection", describeProtection(survey.target));
  add("dialect", `${survey.dialect}; ${errorRule}`);
  add("scripts", `${survey.scripts.length}, in this order, ${survey.batches} batches`);
  survey.scripts.forEach(({ path, batches, files, finished }, index) => {
    const included = files.length > 1 ? `, with ${files.length - 1} included files` : "";
    const state = finished ? "finished, not run again" : `${batches} batches${included}`;
    lines.push(`${"".padEnd(14)}${index + 1}. ${short(path, io)}: ${state}`);
  });
  const variables = survey.variables.map(({ name, value }) => `${name} = ${value ?? "(no value)"}`);
  if (variables.length > 0) add("variables", variables.slice(0, shown).join("; "));
  if (survey.questions.length > 0) {
    add("asks for", `${survey.questions.length} values`);
    list(survey.questions.map(({ name, prompt, place: at }) => `${place(at)}: ${name} (${prompt})`));
  }
  if (survey.connects.length > 0) {
    add("CONNECTS TO", "other servers or users");
    list(survey.connects.map(({ text, ...at }) => `${place(at)}: ${text}`));
  }
  add(
    "destructive",
    survey.destructiveCount === 0 ? "nothing seen" : `${survey.destructiveCount} statements`,
  );
  list(
    survey.destructive.map(({ statement, target, definition, temporary, ...at }) => {
      const notes = [definition ? "in a definition" : "", temporary ? "temporary" : ""].filter(
        (note) => note !== "",
      );
      return `${place(at)}: ${statement} ${target ?? ""}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`;
    }),
    survey.destructiveCount,
  );
  const remarks = survey.problems.filter(({ severity }) => severity === "error" || severity === "warning");
  if (remarks.length > 0) {
    add("remarks", String(remarks.length));
    list(
      remarks.map(
        ({ severity, message, place: at }) =>
          `${severity}: ${at?.file ? `${place({ file: at.file, line: at.line ?? 1 })}: ` : ""}${message}`,
      ),
    );
  }
  showResume(survey, add, list, place);
  if (survey.otherRun) {
    const { since, process, folder } = survey.otherRun;
    add("OTHER RUN", `works on this database since ${since} (process ${process}, ${folder})`);
  }
  io.err(`${lines.map(forTerminal).join("\n")}\n`);
}

function showResume(
  { resume }: Survey,
  add: (name: string, text: string) => void,
  list: (items: readonly string[]) => void,
  place: (at: ScriptPlace) => string,
): void {
  if (!resume) return;
  const { folder, state, at, inFlight, rolledBack, changed, sessionState, database } = resume;
  add("RESUMES", `${folder} (${state}), at batch ${at}${resume.place ? `: ${place(resume.place)}` : ""}`);
  if (inFlight)
    add(
      "in flight",
      `batch ${inFlight.number}, ${place(inFlight)}: ${inFlight.why}. It may have been done, in whole or in part`,
    );
  if (rolledBack.length > 0) {
    add("rolled back", "these had finished, in a transaction that the server has rolled back:");
    list(rolledBack.map((batch) => `batch ${batch.number}, ${place(batch)}`));
  }
  if (changed.length > 0) add("CHANGED", changed.join(", "));
  if (database !== undefined) add("database", `${database} was current, and is made so again`);
  if (sessionState.length > 0) {
    add(
      "session",
      "what finished batches have set is gone; --replay-session sends those again that do nothing else (marked *)",
    );
    list(
      sessionState.map(
        ({ kind, text, alone, ...at }) => `${alone ? "*" : " "} ${place(at)}: ${kind}: ${text}`,
      ),
    );
  }
}

/** Prints events: what queries return to the output, everything else to the error stream. */
export class EventPrinter {
  private tables = new Map<number, TextTable>();
  private readonly errors: Extract<RunEvent, { kind: "error" }>[] = [];

  constructor(
    private readonly io: Io,
    private readonly batches: number,
    /** Results go nowhere: the output is for one JSON document. */
    private readonly json: boolean,
  ) {}

  /** Errors so far, the first thousand. */
  get firstErrors(): readonly Extract<RunEvent, { kind: "error" }>[] {
    return this.errors;
  }

  print(events: readonly RunEvent[]): void {
    for (const event of events) this.one(event);
  }

  private one(event: RunEvent): void {
    const say = (text: string): void => this.io.err(`${forTerminal(text)}\n`);
    switch (event.kind) {
      case "started":
        return say(`run folder: ${event.folder}`);
      case "connecting":
        return say(`connecting to ${event.target}`);
      case "connected":
        return say(
          `connected: ${event.protection}${event.database === undefined ? "" : `, database ${event.database}`}`,
        );
      case "script":
        return say(`\nscript ${event.index + 1}: ${short(event.path, this.io)}`);
      case "batch":
        return say(
          `[${event.number}/${Math.max(this.batches, event.number)}] ${short(event.file, this.io)}, lines ${event.line} to ${event.endLine}`,
        );
      case "batch-end":
        if (event.outcome !== "done")
          say(`batch ${event.number}: ${event.outcome} after ${event.milliseconds} ms`);
        return;
      case "message":
        return say(event.text);
      case "error":
        if (this.errors.length < 1000) this.errors.push(event);
        return say(`ERROR ${errorText(event)}`);
      case "note": {
        const at = event.place ? `${short(event.place.file, this.io)}, line ${event.place.line}: ` : "";
        return say(
          `${event.severity === "information" ? "" : `${event.severity.toUpperCase()} `}${at}${event.text}`,
        );
      }
      case "cancelling":
        return say(
          event.closing
            ? "cutting the connection"
            : "Cancelling: the server is asked to stop the batch. Ctrl+C again cuts the connection",
        );
      case "columns":
        return this.columns(event.set, event.columns);
      case "rows":
        if (!this.json)
          this.io.out(
            event.rows.map((row) => forTerminal(this.tables.get(event.set)?.row(row) ?? "")).join(""),
          );
        return;
      case "count":
        return this.count(event, say);
    }
  }

  private columns(set: number, columns: readonly Column[]): void {
    const table = new TextTable(columns);
    this.tables.set(set, table);
    if (!this.json) this.io.out(forTerminal(table.head()));
  }

  private count(
    { set, rows, file }: Extract<RunEvent, { kind: "count" }>,
    say: (text: string) => void,
  ): void {
    if (set !== undefined) {
      this.tables.delete(set);
      if (!this.json) this.io.out("\n");
    }
    if (rows !== undefined) say(`${countText(rows)}${file === undefined ? "" : `, in ${file}`}`);
  }
}

export function showResult(
  { state, reason, folder, exitCode, executed, errors, at }: RunResult,
  io: Io,
): void {
  const lines = [
    `\n${state}: ${reason}`,
    `${executed} batches run, ${errors} errors, exit code of the scripts ${exitCode}`,
  ];
  if (at && state !== "Completed") {
    const place = at.file === undefined ? "" : `: ${short(at.file, io)}, line ${at.line ?? 1}`;
    lines.push(`goes on at batch ${at.number}${place} (--resume)`);
  }
  if (folder !== undefined) lines.push(`journal: ${folder}`);
  io.err(`${lines.map(forTerminal).join("\n")}\n`);
}

/** Relative to where the command was called, if that is shorter. */
function short(path: string, { cwd }: Io): string {
  const way = relative(cwd, path);
  return way !== "" && way.length < path.length && !way.startsWith("..") ? way : path;
}
