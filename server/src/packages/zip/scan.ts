import * as l10n from "@vscode/l10n";
import type { PackageRule } from "../rules";
import { type PackageEntry, type PackageProblem, printable, someOf, type UnopenedReason } from "../entry";
import type { Limits } from "../limits";
import { Archive } from "./archive";
import { PackageFailure } from "../failure";
import { isZipName } from "../packageName";
import { isInPlace, NestedMemory, nestedSource } from "./nested";
import type { ZipRecord } from "./record";
import type { ByteSource } from "./source";

/** An entry and where its content comes from. */
export interface Located {
  readonly entry: PackageEntry;
  readonly archive: Archive;
  readonly record: ZipRecord;
}

export interface Scan {
  /** In the order of the directories; what is in a zip follows the zip. */
  readonly located: readonly Located[];
  readonly problems: readonly PackageProblem[];
  /** Why the package itself could not be read to its end. */
  readonly failure?: PackageFailure;
}

interface Frame {
  readonly archive: Archive;
  readonly source: ByteSource;
  readonly prefix: string;
  readonly depth: number;
  readonly encrypted: boolean;
  next: number;
}

/**
 * Lists a zip and the zips in it. Names and sizes need no password, as long as no encrypted zip is around them.
 * @throws when `signal` is aborted or the disk cannot be read; never for content
 */
export async function scan(
  source: ByteSource,
  limits: Limits,
  password: () => Uint8Array | undefined,
  signal?: AbortSignal,
): Promise<Scan> {
  const scanner = new Scanner(limits, password, signal);
  return scanner.run(source);
}

class Scanner {
  private readonly located: Located[] = [];
  private readonly problems: PackageProblem[] = [];
  private readonly seen = new Set<string>();
  private readonly duplicates: string[] = [];
  private readonly overlapping: string[] = [];
  private readonly memory: NestedMemory;
  private opened = 0;
  private unpacked = 0;

  constructor(
    private readonly limits: Limits,
    private readonly password: () => Uint8Array | undefined,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.memory = new NestedMemory(limits.nestedBytes);
  }

  async run(source: ByteSource): Promise<Scan> {
    const root = await Archive.open(source, this.limits, this.limits.entries, this.signal);
    const stack: Frame[] = [{ archive: root, source, prefix: "", depth: 0, encrypted: false, next: 0 }];
    let frame: Frame | undefined;
    while ((frame = stack.at(-1))) {
      const record = frame.archive.records[frame.next++];
      if (!record) {
        stack.pop();
        continue;
      }
      this.signal?.throwIfAborted();
      const inner = await this.visit(frame, record);
      if (inner) stack.push(inner);
    }
    this.report();
    return {
      located: this.located,
      problems: this.problems,
      ...(root.failure ? { failure: root.failure } : {}),
    };
  }

  private async visit(frame: Frame, record: ZipRecord): Promise<Frame | undefined> {
    const path = frame.prefix + slashed(record.name);
    const base = {
      path,
      size: record.size,
      packed: record.packed,
      encryption: record.encryption,
      encrypted: frame.encrypted || record.encryption !== "none",
      depth: frame.depth,
      ...(record.modified === undefined ? {} : { modified: record.modified }),
      ...(record.crc32 === undefined ? {} : { crc32: record.crc32.toString(16).padStart(8, "0") }),
      ...(record.link ? { link: true as const } : {}),
    };
    if (this.seen.has(path) && !record.folder) this.duplicates.push(path);
    this.seen.add(path);
    if (!frame.archive.isSound(record)) this.overlapping.push(path);
    const add = (entry: PackageEntry): void => {
      this.located.push({ entry, archive: frame.archive, record });
    };
    if (record.folder) {
      add({ ...base, kind: "folder" });
      return undefined;
    }
    if (record.link || !isZipName(path)) {
      add({ ...base, kind: "file" });
      return undefined;
    }
    const inner = await this.openNested(frame, record);
    if ("archive" in inner) {
      add({ ...base, kind: "zip" });
      if (inner.archive.failure) {
        this.say("nested-damaged", "error", path, inner.archive.failure.message);
      }
      return { ...inner, prefix: `${path}/`, depth: frame.depth + 1, encrypted: base.encrypted, next: 0 };
    }
    if (inner.reason === "not-a-zip") {
      add({ ...base, kind: "file" });
      this.say("not-a-zip", "information", path, inner.message);
    } else {
      add({ ...base, kind: "zip", unopened: inner });
      // One message for all that want a password is made by the checks; it would be repeated for each here.
      if (inner.reason !== "password-needed") {
        const bad = inner.reason === "damaged" || inner.reason === "overlapping" || inner.reason === "ratio";
        this.say(`nested-${inner.reason}`, bad ? "error" : "warning", path, inner.message);
      }
    }
    return undefined;
  }

