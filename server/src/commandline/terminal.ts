import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** Asks on the error stream, so that results can be piped. What is typed to a hidden question is not shown. */
export async function askAtTerminal(prompt: string, hidden: boolean): Promise<string | undefined> {
  process.stderr.write(prompt.endsWith(" ") ? prompt : `${prompt} `);
  // Readline echoes what is typed on its output; a hidden answer has one that shows nothing.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({
    input: process.stdin,
    output: hidden ? silent : process.stderr,
    terminal: true,
    historySize: 0,
  });
  try {
    return await new Promise<string | undefined>((resolve) => {
      reader.once("line", resolve);
      reader.once("close", () => resolve(undefined));
      // Ctrl+C at a question is an answer of its own: none.
      reader.once("SIGINT", () => reader.close());
    });
  } finally {
    reader.close();
    if (hidden) process.stderr.write("\n");
  }
}

/** Ctrl+C, and the polite way to end a program, call `act`. */
export function onInterrupt(act: () => void): () => void {
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, act);
  return () => {
    for (const signal of signals) process.off(signal, act);
  };
}
