import type { Expression } from "./expression";
import { MOST_PARTS, printExpression, type VariableUse } from "./expressionText";
import { type LineInfo, Listing, type NameOnLine, type Section } from "./listingLines";
import type { TypeRef } from "./model";
import { escapeLine, labelText, quote, variableName } from "./quoting";
import { SECRET } from "./secrets";
import { toolKey, type ToolName } from "./toolKey";

/** Column where values start. */
const VALUES = 32;
const SPACES = " ".repeat(VALUES);

/** Builds a listing line by line: text and names go on the open line until `end` closes it. */
export class ListingWriter {
  /** What all lines of the section are about. */
  node: number | undefined;
  tool: string | undefined;
  subroutine: string | undefined;

  // One string for all lines: engines build it without copying, and copy it once at the end.
  private text = "";
  private lineStart = 0;
  private readonly lines: LineInfo[] = [];
  private current: Section = "handler";
  private names: NameOnLine[] | undefined;
  private readonly budget = { parts: MOST_PARTS };

  /** Starts a section, with a blank line before all but the first; with a heading, writes that. */
  section(section: Section, heading?: string): void {
    if (this.lines.length > 0) this.end();
    this.current = section;
    this.node = this.tool = this.subroutine = undefined;
    if (heading !== undefined) this.put(heading).end();
  }

  put(text: string): this {
    this.text += text;
    return this;
  }

  /** A quoted string. */
  string(text: string): this {
    this.text += quote(text);
    return this;
  }

  /** A label or name, quoted where it is no plain words. */
  label(text: string): this {
    this.text += labelText(text);
    return this;
  }

  /** Spaces up to the column of values, at least one. */
  pad(): this {
    this.text += SPACES.slice(Math.min(this.column, VALUES - 1));
    return this;
  }

  type(type: TypeRef): this {
    if (type.module !== "") this.label(type.module).put(":");
    else if (type.name === "") return this.put("(untyped)");
    return this.label(type.name);
  }

  variable(name: string): this {
    const start = this.column;
    this.text += variableName(name);
    return this.name({ kind: "variable", name, start, end: this.column });
  }

  /** `module:name` of a tool or initiator. */
  toolName(tool: ToolName): this {
    const start = this.column;
    if (tool.module !== "") this.label(tool.module);
    this.put(":").label(tool.name);
    return this.name({ kind: "tool", name: toolKey(tool), start, end: this.column });
  }

  subroutineName(name: string): this {
    const start = this.column;
    this.label(name);
    return this.name({ kind: "subroutine", name, start, end: this.column });
  }

  /** Where an exit leads. */
  target(node: number | null): this {
    if (node === null) return this.put("(not connected)");
    const start = this.column;
    this.put(String(node));
    return this.name({ kind: "step", node, start, end: this.column });
  }

  /** An expression with the variables it uses; a secret one shows where it uses them, not what it holds. */
  expression(expression: Expression | null, secret = false): this {
    if (expression === null) return this.put("(empty)");
    const uses: VariableUse[] = [];
    const start = this.column;
    const text = printExpression(expression, uses, start, this.budget);
    this.text += secret ? SECRET : text;
    for (const use of uses) {
      const place = secret ? { start, end: this.column } : use;
      this.name({ kind: "variable", name: use.name, start: place.start, end: place.end });
    }
    return this;
  }

  /** The text of an expression alone, within what this listing may print. */
  print(expression: Expression): string {
    return printExpression(expression, undefined, 0, this.budget);
  }

  /** A line `  what  "text"` where there is text. */
  property(what: string, text: string): void {
    if (text !== "")
      this.put(`  ${what.padEnd(13)}`)
        .string(text)
        .end();
  }

  /** Closes the line. */
  end(argument?: number, exit?: number, parameter?: number, variable?: string): void {
    this.text += "\n";
    this.lines.push({
      section: this.current,
      node: this.node,
      argument,
      exit,
      parameter,
      variable,
      tool: this.tool,
      subroutine: this.subroutine,
      names: this.names ?? NONE,
    });
    this.lineStart = this.text.length;
    this.names = undefined;
  }

  /** Free text, one line for each of its own. */
  notes(notes: string): void {
    if (notes === "") return;
    for (const line of notes.split(/\r?\n/)) {
      this.put(line === "" ? "  note |" : `  note | ${escapeLine(line)}`).end();
    }
  }

  finish(): Listing {
    return new Listing(this.text, this.lines);
  }

  /** Length of the open line. */
  private get column(): number {
    return this.text.length - this.lineStart;
  }

  private name(name: NameOnLine): this {
    if (this.names) this.names.push(name);
    else this.names = [name];
    return this;
  }
}

const NONE: readonly NameOnLine[] = [];
