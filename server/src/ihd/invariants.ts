import * as l10n from "@vscode/l10n";
import type { IhdObject } from "./fields";
import type { IhdFile } from "./file";

/** Something that holds in every real handler and does not hold here. */
export interface Violation {
  readonly message: string;
  readonly step: IhdObject | undefined;
}

interface LinkObject {
  readonly from: IhdObject | null;
  readonly to: IhdObject | null;
  readonly label: string;
}

const mostViolations = 20;

/**
 * Structural rules that held in all real handlers examined: every link starts at a step and is in exactly one
 * outgoing list (its step's) and, unless it leads nowhere, in exactly one incoming list (its target's); links and
 * exits of a step agree in number, order and label; node ids are unique; the list of steps is complete; the
 * start is a step. Together with the last byte reached they prove a right decode.
 */
export function violations(file: IhdFile): Violation[] {
  const found: Violation[] = [];
  const say = (message: string, step?: IhdObject | null): boolean => {
    found.push({ message, step: step ?? undefined });
    return found.length >= mostViolations;
  };
  const size = file.table.length;
  const outgoing = new Uint8Array(size);
  const incoming = new Uint8Array(size);
  const nodes = new Set<number>();

  for (const step of file.steps) {
    const node = step["node"] as number;
    if (nodes.has(node) && say(l10n.t("node id {0} belongs to more than one step", node), step)) return found;
    nodes.add(node);
    const exits = step["exits"] as readonly { readonly label: string }[];
    const out = step["outgoing"] as readonly (IhdObject | null)[];
    if (
      exits.length !== out.length &&
      say(l10n.t("{0} exits, but {1} links", exits.length, out.length), step)
    )
      return found;
    for (let i = 0; i < out.length; i++) {
      const link = out[i] as (IhdObject & LinkObject) | null;
      if (!link) {
        if (say(l10n.t("an outgoing link is missing"), step)) return found;
        continue;
      }
      outgoing[link.$number]!++;
      if (link.from !== step && say(l10n.t("an outgoing link starts at another step"), step)) return found;
      if (i < exits.length && link.label !== exits[i]!.label) {
        if (say(l10n.t('exit "{0}" has a link labelled "{1}"', exits[i]!.label, link.label), step))
          return found;
      }
    }
    for (const link of step["incoming"] as readonly ((IhdObject & LinkObject) | null)[]) {
      if (!link) {
        if (say(l10n.t("an incoming link is missing"), step)) return found;
        continue;
      }
      incoming[link.$number]!++;
      if (link.to !== step && say(l10n.t("an incoming link leads to another step"), step)) return found;
    }
  }
  for (const link of file.links as readonly (IhdObject & LinkObject)[]) {
    if (!link.from && say(l10n.t("a link starts nowhere"))) return found;
    if (outgoing[link.$number] !== 1 && say(l10n.t("a link is not in exactly one outgoing list"), link.from))
      return found;
    const wanted = link.to ? 1 : 0;
    if (
      incoming[link.$number] !== wanted &&
      say(l10n.t("a link is not in its target's incoming list"), link.from)
    )
      return found;
  }
  const listed = new Uint8Array(size);
  let [hasGap, isTwice] = [false, false];
  for (const step of file.root.steps) {
    if (!step) hasGap = true;
    else if (listed[step.$number]) isTwice = true;
    else listed[step.$number] = 1;
  }
  if (hasGap) say(l10n.t("the list of steps has a gap"));
  if (isTwice) say(l10n.t("the list of steps names a step twice"));
  for (const step of file.steps) {
    if (!listed[step.$number] && say(l10n.t("a step is not in the list of steps"), step)) return found;
  }
  if (!file.root.start && file.steps.length > 0) say(l10n.t("the handler names no first step"));
  return found;
}
