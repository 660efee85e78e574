import type { Expression } from "../../server/src/handler/expression";
import { create, type IhdObject } from "../../server/src/ihd/fields";
import * as layouts from "../../server/src/ihd/layouts";
import { typeOf } from "./expression";
import { builtType } from "./types";

/** An expression as objects of the stream; what no `.ihd` is known to hold is refused. */
export function ihdExpression(
  value: Expression,
  variable: (name: string) => IhdObject,
  variableType: (name: string) => string,
): IhdObject {
  const typeBits = builtType(typeOf(value, variableType)).bits;
  switch (value.kind) {
    case "variable":
      return create(layouts.CCGVariableAccess, { typeBits, variable: variable(value.name) });
    case "literal":
      if (value.type === "DateTime") throw new Error("no .ihd with a DateTime literal has been seen");
      return create(layouts.CCGLiteralValue, {
        typeBits,
        value: typeof value.value === "boolean" ? Number(value.value) : value.value,
      });
    case "call":
      if (value.id === undefined) throw new Error(`the function number of ${value.name} is not known`);
      return create(layouts.CCGFunctionCall, {
        typeBits,
        arguments: value.args.map((each) => ihdExpression(each, variable, variableType)),
        functionId: value.id,
      });
    default:
      throw new Error(`no .ihd with this has been seen: ${value.kind}`);
  }
}
