import type { LineInfo, Listing } from "../handler/listing";

/** Lines of a listing that belong together; `last` is the last one that is not blank. */
export interface SectionLines {
  readonly info: LineInfo;
  readonly first: number;
  readonly last: number;
}

/** The sections of a listing: the head, parameters, variables, each signature, each step. */
export function sectionsOf({ lines, text }: Listing): SectionLines[] {
  const texts = text.split("\n");
  const sections: SectionLines[] = [];
  let first = 0;
  for (let at = 1; at <= lines.length; at++) {
    const info = lines[first]!;
    const next = lines[at];
    const same =
      next?.section === info.section &&
      next.node === info.node &&
      next.tool === info.tool &&
      next.subroutine === info.subroutine;
    if (same) continue;
    let last = at - 1;
    while (last > first && texts[last] === "") last--;
    sections.push({ info, first, last });
    first = at;
  }
  return sections;
}
