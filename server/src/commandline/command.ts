/** What a command needs of the outside; tests give their own. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Resolves when whoever reads `out` has taken what was written; for output that must not pile up in memory. */
  readonly drained?: () => Promise<unknown>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Asks whoever sits at the terminal, when somebody does; undefined at the end of the input. */
  readonly ask?: (prompt: string, hidden: boolean) => Promise<string | undefined>;
  /** Calls `act` at each Ctrl+C instead of ending the program, until the returned function is called. */
  readonly onInterrupt?: (act: () => void) => () => void;
}

/** 0 fine; 1 findings or failures that the command is about; 2 bad usage or unreadable input. */
export type ExitCode = 0 | 1 | 2;

/** One command of the command line, for example `handler show`. */
export interface Command {
  readonly words: readonly [string, string];
  /** Arguments and options, as the help prints them. */
  readonly usage: string;
  /** One line for the help. */
  readonly summary: string;
  readonly run: (args: readonly string[], io: Io) => Promise<ExitCode>;
}

/** Thrown for a wrong call; the message says what is wrong with it. Ends with exit code 2 and the usage line. */
export class UsageError extends Error {}
