import { type Command, type ExitCode, type Io, UsageError } from "./command";

/** Runs the command that `argv` names. Never throws: what goes wrong is said on `io.err`. */
export async function main(commands: readonly Command[], argv: readonly string[], io: Io): Promise<ExitCode> {
  const [group, verb, ...args] = argv;
  if (group === undefined || group === "help" || group === "--help" || group === "-h") {
    io.out(help(commands));
    return group === undefined ? 2 : 0;
  }
  const command = commands.find(({ words }) => words[0] === group && words[1] === verb);
  if (!command) {
    const inGroup = commands.filter(({ words }) => words[0] === group);
    io.err(
      inGroup.length > 0
        ? `handler-workbench: '${group}' needs one of: ${inGroup.map(({ words }) => words[1]).join(", ")}\n`
        : `handler-workbench: unknown command '${group}'; 'help' lists the commands\n`,
    );
    return 2;
  }
  if (args.includes("--help") || args.includes("-h")) {
    io.out(`usage: ${command.words.join(" ")} ${command.usage}\n\n${command.summary}\n`);
    return 0;
  }
  try {
    return await command.run(args, io);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    io.err(`handler-workbench: ${message}\n`);
    if (isUsage(error)) io.err(`usage: ${command.words.join(" ")} ${command.usage}\n`);
    return 2;
  }
}

/** Our own usage errors, and those of `util.parseArgs`. */
function isUsage(error: unknown): boolean {
  if (error instanceof UsageError) return true;
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && code.startsWith("ERR_PARSE_ARGS");
}

function help(commands: readonly Command[]): string {
  const lines = commands.map(
    ({ words, usage, summary }) => `  ${words.join(" ")} ${usage}\n      ${summary}\n`,
  );
  return `Handler Workbench, the command line\n\n${lines.join("")}\nExit codes: 0 fine; 1 findings or failures; 2 bad usage or unreadable input.\n`;
}
