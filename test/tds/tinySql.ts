import {
  columnMetadata,
  databaseChange,
  done,
  doneStatus,
  row,
  said,
  type TestColumn,
  transactionChange,
  type Value,
} from "./tokens";

/** What the server does next for a batch. */
export type Step =
  | { readonly do: "send"; readonly bytes: Buffer }
  /** What was sent so far goes out now. */
  | { readonly do: "flush" }
  | { readonly do: "wait"; readonly milliseconds: number }
  /** The connection is cut. */
  | { readonly do: "drop" }
  /** Nothing more, ever. */
  | { readonly do: "hang" };

/** What statements of a connection change. */
export interface ConnectionState {
  database: string;
  inTransaction: boolean;
}

/** PRINT cuts what is longer. */
const longestPrint = 4000;

const send = (bytes: Buffer): Step => ({ do: "send", bytes });

/**
 * Runs a batch of a tiny T-SQL, one statement a line: PRINT, RAISERROR, SELECT of literals, USE, BEGIN TRAN, COMMIT,
 * ROLLBACK, WAITFOR DELAY, EXEC, INSERT, UPDATE and DELETE (`-- 3 rows` says how many). Not T-SQL, for tests:
 * `SELECT ROWS 1000`, `SYNTAX ERROR`, `DROP SOCKET`, `HANG`. Other lines do nothing.
 */
export function* tinySql(text: string, state: ConnectionState): Generator<Step> {
  const lines = text.split("\n");
  const wrong = lines.findIndex((line) => /^\s*syntax error/i.test(line));
  if (wrong >= 0) {
    yield send(
      said({ number: 102, severity: 15, state: 1, text: "Incorrect syntax near 'error'.", line: wrong + 1 }),
    );
    yield send(done(doneStatus.error));
    return;
  }
  const quiet = /^\s*set\s+nocount\s+on/im.test(text);
  let failed = false;
  for (const [index, written] of lines.entries()) {
    for (const step of statement(written.trim(), index + 1, state, quiet)) {
      if (step === "failed") failed = true;
      else {
        yield step;
        if (step.do === "drop" || step.do === "hang") return;
      }
    }
  }
  yield send(done((failed ? doneStatus.error : 0) | (state.inTransaction ? doneStatus.inTransaction : 0)));
}

function* statement(
  text: string,
  line: number,
  state: ConnectionState,
  quiet: boolean,
): Generator<Step | "failed"> {
  const more = (rows?: number): Step =>
    send(done(doneStatus.more | (rows === undefined || quiet ? 0 : doneStatus.count), rows));
  const print = /^print\s+n?'(.*)'\s*;?$/i.exec(text);
  const raise =
    /^raiserror\s*\(\s*n?'((?:[^']|'')*)'\s*,\s*(\d+)\s*,\s*(\d+)\s*\)(\s+with\s+nowait)?(?:\s*--\s*in\s+(\w+))?/i.exec(
      text,
    );
  const wait = /^waitfor\s+delay\s+'(\d+):(\d+):([\d.]+)'/i.exec(text);
  const use = /^use\s+\[?([^\]\s;]+)\]?/i.exec(text);
  const rows = /^select\s+rows\s+(\d+)/i.exec(text);
  const change = /^(?:insert|update|delete|merge)\b.*?(?:--\s*(\d+)\s+rows?)?$/i.exec(text);
  const transaction = /^(begin\s+tran|commit|rollback)/i.exec(text)?.[1]?.toLowerCase();
  if (print) {
    yield send(
      said({ number: 0, severity: 0, state: 1, text: unquote(print[1]).slice(0, longestPrint), line }),
    );
  } else if (raise) {
    const severity = Number(raise[2]);
    const procedure = raise[5] ?? "";
    yield send(
      said({ number: 50000, severity, state: Number(raise[3]), text: unquote(raise[1]), line, procedure }),
    );
    if (raise[4]) yield { do: "flush" };
    if (severity >= 20) {
      yield { do: "flush" };
      yield { do: "drop" };
    } else if (severity > 10) yield "failed";
  } else if (wait) {
    yield {
      do: "wait",
      milliseconds: (Number(wait[1]) * 3600 + Number(wait[2]) * 60 + Number(wait[3])) * 1000,
    };
  } else if (use) {
    yield* changeDatabase(use[1] ?? "", line, state);
  } else if (rows) {
    yield* manyRows(Number(rows[1]), quiet);
  } else if (/^select\b/i.test(text)) {
    yield* select(text, line, more);
  } else if (change) {
    yield more(Number(change[1] ?? 1));
  } else if (transaction?.startsWith("begin")) {
    if (!state.inTransaction) yield send(transactionChange("begin"));
    state.inTransaction = true;
    yield more();
  } else if (transaction) {
    if (state.inTransaction) yield send(transactionChange(transaction === "commit" ? "commit" : "rollback"));
    state.inTransaction = false;
    yield more();
  } else if (/^exec\b/i.test(text)) {
    yield* procedure(text);
  } else if (/^drop\s+socket/i.test(text)) yield { do: "drop" };
  else if (/^hang\b/i.test(text)) yield { do: "hang" };
}

