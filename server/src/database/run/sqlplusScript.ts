import * as l10n from "@vscode/l10n";
import type { BatchItem, CommandItem, ProblemItem } from "../../scripts/items";
import type { ExitStatus, SqlplusCommand, Whenever } from "../../scripts/sqlplus/commands";
import type { SqlplusSession } from "../../scripts/sqlplus/session";
import type { BatchSink } from "../driver";
import { Binds } from "../oracle/binds";
import type { OracleSession } from "../oracle/session";
import { describeProtection, describeTarget, type OracleTarget } from "../target";
import type { BatchOutput } from "./batchOutput";
import { compiledBy } from "./compiled";
import type { Ending, RunContext } from "./context";
import { type Executed, Executor } from "./executor";
import type { ScriptRules } from "./scriptLoop";
import { spool } from "./spool";
import { ownErrors, SqlplusDisplay } from "./sqlplusDisplay";
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
  private readonly binds = new Binds();
  /** Query columns that fill variables: COLUMN ... NEW_VALUE. */
  private readonly newValues = new Map<string, string>();
  private connected: Named<"connect"> | undefined;
  private disconnected = false;
  private sinceCommit = 0;
  private readonly display: SqlplusDisplay;

  constructor(
    private readonly context: RunContext,
    private readonly variables: SqlplusSession,
    private readonly script: number,
  ) {
    this.executor = new Executor(context, script);
    this.display = new SqlplusDisplay(context, variables, this.binds, () => this.session);
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
        await spool(this.context, this.script, command, replaying);
        return undefined;
      case "exit":
        return this.exit(
          command.status,
          command.transaction ?? (this.settings.exitCommit ? "commit" : "rollback"),
          "EXIT",
        );
      default:
        if (!replaying) await this.display.command(command);
        return undefined;
    }
  }

  async connect(): Promise<Ending | undefined> {
    if (this.session?.alive || this.disconnected) return undefined;
    if (this.session)
      return {
        kind: "interrupted",
        reason: l10n.t("the connection was lost between two statements"),
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
      output.error({
        text: `Bind variable "${missing[0] ?? ""}" not declared.`,
        code: "SP2-0552",
        place,
      });
      return undefined;
    }
    if (settings.echo) output.message(batch.original ?? batch.text);
    if (settings.verify && batch.original !== undefined) this.display.verify(batch, batch.original);
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
    return this.whenever(
      this.settings.osError,
      l10n.t("an operating system error, with WHENEVER OSERROR EXIT"),
    );
  }

  end(): Ending {
    // The end of the input is an EXIT.
    return this.exit(
      "success",
      this.settings.exitCommit ? "commit" : "rollback",
      l10n.t("the script has come to its end"),
    );
  }

  private get target(): OracleTarget {
    const { target } = this.context.request;
    if (target.kind !== "oracle") throw new Error(l10n.t("a SQL*Plus script needs an Oracle database"));
    return target;
  }

  private get plainSink(): BatchSink {
    return ownErrors(this.context);
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
    this.display.last = { batch, n };
    if (settings.serverOutput) {
      const { wrapped } = settings.serverOutput;
      await session.fetchOutput((line) => sink.message({ text: wrapped ? line : line.trimStart() }), sink);
    }
    const compiled =
      batch.type === "plsql" || session.compiledWithErrors ? compiledBy(batch.text) : undefined;
    if (compiled) this.display.lastCompiled = { ...compiled, batch };
    if (session.compiledWithErrors) await this.display.compileErrors(sink);
    if (settings.autoCommit > 0 && sink.errors.length === 0 && session.inTransaction) {
      if (++this.sinceCommit >= settings.autoCommit) {
        this.sinceCommit = 0;
        await session.commit(sink);
      }
    }
    await this.afterError(sink);
    await this.fillVariables(sink, n);
    if (settings.autoPrint && batch.type === "plsql") await this.display.print([]);
  }

  /** WHENEVER SQLERROR looks at errors of SQL and PL/SQL, not at warnings of a compilation. */
  private sqlError({ outcome, output }: Executed): Ending | undefined {
    if (output.errors.length === 0 && outcome.kind !== "timeout") return undefined;
    if (outcome.kind === "timeout") {
      this.context.totals.errors++;
      this.context.output.note("error", l10n.t("the statement took longer than allowed, and was stopped"));
    }
    const { sqlError } = this.settings;
    if (sqlError.action !== "exit") return undefined;
    return {
      kind: "failed",
      reason: l10n.t(
        "an error, with WHENEVER SQLERROR EXIT: {0}",
        output.errors[0]?.text ?? l10n.t("time limit"),
      ),
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
        return { kind: "cancelled", reason: l10n.t("cancelled while connecting"), exitCode: failure };
      const text = output.scrubber.scrub(error instanceof Error ? error.message : String(error));
      output.note("error", l10n.t("no connection: {0}", text));
      return { kind: "interrupted", reason: l10n.t("no connection: {0}", text), exitCode: failure };
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
        l10n.t("the open transaction was committed, because the script leaves the connection"),
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
    if (user === undefined)
      return stop(l10n.t("it names no user; operating system logins are not possible here"));
    const password = await this.passwordFor(command, user);
    if (password === undefined) return stop(l10n.t("there is no password for {0}", user));
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
      prompt: l10n.t("Password of {0}:", user),
      hidden: true,
      place: { file, line },
    });
    if (answer !== undefined) output.scrubber.add(answer);
    return answer;
  }

  private declare(command: Named<"variable">, name: string, type: string): void {
    if (!this.binds.declare(name, type)) {
      this.context.output.note(
        "error",
        l10n.t("VARIABLE {0} {1}: this type is not known here", name, type),
        command,
      );
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
