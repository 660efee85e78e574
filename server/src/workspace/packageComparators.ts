import * as l10n from "@vscode/l10n";
import type { Change } from "../analysis/compare/change";
import { inWords } from "../analysis/compare/changeText";
import { compareHandlers } from "../analysis/compare/compareHandlers";
import { whyUnreadable } from "../analysis/compare/handlerFiles";
import { compareDialerConfigurations, type ObjectChange } from "../dialer/compare";
import { isDialerConfiguration, readDialerConfiguration } from "../dialer/read";
import { kindWords } from "../dialer/words";
import type { Handler } from "../handler/model";
import { readHandler } from "../handler/read";
import { decodeXmlText } from "../handler/xmlEncoding";
import type { ContentComparator } from "../packages/compare";
import type { ComparedKind, PackageDifference } from "../protocol";

/** Those who know a kind of content compare it by its meaning; `details` are `PackageDifference`s. */
export const packageComparators: readonly (ContentComparator & { readonly kind: ComparedKind })[] = [
  { kind: "handler", handles: (path) => /\.ihd$/i.test(path), compare: compareAsHandlers },
  {
    kind: "dialer",
    handles: (path) => isDialerConfiguration(path, ""),
    compare: compareAsDialerConfigurations,
  },
];

async function compareAsHandlers(old: Uint8Array, now: Uint8Array, path: string) {
  const [before, after] = [old, now].map((bytes) => readHandler(bytes, { file: path })) as [Handler, Handler];
  for (const handler of [before, after]) {
    const why = whyUnreadable(handler);
    if (why) throw new Error(why);
  }
  const { changes } = compareHandlers(before, after);
  if (changes.length === 0) {
    return { same: true, what: l10n.t("the same handler, but for positions and what publishing changes") };
  }
  return {
    what: changes.length === 1 ? l10n.t("1 difference") : l10n.t("{0} differences", changes.length),
    details: byStep(changes),
  };
}

/** The changes of one step together, as they come. */
function byStep(changes: readonly Change[]): PackageDifference[] {
  const steps = new Map<string, [Change, ...Change[]]>();
  for (const change of changes) {
    const { node, oldNode } = stepOf(change);
    // Where no step is meant, by what it is about.
    const key = node === undefined && oldNode === undefined ? change.label : `${node} ${oldNode}`;
    const same = steps.get(key);
    if (same) same.push(change);
    else steps.set(key, [change]);
  }
  return [...steps.values()].map((ofStep): PackageDifference => {
    const [first, ...more] = ofStep;
    const name = first.label === "" ? l10n.t("handler") : first.label;
    const label = first.node === null ? name : `${name} (${first.node})`;
    const children = ofStep.map(differenceOf);
    return more.length === 0
      ? { ...differenceOf(first), label: `${label}: ${inWords(first).what}` }
      : { status: "changed", label, children, ...stepOf(first) };
  });
}

function differenceOf(change: Change): PackageDifference {
  const { what, old, new: now } = inWords(change);
  return {
    status: old === null ? "added" : now === null ? "removed" : "changed",
    label: what,
    ...(old === null ? {} : { old }),
    ...(now === null ? {} : { new: now }),
    ...stepOf(change),
  };
}

/** Of a removed step there is the old node id alone. */
function stepOf({ kind, node, oldNode }: Change): Pick<PackageDifference, "node" | "oldNode"> {
  return {
    ...(node === null || kind === "step-removed" ? {} : { node }),
    ...(oldNode === null ? {} : { oldNode }),
  };
}

async function compareAsDialerConfigurations(old: Uint8Array, now: Uint8Array) {
  const [before, after] = [
    await readDialerConfiguration(decodeXmlText(old).text),
    await readDialerConfiguration(decodeXmlText(now).text),
  ];
  const { objects, ignored } = await compareDialerConfigurations(before, after);
  if (objects.length === 0) {
    return {
      same: true,
      what: l10n.t("the same configuration; {0} differences are what Dialer changes while it runs", ignored),
    };
  }
  const count = (status: ObjectChange["status"]): number =>
    objects.filter((object) => object.status === status).length;
  return {
    what: l10n.t(
      "objects: {0} changed, {1} added, {2} removed",
      count("changed"),
      count("added"),
      count("removed"),
    ),
    details: objects.map(({ status, kind, name, changes }): PackageDifference => ({
      status,
      label: `${kindWords[kind]} ${name}`,
      children: changes.map(({ path, old: was, new: is }) => ({
        status: was === undefined ? "added" : is === undefined ? "removed" : "changed",
        label: path,
        ...(was === undefined ? {} : { old: was }),
        ...(is === undefined ? {} : { new: is }),
      })),
    })),
  };
}
