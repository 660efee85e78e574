import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Journal, openJournal } from "../../server/src/database/journal/writer";
import { TdsServer } from "../tds/server";
import { done, doneStatus } from "../tds/tokens";
import { writeLargeScript } from "./largeScript";
import { middle } from "./measure";
import type { Row } from "./row";
import type { Measured } from "./runScript";

const megabyte = 1024 * 1024;
const batches = 10_000;

async function measured(how: "runner" | "driver", server: TdsServer, path: string): Promise<Measured> {
  const program = join(__dirname, "runScript.ts");
  const args = ["--import", "tsx", program, how, String(server.port), path];
  const { stdout } = await promisify(execFile)(process.execPath, args, { encoding: "utf8" });
  return JSON.parse(stdout) as Measured;
}

const oneRow = done(doneStatus.count, 1);

/** Running against the test server: small batches beside the driver alone, the journal's part in it, and memory. */
export default async function bench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "database-bench-"));
  await using server = await TdsServer.start({
    // Nobody asks what has run, and 200 MB of it would be in the way.
    onDone: () => void (server.executions.length = 0),
    // The runner is measured, not the server: it says "1 row" to everything but queries.
    reply: (text) => (text.startsWith("select") ? undefined : [{ do: "send", bytes: oneRow }]),
  });
  try {
    return [
      ...(await smallBatches(server, folder)),
      await largerBatches(server, folder),
      await journalCost(folder),
      ...(await memory(server, folder)),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function smallBatches(server: TdsServer, folder: string): Promise<Row[]> {
  const path = join(folder, "small.sql");
  writeFileSync(path, "insert into t values (1)\nGO\n".repeat(batches));
  const runner = await measured("runner", server, path);
  const driver = await measured("driver", server, path);
  if (runner.executed !== batches || driver.executed !== batches) throw new Error("not every batch was run");
  const rate = batches / runner.seconds;
  const baseline = { name: "the driver alone, no journal", value: batches / driver.seconds };
  return [
    { name: "10,000 small batches", value: rate, unit: "batches/s", baseline, ratio: rate / baseline.value },
    {
      name: "the same, reading and showing before",
      value: batches / runner.surveySeconds,
      unit: "batches/s",
    },
  ];
}

/** Batches of about 25 KB: several packets each. */
async function largerBatches(server: TdsServer, folder: string): Promise<Row> {
  const path = join(folder, "larger.sql");
  writeLargeScript(path, "sqlcmd", 5 * megabyte, 200);
  const runner = await measured("runner", server, path);
  const driver = await measured("driver", server, path);
  const rate = runner.executed / runner.seconds;
  const baseline = { name: "the driver alone, no journal", value: driver.executed / driver.seconds };
  return { name: "batches of 25 KB", value: rate, unit: "batches/s", baseline, ratio: rate / baseline.value };
}

/** What the journal adds to a batch: two records, and one wait for the disk. */
async function journalCost(folder: string): Promise<Row> {
  const count = 1000;
  const path = join(folder, "journal.jsonl");
  const journal = await openJournal(path);
  const cost = await each(count, (n) => oneBatch(journal, n));
  await journal.close();
  const record = Buffer.alloc(Math.round(statSync(path).size / count));
  const file = await open(join(folder, "bare"), "a");
  const disk = await each(count, async () => {
    await file.write(record);
    await file.datasync();
  });
  await file.close();
  const baseline = { name: "one write and datasync", value: disk };
  return { name: "journal, a batch", value: cost, unit: "ms", baseline, ratio: cost / disk };
}

async function oneBatch(journal: Journal, n: number): Promise<void> {
  const at = new Date().toISOString();
  const place = { script: 0, file: "/scripts/ICBuild.sql", line: n, endLine: n + 1 };
  await journal.add({ type: "start", at, n, ...place, hash: "0".repeat(64), database: "I3_IC" });
  await journal.sync();
  const outcome = { outcome: "done", errors: 0, milliseconds: 1, database: "I3_IC", open: false } as const;
  await journal.add({ type: "end", at, n, ...outcome });
}

/** Median milliseconds of a call. */
async function each(count: number, act: (n: number) => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let n = 1; n <= count; n++) {
    const start = performance.now();
    await act(n);
    times.push(performance.now() - start);
  }
  return middle(times);
}

async function memory(server: TdsServer, folder: string): Promise<Row[]> {
  const path = join(folder, "large.sql");
  const peakOf = async (write: () => void): Promise<Measured> => {
    write();
    return measured("runner", server, path);
  };
  const script = (size: number): Promise<Measured> =>
    peakOf(() => writeLargeScript(path, "sqlcmd", size * megabyte, 200));
  const rows = (count: number): Promise<Measured> =>
    peakOf(() => writeFileSync(path, `select rows ${count}\n`));
  const small = await script(20);
  const large = await script(200);
  const few = await rows(10_000);
  const many = await rows(1_000_000);
  if (many.rows !== 1_000_000) throw new Error(`${many.rows} rows were counted`);
  const row = (name: string, { peak }: Measured, beside: string, other: Measured): Row => ({
    name,
    value: peak / megabyte,
    unit: "MB",
    baseline: { name: beside, value: other.peak / megabyte },
    ratio: peak / other.peak,
    target: "flat",
  });
  return [
    row("peak memory, running a script of 200 MB", large, "20 MB", small),
    { name: "running a script of 200 MB", value: 200 / large.seconds, unit: "MB/s" },
    row("peak memory, 1,000,000 rows, all to a file", many, "10,000 rows", few),
    { name: "1,000,000 rows, all to a file", value: many.rows / many.seconds, unit: "rows/s" },
  ];
}
