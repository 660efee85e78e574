import * as l10n from "@vscode/l10n";
import { type BatchItem, sourceLine } from "../../scripts/items";
import type { SqlplusCommand } from "../../scripts/sqlplus/commands";
import type { SqlplusSession } from "../../scripts/sqlplus/session";
import { type BatchSink, errorsOnly } from "../driver";
import type { Binds } from "../oracle/binds";
import type { OracleSession } from "../oracle/session";
import { BatchOutput } from "./batchOutput";
import type { Compiled } from "./compiled";
import type { RunContext } from "./context";

type Named<N extends SqlplusCommand["name"]> = Extract<SqlplusCommand, { name: N }>;

/** Takes what the runner itself sends to Oracle: only errors matter. */
export function ownErrors({ output, totals }: RunContext): BatchSink {
  return errorsOnly(({ text, code }) => {
    totals.errors++;
    output.error({ text, ...(code !== undefined && { code }) });
  });
}

/** What SQL*Plus shows by itself or when it is asked to: PROMPT, PRINT, SHOW ERRORS, the old and new lines of VERIFY. */
export class SqlplusDisplay {
  /** The last statement that was run. */
  last: { readonly batch: BatchItem; readonly n: number } | undefined;
  /** The last one that has created stored code. */
  lastCompiled: (Compiled & { readonly batch: BatchItem }) | undefined;

  constructor(
    private readonly context: RunContext,
    private readonly variables: SqlplusSession,
    private readonly binds: Binds,
    private readonly session: () => OracleSession | undefined,
  ) {}

  /** Commands that show something. */
  async command(command: SqlplusCommand): Promise<void> {
    const { output, ask } = this.context;
    switch (command.name) {
      case "prompt":
        return output.message(command.message);
      case "pause":
        output.message(command.message);
        await ask({
          name: "",
          prompt: command.message || l10n.t("Press Enter to go on"),
          hidden: false,
          place: command,
        });
        return;
      case "print":
        return this.print(command.variables);
      case "define":
        if (command.value !== undefined) return;
        return output.message(
          this.variables
            .list()
            .filter(
              ({ name }) =>
                command.variable === undefined || name.toLowerCase() === command.variable.toLowerCase(),
            )
            .map(({ name, value }) => `DEFINE ${name.toUpperCase()} = "${value}"`)
            .join("\n"),
        );
      case "show":
        return this.show(command);
      case "describe":
      case "other":
        return output.note(
          "information",
          l10n.t("{0}: not carried out here; it changes no data", command.text),
          command,
        );
      default:
        return;
    }
  }

  async print(variables: readonly string[]): Promise<void> {
    const { output } = this.context;
    for (const name of variables.length > 0 ? variables : this.binds.names()) {
      const value = this.binds.has(name) ? this.binds.get(name) : undefined;
      if (value === undefined)
        output.error({ text: `Bind variable "${name}" not declared.`, code: "SP2-0552" });
      else if (isCursor(value)) await this.printCursor(value);
      else output.message(`${name.toUpperCase()} = ${value === null ? "" : String(value)}`);
    }
  }

  /** The rows of a REFCURSOR, as if the statement that has opened it had returned them. */
  private async printCursor(cursor: unknown): Promise<void> {
    const { output, request, folder } = this.context;
    if (!this.last) return;
    const rows = { shown: request.options.shownRows, files: false, folder };
    const sink = new BatchOutput(output, this.last.batch, this.last.n, rows);
    await this.session()?.printCursor(cursor, sink);
    await sink.end();
  }

  private async show(command: Named<"show" | "describe" | "list" | "layout" | "other">): Promise<void> {
    const { output } = this.context;
    if (/^err(?:o|or|ors)?\b/i.test(command.arguments)) {
      if (this.lastCompiled) await this.compileErrors(ownErrors(this.context), true);
      else output.message("No errors.");
    } else if (/^user$/i.test(command.arguments))
      output.message(`USER is "${this.context.request.target.user.toUpperCase()}"`);
    else
      output.note(
        "information",
        l10n.t("{0}: not carried out here; it changes no data", command.text),
        command,
      );
  }

  /** "Created with compilation errors" is a warning; each error is told with the script's line. */
  async compileErrors(sink: BatchSink, asked = false): Promise<void> {
    const { lastCompiled: compiled } = this;
    const session = this.session();
    const { output } = this.context;
    if (!compiled || !session) {
      output.note("warning", l10n.t("created with compilation errors"));
      return;
    }
    const { owner, name, type, linesBefore, batch } = compiled;
    const errors = await session.compileErrors(owner, name, type, sink);
    if (asked && errors.length === 0) return output.message("No errors.");
    if (!asked) {
      output.note("warning", l10n.t("{0} {1} was created with compilation errors", type, name), {
        file: batch.file,
        line: batch.startLine,
      });
    }
    for (const { line, column, text } of errors) {
      const place = sourceLine(batch.map, line + linesBefore) ?? { file: batch.file, line: batch.startLine };
      output.note("warning", `${type} ${name}, ${line}/${column}: ${text}`, place);
    }
  }

  verify(batch: BatchItem, original: string): void {
    if (batch.secrets.length > 0) return;
    const now = batch.text.split("\n");
    for (const [index, before] of original.split("\n").entries()) {
      const after = now[index];
      if (after === undefined || after === before) continue;
      this.context.output.message(`old ${index + 1}: ${before}\nnew ${index + 1}: ${after}`);
    }
  }
}

function isCursor(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { getRows?: unknown }).getRows === "function"
  );
}
