#!/usr/bin/env node
import { once } from "node:events";
import type { Command } from "./commandline/command";
import { carryCommands } from "./commandline/carry";
import { catalogueCommands } from "./commandline/catalogue";
import { checkCommands } from "./commandline/check";
import { configCommands } from "./commandline/config";
import { dependencyCommands } from "./commandline/dependencies";
import { dialerCommands } from "./commandline/dialer";
import { diffCommands } from "./commandline/diff";
import { flowCommands } from "./commandline/flow";
import { handlerCommands } from "./commandline/handler";
import { inventoryCommands } from "./commandline/inventory";
import { main } from "./commandline/main";
import { packageCommands } from "./commandline/package";
import { scriptCommands } from "./commandline/script";
import { scriptRunCommands } from "./commandline/scriptRun";
import { askAtTerminal, onInterrupt } from "./commandline/terminal";

const commands: Command[] = [
  ...handlerCommands,
  ...flowCommands,
  ...diffCommands,
  ...carryCommands,
  ...checkCommands,
  ...inventoryCommands,
  ...catalogueCommands,
  ...scriptCommands,
  ...scriptRunCommands,
  ...packageCommands,
  ...dialerCommands,
  ...configCommands,
  ...dependencyCommands,
];

// `handler list DIR | head -1`: whoever reads has enough. Nothing else is to be said.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

void main(commands, process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  drained: async () => process.stdout.writableNeedDrain && once(process.stdout, "drain"),
  env: process.env,
  cwd: process.cwd(),
  ...(process.stdin.isTTY && process.stderr.isTTY && { ask: askAtTerminal }),
  onInterrupt,
}).then((code) => {
  // Not process.exit: a pipe that is still being read must get everything.
  process.exitCode = code;
});
