import { escapeControls } from "../../handler/quoting";
import type { Change } from "../compare/change";
import type { FolderDiff, HandlerPair } from "../compare/compareFolders";
import { pairsOf, pairStatuses, pathsText, summaryText } from "./diffReport";
import { brief } from "./text";

const MOST = 100;

/** The comparison for a terminal: a line a handler and a line a difference, long values cut. */
export function diffText(diff: FolderDiff): string {
  const lines = pairStatuses
    .filter(({ id }) => id !== "identical")
    .flatMap(({ id, sign }) => pairsOf(diff, id).flatMap((pair) => pairLines(pair, sign)));
  return [...lines, ...(lines.length > 0 ? [""] : []), summaryText(diff), ""].join("\n");
}

function pairLines(pair: HandlerPair, sign: string): string[] {
  const { name, status, note } = pair;
  const head = `${sign} ${escapeControls(name)}  ${status}  (${escapeControls(pathsText(pair))})`;
  return [head, ...(note ? [`    ${escapeControls(note)}`] : []), ...pair.changes.map(changeLine)];
}

function changeLine(change: Change): string {
  const { kind, old, new: now } = change;
  const sides =
    old === null || now === null ? (now ?? old ?? "(empty)") : `${brief(old, MOST)} -> ${brief(now, MOST)}`;
  return `    ${subject(change)}${escapeControls(change.what)}: ${brief(sides, 2 * MOST + 4)}  [${kind}]`;
}

function subject({ node, label }: Change): string {
  if (node !== null) return `step ${node} "${brief(label, 40)}": `;
  return label === "" ? "" : `${brief(label, 60)}: `;
}
