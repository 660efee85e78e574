import * as l10n from "@vscode/l10n";
import type { Place, Problem, Severity } from "../problem";
import type { Expression } from "./expression";
import { parseExpression } from "./expressionParser";
import type { DefaultValue } from "./model";
import type { XmlElement } from "./xmlDocument";

const maxProblems = 1000;

/** Typed access to the attributes of one file; whatever is wrong with a value becomes a problem with its line. */
export class XmlReading {
  readonly problems: Problem[] = [];
  /** Names of the variables the handler declares. */
  readonly variables = new Set<string>();

  constructor(private readonly file: string) {}

  report(code: string, severity: Severity, message: string, place: Place): void {
    if (this.problems.length < maxProblems) {
      this.problems.push({ code, severity, message, place: { file: this.file, ...place } });
    } else if (this.problems.length === maxProblems) {
      const more = l10n.t("More than {0} problems; the others are not listed.", maxProblems);
      this.problems.push({
        code: "xml-more-problems",
        severity: "information",
        message: more,
        place: { file: this.file },
      });
    }
  }

  text(element: XmlElement, name: string): string {
    return element.attributes.get(name) ?? "";
  }

  /** `True` or `False`; absent and empty are false. */
  flag(element: XmlElement, name: string): boolean {
    const text = this.text(element, name).trim();
    if (/^true$/i.test(text)) return true;
    if (text !== "" && !/^false$/i.test(text)) {
      this.report(
        "xml-boolean",
        "warning",
        l10n.t(
          'Line {0}: {1}="{2}" is neither True nor False; read as False.',
          element.line,
          name,
          shorten(text),
        ),
        { line: element.line },
      );
    }
    return false;
  }

  /** A 32-bit number, signed or not (4294967295 is -1); null where absent, or with a problem where it is none. */
  integer(element: XmlElement, name: string): number | null {
    const text = this.text(element, name).trim();
    if (text === "") return null;
    const value = Number(text);
    if (/^[+-]?\d{1,10}$/.test(text) && value >= -0x80000000 && value <= 0xffffffff) return value | 0;
    this.report(
      "xml-number",
      "warning",
      l10n.t(
        'Line {0}: {1}="{2}" of <{3}> is not a whole number of 32 bits; it was ignored.',
        element.line,
        name,
        shorten(text),
        element.name,
      ),
      { line: element.line },
    );
    return null;
  }

  /**
   * An expression as Designer shows it; null where nothing was filled in. A whole text that is a variable's name
   * is that variable: names may hold spaces, which no expression could tell apart.
   */
  expression(text: string, place: Place): Expression | null {
    const { expression, problems } = parseExpression(text);
    if (this.isName(text, expression)) return { kind: "variable", name: text };
    for (const problem of problems) this.report(problem.code, problem.severity, problem.message, place);
    return expression;
  }

  /**
   * Exports write some native fields as plain text (a table's name), others as expressions, and which is which is
   * not documented: an expression if it reads as one and all its variables exist, else the text.
   */
  expressionOrText(text: string): Expression | null {
    if (text === "") return null;
    const { expression, problems } = parseExpression(text);
    if (this.isName(text, expression)) return { kind: "variable", name: text };
    return expression !== null && problems.length === 0 && this.knowsVariablesOf(expression)
      ? expression
      : { kind: "literal", type: "String", value: text };
  }

  /** Whether a text that is no literal is the name of a variable. */
  private isName(text: string, parsed: Expression | null): boolean {
    return parsed !== null && parsed.kind !== "literal" && this.variables.has(text);
  }

  private knowsVariablesOf(expression: Expression): boolean {
    const open = [expression];
    for (let next = open.pop(); next; next = open.pop()) {
      if (next.kind === "variable" && !this.variables.has(next.name)) return false;
      if (next.kind === "call") open.push(...next.args);
    }
    return true;
  }

  default(element: XmlElement, names: { value: string; variable: string; blank: string }): DefaultValue {
    const text = this.text(element, names.value);
    if (this.flag(element, names.blank)) return { kind: "blank" };
    if (text === "") return { kind: "none" };
    return this.flag(element, names.variable) ? { kind: "variable", name: text } : { kind: "value", text };
  }
}

export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Children of that name of an element that may be missing. */
export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}