function unquote(text = ""): string {
  return text.replaceAll("''", "'");
}

function* changeDatabase(name: string, line: number, state: ConnectionState): Generator<Step | "failed"> {
  if (name.toLowerCase() === "nosuch") {
    const text = `Database '${name}' does not exist. Make sure that the name is entered correctly.`;
    yield send(said({ number: 911, severity: 16, state: 1, text, line }));
    yield "failed";
    return;
  }
  yield send(databaseChange(name, state.database));
  state.database = name;
  yield send(
    said({ number: 5701, severity: 0, state: 1, text: `Changed database context to '${name}'.`, line }),
  );
}

const numberAndText: readonly TestColumn[] = [
  { name: "number", type: "int" },
  { name: "text", type: "nvarchar" },
];

function* manyRows(count: number, quiet: boolean): Generator<Step> {
  yield send(columnMetadata(numberAndText));
  const together = 500;
  for (let from = 1; from <= count; from += together) {
    const part: Buffer[] = [];
    for (let number = from; number < from + together && number <= count; number++) {
      part.push(row([number, `row ${number}`]));
    }
    yield send(Buffer.concat(part));
  }
  yield send(done(doneStatus.more | (quiet ? 0 : doneStatus.count), count));
}

/** `SELECT 1 AS a, 'x' AS b, NULL AS c`: one row. */
function* select(text: string, line: number, more: (rows?: number) => Step): Generator<Step | "failed"> {
  const list = text.replace(/^select\s+/i, "").replace(/;\s*$/, "");
  const from = /\bfrom\s+([\w.[\]]+)/i.exec(list);
  if (from) {
    yield send(
      said({ number: 208, severity: 16, state: 1, text: `Invalid object name '${from[1] ?? ""}'.`, line }),
    );
    yield "failed";
    return;
  }
  const columns: TestColumn[] = [];
  const values: Value[] = [];
  for (const item of list.match(/(?:'(?:[^']|'')*'|[^,])+/g) ?? []) {
    const match = /^\s*(.*?)(?:\s+as\s+\[?(\w+)\]?)?\s*$/is.exec(item);
    const literal = match?.[1] ?? "";
    const quoted = /^n?'(.*)'$/is.exec(literal);
    columns.push({ name: match?.[2] ?? "", type: quoted ? "nvarchar" : "int" });
    values.push(quoted ? unquote(quoted[1]) : /^null$/i.test(literal) ? null : Number(literal));
  }
  yield send(columnMetadata(columns));
  yield send(row(values));
  yield more(1);
}

/** Every procedure prints, returns a result set and a count, and fails when its name says so. */
function* procedure(text: string): Generator<Step | "failed"> {
  const name = /^exec\s+([\w.]+)/i.exec(text)?.[1] ?? "p";
  yield send(said({ number: 0, severity: 0, state: 1, text: `in ${name}`, line: 3, procedure: name }));
  yield send(columnMetadata(numberAndText));
  yield send(row([1, name]));
  yield send(done(doneStatus.more | doneStatus.count, 1, "inProc"));
  if (/fail/i.test(name)) {
    yield send(
      said({
        number: 8134,
        severity: 16,
        state: 1,
        text: "Divide by zero error encountered.",
        line: 7,
        procedure: name,
      }),
    );
    yield "failed";
  }
  yield send(done(doneStatus.more | doneStatus.count, 4, "inProc"));
  yield send(Buffer.from([0x79, 0, 0, 0, 0]));
  yield send(done(doneStatus.more, 0, "proc"));
}
