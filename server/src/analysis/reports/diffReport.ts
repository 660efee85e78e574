import * as l10n from "@vscode/l10n";
import type { FolderDiff, HandlerPair, PairStatus } from "../compare/compareFolders";
import { diffKinds } from "../compare/kinds";

/** What a report on a comparison tells besides the differences. */
export interface DiffReportOptions {
  /** How the two sides are called, for example the folders as the user wrote them. */
  readonly old: string;
  readonly now: string;
  /** When the comparison was made; left out when not given. */
  readonly date?: Date;
  readonly signal?: AbortSignal;
}

/** The order in which reports show pairs, and how they call each status. */
export const pairStatuses: readonly {
  readonly id: PairStatus;
  readonly name: string;
  readonly sign: string;
}[] = [
  { id: "changed", name: l10n.t("changed"), sign: "~" },
  { id: "added", name: l10n.t("added"), sign: "+" },
  { id: "removed", name: l10n.t("removed"), sign: "-" },
  { id: "unreadable", name: l10n.t("unreadable"), sign: "!" },
  { id: "identical", name: l10n.t("identical"), sign: "=" },
];

/** `2 changed, 1 added, ...`, every status named. */
export const summaryText = ({ summary }: FolderDiff): string =>
  pairStatuses.map(({ id, name }) => `${summary[id]} ${name}`).join(", ");

/** The pairs of one status. */
export const pairsOf = ({ pairs }: FolderDiff, status: PairStatus): HandlerPair[] =>
  pairs.filter((pair) => pair.status === status);

const kindNames = new Map<string, string>(diffKinds.map(({ id, name }) => [id, name]));

/** What people call a kind of difference. */
export const kindName = (id: string): string => kindNames.get(id) ?? id;

/** `old/path` where both sides have the same, else both. */
export function pathsText({ old, now }: HandlerPair): string {
  if (old && now) return old.path === now.path ? now.path : `${old.path} -> ${now.path}`;
  return (now ?? old)?.path ?? "";
}
