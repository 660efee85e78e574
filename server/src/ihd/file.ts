import type { IhdClass, IhdObject, Values } from "./fields";
import type { Root } from "./layouts";

/** How strings are written: `FF FE FF` and UTF-16 units, or bytes of an ANSI code page. */
export type StringForm = "unicode" | "ansi";

/** The exact bytes of a value that our writer would write another way, kept so that nothing is lost. */
export interface OddForm {
  readonly bytes: Uint8Array;
  readonly value: unknown;
}

/** A decoded `.ihd` file: everything that is in it, in the order of the stream. */
export interface IhdFile {
  readonly root: IhdObject & Values<typeof Root.fields>;
  /** The form of the file's strings; single exceptions are in `oddForms`. */
  readonly form: StringForm;
  readonly ansi: string;
  /** By object, then by field path (`label`, `exits.2.label`). */
  readonly oddForms: ReadonlyMap<IhdObject, ReadonlyMap<string, OddForm>>;
  /** false: written again it means the same but has other bytes (offset of the first place that shows it). */
  readonly canonical: boolean;
  /** All objects by number; null where the number is a class. */
  readonly table: readonly (IhdObject | null)[];
  readonly steps: readonly IhdObject[];
  readonly links: readonly IhdObject[];
  readonly classes: ReadonlyMap<number, IhdClass>;
}
