import { isAbsolute } from "node:path";
import {
  Disposable,
  type DocumentLink,
  DocumentLink as Link,
  type DocumentLinkProvider,
  EventEmitter,
  languages,
  l10n,
  Range,
  type TextDocument,
  type TextDocumentContentProvider,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import type { ErrorEvent, RunEvent, ScriptPlace } from "../../../../server/src/protocol";
import { severityName } from "../../severities";
import type { ActiveRun } from "./activeRun";

/** Documents with what runs say, live. */
export const messagesScheme = "handler-run";

/** Older lines leave the document; all are in the run's folder. */
const mostLines = 5000;
const patience = 200;

/** A place at the beginning of a line of a log: `error: /scripts/ICBuild.sql, line 12: ...`. Logs are in English. */
const placeOf =
  /^(?:\d{4}-\d\d-\d\dT[\d:.]+Z )?(?:(?:error|warning|information): |batch \d+(?: of \d+)?: )?(.+?), line (\d+)\b/;

type BatchEnd = Exclude<Extract<RunEvent, { kind: "batch-end" }>["outcome"], "done">;

/** A place in the words of a line. */
interface SaidPlace extends ScriptPlace {
  readonly text: string;
}

const said = ({ file, line }: ScriptPlace): SaidPlace => ({
  file,
  line,
  text: l10n.t("{0}, line {1}", file, line),
});

function loggedPlace(text: string): SaidPlace | undefined {
  const found = placeOf.exec(text);
  const [all = "", file, line] = found ?? [];
  return file === undefined ? undefined : { file, line: Number(line), text: all.slice(all.indexOf(file)) };
}

/** What runs say, each in a document that grows while it runs; lines with a place lead to the script. */
export class RunMessages implements TextDocumentContentProvider, DocumentLinkProvider, Disposable {
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private readonly texts = new Map<string, LiveText>();
  private readonly registrations: Disposable;

  constructor() {
    this.registrations = Disposable.from(
      workspace.registerTextDocumentContentProvider(messagesScheme, this),
      languages.registerDocumentLinkProvider(
        [{ scheme: messagesScheme }, { pattern: "**/messages.log" }],
        this,
      ),
      this.changed,
    );
  }

  /** Follows a run from now on; answers the document's address. */
  follow(run: ActiveRun): Uri {
    const uri = Uri.from({
      scheme: messagesScheme,
      path: `/${run.title.replace(/[\\/]/g, "-")}.log`,
      query: String(Date.now()),
    });
    const text = new LiveText(run, () => this.changed.fire(uri));
    this.texts.set(uri.toString(), text);
    return uri;
  }

  async show(uri: Uri, preserveFocus = true): Promise<void> {
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { preview: false, preserveFocus, viewColumn: ViewColumn.Active });
  }

  provideTextDocumentContent(uri: Uri): string {
    return (
      this.texts.get(uri.toString())?.text ?? l10n.t("The messages of this run are in the log in its folder.")
    );
  }

  provideDocumentLinks(document: TextDocument): DocumentLink[] {
    const links: DocumentLink[] = [];
    const live = this.texts.get(document.uri.toString());
    for (let number = 0; number < document.lineCount; number++) {
      const { text } = document.lineAt(number);
      const place = live ? live.placeAt(number) : loggedPlace(text);
      if (!place || !isAbsolute(place.file)) continue;
      // The document may be older than what the run has said.
      const start = text.indexOf(place.text);
      if (start < 0) continue;
      const link = new Link(
        new Range(number, start, number, start + place.text.length),
        Uri.file(place.file).with({ fragment: `L${place.line}` }),
      );
      link.tooltip = l10n.t("Open the script at line {0}", place.line);
      links.push(link);
    }
    return links;
  }

  dispose(): void {
    this.registrations.dispose();
  }
}

