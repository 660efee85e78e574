import type { Command } from "./commandline/command";
import { handlerCommands } from "./commandline/handler";
import { main } from "./commandline/main";

const commands: Command[] = [...handlerCommands];

void main(commands, process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  env: process.env,
  cwd: process.cwd(),
}).then((code) => {
  // Not process.exit: a pipe that is still being read must get everything.
  process.exitCode = code;
});
