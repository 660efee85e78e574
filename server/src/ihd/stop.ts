import type { Slot } from "./fields";

/** Something the reader cannot go on without: how a class (or a kind of value) is laid out. */
export interface Unknown {
  /** `CIdFooStep/1`, `CIdFooStep/1+` (what follows its known beginning), `literal/16`, `variant/4`. */
  readonly key: string;
  readonly kind: "class" | "tail" | "literal" | "variant";
  readonly className: string;
  readonly schema: number;
  readonly slot: Slot;
}

/** Why and where reading stopped. Thrown inside the codec only; never leaves it. */
export class Stop {
  /** Set by the reader: the class and field it was in. */
  where = "";

  constructor(
    readonly code:
      | "truncated"
      | "bad-tag"
      | "wrong-class"
      | "bad-count"
      | "constant"
      | "string-form"
      | "limit"
      | "unknown",
    /** Bytes from the start of the file. */
    readonly offset: number,
    readonly message: string,
    readonly unknown?: Unknown,
  ) {}
}
