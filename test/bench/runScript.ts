import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Connection, Request } from "tedious";
import { TargetLock } from "../../server/src/database/lock";
import type { RunRequest } from "../../server/src/database/messages";
import { run } from "../../server/src/database/run/run";
import { survey } from "../../server/src/database/run/survey";
import { connectSqlServer } from "../../server/src/database/sqlServer/connect";
import { authorityFile } from "../tds/tls";

/** What such a process prints. */
export interface Measured {
  /** Of running alone. */
  readonly seconds: number;
  /** Reading everything before, to show it. */
  readonly surveySeconds: number;
  readonly executed: number;
  readonly rows: number;
  /** Bytes. */
  readonly peak: number;
}

const password = "correct horse";

/** A process of its own that runs one script, so that its peak memory is the runner's alone. */
async function byRunner(port: number, path: string): Promise<Omit<Measured, "peak">> {
  const folder = mkdtempSync(join(tmpdir(), "run-bench-"));
  const request: RunRequest = {
    dialect: "sqlcmd",
    target: {
      kind: "sqlserver",
      server: "localhost",
      port,
      user: "sa",
      encryption: "required",
      trustServerCertificate: false,
      caFile: authorityFile,
    },
    scripts: [{ path }],
    variables: { db: "I3_IC" },
    secretVariables: [],
    runs: join(folder, "runs"),
    options: {
      onError: "exit",
      quotedIdentifiers: false,
      undefinedVariables: "stop",
      batchTimeout: 0,
      connectTimeout: 30,
      shownRows: 1000,
      rowFiles: true,
      startDirectory: folder,
      folders: [],
      allowOutside: false,
      substitution: true,
      environment: false,
      colonlessCommands: true,
    },
  };
  let rows = 0;
  const before = performance.now();
  const surveyed = await survey({ request, environment: {}, signal: new AbortController().signal });
  const start = performance.now();
  const result = await run({
    request,
    survey: surveyed,
    decisions: {},
    password,
    secrets: {},
    events: { post: (event) => void (event.kind === "count" && (rows += event.rows ?? 0)), busy: undefined },
    ask: () => Promise.resolve(undefined),
    drivers: { sqlServer: connectSqlServer, oracle: () => Promise.reject(new Error("no Oracle here")) },
    environment: {},
    lock: new TargetLock(request.target, join(folder, "locks")),
  });
  const seconds = (performance.now() - start) / 1000;
  rmSync(folder, { recursive: true });
  if (result.state !== "Completed") throw new Error(result.reason);
  return { seconds, surveySeconds: (start - before) / 1000, executed: result.executed, rows };
}

/** The same batches by the driver alone: text after text, nothing read, nothing written down. */
async function byDriver(port: number, path: string): Promise<Omit<Measured, "peak">> {
  const batches = readFileSync(path, "utf8")
    .split(/^GO\n/m)
    .filter((text) => text !== "");
  const connection = new Connection({
    server: "localhost",
    authentication: { type: "default", options: { userName: "sa", password } },
    options: { port, encrypt: true, cryptoCredentialsDetails: { ca: readFileSync(authorityFile, "utf8") } },
  });
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  let rows = 0;
  const start = performance.now();
  for (const text of batches) {
    await new Promise<void>((resolve, reject) => {
      const request = new Request(text, (error) => (error ? reject(error) : resolve()));
      request.on("row", () => rows++);
      connection.execSqlBatch(request);
    });
  }
  const seconds = (performance.now() - start) / 1000;
  connection.close();
  return { seconds, surveySeconds: 0, executed: batches.length, rows };
}

async function main([how, port, path = ""]: readonly string[]): Promise<void> {
  const measured = await (how === "driver" ? byDriver : byRunner)(Number(port), path);
  console.log(JSON.stringify({ ...measured, peak: process.resourceUsage().maxRSS * 1024 }));
}

void main(process.argv.slice(2));
