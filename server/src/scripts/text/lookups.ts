import type { ScriptPlace } from "../items";

/** What a substitution met on its way. */
export class Lookups {
  /** Names without a value, with the place of the first reference. */
  readonly missing = new Map<string, ScriptPlace>();
  /** Names whose value is a secret. */
  readonly secrets = new Set<string>();
}
