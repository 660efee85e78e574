import * as l10n from "@vscode/l10n";
import type { Problem } from "../problem";
import type { FailureCode } from "./failure";
import type { PackageCode } from "./rules";
import type { Encryption } from "./zip/record";

/** A problem of a package; `path` names the entry inside it, where there is one. */
export interface PackageProblem extends Problem {
  readonly code: PackageCode;
  readonly path?: string;
}

/** Why a zip inside the package was not looked into. */
export type UnopenedReason = FailureCode | "depth" | "ratio" | "count";

/**
 * A file, a folder that is listed as such, or a zip inside the package. Zips that could be opened are folders to
 * their content: `Users.zip/users.xml`.
 */
export interface PackageEntry {
  /** Unique but for duplicates, `/` between names; the names are as stored and may hold anything. */
  readonly path: string;
  readonly kind: "file" | "folder" | "zip";
  /** Unpacked and packed bytes, as the directory of its zip states them. */
  readonly size: number;
  readonly packed: number;
  readonly encryption: Encryption;
  /** By itself, or because a zip around it is. */
  readonly encrypted: boolean;
  /** ISO 8601; ends with `Z` when universal time is known, has no zone when only local time is. */
  readonly modified?: string;
  /** CRC-32 of the content in hexadecimal; absent for AE-2 encryption, which does not show it. */
  readonly crc32?: string;
  /** How many zips are around it, the package not counted. */
  readonly depth: number;
  /** A symbolic link or reparse point. */
  readonly link?: true;
  /** Only for `zip`: why its content is not listed. */
  readonly unopened?: { readonly reason: UnopenedReason; readonly message: string };
}

export function isContent(entry: PackageEntry): boolean {
  return entry.kind !== "folder";
}

/** True for what holds data itself: files, and zips that stay closed. */
export function isLeaf(entry: PackageEntry): boolean {
  return entry.kind === "file" || (entry.kind === "zip" && entry.unopened !== undefined);
}

/** Names for a message: the first few, and how many more. */
export function someOf(paths: readonly string[], most = 5): string {
  const shown = paths.slice(0, most).map(printable).join(", ");
  return paths.length > most
    ? l10n.t("{0} and {1} more", shown, (paths.length - most).toLocaleString("en"))
    : shown;
}

/** Characters that change the direction of writing, for a character class: they make a name look like another. */
export const BIDI_CONTROLS = "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069";

const UNPRINTABLE = new RegExp(`[\\u0000-\\u001f\\u007f-\\u009f${BIDI_CONTROLS}]`, "g");

/** A name that is safe to show: control characters (which could drive a terminal), also of direction, are escapes. */
export function printable(name: string): string {
  return name.replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
