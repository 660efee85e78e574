import { type DialerConfiguration, type DialerObject, type Field, fields } from "./model";
import { atOnce } from "./slices";
import type { Surroundings } from "./surroundings";

/** A `.udl` file that the configuration names. */
export interface UdlReference extends Field {
  /** File name without folders; `.udl` is added where a connection leaves it out. */
  readonly file: string;
  readonly owner: DialerObject;
}

/** Every value that ends in `.udl`, and the `udldataset` of connections whatever it ends in. */
export function udlReferences(model: DialerConfiguration): UdlReference[] {
  return atOnce(readingUdlReferences(model));
}

/** The same in slices. */
export function* readingUdlReferences({
  text,
  objects,
  parts,
}: DialerConfiguration): Generator<void, UdlReference[]> {
  let looked = 0;
  const found: UdlReference[] = [];
  for (const entity of [...objects, ...parts]) {
    const owner = entity.level === "object" ? entity : entity.owner;
    if (!owner) continue;
    if (++looked % 256 === 0) yield;
    // By its last letter, because reading every value of a large file would take long.
    const named = fields(text, entity, (name, start, end) => {
      const last = end > start ? text.charCodeAt(end - 1) : 0;
      return name === "udldataset" || last === 0x6c || last === 0x4c || (last > 0 && last <= 0x20);
    });
    for (const field of named) {
      const file = udlFileOf(field);
      if (file !== undefined) found.push({ ...field, file, owner });
    }
  }
  return found;
}

/** The `.udl` file that a value names. */
export function udlFileOf({ lower, value }: Field): string | undefined {
  const base = value.split(/[\\/]/).at(-1) ?? "";
  if (/\.udl$/i.test(base)) return base;
  return lower === "udldataset" && base !== "" ? `${base}.udl` : undefined;
}

export type UdlState = "found" | "missing" | "not checked";

export function udlState(file: string, { udlFiles }: Surroundings): UdlState {
  if (!udlFiles) return "not checked";
  return udlFiles.has(file.toLowerCase()) ? "found" : "missing";
}
