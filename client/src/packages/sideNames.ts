import type { PackageContents } from "../../../server/src/protocol";

/** A package or folder that is compared. */
export interface NamedSide {
  readonly name: string;
  /** Absent for a folder. */
  readonly contents?: Pick<PackageContents, "server" | "exported"> | undefined;
}

export interface SideNames {
  readonly old: string;
  readonly new: string;
  /** The server, where both are exports of one and so are called by their time. */
  readonly server?: string;
}

/** What the sides of a comparison are called: names of packages are long, and differ in their last digits. */
export function sideNames(old: NamedSide, now: NamedSide): SideNames {
  const [before, after] = [old, now].map(({ contents }) => contents?.exported);
  const server = old.contents?.server;
  if (!server || server !== now.contents?.server || !before || !after || before === after)
    return { old: old.name, new: now.name };
  return { old: new Date(before).toLocaleString(), new: new Date(after).toLocaleString(), server };
}
