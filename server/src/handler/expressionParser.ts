import * as l10n from "@vscode/l10n";
import type { Problem } from "../problem";
import type { Expression, LiteralType } from "./expression";
import { type Token, tokenAt } from "./expressionTokens";
import { functionId, functionName, numberOf, operatorByName } from "./functions";

export interface ParsedExpression {
  /** null for blank text. Text that cannot be understood comes back as kind `text`, with an error. */
  readonly expression: Expression | null;
  /** Their places count columns of the text, from 1. */
  readonly problems: Problem[];
}

/**
 * Reads an expression as Designer shows it, or as `expressionText` prints it. Tolerant: unknown functions, old
 * conversion names (`I>S(n)`), `and`, `or`, `not` in any case. Never throws; any depth is fine.
 */
export function parseExpression(text: string): ParsedExpression {
  return new Parser(text).parse();
}

/** An operator that waits for its right operand. */
interface Waiting {
  readonly kind: "operator";
  readonly name: string;
  readonly arity: 1 | 2;
  readonly precedence: number;
}

/** An open parenthesis: of a call when it has a name. */
interface Open {
  readonly kind: "open";
  readonly call: { readonly name: string; readonly quoted: boolean; readonly args: Expression[] } | null;
  readonly start: number;
}

class Stop extends Error {
  constructor(
    readonly reason: string,
    readonly at: number,
  ) {
    super(reason);
  }
}

class Parser {
  private readonly problems: Problem[] = [];
  private readonly operands: Expression[] = [];
  private readonly stack: (Waiting | Open)[] = [];
  private token: Token;

  constructor(private readonly text: string) {
    this.token = tokenAt(text, 0);
  }

  parse(): ParsedExpression {
    if (this.token.kind === "end") return { expression: null, problems: [] };
    try {
      for (let more = true; more;) more = this.operand() && this.operators();
      return { expression: this.operands[0]!, problems: this.problems };
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      this.problem(
        "error",
        l10n.t("The expression cannot be understood and is kept as text: {0}", error.reason),
        error.at,
      );
      return { expression: { kind: "text", text: this.text }, problems: this.problems };
    }
  }

  /** Prefix operators and opening parentheses up to one operand; always true, so that operators follow. */
  private operand(): true {
    for (;;) {
      const { token } = this;
      this.next();
      switch (token.kind) {
        case "name":
          if (this.name(token)) return true;
          break;
        case "symbol":
          if (token.symbol === "?") return this.push({ kind: "unfilled" });
          if (token.symbol === "(") this.stack.push({ kind: "open", call: null, start: token.start });
          else if (token.symbol === "-") this.wait("-", 1);
          else if (token.symbol === ")" && this.isEmptyCall()) return this.close(token.start, true);
          else throw new Stop(l10n.t("a value is missing before '{0}'", token.symbol), token.start);
          break;
        case "string":
          if (token.oddEscape !== undefined) {
            this.problem(
              "warning",
              l10n.t("The string holds '{0}', which is no escape", token.oddEscape),
              token.start,
            );
          }
          return this.push({ kind: "literal", type: "String", value: token.value });
        case "number":
          return this.push(this.number(token));
        case "constant":
          return this.push({ kind: "constant", name: token.name });
        case "type":
          return this.push(this.typed(token.name, token.start));
        case "end":
          throw new Stop(l10n.t("a value is missing at its end"), token.start);
        case "bad":
          throw new Stop(token.message, token.start);
      }
    }
  }

  /** What may follow an operand. True when another operand must follow, false at the end. */
  private operators(): boolean {
    for (;;) {
      const { token } = this;
      if (token.kind === "end") {
        this.reduce(0);
        const open = this.stack.at(-1);
        if (open?.kind === "open") throw new Stop(l10n.t("a ')' is missing"), token.start);
        return false;
      }
      this.next();
      if (token.kind === "bad") throw new Stop(token.message, token.start);
      const word =
        token.kind === "symbol" ? token.symbol : token.kind === "name" && !token.quoted ? token.name : "";
      const known = operatorByName(token.kind === "name" ? word.toLowerCase() : word, 2);
      if (known?.operator) {
        this.reduce(known.operator.precedence);
        this.wait(known.name, 2);
        return true;
      }
      if (word === ")") {
        this.close(token.start, false);
      } else if (word === ",") {
        this.reduce(0);
        const open = this.stack.at(-1);
        if (open?.kind !== "open" || !open.call)
          throw new Stop(l10n.t("',' stands outside a call"), token.start);
        open.call.args.push(this.operands.pop()!);
        return true;
      } else {
        throw new Stop(l10n.t("an operator is missing"), token.start);
      }
    }
  }

