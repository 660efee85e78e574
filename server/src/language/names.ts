import type { Position } from "vscode-languageserver";
import type { Step } from "../handler/model";
import type { LineRange } from "../workspace/summary";
import type { Model } from "../workspace/models";

/** What a place in a listing names. */
export type Named =
  | { readonly kind: "variable"; readonly name: string; readonly range: LineRange }
  /** `name` is `module:name`. */
  | { readonly kind: "tool"; readonly name: string; readonly range: LineRange }
  | { readonly kind: "subroutine"; readonly name: string; readonly range: LineRange }
  | { readonly kind: "step"; readonly node: number; readonly range: LineRange };

/** The name at a position: one that the listing marks, the number of a step's own line, or the handler's name. */
export function namedAt({ handler, listing }: Model, { line, character }: Position): Named | undefined {
  const info = listing.lines[line];
  if (!info) return undefined;
  // Columns of secret values overlap: the first name stands for all of them.
  for (const name of info.names) {
    if (character < name.start || character > name.end) continue;
    const range = { line, start: name.start, end: name.end };
    return name.kind === "step"
      ? { kind: "step", node: name.node, range }
      : { kind: name.kind, name: name.name, range };
  }
  if (info.section === "step" && info.node !== undefined && listing.lineOfStep(info.node) === line) {
    const end = `step ${info.node}`.length;
    if (character <= end) return { kind: "step", node: info.node, range: { line, start: 0, end } };
  }
  if (line === 0) {
    const end = listing.text.indexOf("\n");
    return { kind: "subroutine", name: handler.name, range: { line, start: 0, end } };
  }
  return undefined;
}

/** All places of the listing that name the same. */
export function placesOf({ listing }: Model, named: Named): LineRange[] {
  const places: LineRange[] = [];
  listing.lines.forEach((info, line) => {
    for (const name of info.names) {
      const same =
        name.kind === "step"
          ? named.kind === "step" && name.node === named.node
          : name.kind === named.kind && name.name === named.name;
      if (same) places.push({ line, start: name.start, end: name.end });
    }
  });
  if (named.kind === "step") {
    const line = listing.lineOfStep(named.node);
    if (line !== undefined) places.push({ line, start: 0, end: `step ${named.node}`.length });
  }
  return places;
}

export function stepOf({ handler }: Model, node: number | undefined): Step | undefined {
  return handler.steps.find((step) => step.node === node);
}