  private async openNested(
    frame: Frame,
    record: ZipRecord,
  ): Promise<
    | { readonly archive: Archive; readonly source: ByteSource }
    | { readonly reason: UnopenedReason; readonly message: string }
  > {
    const { limits } = this;
    if (frame.depth >= limits.depth) {
      return {
        reason: "depth",
        message: l10n.t("zips are opened {0} levels deep; this one stays closed", limits.depth),
      };
    }
    if (this.opened >= limits.nestedZips) {
      return {
        reason: "count",
        message: l10n.t("{0} zips are opened at most; this one stays closed", limits.nestedZips),
      };
    }
    if (record.encryption !== "none" && this.password() === undefined) {
      return {
        reason: "password-needed",
        message: l10n.t("it is encrypted: its content shows with the password"),
      };
    }
    if (record.size > limits.ratioFreeBytes && record.size > record.packed * limits.ratio) {
      return {
        reason: "ratio",
        message: l10n.t(
          "it would grow {0}-fold, as zip bombs do; it stays closed",
          Math.round(record.size / Math.max(1, record.packed)),
        ),
      };
    }
    if (!isInPlace(record)) {
      if (this.unpacked + record.size > limits.nestedBytesTotal) {
        return {
          reason: "too-large",
          message: l10n.t("the zips inside are too large altogether; this one stays closed"),
        };
      }
      this.unpacked += record.size;
    }
    this.opened++;
    try {
      const source = await nestedSource(frame, record, this.memory, limits, this.password, this.signal);
      const room = Math.max(0, limits.entries - this.located.length);
      return { archive: await Archive.open(source, limits, room, this.signal), source };
    } catch (error) {
      if (!(error instanceof PackageFailure)) throw error;
      return { reason: error.code, message: error.message };
    }
  }

  private report(): void {
    if (this.duplicates.length > 0) {
      this.problems.push({
        code: "package/duplicate-name",
        severity: "warning",
        message: l10n.t(
          "{0} entries have the name of another: {1}. Only the first of each can be reached; the package was changed by hand or is damaged",
          this.duplicates.length,
          someOf(this.duplicates),
        ),
        path: this.duplicates[0] ?? "",
      });
    }
    if (this.overlapping.length > 0) {
      this.problems.push({
        code: "package/overlapping",
        severity: "error",
        message: l10n.t(
          "{0} entries claim the same bytes, as in a zip bomb; they are not unpacked: {1}",
          this.overlapping.length,
          someOf(this.overlapping),
        ),
        path: this.overlapping[0] ?? "",
      });
    }
  }

  private say(code: PackageRule, severity: PackageProblem["severity"], path: string, message: string): void {
    this.problems.push({
      code: `package/${code}`,
      severity,
      message: `${printable(path)}: ${message}`,
      path,
    });
  }
}

/** Names as paths: .NET wrote backslashes for a long time. A folder's last slash goes. */
function slashed(name: string): string {
  return name.replaceAll("\\", "/").replace(/\/+$/, "") || name;
}
