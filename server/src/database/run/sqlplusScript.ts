import { type BatchItem, type CommandItem, type ProblemItem, sourceLine } from "../../scripts/items";
import type { ExitStatus, SqlplusCommand, Whenever } from "../../scripts/sqlplus/commands";
import type { SqlplusSession } from "../../scripts/sqlplus/session";
import { type BatchSink, errorsOnly } from "../driver";
import { Binds } from "../oracle/binds";
import type { OracleSession } from "../oracle/session";
import { describeProtection, describeTarget, type OracleTarget } from "../target";
import { BatchOutput } from "./batchOutput";
import { type Compiled, compiledBy } from "./compiled";
import type { Ending, RunContext } from "./context";
import { type Executed, Executor } from "./executor";
import type { ScriptRules } from "./scriptLoop";
import { spool } from "./spool";
import { applySetting, defaultRunSettings } from "./sqlplusSettings";

type Named<N extends SqlplusCommand["name"]> = Extract<SqlplusCommand, { name: N }>;

/** SQL*Plus' own: EXIT FAILURE and EXIT WARNING. */
const failure = 1;
const warning = 2;

/** What SQL*Plus does with commands, errors and transactions (SQL*Plus User's Guide and Reference). */
export class SqlplusScript implements ScriptRules {
  session: OracleSession | undefined;
  private readonly settings = defaultRunSettings();
  private readonly executor: Executor;
  private binds = new Binds();
  /** Query columns that fill variables: COLUMN ... NEW_VALUE. */
  private readonly newValues = new Map<string, string>();
  private connected: Named<"connect"> | undefined;
  private disconnected = false;
  private sinceCommit = 0;
  private last: { readonly batch: BatchItem; readonly n: number } | undefined;
  private lastCompiled: (Compiled & { readonly batch: BatchItem }) | undefined;

  constructor(
    private readonly context: RunContext,
    private readonly variables: SqlplusSession,
    script: number,
  ) {
    this.executor = new Executor(context, script);
  }

  async command(command: CommandItem["command"], replaying: boolean): Promise<Ending | undefined> {
    if (command.dialect !== "sqlplus") return undefined;
    // State is the same whether a command is new or was carried out before; what is seen or sent is not.
    switch (command.name) {
      case "set":
        for (const setting of command.settings) applySetting(this.settings, setting);
        if (!replaying && command.settings.some(({ name }) => name === "serveroutput"))
          await this.serverOutput();
        return undefined;
      case "whenever":
        if (command.event === "sqlerror") this.settings.sqlError = command;
        else this.settings.osError = command;
        return undefined;
      case "variable":
        if (command.variable !== undefined && command.type !== undefined)
          this.declare(command, command.variable, command.type);
        else if (!replaying)
          this.context.output.message(
            this.binds
              .names()
              .map((name) => `variable ${name}`)
              .join("\n"),
          );
        return undefined;
      case "column":
        if (command.newValue !== undefined)
          this.newValues.set(command.column.toLowerCase(), command.newValue);
        return undefined;
      case "connect":
        this.connected = command;
        this.disconnected = false;
        return replaying ? undefined : this.reconnect(command);
      case "disconnect":
        this.disconnected = true;
        return replaying ? undefined : this.disconnect();
      case "spool":
        await spool(this.context, command, replaying);
        return undefined;
      case "exit":
        return this.exit(
          command.status,
          command.transaction ?? (this.settings.exitCommit ? "commit" : "rollback"),
          "EXIT",
        );
      default:
        if (!replaying) await this.shown(command);
        return undefined;
    }
  }

  async connect(): Promise<Ending | undefined> {
    if (this.session?.alive || this.disconnected) return undefined;
    if (this.session)
      return {
        kind: "interrupted",
        reason: "the connection was lost between two statements",
        exitCode: failure,
      };
    return this.connected ? this.reconnect(this.connected) : this.open(this.target, this.context.password);
  }

