import "./localisation";

import { join } from "node:path";
import { Channel } from "./database/channel";
import type { ToRunner } from "./database/messages";
import { oracleConnector } from "./database/oracle/connect";
import { loadOracle } from "./database/oracle/module";
import { RunnerService } from "./database/service";
import { connectSqlServer } from "./database/sqlServer/connect";

// The process of one run. Drivers are loaded here, on first use, and nowhere else: a crash of one, or of its native
// part, ends this run and nothing more.

// A terminal's Ctrl+C and its end reach every process in it; the parent decides what they mean for the run.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"] as const) {
  try {
    process.on(signal, () => undefined);
  } catch {
    // Not known on this system.
  }
}
// Drivers' notices of old functions are nothing for users.
process.noDeprecation = true;

const channel = new Channel((message, sent) => {
  if (!process.connected || !process.send) return sent();
  process.send(message, undefined, undefined, () => sent());
});
const service = new RunnerService(
  channel,
  {
    sqlServer: connectSqlServer,
    oracle: oracleConnector({ load: loadOracle, binaryFolder: join(__dirname, "oracledb") }),
  },
  process.env,
  () => process.exit(0),
);
process.on("message", (message) => void service.receive(message as ToRunner));
process.on("disconnect", () => void service.abandoned());
if (!process.send) {
  console.error("This program is started by Handler Workbench, not by hand.");
  process.exit(2);
}
