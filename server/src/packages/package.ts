import { basename } from "node:path";
import * as l10n from "@vscode/l10n";
import iconv from "iconv-lite";
import { isLeaf, type PackageEntry, type PackageProblem } from "./entry";
import { type Limits, withDefaults } from "./limits";
import { type PackageName, parsePackageName } from "./packageName";
import type { Sink } from "./zip/archive";
import { PackageFailure } from "./failure";
import type { Located, Scan } from "./zip/scan";
import { FileSource } from "./zip/source";

export interface OpenOptions {
  readonly password?: string | undefined;
  readonly limits?: Partial<Limits>;
  readonly signal?: AbortSignal | undefined;
}

/** `not-needed`: nothing in the package is encrypted. */
export type PasswordVerdict = "right" | "wrong" | "not-needed";

/** Entries up to this size are read whole to test a password. */
const SAMPLE_BYTES = 4 * 1024 * 1024;

/**
 * Opens a package (`.ininmigr`, or any zip) and lists it. Content never makes it throw: see `problems`. A wrong
 * password is a problem too, and names are then listed as without one.
 * @throws what the file system says, and the signal's reason when aborted
 */
export async function openPackage(file: string, options: OpenOptions = {}): Promise<Package> {
  const source = await FileSource.open(file);
  const opened = new Package(file, source, withDefaults(options.limits));
  try {
    await opened.list(options.signal);
    if (options.password !== undefined && options.password !== "") {
      await opened.unlock(options.password, options.signal);
    }
    return opened;
  } catch (error) {
    await source.close();
    throw error;
  }
}

/**
 * Passwords with letters beyond ASCII: UTF-8 as the AES specification's users agreed on, then the code page of
 * Western Windows, which older programs take.
 */
function passwordBytes(password: string): Uint8Array[] {
  const utf8 = new TextEncoder().encode(password);
  if (utf8.length === password.length) return [utf8];
  const windows = iconv.encode(password, "windows-1252");
  return iconv.decode(windows, "windows-1252") === password ? [utf8, windows] : [utf8];
}

export class Package {
  readonly name: PackageName;
  // Private to the language, so that no log, inspector or JSON shows it.
  #password: Uint8Array | undefined;
  private scanned: Scan = { located: [], problems: [] };
  private rejected = false;
  private byPath = new Map<string, Located>();

  /** Use `openPackage`. */
  constructor(
    readonly file: string,
    private readonly source: FileSource,
    readonly limits: Limits,
  ) {
    this.name = parsePackageName(basename(file));
  }

  /** Bytes of the package file. */
  get size(): number {
    return this.source.size;
  }

  /** In the order of the package; what is in a zip follows the zip. Changes when `unlock` opens more. */
  get entries(): readonly PackageEntry[] {
    return this.entryList;
  }
  private entryList: readonly PackageEntry[] = [];

  /** What reading showed; the checks (checks/) say more. */
  get problems(): readonly PackageProblem[] {
    const problems: PackageProblem[] = [];
    const { failure } = this.scanned;
    if (failure) {
      problems.push({
        code: `package/${failure.code}`,
        severity: "error",
        message: `${basename(this.file)}: ${failure.message}`,
        place: { file: this.file },
      });
    }
    if (this.rejected) {
      problems.push({
        code: "package/wrong-password",
        severity: "error",
        message: l10n.t(
          "{0}: the password is wrong. Names are listed as far as they are not encrypted",
          basename(this.file),
        ),
        place: { file: this.file },
      });
    }
    return [...problems, ...this.scanned.problems];
  }

  /** True when the file could not be read as a zip at all. */
  get unreadable(): boolean {
    return this.scanned.failure !== undefined && this.scanned.located.length === 0;
  }

  get encrypted(): boolean {
    return this.entryList.some((entry) => entry.encryption !== "none");
  }

  /** True when there is encrypted content and no password for it yet. */
  get locked(): boolean {
    return this.encrypted && this.#password === undefined;
  }

  /** The entry of that path; when there is none, one that differs in upper and lower case. */
  find(path: string): PackageEntry | undefined {
    return this.locate(path)?.entry;
  }