  /** A variable, a Boolean, `not` or the start of a call; true when it is a whole operand. */
  private name(token: Extract<Token, { kind: "name" }>): boolean {
    const { name, quoted, start } = token;
    const word = quoted ? "" : name.toLowerCase();
    if (word === "not") {
      this.wait("not", 1);
      return false;
    }
    if (word === "and" || word === "or")
      throw new Stop(l10n.t("a value is missing before '{0}'", name), start);
    if (word === "true" || word === "false") {
      return this.push({ kind: "literal", type: "Boolean", value: word === "true" });
    }
    if (this.token.kind === "symbol" && this.token.symbol === "(") {
      this.next();
      this.stack.push({ kind: "open", call: { name, quoted, args: [] }, start });
      return false;
    }
    return this.push({ kind: "variable", name });
  }

  private number(token: Extract<Token, { kind: "number" }>): Expression {
    const { type, value, start } = token;
    if (type === "Integer" && !Number.isSafeInteger(value)) {
      this.problem("warning", l10n.t("A number has more digits than can be kept"), start);
    }
    return { kind: "literal", type, value };
  }

  /** `#DateTime("...")`, `#Integer(-1)`, `#Text("...")`: our own form for what Designer has no known text for. */
  private typed(type: string, start: number): Expression {
    this.next(); // the parenthesis, which the token promised
    let sign = "";
    if (this.token.kind === "symbol" && this.token.symbol === "-") {
      sign = "-";
      this.next();
    }
    const value = this.token;
    const content = this.text.slice(value.start, value.end);
    this.next();
    const end = this.token;
    if (end.kind !== "symbol" || end.symbol !== ")")
      throw new Stop(l10n.t("'#{0}(' has no ')'", type), start);
    this.next();
    if (type === "Text" && value.kind === "string") return { kind: "text", text: value.value };
    if (!isLiteralType(type)) throw new Stop(l10n.t("'#{0}' is no type of a literal", type), start);
    if (value.kind === "string" && !sign) return { kind: "literal", type, value: value.value };
    if (content === "true" || content === "false")
      return { kind: "literal", type, value: content === "true" };
    if (value.kind === "number" || content === "Infinity" || content === "NaN") {
      return { kind: "literal", type, value: Number(sign + content) };
    }
    throw new Stop(l10n.t("'#{0}(' needs a string, a number, true or false", type), start);
  }

  private wait(name: string, arity: 1 | 2): void {
    const { precedence } = operatorByName(name, arity)!.operator!;
    this.stack.push({ kind: "operator", name, arity, precedence });
  }

  /** Gives the waiting operators that bind at least as tight their operands. */
  private reduce(precedence: number): void {
    for (let top = this.stack.at(-1); top?.kind === "operator"; top = this.stack.at(-1)) {
      if (top.precedence < precedence) return;
      this.stack.pop();
      const right = this.operands.pop()!;
      const args = top.arity === 1 ? [right] : [this.operands.pop()!, right];
      this.operands.push(named(top.name, functionId(top.name, top.arity), args));
    }
  }

  private isEmptyCall(): boolean {
    const open = this.stack.at(-1);
    return open?.kind === "open" && open.call !== null && open.call.args.length === 0;
  }

  private close(at: number, isEmpty: boolean): true {
    this.reduce(0);
    const open = this.stack.pop();
    if (open?.kind !== "open") throw new Stop(l10n.t("a ')' has no '('"), at);
    if (!open.call) return true;
    const { name, quoted, args } = open.call;
    if (!isEmpty) args.push(this.operands.pop()!);
    const number = quoted ? undefined : numberOf(name);
    return this.push(
      number === undefined
        ? named(name, functionId(name, args.length), args)
        : named(functionName(number), number, args),
    );
  }

  private push(expression: Expression): true {
    this.operands.push(expression);
    return true;
  }

  private next(): void {
    this.token = tokenAt(this.text, this.token.end);
  }

  private problem(severity: Problem["severity"], message: string, at: number): void {
    this.problems.push({ code: "expression", severity, message, place: { column: at + 1 } });
  }
}

function named(name: string, id: number | undefined, args: Expression[]): Expression {
  return id === undefined ? { kind: "call", name, args } : { kind: "call", name, id, args };
}

function isLiteralType(type: string): type is LiteralType {
  return ["String", "Integer", "Numeric", "Boolean", "DateTime"].includes(type);
}
