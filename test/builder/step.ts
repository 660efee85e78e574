import type { Expression } from "../../server/src/handler/expression";
import { expressionText } from "../../server/src/handler/expressionText";
import type {
  ExitSignature,
  Initiator,
  Parameter,
  Point,
  Rect,
  StepKind,
  Subroutine,
  Tool,
} from "../../server/src/handler/model";
import { lift, type Value } from "./expression";

export interface BuiltExit {
  label: string;
  readonly returnValue: number;
  readonly isError: boolean;
  to: StepBuilder | null;
  bends: readonly Point[];
  readonly caseOf: Expression | null;
}

export type Signature =
  | { readonly kind: "tool"; readonly of: Tool }
  | { readonly kind: "subroutine"; readonly of: Subroutine }
  | { readonly kind: "initiator"; readonly of: Initiator };

/** One column and one row of the grid that samples are laid out on; multiples of Designer's grid of 30. */
const column = 210;
const row = 180;

/** A step under construction; every method gives the step back. */
export class StepBuilder {
  readonly exits: BuiltExit[];
  /** External tools, calls and initiators: in parameter order. */
  readonly arguments: (Expression | null)[] = [];
  /** Native steps: by Designer's field name. */
  readonly fields = new Map<string, Expression | null>();
  /** DB Query: columns and the variables that take them. */
  readonly bindings: [column: string, variable: string][] = [];
  signature: Signature | null = null;
  parameters: readonly Parameter[] = [];
  parameterVariables: readonly string[] = [];
  objectId = "";
  eventId = "";
  labelText = "";
  noteText = "";
  private corner: Point;
  private fixedRect: Rect | null = null;

  constructor(
    readonly node: number,
    readonly kind: StepKind,
    readonly tool: { readonly module: string; readonly name: string },
    exits: readonly ExitSignature[],
  ) {
    this.exits = exits.map((each) => ({ ...each, to: null, bends: [], caseOf: null }));
    this.corner = { x: 30 + (node % 6) * column, y: 30 + Math.floor(node / 6) * row };
  }

  label(text: string): this {
    this.labelText = text;
    return this;
  }

  note(text: string): this {
    this.noteText = text;
    return this;
  }

  /** Column and row from 0; halves are fine. */
  at(x: number, y: number): this {
    this.corner = { x: 30 + x * column, y: 30 + y * row };
    return this;
  }

  /** Exactly there, whatever the label needs. */
  place(rect: Rect): this {
    this.fixedRect = rect;
    return this;
  }

  /** The box: as wide as the label needs, as high as the exits need, with the sizes real handlers have. */
  get rect(): Rect {
    if (this.fixedRect) return this.fixedRect;
    const text = this.cases.length
      ? Math.max(...this.exits.map((each) => each.label.length)) + 6
      : this.labelText.length;
    const width = Math.min(180, Math.max(100, Math.ceil(text * 6.2) + 12));
    const height = this.exits.length < 2 ? 89 : 55 + 23 * this.exits.length;
    return {
      left: this.corner.x,
      top: this.corner.y,
      right: this.corner.x + width,
      bottom: this.corner.y + height,
    };
  }

  /** Gives a parameter (by label) or a native field a value; null empties it. */
  set(label: string, value: Value | null): this {
    const expression = value === null ? null : lift(value);
    if (!this.signature && this.kind === "native") this.fields.set(label, expression);
    else {
      const at = this.signature?.of.parameters.findIndex((each) => each.label === label) ?? -1;
      if (at < 0) throw new Error(`${this.tool.name} has no parameter "${label}"`);
      this.arguments[at] = expression;
    }
    return this;
  }

  bind(columnName: string, variable: string): this {
    this.bindings.push([columnName, variable]);
    return this;
  }

  get cases(): readonly Expression[] {
    return this.exits.flatMap((each) => each.caseOf ?? []);
  }

  /** A Selection's cases, one for each exit but the last. */
  setCases(cases: readonly Expression[]): void {
    cases.forEach((caseOf, at) => {
      const old = this.exits[at]!;
      this.exits[at] = { ...old, label: expressionText(caseOf), caseOf };
    });
  }

  /** Connects the first exit. */
  to(next: StepBuilder | null): this {
    return this.on(0, next);
  }

  /** Connects an exit, by label or by place; lines are straight unless bend points are given (or `route` is used). */
  on(exit: string | number, next: StepBuilder | null, bends?: readonly Point[]): this {
    const found =
      typeof exit === "number" ? this.exits[exit] : this.exits.find((each) => each.label === exit);
    if (!found) throw new Error(`${this.labelText} (${this.node}) has no exit ${exit}`);
    found.to = next;
    found.bends = bends ?? [];
    return this;
  }
}
