import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StateNotification } from "../../server/src/protocol";
import { type RunningServer, startServer } from "../server/stdio";
import { fileUri, openListing } from "../server/workspace";
import { handlerFiles } from "./handlerFiles";
import { middle, once } from "./measure";
import type { Row } from "./row";

const count = 2000;
const runs = 5;

/** The index as users have it: in the server, from the folder to the last handler read. */
export default async function run(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "hw-many-"));
  try {
    const paths = manyHandlers(folder);
    const raw = middle(
      await repeat(async () => (await once(() => paths.map((path) => readFileSync(path)))).time),
    );
    const times: number[] = [];
    const growths: number[] = [];
    const opened: number[] = [];
    for (let i = 0; i < runs; i++) {
      const empty = await startServer();
      const before = residentMegabytes(empty);
      await empty.stop();
      const server = await startServer({ workspaceFolders: [folder] });
      const { time } = await once(() => ready(server));
      times.push(time);
      opened.push((await once(() => openListing(server, fileUri(paths[i]!)))).time);
      growths.push(residentMegabytes(server) - before);
      await server.stop();
    }
    return [
      {
        name: `index ${count} handlers in the server`,
        value: middle(times),
        unit: "ms",
        baseline: { name: "read the bytes", value: raw },
        target: "2,000 ms",
      },
      {
        name: `index ${count} handlers, growth of the process`,
        value: middle(growths),
        unit: "MB",
        baseline: {
          name: "their bytes",
          value: paths.reduce((sum, path) => sum + readFileSync(path).length, 0) / 2 ** 20,
        },
        target: "120 MB",
      },
      { name: "listing of one of them", value: middle(opened), unit: "ms" },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Folders with one copy of each handler, so that calls find what they call. */
function manyHandlers(folder: string): string[] {
  const files = handlerFiles().map(({ name, bytes }) => ({ name: name.replace(/^.*[\\/]/, ""), bytes }));
  return Array.from({ length: count }, (_, i) => {
    const { name, bytes } = files[i % files.length]!;
    const path = join(folder, `${Math.floor(i / files.length)}`, `${i % files.length}`, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, bytes);
    return path;
  });
}

async function ready(server: RunningServer): Promise<void> {
  const { found } = await server.notification<StateNotification.Params>(
    StateNotification.method,
    ({ state }) => state === "ready",
  );
  if (found !== count) throw new Error(`${found} of ${count} handlers`);
}

async function repeat(measure: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let i = 0; i < runs; i++) values.push(await measure());
  return values;
}

/** What the process holds; from Linux's own figures, elsewhere NaN. */
function residentMegabytes({ pid }: RunningServer): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return NaN;
  }
}