const outcomeNames = (): Readonly<Record<BatchEnd, string>> => ({
  cancelled: l10n.t("cancelled"),
  timeout: l10n.t("timed out"),
  lost: l10n.t("the connection was lost"),
});

function placeIn(event: RunEvent): SaidPlace | undefined {
  if (event.kind === "batch") return said(event);
  return (event.kind === "error" || event.kind === "note") && event.place ? said(event.place) : undefined;
}

class LiveText {
  private lines: { readonly text: string; readonly place?: SaidPlace }[] = [];
  private dropped = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly run: ActiveRun,
    private readonly grown: () => void,
  ) {
    run.onDidHappen((events) => this.take(events));
    run.onDidChange(() => {
      if (run.phase !== "ended") return;
      if (run.failure !== undefined && !run.result) this.add(`${severityName("error")}: ${run.failure}`);
    });
  }

  get text(): string {
    const head =
      this.dropped > 0 ? `${l10n.t("({0} earlier lines are in the log of the run.)", this.dropped)}\n` : "";
    return `${head}${this.lines.map(({ text }) => text).join("\n")}\n`;
  }

  /** What a line of the text is about. */
  placeAt(line: number): SaidPlace | undefined {
    return this.lines[this.dropped > 0 ? line - 1 : line]?.place;
  }

  private take(events: readonly RunEvent[]): void {
    for (const event of events) {
      const text = this.lineOf(event);
      if (text !== undefined) this.add(text, placeIn(event));
    }
  }

  private add(text: string, place?: SaidPlace): void {
    const [first = "", ...more] = text.split("\n");
    this.lines.push({ text: first, ...(place && { place }) }, ...more.map((line) => ({ text: line })));
    const extra = this.lines.length - mostLines;
    if (extra > mostLines / 10) {
      this.lines = this.lines.slice(extra);
      this.dropped += extra;
    }
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.grown();
    }, patience);
  }

  private lineOf(event: RunEvent): string | undefined {
    const { scripts, batches } = this.run.progress;
    switch (event.kind) {
      case "connecting":
        return l10n.t("Connecting to {0}", event.target);
      case "connected":
        return l10n.t("Connected: {0}", event.protection);
      case "script":
        return `\n${l10n.t("script {0} of {1}: {2}", event.index + 1, scripts, event.path)}`;
      case "batch":
        return l10n.t("batch {0} of {1}: {2}", event.number, batches, said(event).text);
      case "batch-end":
        return event.outcome === "done"
          ? undefined
          : l10n.t("batch {0}: {1}", event.number, outcomeNames()[event.outcome]);
      case "message":
        return event.text;
      case "error":
        return `${severityName("error")}: ${errorText(event)}`;
      case "note":
        return `${severityName(event.severity)}: ${event.place ? `${said(event.place).text}: ` : ""}${event.text}`;
      case "count":
        return event.set === undefined
          ? l10n.t("({0} rows affected)", event.rows ?? 0)
          : l10n.t("(result set {0}: {1} rows, in the Runs view)", event.set, event.rows ?? 0);
      case "cancelling":
        return event.closing
          ? l10n.t("Cancelling: the connection is cut")
          : l10n.t("Cancelling: the server is asked to stop");
      default:
        return undefined;
    }
  }
}

/** An error in the words of the official tools. */
export function errorText(error: ErrorEvent): string {
  const { text, code, severity, state, procedure, procedureLine, place } = error;
  const where = place ? `${said(place).text}: ` : "";
  const inProcedure =
    procedure === undefined
      ? undefined
      : `Procedure ${procedure}${procedureLine === undefined ? "" : `, line ${procedureLine}`}`;
  const details = [
    code,
    severity === undefined ? undefined : `Level ${severity}`,
    state === undefined ? undefined : `State ${state}`,
    inProcedure,
  ].filter((part) => part !== undefined);
  return `${where}${details.length > 0 ? `${details.join(", ")}: ` : ""}${text}`;
}
