import { readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import * as l10n from "@vscode/l10n";

/**
 * Exports and extractions must not go into the folder or onto the drive root where CIC or Interaction Media
 * Server is installed: files of the same name there would be overwritten (Interaction Migrator Technical
 * Reference 2023 R1). Judged by the path alone, which may be a Windows path on any system.
 * @returns why the path is refused, or undefined
 */
export function installRootByName(path: string): string | undefined {
  const names = path
    .replaceAll("/", "\\")
    .toLowerCase()
    .split("\\")
    .filter((name) => name !== "" && name !== "." && name !== "?");
  const isUnc = /^[\\/]{2}[^\\/?.]/.test(path);
  if (
    names.length === 0 ||
    (names.length === 1 && /^[a-z]:$/.test(names[0] ?? "")) ||
    (isUnc && names.length < 3)
  ) {
    return l10n.t("it is the root of a drive or share");
  }
  for (let index = 0; index < names.length; index++) {
    const [name, next] = [names[index], names[index + 1]];
    if (name === "i3" && (next === "ic" || next === "cic"))
      return l10n.t("\\I3\\{0} is where CIC is installed", next.toUpperCase());
    if (name === "i3" && next === undefined) return l10n.t("\\I3 is the folder that CIC is installed in");
    if (/^program files( \(x86\))?$/.test(name ?? "") && next === "interactive intelligence") {
      return l10n.t(
        "it is where Interaction Media Server and other Interactive Intelligence programs are installed",
      );
    }
  }
  return undefined;
}

/** As many folders upwards are looked at. */
const LEVELS = 40;

/**
 * The same by what is on disk: the folder itself or one around it holds the program files of CIC or Migrator.
 * @returns why the folder is refused, or undefined
 */
export async function installRoot(folder: string): Promise<string | undefined> {
  const absolute = resolve(folder);
  const byName = installRootByName(absolute);
  if (byName !== undefined) return byName;
  let here = absolute;
  for (let level = 0; level < LEVELS; level++) {
    if (await isInstallation(here)) return l10n.t("CIC or Interaction Migrator is installed in {0}", here);
    const above = dirname(here);
    if (above === here) break;
    here = above;
  }
  return undefined;
}

const MIGRATOR = /^inin\.migrator(\.console)?\.exe$/i;

/** CIC keeps handlers both in `Handlers` and in `Server\Handlers`; Migrator's programs have names of their own. */
async function isInstallation(folder: string): Promise<boolean> {
  const names = await list(folder);
  if (names.some((name) => MIGRATOR.test(name))) return true;
  const child = (wanted: string): string | undefined => names.find((name) => name.toLowerCase() === wanted);
  const migrator = child("migrator");
  if (migrator !== undefined && (await list(join(folder, migrator))).some((name) => MIGRATOR.test(name)))
    return true;
  const server = child("server");
  if (server === undefined || child("handlers") === undefined) return false;
  return (await list(join(folder, server))).some((name) => name.toLowerCase() === "handlers");
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
