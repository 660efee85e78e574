import { stat } from "node:fs/promises";
import * as l10n from "@vscode/l10n";
import { checkSiblings } from "../../packages/checks/siblings";
import { openPackage } from "../../packages/package";
import { verifyPackage } from "../../packages/verify";
import { versionOf } from "../../workspace/stableContent";
import { type Finding, type LookOptions, named } from "./finding";

/** Larger packages are read only when somebody asks for it. */
const unasked = 64 * 1024 * 1024;

export interface PackageLook extends LookOptions {
  /** Somebody asked: large packages are read too. */
  readonly thorough: boolean;
  /** By path; used for reading and kept nowhere. */
  readonly passwords: ReadonlyMap<string, string>;
}

interface Seen {
  readonly version: string;
  readonly finding: Finding & { readonly locked?: true };
}

/** Whether migration packages are whole and can be read to their end. Remembers what it has read. */
export class PackageProof {
  private readonly seen = new Map<string, Seen>();
  /** Packages whose contents need a password that was not given. */
  locked: readonly string[] = [];

  async look(options: PackageLook): Promise<Finding> {
    const { paths, shown } = options;
    const proved: string[] = [];
    const unknown: Finding[] = [];
    const locked: string[] = [];
    let failed: Finding | undefined;
    for (const path of paths) {
      const finding = (await unfinished(path)) ?? (await this.package(path, options));
      if (finding.locked) locked.push(path);
      if (finding.outcome === "failed") failed ??= finding;
      else if (finding.outcome === "unknown") unknown.push(finding);
      else proved.push(shown(path));
    }
    this.locked = locked;
    if (paths.length === 0)
      return { outcome: "unknown", text: l10n.t("There is no .ininmigr package in this workspace.") };
    const trouble = failed ?? unknown[0];
    return (
      trouble ?? {
        outcome: "proved",
        text: l10n.t("{0}: all contents were read and verified.", named(proved)),
      }
    );
  }

  private async package(path: string, options: PackageLook): Promise<Seen["finding"]> {
    const { shown, signal, passwords, thorough } = options;
    const facts = await stat(path);
    const version = versionOf(facts);
    const before = this.seen.get(path);
    const password = passwords.get(path);
    if (before?.version === version && !(before.finding.locked && password !== undefined)) {
      return before.finding;
    }
    if (facts.size > unasked && !thorough) {
      const megabytes = Math.round(facts.size / 1024 / 1024);
      return {
        outcome: "unknown",
        text: l10n.t("{0} has {1} MB and is read when you ask for it.", shown(path), megabytes),
      };
    }
    const finding = await verify(path, shown(path), password, signal);
    this.seen.set(path, { version, finding });
    return finding;
  }
}

/** An export that did not finish, by what lies beside a package; each of its parts may well be readable. */
async function unfinished(path: string): Promise<Seen["finding"] | undefined> {
  const parts = (await checkSiblings(path)).find(({ code }) => code === "package/several-parts");
  return parts && { outcome: "failed", text: `${parts.message}.` };
}

async function verify(
  path: string,
  name: string,
  password: string | undefined,
  signal: AbortSignal,
): Promise<Seen["finding"]> {
  const opened = await openPackage(path, { signal, ...(password === undefined ? {} : { password }) });
  try {
    const trouble = opened.problems.find(({ severity }) => severity === "error");
    if (trouble?.code === "package/wrong-password")
      return { outcome: "unknown", text: trouble.message, locked: true };
    if (trouble) return { outcome: "failed", text: trouble.message };
    const { proven, locked, failures } = await verifyPackage(opened, { signal });
    const [first] = failures;
    if (first) return { outcome: "failed", text: `${name}: ${first.path}: ${first.message}.` };
    if (locked > 0) {
      const text = l10n.t(
        "{0}: {1} entries can be verified with the password of the package only.",
        name,
        locked,
      );
      return { outcome: "unknown", text, locked: true };
    }
    return proven === 0
      ? { outcome: "failed", text: l10n.t("{0} is empty.", name) }
      : { outcome: "proved", text: l10n.t("{0}: {1} entries were read and verified.", name, proven) };
  } finally {
    await opened.close();
  }
}
