import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Dialect } from "../../server/src/scripts/items";
import { writeLargeScript } from "./largeScript";
import type { Row } from "./row";

const megabyte = 1024 * 1024;

/** Seconds to read all bytes as the planner does: once for encoding and hash, once in chunks. */
async function readBytes(path: string): Promise<number> {
  const start = performance.now();
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }))
    hash.update(chunk as Buffer);
  hash.digest();
  let length = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 }))
    length += (chunk as Buffer).length;
  if (length === 0) throw new Error("nothing was read");
  return (performance.now() - start) / 1000;
}

function planned(path: string, dialect: Dialect): { seconds: number; batches: number; peak: number } {
  const program = join(__dirname, "planScript.ts");
  const output = execFileSync(process.execPath, ["--import", "tsx", program, path, dialect], {
    encoding: "utf8",
  });
  return JSON.parse(output) as { seconds: number; batches: number; peak: number };
}

/** Planning a script of 200 MB in both dialects: speed beside reading the same bytes, and what memory it adds. */
export default async function bench(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "scripts-bench-"));
  const rows: Row[] = [];
  try {
    for (const dialect of ["sqlcmd", "sqlplus"] as const) {
      const path = join(folder, `${dialect}.sql`);
      writeLargeScript(path, dialect, 20 * megabyte);
      const small = planned(path, dialect);
      writeLargeScript(path, dialect, 200 * megabyte);
      await readBytes(path);
      const bytes = statSync(path).size / megabyte;
      const baseline = { name: "reading and hashing the bytes", value: bytes / (await readBytes(path)) };
      const { seconds, batches, peak } = planned(path, dialect);
      const value = bytes / seconds;
      rows.push(
        { name: `plan ${dialect}, 200 MB`, value, unit: "MB/s", baseline, ratio: value / baseline.value },
        { name: `plan ${dialect}, statements`, value: batches / seconds, unit: "batches/s" },
        {
          name: `plan ${dialect}, peak memory of 200 MB`,
          value: peak / megabyte,
          unit: "MB",
          baseline: { name: "20 MB", value: small.peak / megabyte },
          ratio: peak / small.peak,
          target: "flat: about that of 20 MB",
        },
      );
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return rows;
}
