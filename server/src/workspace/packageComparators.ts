import { diffLines } from "diff";
import { compareDialerConfigurations, type ObjectChange } from "../dialer/compare";
import { isDialerConfiguration, readDialerConfiguration } from "../dialer/read";
import { listing } from "../handler/listing";
import { readHandler } from "../handler/read";
import { decodeXmlText } from "../handler/xmlEncoding";
import type { ContentComparator } from "../packages/compare";
import type { PackageDifference } from "../protocol";

/** Those who know a kind of content compare it by its meaning; `details` are `PackageDifference`s. */
export const packageComparators: readonly ContentComparator[] = [
  { handles: (path) => /\.ihd$/i.test(path), compare: compareAsHandlers },
  { handles: (path) => isDialerConfiguration(path, ""), compare: compareAsDialerConfigurations },
];

async function compareAsHandlers(old: Uint8Array, now: Uint8Array, path: string) {
  const texts: string[] = [];
  for (const bytes of [old, now]) {
    const handler = readHandler(bytes, { file: path });
    if (handler.problems.some(({ severity }) => severity === "error")) {
      throw new Error("a side is no handler that can be read");
    }
    texts.push(listing(handler).text);
  }
  let [added, removed] = [0, 0];
  for (const part of diffLines(texts[0]!, texts[1]!)) {
    if (part.added) added += part.count;
    if (part.removed) removed += part.count;
  }
  if (added + removed === 0) return { same: true, what: "the same handler, saved again" };
  return { what: `${removed} lines of the listing removed, ${added} added` };
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
      what: `the same configuration; ${ignored} differences are what Dialer changes while it runs`,
    };
  }
  const count = (status: ObjectChange["status"]): number =>
    objects.filter((object) => object.status === status).length;
  return {
    what: `${count("changed")} objects changed, ${count("added")} added, ${count("removed")} removed`,
    details: objects.map(({ status, kind, name, changes }): PackageDifference => ({
      status,
      label: `${kind} ${name}`,
      children: changes.map(({ path, old: was, new: is }) => ({
        status: was === undefined ? "added" : is === undefined ? "removed" : "changed",
        label: path,
        ...(was === undefined ? {} : { old: was }),
        ...(is === undefined ? {} : { new: is }),
      })),
    })),
  };
}
