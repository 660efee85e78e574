import { type DialerConfiguration, type DialerObject, type Field, fields } from "./model";
import type { Surroundings } from "./surroundings";

/** A `.udl` file that the configuration names. */
export interface UdlReference extends Field {
  /** File name without folders; `.udl` is added where a connection leaves it out. */
  readonly file: string;
  readonly owner: DialerObject;
}

/** Every value that ends in `.udl`, and the `udldataset` of connections whatever it ends in. */
export function udlReferences({ text, objects, parts }: DialerConfiguration): UdlReference[] {
  const found: UdlReference[] = [];
  for (const entity of [...objects, ...parts]) {
    const owner = entity.level === "object" ? entity : entity.owner;
    if (!owner) continue;
    // By its last letter, because reading every value of a large file would take long.
    const named = fields(text, entity, (name, start, end) => {
      return name === "udldataset" || (end > start && /[l\s]/i.test(text.charAt(end - 1)));
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
