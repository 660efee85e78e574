/** What a result set holds: types only, the protocol takes them from here. */

/** A column of a result set. */
export interface Column {
  readonly name: string;
  /** As the server calls it, for example `nvarchar(50)`. */
  readonly type: string;
  /** Characters that values take at most in text; undefined when there is no telling. */
  readonly width?: number;
  /** Numbers stand at the right. */
  readonly right: boolean;
}

/** A value as text; null is the database's NULL. */
export type Cell = string | null;
