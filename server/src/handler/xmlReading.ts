import type { Place, Problem, Severity } from "../problem";
import type { Expression } from "./expression";
import { parseExpression } from "./expressionParser";
import type { DefaultValue } from "./model";
import type { XmlElement } from "./xmlDocument";

const maxProblems = 1000;

/** Typed access to the attributes of one file; whatever is wrong with a value becomes a problem with its line. */
export class XmlReading {
  readonly problems: Problem[] = [];

  constructor(private readonly file: string) {}

  report(code: string, severity: Severity, message: string, place: Place): void {
    if (this.problems.length < maxProblems) {
      this.problems.push({ code, severity, message, place: { file: this.file, ...place } });
    } else if (this.problems.length === maxProblems) {
      const more = `More than ${maxProblems} problems; the others are not listed.`;
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
        `Line ${element.line}: ${name}="${shorten(text)}" is neither True nor False; read as False.`,
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
      `Line ${element.line}: ${name}="${shorten(text)}" of <${element.name}> is not a whole number of 32 bits; it was ignored.`,
      { line: element.line },
    );
    return null;
  }

  /** An expression as Designer shows it; null where nothing was filled in. */
  expression(text: string, place: Place): Expression | null {
    if (text.trim() === "") return null;
    const { expression, problems } = parseExpression(text);
    for (const problem of problems) this.report(problem.code, problem.severity, problem.message, place);
    return expression;
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