  async execute(batch: BatchItem, n: number, round: number): Promise<Ending | undefined> {
    const { session, settings } = this;
    const { output, totals } = this.context;
    const place = { file: batch.file, line: batch.startLine };
    if (!session) {
      totals.errors++;
      output.error({ text: "Not connected", code: "SP2-0640", place });
      return undefined;
    }
    const missing = this.binds.undeclared(batch.text);
    if (missing.length > 0) {
      totals.errors++;
      output.error({ text: `Bind variable "${missing[0] ?? ""}" not declared.`, code: "SP2-0552", place });
      return undefined;
    }
    if (settings.echo) output.message(batch.original ?? batch.text);
    if (settings.verify && batch.original !== undefined) this.verify(batch, batch.original);
    const began = performance.now();
    const { ending } = await this.executor.execute(session, batch, n, round, {
      after: (executed) => this.after(executed, batch),
      ending: (executed) => this.sqlError(executed),
      binds: () => this.binds.scalars(),
      quiet: !settings.feedback,
    });
    if (settings.timing) output.message(`Elapsed: ${((performance.now() - began) / 1000).toFixed(2)} s`);
    return ending;
  }

  async replay(batch: BatchItem, n: number): Promise<Ending | undefined> {
    return this.session ? this.executor.replay(this.session, batch, n) : undefined;
  }

  skipped(_batch: BatchItem, n: number): void {
    this.binds.take(this.context.history?.executions.get(n)?.end?.binds);
  }

  async problem({ trigger }: ProblemItem): Promise<Ending | undefined> {
    if (trigger !== "oserror") return undefined;
    return this.whenever(this.settings.osError, "an operating system error, with WHENEVER OSERROR EXIT");
  }

  end(): Ending {
    // The end of the input is an EXIT.
    return this.exit(
      "success",
      this.settings.exitCommit ? "commit" : "rollback",
      "the script has come to its end",
    );
  }

  private get target(): OracleTarget {
    const { target } = this.context.request;
    if (target.kind !== "oracle") throw new Error("a SQL*Plus script needs an Oracle database");
    return target;
  }

  /** Takes what the runner itself sends: only errors matter. */
  private get plainSink(): BatchSink {
    const { output, totals } = this.context;
    return errorsOnly(({ text, code }) => {
      totals.errors++;
      output.error({ text, ...(code !== undefined && { code }) });
    });
  }

  private exit(status: ExitStatus, transaction: "commit" | "rollback", reason: string): Ending {
    return { kind: "ended", reason, exitCode: this.statusCode(status), transaction };
  }

  private statusCode(status: ExitStatus): number {
    if (typeof status === "number") return status;
    if (status === "success") return 0;
    if (status === "failure") return failure;
    if (status === "warning") return warning;
    if (status === "sql.sqlcode") return this.session?.lastErrorNumber ?? 0;
    const { variable } = status;
    const value = variable.startsWith(":") ? this.binds.get(variable.slice(1)) : this.variables.get(variable);
    const number = Number(value);
    return value === null || value === undefined || Number.isNaN(number) ? failure : number;
  }

  /** After each statement, as long as its end is not recorded: its output, compilation errors, commits, variables. */
  private async after({ n, output: sink }: Executed, batch: BatchItem): Promise<void> {
    const { session, settings } = this;
    if (!session) return;
    this.last = { batch, n };
    if (settings.serverOutput) {
      const { wrapped } = settings.serverOutput;
      await session.fetchOutput((line) => sink.message({ text: wrapped ? line : line.trimStart() }), sink);
    }
    const compiled =
      batch.type === "plsql" || session.compiledWithErrors ? compiledBy(batch.text) : undefined;
    if (compiled) this.lastCompiled = { ...compiled, batch };
    if (session.compiledWithErrors) await this.compileErrors(sink);
    if (settings.autoCommit > 0 && sink.errors.length === 0 && session.inTransaction) {
      if (++this.sinceCommit >= settings.autoCommit) {
        this.sinceCommit = 0;
        await session.commit(sink);
      }
    }
    await this.afterError(sink);
    await this.fillVariables(sink, n);
    if (settings.autoPrint && batch.type === "plsql") await this.print([]);
  }

