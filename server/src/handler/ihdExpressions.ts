import type { IhdObject } from "../ihd/fields";
import { CCGFunctionCall, CCGLiteralValue, CCGVariableAccess, CHandlerVariable } from "../ihd/layouts";
import { isA } from "../ihd/fields";
import type { Expression, LiteralType } from "./expression";
import { functionName } from "./functions";

/** Deepest nesting that is followed; real handlers stay under ten. */
const deepest = 200;

const unfilled: Expression = { kind: "unfilled" };

/** Type bits of a literal's type (seen in real files; DateTime by the table of types). */
const literalTypes: Readonly<Record<number, LiteralType>> = {
  1: "String",
  2: "Integer",
  4: "Numeric",
  8: "Boolean",
  16: "DateTime",
};

/**
 * Turns the expression objects of one file into expressions. Objects that refer to each other (only in damaged
 * or hostile files) cost no more than the file has objects; what is cut is shown as `?` and counted in `cut`.
 */
export class IhdExpressions {
  cut = 0;

  /** `budget`: how many nodes may be made, twice the number of objects in the file. */
  constructor(private budget: number) {}

  /** null = left empty. */
  of(value: IhdObject | null | undefined): Expression | null {
    return value ? this.convert(value, 0) : null;
  }

  private convert(value: IhdObject, depth: number): Expression {
    if (depth > deepest || --this.budget < 0) {
      this.cut++;
      return unfilled;
    }
    // What else a variable holds is not said wherever it is used.
    if (isA(value, CHandlerVariable)) return { kind: "variable", name: value.name };
    const { inferred } = value.$class.layout;
    const known = this.known(value, depth);
    if (known && inferred.length === 0) return known;
    // Fields whose meaning is not known: named by the class, with all they hold, so that no difference is lost.
    const names = known ? inferred : Object.keys(value.$class.layout.fields);
    const args = names.flatMap((name) => this.unknown(value[name], depth));
    return { kind: "call", name: value.$class.name, args: known ? [known, ...args] : args };
  }

  private known(value: IhdObject, depth: number): Expression | undefined {
    if (isA(value, CCGVariableAccess)) {
      const to = value.variable;
      return isA(to, CHandlerVariable) ? { kind: "variable", name: to.name } : unfilled;
    }
    if (isA(value, CCGLiteralValue)) return literal(value.typeBits, value.value);
    if (isA(value, CCGFunctionCall)) {
      const id = value.functionId;
      return { kind: "call", name: functionName(id), id, args: this.operands(value.arguments, depth) };
    }
    return undefined;
  }

  private unknown(field: unknown, depth: number): Expression[] {
    if (typeof field === "string") return [{ kind: "literal", type: "String", value: field }];
    if (typeof field === "number") {
      return [{ kind: "literal", type: Number.isInteger(field) ? "Integer" : "Numeric", value: field }];
    }
    // Strings and objects; the number of elements shows where a list ends.
    if (Array.isArray(field)) {
      const list = field as readonly unknown[];
      return [...this.unknown(list.length, depth), ...list.flatMap((each) => this.unknown(each, depth))];
    }
    return this.operands([field as IhdObject | null], depth);
  }

  private operands(values: readonly (IhdObject | null)[], depth: number): Expression[] {
    return values.map((each) => (each ? this.convert(each, depth + 1) : unfilled));
  }
}

function literal(typeBits: number, value: string | number): Expression {
  const type = literalTypes[typeBits] ?? (typeof value === "string" ? "String" : "Numeric");
  return { kind: "literal", type, value: type === "Boolean" ? value !== 0 : value };
}
