import { commands, l10n, Range, TextEditorRevealType, Uri, type ViewColumn, window } from "vscode";
import { ListingPlaceRequest } from "../../../server/src/protocol";
import { listingUri } from "../handlers/listingUri";
import type { Server } from "../server";

/** Two versions of a handler to look at; null = there is none on that side. */
export interface DiffPair {
  readonly name: string;
  readonly old: string | null;
  readonly now: string | null;
  /** What the sides are called in titles. */
  readonly oldLabel: string;
  readonly nowLabel: string;
}

/** Opens VS Code's diff of two listings, at a step if one is given; the listing alone where there is one side. */
export async function openListingDiff(
  server: Server,
  pair: DiffPair,
  node: number | null = null,
  oldNode: number | null = null,
  column?: ViewColumn,
): Promise<void> {
  const { old, now } = pair;
  const single = now ?? old;
  if (single === null) return;
  if (old === null || now === null) {
    const at = node ?? oldNode;
    await commands.executeCommand("handlerWorkbench.openListing", Uri.parse(single, true), at ?? undefined);
    return;
  }
  const [left, right] = [listingUri(Uri.parse(old, true)), listingUri(Uri.parse(now, true))];
  await commands.executeCommand("vscode.diff", left, right, titleOf(pair), {
    preview: column === undefined,
    viewColumn: column,
  });
  if (node === null && oldNode === null) return;
  // Of a removed step there is only the old side.
  const side = node === null ? left : right;
  const params: ListingPlaceRequest.Params = { uri: side.toString(), node: node ?? oldNode ?? undefined };
  const { line } = await server.request<ListingPlaceRequest.Result>(ListingPlaceRequest.method, params);
  const editor = window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === side.toString(),
  );
  const at = new Range(line, 0, line, 0);
  editor?.revealRange(at, TextEditorRevealType.InCenterIfOutsideViewport);
}

export const titleOf = ({ name, oldLabel, nowLabel }: DiffPair): string =>
  l10n.t("{0}: {1} ↔ {2}", name, oldLabel, nowLabel);
