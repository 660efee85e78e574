import type { ToolSignature } from "./signature";

/** The version mark in an internal name: `_2.0`, `_12F`, `_13`, or digits at its end as in `RESTHTTPRequest2`. */
const mark = /(?:[_ ]v?(\d+(?:\.\d+)*)[A-Z]?|(\d+))$/i;
/** `_12F` stands for 1.2 and `_13` for 1.3, as the stamps of such tools tell. */
const withoutDot = /^\d\d$/;

/** An internal name without its version mark: vendors give a tool that changed a new name (seen in real files). */
export function baseName(name: string): string {
  const base = name.replace(mark, "");
  return base === "" ? name : base;
}

/**
 * The same tool under a newer internal name: same module, same name but for a higher version mark, and no other
 * label. undefined = there is none.
 */
export function newerName<Candidate extends Pick<ToolSignature, "kind" | "module" | "name" | "label">>(
  tool: Pick<ToolSignature, "kind" | "module" | "name" | "label">,
  ofModule: readonly Candidate[],
): Candidate | undefined {
  const base = baseName(tool.name).toLowerCase();
  let newest: Candidate | undefined;
  for (const each of ofModule) {
    if (each.kind !== tool.kind || each.module !== tool.module || each.name === tool.name) continue;
    if (baseName(each.name).toLowerCase() !== base || !isSameLabel(each.label, tool.label)) continue;
    if (compareMarks(each.name, (newest ?? tool).name) > 0) newest = each;
  }
  return newest;
}

function isSameLabel(one: string, other: string): boolean {
  return one === "" || other === "" || one.toLowerCase() === other.toLowerCase();
}

/** A name without a mark is older than any with one. */
function compareMarks(one: string, other: string): number {
  const [a, b] = [markOf(one), markOf(other)];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? -1) - (b[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

function markOf(name: string): number[] {
  const found = mark.exec(name);
  if (!found || found[0] === name) return [];
  const [, stamp, digits = ""] = found;
  if (stamp === undefined) return [Number(digits)];
  return (withoutDot.test(stamp) ? [...stamp] : stamp.split(".")).map(Number);
}
