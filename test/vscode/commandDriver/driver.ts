import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export interface Answer {
  /** What went wrong with the command, in its own words. */
  readonly error?: string;
  /** Whether VS Code trusts the window's folder. */
  readonly trusted: boolean;
}

/** The path of a file, which the extension is given as a `Uri`. */
export class FileArgument {
  constructor(readonly file: string) {}
}

/**
 * Executes commands inside a window as another extension would: past palette, menus and their conditions. It is a small
 * extension of its own, for windows in which no suite can run: VS Code trusts every folder that a suite runs in.
 */
export class CommandDriver {
  private readonly folder = mkdtempSync(join(tmpdir(), "hw-driver-"));
  private asked = 0;

  /** Puts the extension among those of a window. */
  install(extensions: string): void {
    const target = join(extensions, "test.command-driver-1.0.0");
    for (const name of ["package.json", "extension.cjs"]) cpSync(join(__dirname, name), join(target, name));
    writeFileSync(join(target, "folder.txt"), this.folder);
  }

  /** Executes a command; undefined when it is not over after 15 seconds. */
  async run(command: string, ...args: readonly unknown[]): Promise<Answer | undefined> {
    const ask = join(this.folder, `${String(++this.asked).padStart(4, "0")}.ask`);
    const sent = args.map((each) => (each instanceof FileArgument ? { $file: each.file } : each));
    writeFileSync(`${ask}.draft`, JSON.stringify({ command, args: sent }));
    renameSync(`${ask}.draft`, ask);
    const answer = ask.replace(/\.ask$/, ".answer");
    for (let tries = 0; tries < 300; tries++) {
      if (existsSync(answer)) return JSON.parse(readFileSync(answer, "utf8")) as Answer;
      await pause(50);
    }
    return undefined;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
