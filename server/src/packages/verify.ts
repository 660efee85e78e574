import * as l10n from "@vscode/l10n";
import { isContent, type PackageProblem, printable } from "./entry";
import type { Package } from "./package";
import { type Progress, ProgressMeter, walk } from "./walk";
import { type FailureCode, PackageFailure } from "./failure";

export interface VerifyOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface EntryFailure {
  readonly path: string;
  readonly reason: FailureCode;
  readonly message: string;
}

export interface Verification {
  /** Entries whose content was read and proven by CRC-32 or AES authentication code. */
  readonly proven: number;
  /** Unpacked bytes that were read. */
  readonly bytes: number;
  /** Entries that need a password that was not given. */
  readonly locked: number;
  readonly failures: readonly EntryFailure[];
  readonly problems: readonly PackageProblem[];
}

/**
 * Reads all content and lets it prove itself; nothing is written.
 * @throws the signal's reason when aborted, and what the disk says
 */
export async function verifyPackage(opened: Package, options: VerifyOptions = {}): Promise<Verification> {
  const work = [...opened.entries.entries()].filter(([, entry]) => isContent(entry));
  const total = work.reduce((sum, [, { size }]) => sum + size, 0);
  const meter = new ProgressMeter(total, work.length, options.onProgress);
  const failures: (EntryFailure & { readonly position: number })[] = [];
  let [proven, locked, bytes] = [0, 0, 0];
  await walk(work, async ([position, entry]) => {
    const { path } = entry;
    try {
      await opened.streamAt(
        position,
        (chunk) => {
          bytes += chunk.length;
          meter.chunk(path, chunk.length);
        },
        options.signal,
      );
      proven++;
    } catch (error) {
      if (!(error instanceof PackageFailure)) throw error;
      if (error.code === "password-needed") locked++;
      else failures.push({ position, path, reason: error.code, message: error.message });
    }
    meter.item(path);
  });
  failures.sort((a, b) => a.position - b.position);
  return {
    proven,
    bytes,
    locked,
    failures: failures.map(({ path, reason, message }) => ({ path, reason, message })),
    problems: problemsOf(failures, locked),
  };
}

/** As many failed entries are named; a package that is damaged throughout needs no more to be said. */
const NAMED = 50;

function problemsOf(failures: readonly EntryFailure[], locked: number): PackageProblem[] {
  const problems: PackageProblem[] = failures.slice(0, NAMED).map(({ path, reason, message }) => ({
    code: `package/entry-${reason}`,
    severity: "error",
    message: `${printable(path)}: ${message}`,
    path,
  }));
  if (failures.length > NAMED) {
    problems.push({
      code: "package/entries-failed",
      severity: "error",
      message: l10n.t("{0} more entries cannot be read", failures.length - NAMED),
    });
  }
  if (locked > 0) {
    problems.push({
      code: "package/not-verified",
      severity: "warning",
      message: l10n.t(
        "{0} entries are encrypted and were not verified: give the password of the package",
        locked,
      ),
    });
  }
  return problems;
}
