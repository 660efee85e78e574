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
    if (next && belongTogether(info, next)) continue;
    let last = at - 1;
    while (last > first && texts[last] === "") last--;
    sections.push({ info, first, last });
    first = at;
  }
  return sections;
}

function belongTogether(one: LineInfo, other: LineInfo): boolean {
  if (one.section !== other.section) return false;
  switch (one.section) {
    case "step":
      return one.node === other.node;
    case "initiator":
    case "tool":
      return one.tool === other.tool;
    case "calls":
      return one.subroutine === other.subroutine;
    default:
      return true;
  }
}
