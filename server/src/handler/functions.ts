/** How an operator is written between or before its operands. */
export interface Operator {
  readonly arity: 1 | 2;
  /** Higher binds tighter. Conventional: the order Designer itself applies is not documented in full. */
  readonly precedence: number;
}

/**
 * How sure the number (`id`) of a function is:
 * - `sure`: an author's note on the same step of a real file spells the formula
 * - `likely`: from argument types and use in real files
 * - `text-only`: the name is known from text; its number is not
 */
export type Evidence = "sure" | "likely" | "text-only";

/** A function or operator of Designer's expressions. */
export interface FunctionInfo {
  readonly name: string;
  /** Argument types and result, for people; "" where they are not known. */
  readonly signature: string;
  readonly evidence: Evidence;
  /** Number in `.ihd` files; absent when not known. */
  readonly id?: number;
  readonly operator?: Operator;
}

/** Precedence of everything that needs no parentheses at all: names, literals, calls. */
export const ATOM = 9;

const infix = (precedence: number): Operator => ({ arity: 2, precedence });
const prefix = (precedence: number): Operator => ({ arity: 1, precedence });

/**
 * Every function known so far. Numbers: seen in real files. Names: Interaction Designer Help, "Operators" and
 * "Creating Expressions", and real handlers. Surely not the whole set, so an unknown name is never an error.
 */
export const functions: readonly FunctionInfo[] = [
  operator("or", "(Boolean, Boolean): Boolean", infix(1)),
  operator("and", "(Boolean, Boolean): Boolean", infix(2)),
  operator("not", "(Boolean): Boolean", prefix(3)),
  operator("=", "(T, T): Boolean", infix(4), 0x03, "sure"),
  operator("<", "(T, T): Boolean", infix(4), 0x04, "sure"),
  operator(">", "(T, T): Boolean", infix(4), 0x05, "likely"),
  operator("<>", "(T, T): Boolean", infix(4), 0x08, "likely"),
  operator("<=", "(T, T): Boolean", infix(4)),
  operator(">=", "(T, T): Boolean", infix(4)),
  operator("&", "(String, String): String", infix(5), 0x29, "likely"),
  operator("+", "(T, T): T", infix(6), 0x0a, "sure"),
  operator("-", "(T, T): T", infix(6), 0x0b, "sure"),
  operator("*", "(T, T): T", infix(7)),
  operator("/", "(T, T): T", infix(7)),
  operator("-", "(T): T", prefix(8), 0x30, "sure"),

  call("StrLen", "(text: String): Integer", 0x22, "sure"),
  call("StrTrim", "(text: String): String", 0x25, "likely"),
  call("StrLeft", "(text: String, Integer): String", 0x26, "likely"),
  call("StrRight", "(text: String, Integer): String", 0x27, "likely"),
  call("StrMid", "(text: String, start: Integer, Integer): String", 0x28, "sure"),
  call("StrPos", "(text: String, part: String, start: Integer): Integer", 0x2f, "sure"),
  call("StrEqlNoCase", "(String, String): Boolean", 0x35, "likely"),
  call("StrTrimW", "(text: String): String"),
  call("StrLower", "(text: String): String"),
  call("InStr", "(part: String, text: String): Boolean"),
  call("SubstStr", "(text: String, find: String, replacement: String): String", 0x6f, "likely"),
  call("SubstStrRegEx", "(text: String, find: String, replacement: String): String", 0x70, "likely"),
  call("SQLStr", "(T): String", 0x36, "likely"),
  call("Test", "(if: Boolean, then: T, else: T): T", 0x32, "sure"),
  call("Mod", "(Integer, Integer): Integer"),
  call("toS", "(T): String", 0x10, "likely"),
  call("toI", "(T): Integer"),
  call("toR", "(T): Numeric"),
  call("toDT", "(String): DateTime"),

  call("GetAt", "(list: List of T, index: Integer): T", 0x2a, "likely"),
  call("GetHead", "(list: List of T): T", 0x2b, "likely"),
  call("GetTail", "(list: List of T): T"),
  call("GetCount", "(list: List of T): Integer", 0x2d, "likely"),
  call("Find", "(list: List of T, value: T, start: Integer): Integer"),

  ...["AddYears", "AddMonths", "AddDays", "AddHours", "AddMinutes", "AddSeconds"].map((name) =>
    call(name, "(DateTime, Integer): DateTime"),
  ),
  ...["GetYearUTC", "GetMonthUTC", "GetDayUTC", "GetHourUTC", "GetMinuteUTC", "GetSecondUTC"].map((name) =>
    call(name, "(DateTime): Integer"),
  ),
  ...["GetYearTZ", "GetMonthTZ", "GetDayTZ", "GetHourTZ", "GetMinuteTZ"].map((name) =>
    call(name, "(DateTime, zone: String): Integer"),
  ),
  call("DateStrUTC", "(DateTime): String"),
  call("DateStrTZ", "(DateTime, zone: String): String"),
  call(
    "MakeDateTimeTZ",
    "(year: Integer, month: Integer, day: Integer, hour: Integer, minute: Integer, second: Integer, zone: String): DateTime",
  ),
];

