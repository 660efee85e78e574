import { escapeControls } from "../../handler/quoting";

/** Text as people must see it: what is invisible or would move other text shows as an escape; line breaks stay. */
export const visible = (text: string): string => text.split("\n").map(escapeControls).join("\n");

/** As `visible`, on one line, cut with an ellipsis. */
export function brief(text: string, most: number): string {
  const line = escapeControls(text.slice(0, 4 * most));
  return line.length <= most && text.length <= 4 * most ? line : `${line.slice(0, most - 1)}…`;
}
