/**
 * An expression of a handler, the same whether read from an `.ihd` file or parsed from Designer's text.
 *
 * `call` covers operators too: `name` is what Designer shows (`StrMid`, `=`, `&`, `not`), or `fn_0x41` for a
 * function whose name is not known. `id` is the function number of the `.ihd` file; read from text it is the one
 * `functions.ts` knows for the name, absent when it knows none. A DateTime literal is a number (days since
 * 1899-12-30) or Designer's text. An expression may be deeper than the stack and may share parts: walk it with
 * a stack of your own and count.
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
  | { readonly kind: "unfilled" }
  /** Designer's text, as it was, where it could not be understood; never in an `.ihd` file. */
  | { readonly kind: "text"; readonly text: string };

/** The types an expression can have a literal of. */
export type LiteralType = "String" | "Integer" | "Numeric" | "Boolean" | "DateTime";
