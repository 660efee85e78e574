import { createHash } from "node:crypto";
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Dialect } from "../../server/src/scripts/items";
import { readScript, type ScriptSession } from "../../server/src/scripts/read";
import { SqlcmdSession } from "../../server/src/scripts/sqlcmd/session";
import { SqlplusSession } from "../../server/src/scripts/sqlplus/session";
import type { Row } from "./row";

const megabyte = 1024 * 1024;
const size = 200 * megabyte;

/** A script of about `size` bytes: inserts and procedures, with comments, strings and variables here and there. */
function write(path: string, dialect: Dialect): void {
  const file = openSync(path, "w");
  let bytes = 0;
  for (let number = 1; bytes < size; number++) {
    let text = "";
    for (let row = 0; row < 200; row++) {
      text += `INSERT INTO dbo.CallDetail (CallId, SiteId, Note) VALUES (${number * 1000 + row}, 1, 'it''s call ${row}; -- no comment')`;
      text += dialect === "sqlcmd" ? (row % 20 === 19 ? "\nGO\n" : "\n") : ";\n";
    }
    text +=
      dialect === "sqlcmd"
        ? `/* batch ${number} */\nCREATE PROCEDURE [p${number}] AS\n  PRINT '$(db)'\n  UPDATE t SET a = 1 WHERE b = ${number}\nGO\n`
        : `CREATE OR REPLACE PROCEDURE p${number} AS\nBEGIN\n\n  UPDATE t SET a = '&db' WHERE b = ${number};\nEND;\n/\n`;
    bytes += writeSync(file, text);
  }
  closeSync(file);
}

function session(dialect: Dialect): ScriptSession {
  const variables = { db: "I3_IC" };
  return dialect === "sqlcmd" ? new SqlcmdSession({ variables }) : new SqlplusSession({ variables });
}

/** Seconds to read all bytes as the planner does: once for encoding and hash, once in chunks. */
async function readBytes(path: string): Promise<number> {
  const start = performance.now();
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) hash.update(chunk as Buffer);
  hash.digest();
  let length = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) length += (chunk as Buffer).length;
  if (length === 0) throw new Error("nothing was read");
  return (performance.now() - start) / 1000;
}

async function planOnce(path: string, dialect: Dialect): Promise<{ seconds: number; batches: number; peak: number }> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let peak = before;
  let batches = 0;
  const start = performance.now();
  for await (const item of readScript(path, session(dialect))) {
    if (item.kind !== "batch") continue;
    if (++batches % 2000 === 0) peak = Math.max(peak, process.memoryUsage().rss);
  }
  const seconds = (performance.now() - start) / 1000;
  return { seconds, batches, peak: Math.max(peak, process.memoryUsage().rss) - before };
}

/** Planning a script of 200 MB in both dialects: speed beside reading the same bytes, and how far memory grows. */
export default async function bench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "scripts-bench-"));
  const rows: Row[] = [];
  try {
    for (const dialect of ["sqlcmd", "sqlplus"] as const) {
      const path = join(folder, `${dialect}.sql`);
      write(path, dialect);
      const megabytes = statSync(path).size / megabyte;
      await readBytes(path);
      const reading = await readBytes(path);
      const { seconds, batches, peak } = await planOnce(path, dialect);
      const value = megabytes / seconds;
      const baseline = { name: "reading and hashing the bytes", value: megabytes / reading };
      rows.push(
        { name: `plan ${dialect}, 200 MB`, value, unit: "MB/s", baseline, ratio: value / baseline.value },
        { name: `plan ${dialect}, batches`, value: batches / seconds, unit: "batches/s" },
        { name: `plan ${dialect}, memory growth at 200 MB`, value: peak / megabyte, unit: "MB", target: "flat: no part of the 200 MB" },
      );
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return rows;
}
