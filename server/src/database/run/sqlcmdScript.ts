import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { BatchItem, CommandItem, ProblemItem } from "../../scripts/items";
import type { SqlcmdCommand, SqlcmdConnect } from "../../scripts/sqlcmd/commands";
import type { SqlcmdSession } from "../../scripts/sqlcmd/session";
import { errorsOnly, type Session } from "../driver";
import { describeProtection, describeTarget, parseServer, type SqlServerTarget } from "../target";
import type { Ending, RunContext } from "./context";
import { type Executed, Executor } from "./executor";
import type { Capture } from "./output";
import type { ScriptRules } from "./scriptLoop";
import { outputName } from "./outputName";
import { TextFile } from "./textFile";

type Connect = Extract<SqlcmdCommand, { name: "connect" }>;

/** sqlcmd utility reference, "sqlcmd commands": the exit codes of EXIT(query). */
const exitCodes = { errorBefore: -100, noRows: -101, notANumber: -102 } as const;

/** Classes up to here are information. */
const highestInformation = 10;

/**
 * What sqlcmd does with commands and errors (sqlcmd utility reference: -b, -V, "sqlcmd commands"; the open go-sqlcmd
 * where the reference is silent).
 */
export class SqlcmdScript implements ScriptRules {
  session: Session | undefined;
  private onError: "exit" | "ignore";
  /** Class of the last error that counts for -V. */
  private lastSevere = 0;
  private exitCode = 0;
  /** Where the script has gone last, when it was not where it had started. */
  private connected: Connect | undefined;
  private readonly executor: Executor;

  constructor(
    private readonly context: RunContext,
    private readonly variables: SqlcmdSession,
    private readonly script: number,
    /** The database that was current when the run was interrupted. */
    private readonly database: string | undefined,
  ) {
    this.onError = context.request.options.onError;
    this.executor = new Executor(context, script);
  }

  async command(command: CommandItem["command"], replaying: boolean): Promise<Ending | undefined> {
    if (command.dialect !== "sqlcmd") return undefined;
    const { output } = this.context;
    switch (command.name) {
      case "on-error":
        this.onError = command.action;
        return undefined;
      case "connect":
        this.connected = command;
        // When a run goes on, only the last one before that point counts.
        return replaying ? undefined : this.reconnect();
      case "out":
      case "error":
        return this.redirect(command.name, command.target, replaying);
      case "exit":
        return { kind: "ended", reason: "EXIT", exitCode: this.exitCode };
      case "quit":
        return { kind: "ended", reason: "QUIT", exitCode: this.finalCode };
      case "listvar":
        if (!replaying) {
          output.message(
            this.variables
              .list()
              .map(({ name, value }) => `${name} = "${value}"`)
              .join("\n"),
          );
        }
        return undefined;
      case "list":
        if (!replaying) output.message(command.buffer);
        return undefined;
      case "perftrace":
      case "xml":
      case "help":
      case "serverlist":
        if (!replaying)
          output.note(
            "information",
            l10n.t("{0}: not carried out here; it changes no data", command.text),
            command,
          );
        return undefined;
      default:
        return undefined;
    }
  }

  async connect(): Promise<Ending | undefined> {
    if (this.session?.alive) return undefined;
    if (this.session)
      return {
        kind: "interrupted",
        reason: l10n.t("the connection was lost between two batches"),
        exitCode: 1,
      };
    return this.connected ? this.reconnect() : this.open(this.target, this.context.password, this.database);
  }

  async execute(batch: BatchItem, n: number, round: number): Promise<Ending | undefined> {
    if (!this.session) return notConnected;
    const { ending } = await this.executor.execute(this.session, batch, n, round, {
      ending: (executed) => this.afterBatch(executed, batch.givesExitCode),
    });
    return ending;
  }

  async replay(batch: BatchItem, n: number): Promise<Ending | undefined> {
    return this.session ? this.executor.replay(this.session, batch, n) : notConnected;
  }

  skipped(): void {
    // What a finished batch has set is the server's, and gone.
  }

