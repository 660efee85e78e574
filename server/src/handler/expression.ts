/**
 * An expression of a handler, the same whether read from an `.ihd` file or parsed from Designer's text.
 *
 * `call` covers operators too: `name` is what Designer shows (`StrMid`, `=`, `&`, `not`), or `fn_0x41` for a
 * function whose name is not known. `id` is the function number of the `.ihd` file; text has none.
 * `type` is the type name (`String`, `Integer`, ...) where the source holds it.
 */
export type Expression =
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "literal"; readonly type: LiteralType; readonly value: string | number | boolean }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly id?: number;
      readonly args: readonly Expression[];
    }
  /** `$Now`, `$HandlerName`, ...; the name includes the dollar sign. */
  | { readonly kind: "constant"; readonly name: string }
  /** An operand nobody filled in; Designer shows `?`. */
  | { readonly kind: "unfilled" };

/** The types an expression can have a literal of. */
export type LiteralType = "String" | "Integer" | "Numeric" | "Boolean" | "DateTime";