  /** WHENEVER SQLERROR looks at errors of SQL and PL/SQL, not at warnings of a compilation. */
  private sqlError({ outcome, output }: Executed): Ending | undefined {
    if (output.errors.length === 0 && outcome.kind !== "timeout") return undefined;
    if (outcome.kind === "timeout") {
      this.context.totals.errors++;
      this.context.output.note("error", "the statement took longer than allowed, and was stopped");
    }
    const { sqlError } = this.settings;
    if (sqlError.action !== "exit") return undefined;
    return {
      kind: "failed",
      reason: `an error, with WHENEVER SQLERROR EXIT: ${output.errors[0]?.text ?? "time limit"}`,
      exitCode: this.statusCode(sqlError.status ?? "failure"),
      transaction: sqlError.transaction === "rollback" ? "rollback" : "commit",
    };
  }

  /** WHENEVER SQLERROR CONTINUE COMMIT or ROLLBACK. */
  private async afterError({ errors }: BatchOutput): Promise<void> {
    const { sqlError } = this.settings;
    if (errors.length === 0 || sqlError.action !== "continue") return;
    if (sqlError.transaction === "commit") await this.session?.commit(this.plainSink);
    else if (sqlError.transaction === "rollback") await this.session?.rollback(this.plainSink);
  }

  private async whenever(
    { action, status, transaction }: Whenever,
    reason: string,
  ): Promise<Ending | undefined> {
    if (action === "exit") {
      return {
        kind: "failed",
        reason,
        exitCode: this.statusCode(status ?? "failure"),
        transaction: transaction === "rollback" ? "rollback" : "commit",
      };
    }
    if (transaction === "commit") await this.session?.commit(this.plainSink);
    else if (transaction === "rollback") await this.session?.rollback(this.plainSink);
    return undefined;
  }

  private async open(target: OracleTarget, password: string): Promise<Ending | undefined> {
    const { output, request, drivers, cancellation } = this.context;
    const where = describeTarget(target);
    output.post(
      { kind: "connecting", target: where },
      `connecting to ${where} (${describeProtection(target)})`,
    );
    try {
      this.session = await drivers.oracle(target, {
        password,
        timeoutSeconds: request.options.connectTimeout,
        signal: cancellation.signal,
      });
    } catch (error) {
      if (cancellation.requested)
        return { kind: "cancelled", reason: "cancelled while connecting", exitCode: failure };
      const text = output.scrubber.scrub(error instanceof Error ? error.message : String(error));
      output.note("error", `no connection: ${text}`);
      return { kind: "interrupted", reason: `no connection: ${text}`, exitCode: failure };
    }
    const { protection, database } = this.session;
    output.post(
      { kind: "connected", target: where, protection, ...(database !== undefined && { database }) },
      `connected to ${where}: ${protection}`,
    );
    // Variables outlive a connection, SERVEROUTPUT has to be switched on anew for each.
    this.session.binds = this.binds;
    if (this.settings.serverOutput) await this.serverOutput();
    return undefined;
  }

  private async serverOutput(): Promise<void> {
    const { session, settings } = this;
    if (!session) return;
    if (settings.serverOutput) await session.enableOutput(settings.serverOutput.size, this.plainSink);
    else await session.disableOutput(this.plainSink);
  }

  /** DISCONNECT commits (SQL*Plus User's Guide, DISCONNECT). */
  private async disconnect(): Promise<undefined> {
    const { session } = this;
    if (!session) return;
    if (session.inTransaction && (await session.commit(this.plainSink))) {
      this.context.output.note(
        "information",
        "the open transaction was committed, because the script leaves the connection",
      );
    }
    await session.close();
    this.session = undefined;
  }

