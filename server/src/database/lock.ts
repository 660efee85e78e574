import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { OtherRun } from "./messages";
import { type Target, targetKey } from "./target";

/** What a run leaves in the lock folder while it goes on. */
interface Sign extends OtherRun {
  /** A socket (on Windows a pipe) that only that process listens on; without one the process number has to do. */
  readonly address?: string;
}

/** A process answers at once; one that does not is there all the same. */
const patience = 2000;

/**
 * Says on this computer that a run works on a target. Each run has a file there, named after the target, and listens
 * on a socket: that of a process that has died is dead, whoever has its number now. Runs from other computers are
 * not seen.
 */
export class TargetLock {
  private readonly prefix: string;
  private own: { readonly file: string; readonly server: Server | undefined } | undefined;

  constructor(
    target: Target,
    private readonly folder = lockFolder(),
  ) {
    this.prefix = `${createHash("sha256").update(targetKey(target)).digest("hex").slice(0, 32)}-`;
  }

  /** A run, not this one, that works on the target now. */
  async other(): Promise<OtherRun | undefined> {
    return (await this.others())[0];
  }

  /** Whether the run with this folder goes on. */
  async isRunning(runFolder: string): Promise<boolean> {
    return (await this.others()).some(({ folder }) => folder === runFolder);
  }

  /**
   * Signs for a run. If another one works on the target, nothing is signed and that one is returned; `beside`: it may,
   * unless it is this very run.
   */
  async take(runFolder: string, now: Date, beside = false): Promise<OtherRun | undefined> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const name = randomBytes(6).toString("hex");
    const file = join(this.folder, `${this.prefix}${name}.json`);
    const address =
      process.platform === "win32"
        ? `\\\\.\\pipe\\handler-workbench-${name}`
        : join(this.folder, `${name}.s`);
    const server = await listening(address);
    const sign: Sign = {
      process: process.pid,
      since: now.toISOString(),
      folder: runFolder,
      ...(server && { address }),
    };
    this.own = { file, server };
    await writeFile(file, JSON.stringify(sign), { flag: "wx", mode: 0o600 });
    // Looked for after signing: of two at the same time at least one sees the other.
    const others = await this.others();
    const other = beside ? others.find(({ folder }) => folder === runFolder) : others[0];
    if (other) await this.release();
    return other;
  }

  async release(): Promise<void> {
    const { own } = this;
    this.own = undefined;
    if (!own) return;
    await rm(own.file, { force: true }).catch(() => undefined);
    await new Promise<void>((resolve) => (own.server ? own.server.close(() => resolve()) : resolve()));
  }

  private async others(): Promise<OtherRun[]> {
    const found: OtherRun[] = [];
    const names = await readdir(this.folder).catch((): string[] => []);
    for (const name of names.sort()) {
      const file = join(this.folder, name);
      if (!name.startsWith(this.prefix) || file === this.own?.file) continue;
      const sign = await read(file);
      if (!sign) continue;
      const { address, ...run } = sign;
      if (await isAlive(sign)) found.push(run);
      else for (const dead of [file, address]) await removeFile(dead);
    }
    return found;
  }
}

async function removeFile(path: string | undefined): Promise<void> {
  if (path !== undefined && !path.startsWith("\\\\")) await rm(path, { force: true }).catch(() => undefined);
}

async function read(path: string): Promise<Sign | undefined> {
  try {
    const sign = JSON.parse(await readFile(path, "utf8")) as Partial<Sign>;
    const { process: id, since, folder, address } = sign;
    if (typeof id !== "number" || typeof since !== "string" || typeof folder !== "string") return undefined;
    return { process: id, since, folder, ...(typeof address === "string" && { address }) };
  } catch {
    return undefined;
  }
}

function lockFolder(): string {
  return join(tmpdir(), `handler-workbench-${userInfo().username.replace(/[^\w.-]/g, "_")}`);
}

/** Undefined where there can be no such socket: its path may be too long. */
async function listening(address: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  const listens = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(address, () => resolve(true));
  });
  if (!listens) return undefined;
  server.on("error", () => undefined);
  // It must not keep the process from ending.
  return server.unref();
}

async function isAlive({ process: id, address }: Sign): Promise<boolean> {
  if (address === undefined) return processExists(id);
  return new Promise((resolve) => {
    const socket = connect(address);
    const answer = (alive: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(alive);
    };
    const timer = setTimeout(() => answer(true), patience);
    socket.once("connect", () => answer(true));
    socket.once("error", ({ code }: NodeJS.ErrnoException) =>
      answer(code !== "ECONNREFUSED" && code !== "ENOENT"),
    );
  });
}

function processExists(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // It is there and belongs to somebody else.
    return (error as { code?: unknown }).code === "EPERM";
  }
}
