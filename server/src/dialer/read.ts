import * as l10n from "@vscode/l10n";
import type { TextFinding } from "../problem";
import { incompleteBy } from "./incomplete";
import { entityOf, type EntityContext } from "./identify";
import { type DialerConfiguration, type DialerEntity, isLeaf, valueOf } from "./model";
import { readReferences } from "./references";
import type { DialerCode } from "./rules";
import { atOnce, inSlices, type SliceOptions } from "./slices";
import { readXml, type XmlElement, type XmlTree } from "./xml";

export interface ReadOptions {
  /**
   * Name of the attribute or property that marks a deleted object. How Dialer writes it is not documented;
   * without a name, any that contains `delet` and is on counts.
   */
  readonly deletedMarker?: string;
}

/** Reads a configuration in slices. Bad content gives findings, never an error; only an abort rejects. */
export function readDialerConfiguration(
  text: string,
  options: ReadOptions & SliceOptions = {},
): Promise<DialerConfiguration> {
  return inSlices(readingDialerConfiguration(text, options), options);
}

/** The same in one go. */
export function readDialerConfigurationAtOnce(text: string, options: ReadOptions = {}): DialerConfiguration {
  return atOnce(readingDialerConfiguration(text, options));
}

/** Whether a file is a Dialer configuration or an export of one, by its name or its root element. */
export function isDialerConfiguration(name: string, text: string): boolean {
  return (
    /(?:^|[\\/])dialer_(?:config|backup)[^\\/]*\.xml$/i.test(name) ||
    /<DIALERCONFIG2(?:BATCH)?[\s/>]/i.test(text.slice(0, 4096))
  );
}

const elementsPerSlice = 8192;

export function* readingDialerConfiguration(
  text: string,
  options: ReadOptions = {},
): Generator<void, DialerConfiguration> {
  const tree = yield* readXml(text);
  const layout = layoutOf(tree.root);
  const found = new Map<XmlElement, DialerEntity>();
  const waiting: { element: XmlElement; context: EntityContext }[] = [];
  if (tree.root) waiting.push({ element: tree.root, context: { owner: undefined, part: undefined } });
  const marker = options.deletedMarker?.toLowerCase();
  let looked = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { element } = next;
    let { context } = next;
    const entity = entityOf(text, element, context, layout, marker);
    if (entity) {
      found.set(element, entity);
      context =
        entity.level === "object"
          ? { owner: entity, part: undefined }
          : { owner: context.owner, part: entity };
    }
    for (let at = element.children.length - 1; at >= 0; at--) {
      const child = element.children[at] as XmlElement;
      // A value without attributes is no object and holds none; most elements are such.
      if (!isLeaf(child) || child.attributes.length > 0) waiting.push({ element: child, context });
    }
    looked += element.children.length + 1;
    if (looked > elementsPerSlice) {
      looked = 0;
      yield;
    }
  }
  const entities = [...found.values()];
  yield;
  const references = yield* readReferences(tree, found);
  const byId = groupBy(entities, ({ id }) => id);
  yield;
  const objects = entities.filter((entity) => entity.level === "object");
  const settings = objects.find(({ kind }) => kind === "global settings");
  const version = settings && valueOf(text, settings, "version");
  const findings = [...tree.findings, ...layoutFindings(tree, layout)];
  return {
    text,
    tree,
    layout,
    version: version === "" ? undefined : version,
    objects,
    parts: entities.filter((entity) => entity.level === "part"),
    byId,
    references,
    referrers: groupBy(references, ({ target }) => target),
    findings,
    incomplete: incompleteBy(text, findings),
  };
}

function layoutOf(root: XmlElement | undefined): DialerConfiguration["layout"] {
  if (root?.lower === "dialerconfig2") return "configuration";
  return root?.lower === "dialerconfig2batch" ? "batch" : "unknown";
}

function layoutFindings({ root }: XmlTree, layout: DialerConfiguration["layout"]): TextFinding[] {
  if (!root || layout !== "unknown") return [];
  return [
    {
      code: "dialer/unknown-layout" satisfies DialerCode,
      severity: "information",
      message: l10n.t(
        "<{0}> is not a layout this version knows (it knows DIALERCONFIG2 and DIALERCONFIG2BATCH of 4.x). Objects are recognised by their ids and tag names; what is not recognised is left alone.",
        root.name,
      ),
      certainty: "inferred",
      start: root.start,
      end: root.start + root.name.length + 1,
    },
  ];
}

function groupBy<T>(items: readonly T[], key: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}