  problem({ trigger }: ProblemItem): Promise<Ending | undefined> {
    const exit = trigger === "error" && this.onError === "exit";
    return Promise.resolve(
      exit
        ? { kind: "failed", reason: l10n.t("an error in the script, with ON ERROR EXIT"), exitCode: 1 }
        : undefined,
    );
  }

  end(): Ending {
    return { kind: "ended", reason: l10n.t("the script has come to its end"), exitCode: this.finalCode };
  }

  private get target(): SqlServerTarget {
    const { target } = this.context.request;
    if (target.kind !== "sqlserver") throw new Error(l10n.t("a sqlcmd script needs a SQL Server"));
    return target;
  }

  /** -V alone: the class of the last error that is severe enough. */
  private get finalCode(): number {
    return this.lastSevere;
  }

  private afterBatch({ outcome, output }: Executed, givesExitCode: boolean): Ending | undefined {
    const { errorSeverity } = this.context.request.options;
    const { errors, final } = output;
    if (final) {
      return {
        kind: "failed",
        reason: l10n.t("a message with state 127: {0}", final.text),
        exitCode: final.number ?? 1,
      };
    }
    const severe = errors.filter(
      ({ severity = 16 }) => severity > highestInformation && severity >= (errorSeverity ?? 0),
    );
    const worst = severe[severe.length - 1]?.severity ?? 16;
    if (severe.length > 0 && errorSeverity !== undefined) this.lastSevere = worst;
    if (givesExitCode) this.exitCode = exitCodeOf(output.errors.length > 0, output.lastSet?.row);
    if (outcome.kind === "timeout") {
      const text = l10n.t("Timeout expired: the batch took longer than allowed, and was stopped");
      this.context.totals.errors++;
      this.context.output.note("error", text);
      if (this.onError === "exit") return { kind: "failed", reason: text, exitCode: 1 };
    }
    if (severe.length > 0 && this.onError === "exit") {
      return {
        kind: "failed",
        reason: l10n.t("an error, with ON ERROR EXIT: {0}", severe[0]?.text ?? ""),
        exitCode: errorSeverity === undefined ? 1 : worst,
      };
    }
    return undefined;
  }

  private async open(
    target: SqlServerTarget,
    password: string,
    database: string | undefined,
  ): Promise<Ending | undefined> {
    const { output, request, drivers, cancellation, scrubber } = {
      ...this.context,
      scrubber: this.context.output.scrubber,
    };
    output.post(
      { kind: "connecting", target: describeTarget(target) },
      `connecting to ${describeTarget(target)} (${describeProtection(target)})`,
    );
    try {
      this.session = await drivers.sqlServer(target, {
        password,
        timeoutSeconds: request.options.connectTimeout,
        quotedIdentifiers: request.options.quotedIdentifiers,
        signal: cancellation.signal,
      });
    } catch (error) {
      if (cancellation.requested)
        return { kind: "cancelled", reason: l10n.t("cancelled while connecting"), exitCode: 1 };
      const text = scrubber.scrub(error instanceof Error ? error.message : String(error));
      output.note("error", l10n.t("no connection: {0}", text));
      return { kind: "interrupted", reason: l10n.t("no connection: {0}", text), exitCode: 1 };
    }
    const { protection } = this.session;
    output.post(
      {
        kind: "connected",
        target: describeTarget(target),
        protection,
        ...(this.session.database !== undefined && { database: this.session.database }),
      },
      `connected to ${describeTarget(target)}: ${protection}`,
    );
    return database === undefined || database === this.session.database
      ? undefined
      : this.useDatabase(database);
  }

  /** The database that was current when the run stopped is the session's, which is gone. */
  private async useDatabase(database: string): Promise<Ending | undefined> {
    const { output } = this.context;
    const text = `USE [${database.replaceAll("]", "]]")}]`;
    output.note(
      "information",
      l10n.t(
        "the run was in the database {0} when it stopped: {1} is sent before it goes on",
        database,
        text,
      ),
    );
    const errors: string[] = [];
    const sink = errorsOnly((error) => errors.push(error.text));
    const outcome = await this.session?.execute(text, sink);
    if (outcome?.kind === "done" && errors.length === 0) return undefined;
    return { kind: "interrupted", reason: l10n.t("{0} failed: {1}", text, errors.join("; ")), exitCode: 1 };
  }

