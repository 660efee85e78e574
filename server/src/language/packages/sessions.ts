import { stat } from "node:fs/promises";
import { basename } from "node:path";
import * as l10n from "@vscode/l10n";
import { URI } from "vscode-uri";
import { openPackage, type Package, type PasswordVerdict } from "../../packages/package";

/** Milliseconds after its last use that a package stays open. Windows lets nobody rename or delete an open file. */
const IDLE = 60_000;

/**
 * The packages that an editor window looks at, by URI. A package is opened when it is needed and closed when it
 * has not been used for a while; what stays is its password, until it is forgotten or the server ends.
 */
export class PackageSessions {
  private readonly sessions = new Map<string, PackageSession>();

  /** @param idle for tests */
  constructor(private readonly idle = IDLE) {}

  /**
   * Does something with a package, which stays open until that is done.
   * @throws what the file system says about the file, in words for users, and whatever `work` throws
   */
  async use<Result>(uri: string, work: (opened: Package) => Promise<Result> | Result): Promise<Result> {
    return await this.session(uri).use(work);
  }

  /** Tries a password; the right one is kept. */
  async unlock(uri: string, password: string): Promise<PasswordVerdict> {
    return await this.session(uri).unlock(password);
  }

  /** For what lies beside a package and belongs to it; undefined while none was given. */
  passwordOf(uri: string): string | undefined {
    return this.sessions.get(uri)?.password;
  }

  /** Opens another package with a password that is known to be right for it. */
  lend(uri: string, password: string): void {
    this.session(uri).lend(password);
  }

  async forget(uri: string): Promise<void> {
    const session = this.sessions.get(uri);
    this.sessions.delete(uri);
    await session?.end();
  }

  /** Closes the file as soon as nobody uses it; the password stays. */
  async release(uri: string): Promise<void> {
    await this.sessions.get(uri)?.release();
  }

  async closeAll(): Promise<void> {
    const all = [...this.sessions.values()];
    this.sessions.clear();
    await Promise.all(all.map((session) => session.end()));
  }

  /** How many files are open; for tests. */
  get open(): number {
    return [...this.sessions.values()].filter(({ isOpen }) => isOpen).length;
  }

  private session(uri: string): PackageSession {
    const known = this.sessions.get(uri);
    if (known) return known;
    const session = new PackageSession(pathOf(uri), this.idle);
    this.sessions.set(uri, session);
    return session;
  }
}

/** @throws for what is no file on disk */
export function pathOf(uri: string): string {
  const parsed = URI.parse(uri);
  if (parsed.scheme === "file") return parsed.fsPath;
  throw new Error(
    l10n.t(
      "{0} is not a file on disk. Packages are read piece by piece, which only files can be: save it as a file and open that.",
      basename(parsed.path),
    ),
  );
}

class PackageSession {
  // Private to the language, so that no log, inspector or JSON shows it.
  #password: string | undefined;
  private opening: Promise<Package> | undefined;
  /** Modification time and size of what was opened. */
  private version = "";
  private users = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly file: string,
    private readonly idle: number,
  ) {}

  get password(): string | undefined {
    return this.#password;
  }

  get isOpen(): boolean {
    return this.opening !== undefined;
  }

  async use<Result>(work: (opened: Package) => Promise<Result> | Result): Promise<Result> {
    this.users++;
    clearTimeout(this.timer);
    try {
      return await work(await this.current());
    } finally {
      if (--this.users === 0) {
        this.timer = setTimeout(() => void this.release(), this.idle);
        this.timer.unref();
      }
    }
  }

  async unlock(password: string): Promise<PasswordVerdict> {
    return await this.use(async (opened) => {
      const verdict = await opened.unlock(password);
      if (verdict === "right") this.#password = password;
      return verdict;
    });
  }

  lend(password: string): void {
    this.#password ??= password;
  }

  async release(): Promise<void> {
    if (this.users > 0) return;
    clearTimeout(this.timer);
    const { opening } = this;
    this.opening = undefined;
    await (await opening?.catch(() => undefined))?.close();
  }

  async end(): Promise<void> {
    this.#password = undefined;
    await this.release();
  }

  /** The package as it is on disk now; while others use an older state, that one. */
  private async current(): Promise<Package> {
    const version = await this.versionOnDisk();
    if (this.opening && version !== this.version && this.users === 1) await this.closeOutdated();
    if (!this.opening) {
      this.version = version;
      const opening = openPackage(this.file, { password: this.#password });
      this.opening = opening;
      // What could not be opened is tried anew by the next who asks.
      opening.catch(() => {
        if (this.opening === opening) this.opening = undefined;
      });
    }
    return await this.opening;
  }

  private async closeOutdated(): Promise<void> {
    const { opening } = this;
    this.opening = undefined;
    await (await opening?.catch(() => undefined))?.close();
  }

  private async versionOnDisk(): Promise<string> {
    try {
      const found = await stat(this.file);
      if (!found.isFile()) throw new Error(l10n.t("{0} is a folder, not a package.", basename(this.file)));
      return `${found.mtimeMs} ${found.size}`;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") {
        throw new Error(
          l10n.t(
            "{0} is not there any more. It may have been moved, renamed or deleted.",
            basename(this.file),
          ),
          { cause: error },
        );
      }
      throw error;
    }
  }
}
