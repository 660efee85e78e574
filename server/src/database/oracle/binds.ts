import { tokens } from "../../scripts/tokens";
import type { OracleModule } from "./module";

type Scalar = string | number | null;

interface Bind {
  readonly name: string;
  readonly type: "number" | "text" | "clob" | "cursor";
  readonly size: number;
  value: unknown;
}

/** Statements in which the driver looks for no binds: their colons are something else, `:new` in a trigger. */
const without = /^\s*(?:create|alter|drop|analyze|audit|comment|grant|revoke|truncate)\b/i;

/** Values longer than this are not kept for a run that goes on. */
const longestKept = 4000;

/** VARIABLE's bind variables (SQL*Plus User's Guide and Reference, VARIABLE). Names ignore case. */
export class Binds {
  private readonly all = new Map<string, Bind>();

  /** Declares a variable; false when the type is not known. */
  declare(name: string, type: string): boolean {
    const match =
      /^(number|char|nchar|varchar2?|nvarchar2|clob|nclob|refcursor|binary_float|binary_double)\b\s*(?:\(\s*(\d+))?/i.exec(
        type,
      );
    if (!match) return false;
    const word = (match[1] ?? "").toLowerCase();
    const size = Number(match[2] ?? (word === "char" || word === "nchar" ? 1 : 4000));
    const kind =
      word === "refcursor"
        ? "cursor"
        : word.endsWith("clob")
          ? "clob"
          : /char/.test(word)
            ? "text"
            : "number";
    this.all.set(name.toLowerCase(), { name, type: kind, size, value: null });
    return true;
  }

  has(name: string): boolean {
    return this.all.has(name.toLowerCase());
  }

  get(name: string): unknown {
    return this.all.get(name.toLowerCase())?.value ?? null;
  }

  names(): string[] {
    return [...this.all.values()].map(({ name }) => name);
  }

  /** Variables that a statement names and nobody has declared. */
  undeclared(statement: string): string[] {
    return referenced(statement).filter((name) => !this.has(name));
  }

  /** What the driver needs for a statement. */
  forStatement(statement: string, isBlock: boolean, oracle: OracleModule): Record<string, unknown> {
    const types = { number: oracle.NUMBER, text: oracle.STRING, clob: oracle.STRING, cursor: oracle.CURSOR };
    const given: Record<string, unknown> = {};
    const returned = isBlock ? new Set<string>() : new Set(intoNames(statement));
    for (const name of referenced(statement)) {
      const bind = this.all.get(name);
      if (!bind) continue;
      const direction =
        bind.type === "cursor" || returned.has(name)
          ? oracle.BIND_OUT
          : isBlock
            ? oracle.BIND_INOUT
            : oracle.BIND_IN;
      const sized = bind.type === "text" || bind.type === "clob";
      given[name] = {
        dir: direction,
        type: types[bind.type],
        ...(direction !== oracle.BIND_OUT && { val: bind.value }),
        ...(sized &&
          direction !== oracle.BIND_IN && { maxSize: bind.type === "clob" ? 1_000_000 : bind.size * 4 }),
      };
    }
    return given;
  }

  /** Takes over what a statement has set. */
  take(out: Readonly<Record<string, unknown>> | undefined): void {
    for (const [name, value] of Object.entries(out ?? {})) {
      const bind = this.all.get(name.toLowerCase());
      // RETURNING INTO gives one value a row.
      if (bind) bind.value = Array.isArray(value) ? (value[value.length - 1] ?? null) : value;
    }
  }

  /** Values for the journal. */
  scalars(): Record<string, Scalar> | undefined {
    const kept: Record<string, Scalar> = {};
    for (const { name, type, value } of this.all.values()) {
      if (type === "cursor") continue;
      if (value === null || typeof value === "number") kept[name] = value;
      else if (typeof value === "string" && value.length <= longestKept) kept[name] = value;
    }
    return Object.keys(kept).length > 0 ? kept : undefined;
  }
}

/** Names after colons, lower case, in the order of their first use. */
function referenced(statement: string): string[] {
  if (!statement.includes(":") || without.test(statement)) return [];
  const names = new Set<string>();
  let colon = -2;
  for (const token of tokens(statement, "sqlplus")) {
    if (token.kind === "mark" && token.text === ":") colon = token.at;
    else if (token.kind === "word" && token.at === colon + 1) names.add(token.text.toLowerCase());
  }
  return [...names];
}

/** `RETURNING a INTO :b`. */
function intoNames(statement: string): string[] {
  const match = /\breturn(?:ing)?\b[\s\S]*\binto\b([\s\S]*)$/i.exec(statement);
  return match ? referenced(match[1] ?? "") : [];
}
