import { lstat, realpath, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { PackageProblem } from "../entry";
import type { Package } from "../package";
import { installRoot } from "./installRoot";
import { type Plan, refusals } from "./plan";
import { refuse } from "./refuse";
import { absent } from "./staging";

/** Left free on the disk beyond what is written. */
const SPARE_BYTES = 64 * 1024 * 1024;

/**
 * Why what is planned cannot be extracted: where it would go, what it would take. Empty when it can.
 * @param skipUnsafe what must not be written is left out, instead of refusing everything
 */
export async function preflight(
  opened: Package,
  plan: Plan,
  to: string,
  skipUnsafe: boolean,
): Promise<readonly PackageProblem[]> {
  const { limits } = opened;
  const near = await nearestExisting(to);
  const real = join(await realpath(near), to.slice(near.length));
  const root = (await installRoot(to)) ?? (await installRoot(real));
  if (root !== undefined) {
    return refuse(
      "install-root",
      l10n.t(
        "nothing is extracted into {0}: {1}, and files of the same name would be overwritten. Choose an empty folder elsewhere",
        to,
        root,
      ),
    );
  }
  if (!(await stat(near)).isDirectory()) {
    return refuse("target-not-a-folder", l10n.t("{0} is not a folder", near));
  }
  if (plan.refused.length > 0 && !skipUnsafe) return refusals(plan.refused);
  if (plan.items.length === 0) {
    return refuse(
      "nothing-chosen",
      l10n.t("nothing in the package fits what was chosen; nothing is extracted"),
    );
  }
  if (plan.encrypted && opened.locked) {
    return refuse(
      "password-needed",
      l10n.t("what was chosen is encrypted: give the password of the package"),
    );
  }
  if (plan.bytes > limits.extractedBytes) {
    return refuse(
      "too-large",
      l10n.t(
        "it would unpack to {0}; up to {1} are written",
        gigabytes(plan.bytes),
        gigabytes(limits.extractedBytes),
      ),
    );
  }
  if (plan.bytes > limits.ratioFreeBytes && plan.bytes > opened.size * limits.ratio) {
    return refuse(
      "ratio",
      l10n.t(
        "it would unpack to {0}, {1} times the size of the package, as zip bombs do",
        gigabytes(plan.bytes),
        Math.round(plan.bytes / Math.max(1, opened.size)),
      ),
    );
  }
  const disk = await statfs(near);
  const needed = plan.items.reduce(
    (sum, { entry }) => sum + Math.ceil(entry.size / disk.bsize + 1) * disk.bsize,
    SPARE_BYTES,
  );
  const free = disk.bavail * disk.bsize;
  if (needed > free) {
    return refuse(
      "disk-full",
      l10n.t("{0} are needed on the disk of {1}, and {2} are free", gigabytes(needed), to, gigabytes(free)),
    );
  }
  return [];
}

/** The folder, or the nearest around it that there is. */
async function nearestExisting(folder: string): Promise<string> {
  let here = folder;
  while (!(await lstat(here).catch(absent)) && dirname(here) !== here) here = dirname(here);
  return here;
}

function gigabytes(bytes: number): string {
  return l10n.t("{0} GB", (bytes / 1024 ** 3).toFixed(bytes < 1024 ** 3 ? 3 : 1));
}