  private async reconnect(command: Named<"connect">): Promise<Ending | undefined> {
    await this.disconnect();
    const own = this.target;
    const { user, identifier, privilege } = command;
    const elsewhere =
      identifier !== undefined && identifier.toLowerCase() !== (own.database ?? own.server).toLowerCase();
    const stop = (why: string): Ending => {
      this.context.output.note("error", `CONNECT: ${why}`, command);
      return { kind: "failed", reason: `CONNECT: ${why}`, exitCode: failure };
    };
    if (user === undefined) return stop("it names no user; operating system logins are not possible here");
    const password = await this.passwordFor(command, user);
    if (password === undefined) return stop(`there is no password for ${user}`);
    const { database, port, privilege: ownPrivilege, ...base } = own;
    void ownPrivilege;
    const parsed = /^(?:\/\/)?([\w.-]+)(?::(\d+))?\/([\w.$#-]+)$/.exec(identifier ?? "");
    const place = !elsewhere
      ? { ...(database !== undefined && { database }), ...(port !== undefined && { port }) }
      : parsed
        ? {
            server: parsed[1] ?? "",
            ...(parsed[2] && { port: Number(parsed[2]) }),
            database: parsed[3] ?? "",
          }
        : { server: identifier };
    return this.open({ ...base, ...place, user, ...(privilege !== undefined && { privilege }) }, password);
  }

  private async passwordFor(command: Named<"connect">, user: string): Promise<string | undefined> {
    const { output, ask } = this.context;
    if (command.password) {
      const given = command.password.reveal();
      output.scrubber.add(given);
      return given;
    }
    const { file, line } = command;
    const answer = await ask({
      name: "password",
      prompt: `Password of ${user}:`,
      hidden: true,
      place: { file, line },
    });
    if (answer !== undefined) output.scrubber.add(answer);
    return answer;
  }

  private declare(command: Named<"variable">, name: string, type: string): void {
    if (!this.binds.declare(name, type)) {
      this.context.output.note("error", `VARIABLE ${name} ${type}: this type is not known here`, command);
    }
  }

  /** Commands that show something. */
  private async shown(command: SqlplusCommand): Promise<void> {
    const { output, ask } = this.context;
    switch (command.name) {
      case "prompt":
        return output.message(command.message);
      case "pause":
        output.message(command.message);
        await ask({
          name: "",
          prompt: command.message || "Press Enter to go on",
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
          `${command.text}: not carried out here; it changes no data`,
          command,
        );
      default:
        return;
    }
  }

  private async print(variables: readonly string[]): Promise<void> {
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
    await this.session?.printCursor(cursor, sink);
    await sink.end();
  }

  private async show(command: Named<"show" | "describe" | "list" | "layout" | "other">): Promise<void> {
    const { output } = this.context;
    if (/^err(?:o|or|ors)?\b/i.test(command.arguments)) {
      if (this.lastCompiled) await this.compileErrors(this.plainSink, true);
      else output.message("No errors.");
    } else if (/^user$/i.test(command.arguments))
      output.message(`USER is "${this.target.user.toUpperCase()}"`);
    else output.note("information", `${command.text}: not carried out here; it changes no data`, command);
  }

  /** "Created with compilation errors" is a warning; each error is told with the script's line. */
  private async compileErrors(sink: BatchSink, asked = false): Promise<void> {
    const { lastCompiled: compiled, session } = this;
    const { output } = this.context;
    if (!compiled || !session) {
      output.note("warning", "created with compilation errors");
      return;
    }
    const { owner, name, type, linesBefore, batch } = compiled;
    const errors = await session.compileErrors(owner, name, type, sink);
    if (asked && errors.length === 0) return output.message("No errors.");
    if (!asked) {
      output.note("warning", `${type} ${name} was created with compilation errors`, {
        file: batch.file,
        line: batch.startLine,
      });
    }
    for (const { line, column, text } of errors) {
      const place = sourceLine(batch.map, line + linesBefore) ?? { file: batch.file, line: batch.startLine };
      output.note("warning", `${type} ${name}, ${line}/${column}: ${text}`, place);
    }
  }

  private verify(batch: BatchItem, original: string): void {
    if (batch.secrets.length > 0) return;
    const now = batch.text.split("\n");
    for (const [index, before] of original.split("\n").entries()) {
      const after = now[index];
      if (after === undefined || after === before) continue;
      this.context.output.message(`old ${index + 1}: ${before}\nnew ${index + 1}: ${after}`);
    }
  }

  /** COLUMN ... NEW_VALUE: the variable gets the value of the last row. */
  private async fillVariables({ lastSet }: BatchOutput, n: number): Promise<void> {
    if (this.newValues.size === 0 || !lastSet?.row) return;
    const values: Record<string, string> = {};
    for (const [index, { name }] of lastSet.columns.entries()) {
      const variable = this.newValues.get(name.toLowerCase());
      if (variable !== undefined) values[variable] = lastSet.row[index] ?? "";
    }
    if (Object.keys(values).length === 0) return;
    for (const [name, value] of Object.entries(values)) this.variables.set(name, value);
    await this.context.journal.add({ type: "variables", n, values });
  }
}

function isCursor(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { getRows?: unknown }).getRows === "function"
  );
}
