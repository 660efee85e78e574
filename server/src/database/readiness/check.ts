import * as l10n from "@vscode/l10n";
import type { QueryAnswer } from "../messages";
import type { Cell } from "../driver";

/** What the answers mean for one check. `unknown`: the answer does not tell, for example for want of rights. */
export interface Judgement {
  readonly state: "good" | "attention" | "bad" | "unknown";
  readonly message: string;
  /** A script that helps, to be looked at and run by hand. */
  readonly fix?: string;
}

export interface CheckContext {
  readonly role: "source" | "target";
  /** The migration user, or another whose rights matter. */
  readonly schema: string | undefined;
}

/** One readiness check: a query that only reads, and what its answer means. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  /** Where it comes from. */
  readonly source: string;
  /** Undefined where the check does not apply. */
  readonly sql: (context: CheckContext) => string | undefined;
  readonly judge: (answer: Answer, context: CheckContext) => Judgement;
}

/** An answer without an error, by column names. */
export class Answer {
  constructor(private readonly answer: QueryAnswer) {}

  get rows(): readonly Readonly<Record<string, Cell>>[] {
    const { columns, rows } = this.answer;
    return rows.map((row) =>
      Object.fromEntries(columns.map((name, index) => [name.toLowerCase(), row[index] ?? null])),
    );
  }

  /** A value of the first row; "" where there is none. */
  value(name: string): string {
    return this.rows[0]?.[name] ?? "";
  }

  list(name: string): string[] {
    return this.rows.flatMap((row) => row[name] ?? []);
  }
}

export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A few of many, for a message. */
export function some(names: readonly string[], most = 8): string {
  const more = names.length - most;
  return more > 0 ? l10n.t("{0} and {1} more", names.slice(0, most).join(", "), more) : names.join(", ");
}

/** What can be disabled, as the checks' SQL calls it and as people do. */
const kinds: Readonly<Record<string, string>> = {
  "foreign key": l10n.t("foreign key"),
  check: l10n.t("check"),
  constraint: l10n.t("constraint"),
  index: l10n.t("index"),
};

/** `foreign key FK_A of TableA` */
export function disabledText(
  kind: Cell | undefined,
  name: Cell | undefined,
  owner: Cell | undefined,
): string {
  return l10n.t("{0} {1} of {2}", kinds[kind ?? ""] ?? kind ?? "", name ?? "", owner ?? "");
}
