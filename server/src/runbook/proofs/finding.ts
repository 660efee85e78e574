import * as l10n from "@vscode/l10n";

/** What looking at the workspace says of one kind of proof. */
export interface Finding {
  /** `unknown`: there is nothing to look at, or it could not be looked at to its end. */
  readonly outcome: "proved" | "failed" | "unknown";
  /** What was looked at and what was seen, in one sentence. */
  readonly text: string;
}

export interface LookOptions {
  /** Paths of what was found for this proof. */
  readonly paths: readonly string[];
  /** As people see it: below the workspace folder. */
  readonly shown: (path: string) => string;
  readonly signal: AbortSignal;
}

export type Look = (options: LookOptions) => Promise<Finding>;

/** The first names, and how many more. */
export function named(names: readonly string[], most = 3): string {
  const more = names.length - most;
  return more > 0 ? l10n.t("{0} and {1} more", names.slice(0, most).join(", "), more) : names.join(", ");
}
