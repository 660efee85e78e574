import type { Expression } from "../../handler/expression";

/**
 * Numbers for expressions: two have the same number when they say the same. One instance serves both sides of a
 * comparison. Files can nest expressions deeper than the stack and share their parts so often that printing them
 * would never end; every part is looked at once here.
 */
export class ExpressionIds {
  private readonly idOf = new Map<Expression, number>();
  private readonly idOfKey = new Map<string, number>();

  /** `looseNumbers`: a whole Numeric and an Integer are the same; an export writes a Numeric 20 as `20`. */
  constructor(private readonly looseNumbers: boolean) {}

  /** 0 = empty. */
  of(expression: Expression | null): number {
    if (expression === null) return 0;
    const open = [expression];
    for (let next = open.at(-1); next; next = open.at(-1)) {
      const missing =
        next.kind === "call" && !this.idOf.has(next)
          ? next.args.filter((argument) => !this.idOf.has(argument))
          : [];
      if (missing.length > 0) {
        for (const argument of missing) open.push(argument);
        continue;
      }
      open.pop();
      if (!this.idOf.has(next)) this.idOf.set(next, this.number(this.key(next)));
    }
    return this.idOf.get(expression)!;
  }

  private number(key: string): number {
    const known = this.idOfKey.get(key);
    if (known !== undefined) return known;
    const id = this.idOfKey.size + 1;
    this.idOfKey.set(key, id);
    return id;
  }

  private key(expression: Expression): string {
    switch (expression.kind) {
      case "call":
        return `call ${expression.id ?? JSON.stringify(expression.name)} ${expression.args.map((argument) => this.idOf.get(argument)).join(" ")}`;
      case "literal": {
        const { type, value } = expression;
        const loose = this.looseNumbers && type === "Numeric" && Number.isInteger(value);
        const text = Object.is(value, -0) ? "-0" : String(value);
        return `literal ${loose ? "Integer" : type} ${typeof value} ${text}`;
      }
      case "variable":
      case "constant":
        return `${expression.kind} ${expression.name}`;
      case "text":
        return `text ${expression.text}`;
      case "unfilled":
        return "unfilled";
    }
  }
}
