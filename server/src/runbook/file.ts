import * as l10n from "@vscode/l10n";
import { type Problem } from "../problem";
import { type Mark, type Marks, noMarks, type Proof, type StepState, stepStates } from "./marks";
import { merged } from "./merge";
import { type Variant, variants } from "./model";
import { steps as knownSteps } from "./runbook";

/** Where a workspace keeps its runbook, below the workspace folder. */
export const runbookPath = ".handler-workbench/runbook.json";

const VERSION = 1;

/** Characters; one with a long note on every step has a hundred thousand. */
const mostText = 8 * 1024 * 1024;

/**
 * The file's text: JSON with every step in the order of the runbook, its id on a line of its own and what is said of it
 * on the next. Two people's marks never touch neighbouring lines, so git merges them, and the same marks are the same
 * bytes.
 */
export function formatRunbook({ choice, steps, more }: Marks, lineEnd: "\n" | "\r\n" = "\n"): string {
  const unknown = [...steps.keys()].filter((id) => !knownSteps.has(id)).sort();
  const lines = [...knownSteps.keys(), ...unknown].map(
    (id) => `    ${JSON.stringify(id)}:\n      ${markText(steps.get(id) ?? {})}`,
  );
  const fields = [
    `"version": ${VERSION}`,
    ...(choice ? [`"variants": ${JSON.stringify(choice)}`] : []),
    ...Object.entries(more).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`),
    `"steps": {\n${lines.join(",\n")}\n  }`,
  ];
  const text = `{\n${fields.map((field) => `  ${field}`).join(",\n")}\n}\n`;
  return lineEnd === "\n" ? text : text.replaceAll("\n", lineEnd);
}

function markText({ state, by, at, note, noted, evidence, linked, proof, more }: Mark): string {
  return JSON.stringify({ state, by, at, note, noted, evidence, linked, proof, ...more });
}

/** A file that was read. */
export interface ReadRunbook {
  readonly marks: Marks;
  readonly problems: readonly Problem[];
  /** false: writing would lose what could not be read, so do not. */
  readonly writable: boolean;
  /** git left the changes of two sides in it; `marks` are those of both. */
  readonly conflict: boolean;
}

/** Reads the file's text; "" is a runbook that nobody has started. What cannot be used is a problem, never thrown. */
export function readRunbook(text: string): ReadRunbook {
  const content = text.replace(/^\uFEFF/, "");
  if (content.trim() === "") return { marks: noMarks, problems: [], writable: true, conflict: false };
  if (content.length > mostText) {
    return unusable(
      l10n.t(
        "The file has {0} characters; a runbook has at most {1}. Repair or delete it.",
        content.length,
        mostText,
      ),
    );
  }
  const sides = conflictingSides(content);
  if (!sides) return readJson(content);
  const [ours, theirs] = [readJson(sides.ours), readJson(sides.theirs)];
  if (!ours.writable || !theirs.writable) {
    return unusable(
      l10n.t(
        "Line {0} is a merge conflict marker, and what it divides cannot be read by itself. Keep the lines you want, remove the markers, and save.",
        sides.line,
      ),
      sides.line,
    );
  }
  const message = l10n.t(
    "Line {0} is a merge conflict marker: git could not merge two changes of the same step. Merge them by their times, or edit the file.",
    sides.line,
  );
  return {
    marks: merged(ours.marks, theirs.marks),
    problems: [problem("error", message, sides.line)],
    writable: false,
    conflict: true,
  };
}

/** The text as each side of a merge has it; undefined where there are no conflict markers. */
function conflictingSides(text: string): { ours: string; theirs: string; line: number } | undefined {
  let part: "both" | "ours" | "base" | "theirs" = "both";
  let first: number | undefined;
  const ours: string[] = [];
  const theirs: string[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const marker = /^(<{7}|\|{7}|={7}|>{7})(?:\s|$)/.exec(line)?.[1]?.[0];
    if (marker !== undefined) {
      first ??= at + 1;
      part = marker === "<" ? "ours" : marker === "|" ? "base" : marker === "=" ? "theirs" : "both";
      continue;
    }
    if (part === "both" || part === "ours") ours.push(line);
    if (part === "both" || part === "theirs") theirs.push(line);
  }
  return first === undefined ? undefined : { ours: ours.join("\n"), theirs: theirs.join("\n"), line: first };
}

function readJson(text: string): ReadRunbook {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return unusable(l10n.t("This is no JSON: {0}. Repair the file, or delete it to start anew.", why));
  }
  if (!isRecord(json)) return unusable(l10n.t('This is no runbook: an object with "steps" was expected.'));
  const { version = VERSION, variants: choice, steps = {}, ...more } = json;
  if (typeof version !== "number" || version > VERSION) {
    return unusable(
      l10n.t(
        "The file has version {0}; this release knows {1}. Use a newer release of Handler Workbench.",
        JSON.stringify(version),
        VERSION,
      ),
    );
  }
  if (!isRecord(steps))
    return unusable(
      l10n.t('"steps" is no object with a step a name. Repair it, or delete the file to start anew.'),
    );
  const problems: Problem[] = [];
  const chosen = choiceOf(choice, (message) => problems.push(problem("error", message)));
  const marks = new Map<string, Mark>();
  for (const [id, value] of Object.entries(steps)) {
    const mark = markOf(value);
    if (mark === undefined) {
      const message = l10n.t(
        'What stands at the step "{0}" cannot be read: "state" is one of {1}, the rest is text. Repair or remove it.',
        id,
        stepStates.join(", "),
      );
      problems.push(problem("error", message));
    } else if (Object.keys(mark).length > 0) marks.set(id, mark);
  }
  return {
    marks: { ...(chosen ? { choice: chosen } : {}), steps: marks, more },
    problems,
    writable: problems.length === 0,
    conflict: false,
  };
}

function choiceOf(value: unknown, report: (message: string) => void): Marks["choice"] {
  if (value === undefined) return undefined;
  const known = new Set<string>(variants.map(({ id }) => id));
  if (isRecord(value) && Array.isArray(value["chosen"])) {
    const { chosen, by = "", at = "" } = value;
    const unknown = chosen.filter((each) => typeof each !== "string" || !known.has(each));
    if (unknown.length === 0 && typeof by === "string" && typeof at === "string")
      return { chosen: chosen as Variant[], by, at };
  }
  report(
    l10n.t(
      '"variants" cannot be read: "chosen" is a list of {0}. Repair it, or use a newer release.',
      [...known].join(", "),
    ),
  );
  return undefined;
}

function markOf(value: unknown): Mark | undefined {
  if (!isRecord(value)) return undefined;
  const { state, by, at, note, noted, evidence, linked, proof, ...more } = value;
  const texts = { by, at, note, noted, evidence, linked };
  if (Object.values(texts).some((each) => each !== undefined && typeof each !== "string")) return undefined;
  if (state !== undefined && !stepStates.includes(state as StepState)) return undefined;
  if (proof !== undefined && !isProof(proof)) return undefined;
  const mark = { state, ...texts, proof, more: Object.keys(more).length > 0 ? more : undefined };
  return Object.fromEntries(Object.entries(mark).filter(([, each]) => each !== undefined)) as Mark;
}

const isProof = (value: unknown): value is Proof =>
  isRecord(value) && typeof value["at"] === "string" && typeof value["from"] === "string";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const unusable = (message: string, line?: number): ReadRunbook => ({
  marks: noMarks,
  problems: [problem("error", message, line)],
  writable: false,
  conflict: false,
});

const problem = (severity: Problem["severity"], message: string, line?: number): Problem => ({
  code: "runbook",
  severity,
  message,
  place: { file: runbookPath, ...(line === undefined ? {} : { line }) },
});
