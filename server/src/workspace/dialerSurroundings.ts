import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { decodeText } from "../config/decode";
import { tnsAliases } from "../config/tnsnames";
import { readUdl } from "../config/udl";
import { type Surroundings, udlFilesAround } from "../dialer/surroundings";

/**
 * The `.udl` files around a configuration, the Oracle services they name, and the aliases of the tnsnames.ora
 * beside it. Rejects where its folder cannot be read.
 */
export async function dialerSurroundings(configuration: string): Promise<Surroundings> {
  const udlFiles = await udlFilesAround(configuration);
  const oracleServices = new Map<string, string>();
  for (const [name, path] of udlFiles) {
    // A data link nobody may read is there all the same.
    const bytes = await readFile(path).catch(() => undefined);
    const udl = bytes && readUdl(decodeText(bytes).text);
    if (udl?.isOracle && udl.dataSource !== undefined) oracleServices.set(name, udl.dataSource);
  }
  const names = await readFile(join(dirname(configuration), "tnsnames.ora")).catch(() => undefined);
  return names
    ? { udlFiles, oracleServices, tnsAliases: tnsAliases(decodeText(names).text) }
    : { udlFiles, oracleServices };
}
