import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What lies around a configuration on disk; whatever is `undefined` is not known and not checked. */
export interface Surroundings {
  /** Lower-case names of the `.udl` files beside the configuration and in its `UDL` folder, with paths. */
  readonly udlFiles?: ReadonlyMap<string, string>;
  /** Lower-case aliases of TNSNAMES.ORA. */
  readonly tnsAliases?: ReadonlySet<string>;
  /** Lower-case name of an Oracle `.udl` file -> the Oracle service it names. */
  readonly oracleServices?: ReadonlyMap<string, string>;
}

/**
 * The `.udl` files that the Database Migration Assistant would find for a configuration: in its folder or in
 * the sub-folder `UDL` (CIC Migration guide, "Migrate the Dialer 2.4/3.0 database").
 */
export async function udlFilesAround(configurationPath: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const folder = dirname(configurationPath);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (/\.udl$/i.test(entry.name) && !entry.isDirectory())
      found.set(entry.name.toLowerCase(), join(folder, entry.name));
    if (!/^udl$/i.test(entry.name)) continue;
    for (const name of await readdir(join(folder, entry.name)).catch((): string[] => [])) {
      const lower = name.toLowerCase();
      if (lower.endsWith(".udl") && !found.has(lower)) found.set(lower, join(folder, entry.name, name));
    }
  }
  return found;
}