/** Constants with their types (Interaction Designer Help, "Constants"). */
export const constants: Readonly<Record<string, string>> = {
  $ComputerName: "String",
  $CurrentStepID: "Integer",
  $HandlerName: "String",
  $HandlerStack: "String",
  $Now: "DateTime",
  $PreviousStepID: "Integer",
};

const byId = new Map(functions.flatMap((each) => (each.id === undefined ? [] : [[each.id, each] as const])));
const calls = new Map(functions.flatMap((each) => (each.operator ? [] : [[each.name, each] as const])));
const binary = operators(2);
const unary = operators(1);

/** What is known of the function with this number. */
export function functionById(id: number): FunctionInfo | undefined {
  return byId.get(id);
}

/** What is known of the function that text calls `name`; operators only with the right number of operands. */
export function functionByName(name: string, arity: number): FunctionInfo | undefined {
  return calls.get(name) ?? operatorByName(name, arity);
}

/** The operator written `name`, of one or two operands. */
export function operatorByName(name: string, arity: number): FunctionInfo | undefined {
  return arity === 2 ? binary.get(name) : arity === 1 ? unary.get(name) : undefined;
}

/** What Designer calls the function with this number, or `fn_0x41` (at least two digits) when that is not known. */
export function functionName(id: number): string {
  return byId.get(id)?.name ?? numberedName(id);
}

/** `fn_0x41`, whether or not the function has a known name. */
export function numberedName(id: number): string {
  return `fn_0x${id.toString(16).toUpperCase().padStart(2, "0")}`;
}

/** The number in a name like `fn_0x41`; undefined for any other name. */
export function numberOf(name: string): number | undefined {
  const digits = /^fn_0x([0-9a-f]{1,8})$/i.exec(name)?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

/**
 * The number of the function that text calls `name`. `-` has two: of one operand and, when `arity` is not
 * given, of two. Functions may have overloads under numbers not seen yet, so a number found this way is what
 * the table knows, not what a file must hold: compare functions by name.
 */
export function functionId(name: string, arity = operatorByName(name, 2) ? 2 : 1): number | undefined {
  return functionByName(name, arity)?.id;
}

function call(name: string, signature: string, id?: number, evidence: Evidence = "text-only"): FunctionInfo {
  return { name, signature, evidence, ...(id === undefined ? {} : { id }) };
}

function operator(
  name: string,
  signature: string,
  how: Operator,
  id?: number,
  evidence: Evidence = "text-only",
): FunctionInfo {
  return { ...call(name, signature, id, evidence), operator: how };
}

function operators(arity: 1 | 2): Map<string, FunctionInfo> {
  return new Map(functions.filter((each) => each.operator?.arity === arity).map((each) => [each.name, each]));
}
