import * as l10n from "@vscode/l10n";
import { flow } from "../../handler/flow/flow";
import { flowSvg } from "../../handler/flow/flowSvg";
import type { HandlerPair } from "../compare/compareFolders";
import { compareHandlers, type HandlerDiff } from "../compare/compareHandlers";
import { readSide } from "../compare/handlerFiles";
import type { DiffKindId } from "../compare/kinds";
import { comparableListings, type Hunk, listingDiff } from "../compare/listings";
import { pictureMarks } from "../compare/pictures";

/** What a report shows of a changed pair besides its list of differences. */
export interface PairDetails {
  /** null = the listings differ in too much. */
  readonly hunks: readonly Hunk[] | null;
  /** Pictures as SVG elements without style, what changed marked. */
  readonly pictures: () => { readonly old: string; readonly now: string };
}

/**
 * Reads both sides of a changed pair again: a comparison of folders keeps no handlers. A text says why that failed.
 */
export async function pairDetails(
  pair: HandlerPair,
  kinds: ReadonlySet<DiffKindId>,
): Promise<PairDetails | string> {
  const again = (why: string): string => l10n.t("It could be read before, but not again: {0}", why);
  const old = pair.old && (await readSide(pair.old));
  if (typeof old === "string") return again(old);
  const now = pair.now && (await readSide(pair.now));
  if (typeof now === "string") return again(now);
  if (!old || !now) return l10n.t("There is nothing to hold it against.");
  const diff = compareHandlers(old, now, kinds);
  const listings = comparableListings(diff, kinds);
  return {
    hunks: listingDiff(listings.old, listings.now),
    pictures: () => pictures(diff),
  };
}

function pictures(diff: HandlerDiff): { old: string; now: string } {
  const marks = pictureMarks(diff);
  const draw = (side: "old" | "now", what: string): string => {
    const picture = flow(diff[side]);
    return flowSvg({ ...picture, name: `${picture.name}, ${what}` }, { theme: "page", ...marks[side] });
  };
  return { old: draw("old", l10n.t("old version")), now: draw("now", l10n.t("new version")) };
}