  /** `:connect`: the old connection ends, and an open transaction with it. */
  private async reconnect(): Promise<Ending | undefined> {
    const command = this.connected;
    if (!command) return undefined;
    if (this.session?.inTransaction) {
      this.context.output.note(
        "warning",
        l10n.t("a transaction was open: the server rolls it back, because the script leaves the connection"),
        command,
      );
    }
    await this.session?.close();
    this.session = undefined;
    const target = this.targetOf(command);
    if (typeof target === "string") return this.cannotConnect(command, target);
    const password = await this.passwordFor(command, target);
    if (password === undefined) return this.cannotConnect(command, l10n.t("there is no password for it"));
    return this.open(target, password, undefined);
  }

  private cannotConnect(command: Connect, why: string): Ending {
    this.context.output.note("error", `:connect ${command.server}: ${why}`, command);
    return { kind: "failed", reason: `:connect ${command.server}: ${why}`, exitCode: 1 };
  }

  /** The run's choices about encryption hold for the run's server; any other must have TLS and a good certificate. */
  private targetOf(connect: SqlcmdConnect): SqlServerTarget | string {
    const own = this.target;
    const parsed = parseServer(connect.server);
    if (typeof parsed === "string") return parsed;
    const same =
      parsed.server.toLowerCase() === own.server.toLowerCase() &&
      (parsed.instance ?? "").toLowerCase() === (own.instance ?? "").toLowerCase() &&
      (parsed.port ?? own.port) === own.port;
    if (connect.user === undefined && !same) {
      return l10n.t(
        "it has no user (-U); logging in to another server as the Windows user is not possible here, and the run's own password is not sent there",
      );
    }
    const { database, ...base } = own;
    void database;
    const place = same
      ? { ...base }
      : {
          kind: own.kind,
          ...parsed,
          user: "",
          encryption: "required" as const,
          trustServerCertificate: false,
          ...(own.caFile !== undefined && { caFile: own.caFile }),
        };
    return {
      ...place,
      user: connect.user ?? own.user,
      ...(connect.database !== undefined && { database: connect.database }),
      ...(connect.encryption === "strict" && { encryption: "strict" as const }),
      ...(connect.hostNameInCertificate !== undefined && { certificateHost: connect.hostNameInCertificate }),
    };
  }

  private async passwordFor(command: Connect, target: SqlServerTarget): Promise<string | undefined> {
    const { output, ask, password } = this.context;
    if (command.password) {
      const given = command.password.reveal();
      output.scrubber.add(given);
      return given;
    }
    if (command.user === undefined) return password;
    const { file, line } = command;
    const prompt = l10n.t("Password of {0} on {1}:", target.user, target.server);
    const answer = await ask({ name: "password", prompt, hidden: true, place: { file, line } });
    if (answer !== undefined) output.scrubber.add(answer);
    return answer;
  }

  private async redirect(name: "out" | "error", target: string, replaying: boolean): Promise<undefined> {
    const { output, folder } = this.context;
    const standard = /^(?:stdout|stderr)$/i.test(target);
    let capture: Capture | undefined;
    if (!standard) {
      const file = outputName(this.context, this.script, target);
      const path = folder.output(file);
      try {
        const opened = await TextFile.open(path, replaying ? "a" : "w", (message) =>
          output.note("warning", message),
        );
        capture = { file: opened, what: name === "out" ? "results" : "errors" };
        if (!replaying)
          output.note(
            "information",
            l10n.t(":{0} {1} goes to {2} in the run's folder", name, target, join("output", file)),
          );
      } catch (error) {
        output.note("error", `:${name} ${target}: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      }
    }
    await output.capture(name, capture);
    return undefined;
  }
}

const notConnected: Ending = { kind: "interrupted", reason: l10n.t("there is no connection"), exitCode: 1 };

/** EXIT(query): the first column of the last row. */
function exitCodeOf(failed: boolean, row: readonly (string | null)[] | undefined): number {
  if (failed) return exitCodes.errorBefore;
  if (!row) return exitCodes.noRows;
  const cell = row[0] ?? "";
  return /^-?\d+$/.test(cell) ? Number(cell) : exitCodes.notANumber;
}
