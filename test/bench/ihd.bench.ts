import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listing } from "../../server/src/handler/listing";
import type { Handler } from "../../server/src/handler/model";
import { readHandler } from "../../server/src/handler/read";
import { decodeIhd } from "../../server/src/ihd/decode";
import { TypeTables } from "../../server/src/ihd/typeTable";
import { writeIhd } from "../../server/src/ihd/writer";
import { readHandlerFiles } from "../../server/src/workspace/file";
import { chain } from "../unit/ihd/build";
import { handlerFiles } from "./handlerFiles";
import { median, memoryInUse, middle, once } from "./measure";
import type { Row } from "./row";

export default async function run(): Promise<Row[]> {
  const rows: Row[] = [];
  const folder = mkdtempSync(join(tmpdir(), "handlers-"));
  try {
    const files = handlerFiles().map((file, i) => {
      const path = join(folder, `${i}.ihd`);
      writeFileSync(path, file.bytes);
      return { ...file, path };
    });
    // As in the middle of a folder: the engine has seen handlers of all kinds.
    for (let round = 0; round < 100; round++) {
      for (const { name, bytes } of files) readHandler(bytes, { file: name });
    }
    const all: { decode: number; read: number }[] = [];
    for (const { name, bytes, path } of files) {
      const decode = median(() => readHandler(bytes, { file: name }));
      const read = median(() => readFileSync(path));
      all.push({ decode, read });
      rows.push({
        name: `decode + model ${name}`,
        value: decode,
        unit: "ms",
        baseline: { name: "read the bytes", value: read },
      });
    }
    const reading = { name: "read the bytes", value: middle(all.map(({ read }) => read)) };
    rows.push({
      name: "decode + model, median file, type table known",
      value: middle(all.map(({ decode }) => decode)),
      unit: "ms",
      baseline: reading,
      target: "0.12 ms",
    });
    rows.push({
      name: "decode, median file, type table unknown",
      value: middle(
        files.map(({ bytes }) => median(() => decodeIhd(bytes, { typeTables: new TypeTables() }))),
      ),
      unit: "ms",
      baseline: reading,
    });
    const decoded = files.map(({ bytes }) => decodeIhd(bytes).file);
    rows.push({
      name: "encode, median file",
      value: middle(decoded.map((file) => median(() => writeIhd(file)))),
      unit: "ms",
      baseline: reading,
    });
    const models = files.map(({ name, bytes }) => readHandler(bytes, { file: name }));
    rows.push({
      name: "listing, median file",
      value: middle(models.map((model) => median(() => listing(model)))),
      unit: "ms",
      baseline: reading,
    });
    rows.push(...(await folderOf2000(files, folder)));
    rows.push(...(await longChain(folder)));
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function folderOf2000(files: readonly { bytes: Buffer }[], folder: string): Promise<Row[]> {
  const paths = Array.from({ length: 2000 }, (_, i) => join(folder, `many${i}.ihd`));
  paths.forEach((path, i) => writeFileSync(path, files[i % files.length]!.bytes));
  const raw = await once(() => paths.forEach((path) => readFileSync(path)));
  const before = memoryInUse();
  const models: Handler[] = [];
  const { time } = await once(async () => {
    for await (const { handler } of readHandlerFiles(paths)) if (handler) models.push(handler);
  });
  const growth = memoryInUse() - before;
  if (models.length !== 2000) throw new Error("not all were read");
  return [
    {
      name: "2,000 handlers from disk, models kept",
      value: time,
      unit: "ms",
      baseline: { name: "read the bytes", value: raw.time },
      target: "1,500 ms",
    },
    {
      name: "2,000 handlers, memory of the models",
      value: growth,
      unit: "MB",
      baseline: {
        name: "their bytes",
        value: paths.reduce((sum, path) => sum + statSync(path).size, 0) / 2 ** 20,
      },
      target: "120 MB",
    },
  ];
}

async function longChain(folder: string): Promise<Row[]> {
  const path = join(folder, "long.ihd");
  writeFileSync(path, writeIhd(chain(200_000)));
  const raw = await once(() => readFileSync(path));
  const bytes = raw.result;
  const time = median(() => decodeIhd(bytes), { runs: 5, warmUp: 1 });
  return [
    {
      name: "decode a chain of 200,000 steps",
      value: time,
      unit: "ms",
      baseline: { name: "read the bytes", value: raw.time },
      target: "1,000 ms",
    },
  ];
}
