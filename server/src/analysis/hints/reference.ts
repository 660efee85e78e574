import type { Catalogue } from "../../catalogue/catalogue";
import { knownTools } from "../../catalogue/knownTools";
import { newerName } from "../../catalogue/newerName";
import { compareStamps, signatureKey, type ToolSignature } from "../../catalogue/signature";
import { mapSignatures, type SignatureMapping } from "./mapping";

/** Where the other side of a comparison comes from. */
export type Origin =
  | { readonly kind: "target"; readonly target: string; readonly handlers: number }
  /** The product's own list; it says nothing about a release. */
  | { readonly kind: "known"; readonly help: string };

/** What the migration's target has instead of a tool as a handler holds it. */
export type Counterpart =
  | { readonly kind: "same"; readonly signature: ToolSignature; readonly origin: Origin }
  | {
      readonly kind: "changed";
      readonly signature: ToolSignature;
      readonly origin: Origin;
      readonly mapping: SignatureMapping;
      /** true: the handler's version stamp is the lower one. */
      readonly isOlder: boolean;
    }
  | {
      readonly kind: "renamed";
      readonly signature: ToolSignature;
      readonly origin: Origin;
      readonly mapping: SignatureMapping;
      /** true: the target uses the old name as well. */
      readonly isBoth: boolean;
    }
  | { readonly kind: "missing"; readonly target: string; readonly handlers: number }
  | { readonly kind: "unknown" };

/** The counterpart in a catalogue, or without one in the product's own list. */
export function counterpartOf(tool: ToolSignature, catalogue: Catalogue | null): Counterpart {
  return catalogue ? inCatalogue(tool, catalogue) : inKnown(tool);
}

function inCatalogue(tool: ToolSignature, catalogue: Catalogue): Counterpart {
  const { target } = catalogue;
  const same = catalogue.find(tool);
  const others = catalogue.ofModule(tool.module).map(({ variants, handlers }) => ({
    ...variants[0]!.signature,
    handlers,
  }));
  const newer = newerName(tool, others);
  if (newer) {
    const { handlers, ...signature } = newer;
    const mapping = mapSignatures(tool, signature);
    const origin: Origin = { kind: "target", target, handlers };
    return { kind: "renamed", signature, origin, mapping, isBoth: same !== undefined };
  }
  if (!same) return { kind: "missing", target, handlers: catalogue.handlers };
  // A release's handlers may hold older forms too; one of the newest is as good as any other of them.
  const best = same.variants[0]!;
  const key = signatureKey(tool);
  const isNewest = ({ signature }: typeof best): boolean =>
    compareStamps(signature.version, best.signature.version) === 0;
  const equal = same.variants.find((each) => isNewest(each) && signatureKey(each.signature) === key);
  const { signature, handlers } = equal ?? best;
  return compared(tool, signature, { kind: "target", target, handlers });
}

/**
 * The product's list is of no release in particular: it may be older than the handler. So it is a counterpart only
 * where the handler's tool is certainly the older one: by its stamp, or because it lacks something and has nothing
 * that the list has not.
 */
function inKnown(tool: ToolSignature): Counterpart {
  const newer = newerName(tool, knownTools().ofModule(tool.module));
  const known = knownTools().find(tool);
  if (newer) {
    const origin: Origin = { kind: "known", help: knownTools().find(newer)?.help ?? "" };
    return {
      kind: "renamed",
      signature: newer,
      origin,
      mapping: mapSignatures(tool, newer),
      isBoth: known?.signature != null && known.signature.name === tool.name,
    };
  }
  const signature = known?.signature;
  if (!signature || signature.module !== tool.module || signature.name !== tool.name)
    return { kind: "unknown" };
  const found = compared(tool, signature, { kind: "known", help: known.help });
  if (found.kind !== "changed" || found.isOlder) return found;
  const stamps = compareStamps(tool.version, signature.version);
  return stamps !== undefined && stamps <= 0 && isAddedTo(found.mapping) ? found : { kind: "unknown" };
}

function compared(tool: ToolSignature, signature: ToolSignature, origin: Origin): Counterpart {
  const mapping = mapSignatures(tool, signature);
  const isOlder = (compareStamps(tool.version, signature.version) ?? 0) < 0;
  const isSame =
    !isOlder && signatureKey({ ...tool, version: "" }) === signatureKey({ ...signature, version: "" });
  return isSame
    ? { kind: "same", signature, origin }
    : { kind: "changed", signature, origin, mapping, isOlder };
}

/** Only additions, and at least one. */
function isAddedTo({ pairs, removed, added, exitsRemoved, exitsAdded }: SignatureMapping): boolean {
  return (
    removed.length + exitsRemoved.length === 0 &&
    added.length + exitsAdded.length > 0 &&
    pairs.every(({ by, old, now }) => by === "label" && old.type.name === now.type.name)
  );
}
