import { basename, join, relative, sep } from "node:path";
import { toBeMigrated } from "../../analysis/inventory/folderPlan";
import { isPackageFileName } from "../../packages/packageName";
import type { FileProvable, Provable } from "../model";
import { type Entry, entriesBelow } from "./entries";
import type { Finding, LookOptions } from "./finding";
import { PackageProof } from "./packages";
import { lookAtPhoneFile } from "./phoneFile";
import { lookIntoToBeMigrated } from "./toBeMigrated";
import { ScriptProof } from "./scripts";
import { lookForUdlFiles } from "./udlFiles";

export interface ProveOptions {
  /** Paths of the workspace folders. */
  readonly folders: readonly string[];
  readonly exclude: readonly string[];
  /** Folders that runs of scripts are kept in. */
  readonly runs?: readonly string[];
  /** What somebody asks for; without it all is looked at that costs little. */
  readonly asked?: Provable;
  /** Of packages, by path. */
  readonly passwords?: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
}

/** What each proof looks for in a workspace. */
const wanted: Readonly<Record<FileProvable, (entry: Entry) => boolean>> = {
  package: ({ name, isFolder }) => !isFolder && isPackageFileName(name),
  toBeMigrated: ({ name, isFolder }) => isFolder && name.toLowerCase() === toBeMigrated.toLowerCase(),
  udlFiles: ({ name, isFolder }) => !isFolder && /^dialer_config\.xml$/i.test(name),
  phoneFile: ({ name, isFolder }) => !isFolder && /^push40\.cfg$/i.test(name),
};
const provables = Object.keys(wanted) as FileProvable[];

/** Looks at a workspace for what proves steps. Nothing is written, nothing is run. */
export class Prover {
  private readonly packages = new PackageProof();
  private readonly scripts = new ScriptProof();
  private last: Promise<unknown> = Promise.resolve();

  /** Packages that were found locked by the last look. */
  get lockedPackages(): readonly string[] {
    return this.packages.locked;
  }

  /** One look after another, so that the last to end is the last that began, and knows the most. */
  prove(options: ProveOptions): Promise<ReadonlyMap<Provable, Finding>> {
    const look = this.last.then(() => this.lookAround(options));
    this.last = look.catch(() => undefined);
    return look;
  }

  private async lookAround(options: ProveOptions): Promise<ReadonlyMap<Provable, Finding>> {
    const { folders, exclude, signal, asked, runs = [], passwords = new Map<string, string>() } = options;
    const found = new Map(provables.map((each) => [each, [] as string[]]));
    for (const folder of folders) {
      for await (const entry of entriesBelow(folder, { exclude, signal })) {
        for (const each of provables) if (wanted[each](entry)) found.get(each)?.push(entry.path);
      }
    }
    const shown = (path: string): string => shownIn(folders, path);
    const findings = new Map<Provable, Finding>();
    for (const each of provables) {
      const look: LookOptions = { paths: found.get(each) ?? [], shown, signal };
      try {
        findings.set(each, await this.look(each, look, { thorough: asked === each, passwords }));
      } catch (error) {
        signal.throwIfAborted();
        const text = error instanceof Error ? error.message : String(error);
        findings.set(each, { outcome: "unknown", text });
      }
    }
    for (const [list, finding] of await this.scripts.look(runs, signal)) {
      findings.set(`scripts/${list}`, finding);
    }
    return findings;
  }

  private look(
    what: FileProvable,
    options: LookOptions,
    more: { readonly thorough: boolean; readonly passwords: ReadonlyMap<string, string> },
  ): Promise<Finding> {
    switch (what) {
      case "package":
        return this.packages.look({ ...options, ...more });
      case "toBeMigrated":
        return lookIntoToBeMigrated(options);
      case "udlFiles":
        return lookForUdlFiles(options);
      case "phoneFile":
        return lookAtPhoneFile(options);
    }
  }
}

/** Below its workspace folder, which is named where there are several. */
function shownIn(folders: readonly string[], path: string): string {
  const folder = folders.find((each) => path.startsWith(each + sep)) ?? "";
  const below = relative(folder, path).split(sep).join("/");
  return folders.length > 1 ? join(basename(folder), below).split(sep).join("/") : below;
}
