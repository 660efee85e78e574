import * as l10n from "@vscode/l10n";
import type { BatchOutcome, BatchSink, Cell, Column, ServerMessage, Session } from "./driver";
import { ConnectError } from "./driver";
import type { Queried, QueryAnswer, ToRunner } from "./messages";
import type { Drivers } from "./run/context";
import { Scrubber } from "./scrub";

/** More rows of an answer are not kept: what is asked has few. */
const mostRows = 1000;
/** Seconds that one query may take. */
const longest = 120;

type Query = Extract<ToRunner, { type: "query" }>;

/**
 * Connects, sends SELECTs one by one, and closes the connection: what testing a connection and the readiness checks
 * need. Without texts it only connects. Nothing but SELECT is sent. Never rejects.
 */
export async function query(request: Query, drivers: Drivers, signal: AbortSignal): Promise<Queried> {
  const { target, password, connectTimeout, texts } = request;
  const scrubber = new Scrubber();
  if (password !== "") scrubber.add(password);
  const options = { password, timeoutSeconds: connectTimeout, signal };
  let session: Session;
  try {
    session =
      target.kind === "sqlserver"
        ? await drivers.sqlServer(target, { ...options, quotedIdentifiers: true })
        : await drivers.oracle(target, options);
  } catch (error) {
    return {
      ok: false,
      failure: error instanceof ConnectError ? error.failure : "other",
      message: scrubber.scrub(error instanceof Error ? error.message : String(error)),
    };
  }
  const stop = (): void => session.cancel();
  signal.addEventListener("abort", stop, { once: true });
  const answers: QueryAnswer[] = [];
  for (const { id, sql } of texts) {
    if (signal.aborted) break;
    answers.push({ id, ...(await ask(session, sql, scrubber)) });
  }
  signal.removeEventListener("abort", stop);
  const { protection, database } = session;
  await session.rollback?.(new Answer());
  await session.close();
  return { ok: true, protection, ...(database !== undefined && { database }), answers };
}

/** By how the query ended instead. */
const unanswered: Readonly<Record<Exclude<BatchOutcome["kind"], "done">, string>> = {
  cancelled: l10n.t("the query was not answered (cancelled)"),
  timeout: l10n.t("the query was not answered (timeout)"),
  lost: l10n.t("the query was not answered (lost)"),
};

async function ask(session: Session, sql: string, scrubber: Scrubber): Promise<Omit<QueryAnswer, "id">> {
  if (!/^\s*select\b/i.test(sql)) return { columns: [], rows: [], error: l10n.t("only SELECT is sent") };
  const answer = new Answer();
  const outcome = await session.execute(sql, answer, longest);
  const error = answer.errors[0] ?? (outcome.kind === "done" ? undefined : unanswered[outcome.kind]);
  return {
    columns: answer.names,
    rows: answer.rows,
    ...(error !== undefined && { error: scrubber.scrub(error) }),
  };
}

/** Keeps the first result set. */
class Answer implements BatchSink {
  readonly busy = undefined;
  readonly rows: Cell[][] = [];
  readonly errors: string[] = [];
  names: readonly string[] = [];
  private sets = 0;

  message(): void {
    // Nobody asked for it.
  }
  error({ text, code }: ServerMessage): void {
    this.errors.push(code === undefined ? text : `${code}: ${text}`);
  }
  columns(columns: readonly Column[]): void {
    if (++this.sets === 1) this.names = columns.map(({ name }) => name);
  }
  row(cells: readonly Cell[]): void {
    if (this.sets === 1 && this.rows.length < mostRows) this.rows.push([...cells]);
  }
  count(): void {
    // The rows are counted by whoever reads them.
  }
}