  /**
   * Tries a password and, when it is right, opens the zips it opens. A wrong one changes nothing but `problems`.
   */
  async unlock(password: string, signal?: AbortSignal): Promise<PasswordVerdict> {
    let verdict: PasswordVerdict = "wrong";
    let right: Uint8Array | undefined;
    for (const bytes of passwordBytes(password)) {
      verdict = await this.test(bytes, signal);
      if (verdict === "right") right = bytes;
      if (verdict !== "wrong") break;
    }
    this.rejected = verdict === "wrong";
    if (right) {
      this.#password = right;
      if (this.entryList.some(({ unopened }) => unopened?.reason === "password-needed"))
        await this.list(signal);
    }
    return verdict;
  }

  /**
   * Unpacks one file into `sink`. The bytes are proven right only when the promise is fulfilled.
   * @throws PackageFailure for content, the signal's reason when aborted, and whatever `sink` throws
   */
  async stream(path: string, sink: Sink, signal?: AbortSignal): Promise<void> {
    const located = this.locate(path);
    if (!located) throw new PackageFailure("damaged", l10n.t("there is no such entry in the package"));
    await this.streamLocated(located, sink, signal);
  }

  /** @internal For walks over all entries: duplicates have one path but two contents. */
  async streamAt(position: number, sink: Sink, signal?: AbortSignal): Promise<void> {
    const located = this.scanned.located[position];
    if (!located) throw new PackageFailure("damaged", l10n.t("there is no such entry in the package"));
    await this.streamLocated(located, sink, signal);
  }

  /**
   * One file in memory.
   * @param most bytes it may have
   * @throws PackageFailure as `stream`, and `too-large`
   */
  async read(path: string, most = this.limits.nestedBytes, signal?: AbortSignal): Promise<Uint8Array> {
    const entry = this.find(path);
    if (entry && entry.size > most) {
      throw new PackageFailure(
        "too-large",
        l10n.t("it has {0} bytes; up to {1} are read into memory", entry.size, most),
      );
    }
    const chunks: Uint8Array[] = [];
    await this.stream(path, (chunk) => void chunks.push(chunk), signal);
    return Buffer.concat(chunks);
  }

  /** Closes the file. */
  close(): Promise<void> {
    return this.source.close();
  }

  /** @internal Reads the directories again, with what password there is. */
  async list(signal?: AbortSignal): Promise<void> {
    // Reads zips by a library that takes a while to load: who has no packages never loads it.
    const { scan } = await import("./zip/scan");
    this.scanned = await scan(this.source, this.limits, () => this.#password, signal);
    this.entryList = this.scanned.located.map(({ entry }) => entry);
    this.byPath = new Map();
    for (const located of this.scanned.located) {
      const key = located.entry.path;
      const known = this.byPath.get(key);
      if (!known || known.entry.kind === "folder") this.byPath.set(key, located);
      const folded = `\0${key.toLowerCase()}`;
      if (!this.byPath.has(folded)) this.byPath.set(folded, located);
    }
  }

  private locate(path: string): Located | undefined {
    return this.byPath.get(path) ?? this.byPath.get(`\0${path.toLowerCase()}`);
  }

  private async streamLocated(located: Located, sink: Sink, signal?: AbortSignal): Promise<void> {
    const { archive, record } = located;
    await archive.read(record, sink, { password: this.#password, signal });
  }

  /** Reads the smallest encrypted entries: a wrong password may pass the verifier of one, but not their content. */
  private async test(password: Uint8Array, signal?: AbortSignal): Promise<PasswordVerdict> {
    const samples = this.scanned.located
      .filter(
        ({ entry, archive, record }) =>
          record.encryption !== "none" && isLeaf(entry) && archive.isSound(record),
      )
      .sort((a, b) => a.record.size - b.record.size)
      .slice(0, 5);
    if (samples.length === 0) return "not-needed";
    if (password.length === 0) return "wrong";
    let wrong = 0;
    for (const { archive, record } of samples) {
      try {
        if (record.size <= SAMPLE_BYTES) {
          await archive.read(record, () => undefined, { password, signal });
        } else if (!(await archive.passwordFits(record, password))) {
          return "wrong";
        }
        return "right";
      } catch (error) {
        if (!(error instanceof PackageFailure)) throw error;
        // One wrong password in 256 passes ZipCrypto's verifier and then fails by its content.
        if (error.code === "wrong-password" || record.encryption === "ZipCrypto") wrong++;
      }
    }
    // Nothing could be read: the verifiers decide. Damaged content is told apart from a wrong password by them.
    return wrong > 0 ? "wrong" : "right";
  }
}
