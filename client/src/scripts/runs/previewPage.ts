import { basename } from "node:path";
import { l10n } from "vscode";
import type {
  Page,
  PageBlock,
  PageFact,
  PageField,
  PageRow,
  ResumeFacts,
  ScriptPlace,
  Survey,
} from "../../../../server/src/protocol";
import { secretFields, valueFields } from "./previewFields";
import { type RunChoices, type RunSpec, soundsSecret, titlesOf, type Wanted } from "./runSpec";

/** More rows than these are left out of a table; their number is said. */
const mostRows = 200;

export interface PreviewFacts {
  readonly spec: RunSpec;
  readonly choices: RunChoices;
  readonly wanted: readonly Wanted[];
  readonly missing: readonly string[];
  /** The arguments of each script, secret ones as stars. */
  readonly given: readonly (readonly string[])[];
  readonly survey: Survey;
  /** In the runner's words. */
  readonly where: string;
  readonly protection: string;
  /** It was started already. */
  readonly started: boolean;
}

/** What is about to happen, in full, with what has to be decided; the run starts from here and nowhere else. */
export function previewPage(facts: PreviewFacts): Page {
  const { spec, survey, wanted, given, started } = facts;
  const missing = facts.missing.map(titlesOf(wanted));
  const why = started
    ? l10n.t("The run was started. Open a new preview to run it again.")
    : missing.length > 0
      ? l10n.t("Fill in {0} first.", missing.join(", "))
      : survey.blocked[0];
  return {
    title: spec.resume ? l10n.t("Resume {0}", spec.title) : l10n.t("Run {0}", spec.title),
    lead: l10n.t("Nothing has been sent yet. The run starts when you choose Start."),
    facts: factsOf(facts),
    blocks: [
      ...noticesOf(survey, missing),
      ...resumeBlocks(survey.resume),
      ...fieldsOf(facts),
      scriptsTable(survey, given),
      ...destructiveTable(survey),
      ...otherTables(survey),
    ],
    actions: [
      {
        id: "start",
        label: spec.resume ? l10n.t("Resume the Run") : l10n.t("Start the Run"),
        primary: true,
        ...(why !== undefined && { disabled: why }),
      },
      { id: "dryRun", label: l10n.t("Dry Run") },
      { id: "read", label: l10n.t("Read Again") },
      ...(spec.scripts.length === 1 ? [{ id: "plan", label: l10n.t("Show the Plan") }] : []),
      { id: "export", label: l10n.t("Export as Script...") },
      { id: "close", label: l10n.t("Close") },
    ],
  };
}

function factsOf({ spec, survey, where, protection }: PreviewFacts): PageFact[] {
  const { target, dialect, destructiveCount } = survey;
  const weak = target.encryption === "none" || target.trustServerCertificate;
  return [
    { label: l10n.t("Connection"), value: spec.connection.name },
    { label: l10n.t("Server"), value: where },
    { label: l10n.t("Database"), value: target.database ?? l10n.t("the login's default") },
    { label: l10n.t("User"), value: target.user },
    { label: l10n.t("Encryption"), value: protection, tone: weak ? "bad" : "good" },
    { label: l10n.t("Dialect"), value: dialect === "sqlcmd" ? "sqlcmd (SQL Server)" : "SQL*Plus (Oracle)" },
    { label: l10n.t("Scripts"), value: l10n.t("{0}, one after another", survey.scripts.length) },
    { label: l10n.t("Batches"), value: String(survey.batches) },
    {
      label: l10n.t("Destructive statements"),
      value: destructiveCount === 0 ? l10n.t("none seen") : String(destructiveCount),
      tone: destructiveCount === 0 ? "none" : "bad",
    },
  ];
}

function noticesOf(survey: Survey, missing: readonly string[]): PageBlock[] {
  const notices: PageBlock[] = [];
  if (missing.length > 0)
    notices.push({
      kind: "notice",
      tone: "bad",
      text: l10n.t("There is no value for {0} yet.", missing.join(", ")),
    });
  for (const text of survey.blocked.slice(0, 20)) notices.push({ kind: "notice", tone: "bad", text });
  if (survey.otherRun) {
    const { since, folder } = survey.otherRun;
    notices.push({
      kind: "notice",
      tone: "bad",
      text: l10n.t("Another run works on this database since {0} ({1}).", since, folder),
    });
  }
  return notices;
}

