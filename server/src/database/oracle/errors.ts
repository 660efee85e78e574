import type { ServerMessage } from "../driver";
import type { OracleFailure } from "./module";

/** The connection is gone. ORA-: killed, end of file, not connected, lost contact. */
const lost = new Set(
  (
    "ORA-00028 ORA-01012 ORA-01033 ORA-01034 ORA-01089 ORA-01090 ORA-01092 ORA-02396 ORA-03113 ORA-03114 ORA-03135 " +
    "ORA-12152 ORA-12153 ORA-12170 ORA-12537 ORA-12547 ORA-12570 ORA-12571 ORA-12583 ORA-25401 ORA-25408 " +
    "NJS-003 NJS-500 NJS-501 NJS-503 NJS-521 DPI-1010 DPI-1080"
  ).split(" "),
);

export function failureOf(error: unknown): OracleFailure {
  if (typeof error !== "object" || error === null) return { message: String(error) };
  const { code, errorNum, offset, message } = error as Record<string, unknown>;
  return {
    message: typeof message === "string" ? message : String(error),
    ...(typeof code === "string" && { code }),
    ...(typeof errorNum === "number" && errorNum > 0 && { errorNum }),
    ...(typeof offset === "number" && { offset }),
  };
}

export function codeOf({ code, message }: OracleFailure): string | undefined {
  return code ?? /^([A-Z]{3}-\d{3,5})/.exec(message)?.[1];
}

export function isLost(failure: OracleFailure): boolean {
  const code = codeOf(failure);
  return code !== undefined && lost.has(code);
}

/** ORA-01013: stopped at the user's request. */
export function isBreak(failure: OracleFailure): boolean {
  return codeOf(failure) === "ORA-01013";
}

/** The time limit of a call; thick mode says it in ODPI-C's words. */
export function isTimeout(failure: OracleFailure): boolean {
  const code = codeOf(failure);
  return code === "NJS-123" || code === "DPI-1067";
}

/** An error with its line in the statement. */
export function errorOf(failure: OracleFailure, statement: string): ServerMessage {
  const code = codeOf(failure);
  const message = failure.message.replace(/\nHelp: https:\S+\s*$/, "").trimEnd();
  const text =
    code !== undefined && message.startsWith(`${code}: `) ? message.slice(code.length + 2) : message;
  return {
    text,
    severity: 16,
    ...(code !== undefined && { code }),
    ...(failure.errorNum !== undefined && { number: failure.errorNum }),
    ...placeOf(failure, message, statement),
  };
}

function placeOf(
  { offset, errorNum }: OracleFailure,
  message: string,
  statement: string,
): { readonly line?: number; readonly column?: number } {
  const compile = /ORA-06550: line (\d+), column (\d+)/.exec(message);
  if (compile) return { line: Number(compile[1]), column: Number(compile[2]) };
  // The stack of a block: the line without a name is the block's own.
  const block = /ORA-06512: at line (\d+)/.exec(message);
  if (block) return { line: Number(block[1]) };
  if (offset === undefined || errorNum === undefined || (offset === 0 && !statement.includes("\n")))
    return {};
  const before = Buffer.from(statement, "utf8").subarray(0, offset).toString("utf8").split("\n");
  return { line: before.length, column: [...(before[before.length - 1] ?? "")].length + 1 };
}