function resumeBlocks(resume: ResumeFacts | undefined): PageBlock[] {
  if (!resume) return [];
  const { at, place, inFlight, rolledBack, changed, sessionState, database } = resume;
  const blocks: PageBlock[] = [
    {
      kind: "notice",
      tone: "attention",
      text: l10n.t("The run goes on at batch {0}. What has finished is not run again.", at),
    },
  ];
  if (place)
    blocks.push({
      kind: "table",
      title: l10n.t("Goes on at"),
      head: [l10n.t("Place")],
      rows: [rowOf(place)],
    });
  if (inFlight) {
    blocks.push({
      kind: "table",
      title: l10n.t("Was in flight: maybe done, maybe not, maybe in part"),
      head: [l10n.t("Place"), l10n.t("Batch"), l10n.t("Why")],
      rows: [rowOf(inFlight, [String(inFlight.number), inFlight.why], "bad")],
    });
  }
  if (rolledBack.length > 0) {
    blocks.push({
      kind: "table",
      title: l10n.t("Rolled back by the server with the connection"),
      head: [l10n.t("Place"), l10n.t("Batch")],
      rows: rolledBack.slice(0, mostRows).map((batch) => rowOf(batch, [String(batch.number)])),
    });
  }
  if (changed.length > 0) {
    blocks.push({
      kind: "table",
      title: l10n.t("Changed since they were run"),
      head: [l10n.t("Script")],
      rows: changed.map((file) => ({ cells: [file], place: { file, line: 1 }, tone: "bad" as const })),
    });
  }
  if (sessionState.length > 0) {
    blocks.push({
      kind: "table",
      title: l10n.t("Settings of the session that is gone"),
      head: [l10n.t("Place"), l10n.t("Statement"), l10n.t("Can be sent again")],
      rows: sessionState
        .slice(0, mostRows)
        .map((state) => rowOf(state, [state.text, state.alone ? l10n.t("yes") : l10n.t("no")])),
    });
  }
  if (database !== undefined)
    blocks.push({
      kind: "text",
      text: l10n.t("The database {0} was current and is made so again.", database),
    });
  return blocks;
}

function fieldsOf(facts: PreviewFacts): PageBlock[] {
  const { spec, survey } = facts;
  const values = spec.resume ? [] : valueFields(facts);
  const secrets = secretFields(facts);
  const decisions = [...decisionFields(survey), ...(spec.resume ? [] : optionFields(facts))];
  return [
    ...(values.length + secrets.length > 0
      ? [
          {
            kind: "fields" as const,
            title: l10n.t("Variables and Arguments"),
            fields: [...values, ...secrets],
          },
        ]
      : []),
    ...(decisions.length > 0
      ? [{ kind: "fields" as const, title: l10n.t("Decisions"), fields: decisions }]
      : []),
  ];
}

function optionFields({ survey, choices }: PreviewFacts): PageField[] {
  const outside: PageField = {
    id: "allowOutside",
    label: l10n.t("Scripts may include files from any folder"),
    kind: "check",
    value: choices.allowOutside ? "yes" : "",
  };
  if (survey.dialect === "sqlplus") return [outside];
  return [
    {
      id: "onError",
      label: l10n.t("After an error"),
      kind: "choice",
      value: choices.onError,
      options: [
        { value: "ignore", label: l10n.t("go on, as sqlcmd does (unless the script says otherwise)") },
        { value: "exit", label: l10n.t("end the run (sqlcmd -b)") },
      ],
    },
    outside,
  ];
}

function decisionFields({ otherRun, resume }: Survey): PageField[] {
  const fields: PageField[] = [];
  if (otherRun) {
    fields.push({
      id: "besideOtherRun",
      label: l10n.t("Run beside the other run on this database"),
      kind: "check",
      value: "",
      warnings: { yes: l10n.t("The guide has scripts run one after another, never at the same time.") },
    });
  }
  if (!resume) return fields;
  if (resume.changed.length > 0) {
    fields.push({
      id: "changedScripts",
      label: l10n.t("Go on with the scripts as they are now"),
      kind: "check",
      value: "",
    });
  }
  if (resume.inFlight || resume.rolledBack.length > 0) {
    fields.push({
      id: "unfinished",
      label: l10n.t("What did not finish"),
      kind: "choice",
      value: "",
      options: [
        { value: "", label: l10n.t("Look at the database, then choose") },
        { value: "rerun", label: l10n.t("Run it again") },
        { value: "skip", label: l10n.t("Take it as done") },
      ],
    });
  }
  if (resume.sessionState.some(({ alone }) => alone)) {
    fields.push({
      id: "replaySession",
      label: l10n.t("Send the settings of the session again"),
      kind: "check",
      value: "yes",
    });
  }
  return fields;
}

function scriptsTable({ scripts }: Survey, given: readonly (readonly string[])[]): PageBlock {
  const taking = given.some((values) => values.length > 0);
  return {
    kind: "table",
    title: l10n.t("Scripts in order"),
    head: [
      l10n.t("Script"),
      ...(taking ? [l10n.t("Arguments")] : []),
      l10n.t("Batches"),
      l10n.t("Included files"),
      l10n.t("Size"),
      l10n.t("Folder"),
    ],
    rows: scripts.map(({ path, batches, files, bytes, finished }, index) => ({
      cells: [
        `${index + 1}. ${basename(path)}`,
        ...(taking ? [(given[index] ?? []).map(quoted).join(" ")] : []),
        finished ? l10n.t("finished, not run again") : String(batches),
        String(Math.max(0, files.length - 1)),
        bytes < 10_000 ? l10n.t("{0} bytes", bytes) : l10n.t("{0} KB", Math.round(bytes / 1024)),
        path.slice(0, -basename(path).length),
      ],
      place: { file: path, line: 1 },
      tone: finished ? "good" : "none",
    })),
  };
}

function quoted(value: string): string {
  return /^\S+$/.test(value) ? value : `"${value}"`;
}

function destructiveTable({ destructive, destructiveCount }: Survey): PageBlock[] {
  if (destructiveCount === 0) return [];
  const rows = destructive.slice(0, mostRows);
  return [
    {
      kind: "table",
      title: l10n.t("Destructive statements"),
      head: [l10n.t("Place"), l10n.t("Statement"), l10n.t("What it is done to"), l10n.t("Remark")],
      rows: rows.map((found) =>
        rowOf(
          found,
          [
            found.statement,
            found.target ?? "",
            found.temporary
              ? l10n.t("temporary")
              : found.definition
                ? l10n.t("in a definition: when it is called")
                : "",
          ],
          found.temporary || found.definition ? "attention" : "bad",
        ),
      ),
      ...(destructiveCount > rows.length && {
        note: l10n.t("{0} more are not listed.", destructiveCount - rows.length),
      }),
    },
  ];
}

function otherTables({
  variables,
  questions,
  connects,
  problems,
  problemCount,
  secretVariables,
}: Survey): PageBlock[] {
  const blocks: PageBlock[] = [];
  if (connects.length > 0) {
    blocks.push({
      kind: "table",
      title: l10n.t("Connects to other servers or users"),
      head: [l10n.t("Place"), l10n.t("Command")],
      rows: connects.slice(0, mostRows).map((connect) => rowOf(connect, [connect.text], "bad")),
    });
  }
  const shown = variables.filter(({ name }) => !secretVariables.includes(name));
  if (shown.length > 0) {
    blocks.push({
      kind: "table",
      title: l10n.t("Variables"),
      head: [l10n.t("Name"), l10n.t("Value")],
      rows: shown.slice(0, mostRows).map(({ name, value }) => ({
        cells: [name, soundsSecret(name) ? "***" : (value ?? l10n.t("(no value)"))],
        tone: value === undefined ? "bad" : "none",
      })),
    });
  }
  if (questions.length > 0) {
    blocks.push({
      kind: "table",
      title: l10n.t("Asks for values while it runs"),
      head: [l10n.t("Place"), l10n.t("Name"), l10n.t("Question")],
      rows: questions.slice(0, mostRows).map(({ place, name, prompt }) => rowOf(place, [name, prompt])),
    });
  }
  if (problems.length > 0) {
    blocks.push({
      kind: "table",
      title: l10n.t("Problems"),
      head: [l10n.t("Place"), l10n.t("Problem")],
      rows: problems.slice(0, mostRows).map(({ message, severity, place }): PageRow => {
        const tone = severity === "error" ? "bad" : severity === "warning" ? "attention" : "none";
        return place?.file === undefined
          ? { cells: ["", message], tone }
          : rowOf({ file: place.file, line: place.line ?? 1 }, [message], tone);
      }),
      ...(problemCount > mostRows && { note: l10n.t("{0} more are not listed.", problemCount - mostRows) }),
    });
  }
  return blocks;
}

function rowOf(
  { file, line }: ScriptPlace,
  cells: readonly string[] = [],
  tone: PageRow["tone"] = "none",
): PageRow {
  return { cells: [l10n.t("{0}, line {1}", basename(file), line), ...cells], place: { file, line }, tone };
}
