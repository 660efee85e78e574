import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extractPackage } from "../../server/src/packages/extraction/extract";
import { openPackage, type Package } from "../../server/src/packages/package";
import { verifyPackage } from "../../server/src/packages/verify";
import type { Row } from "./row";

const PASSWORD = "benchmark";
const MB = 1024 * 1024;
const MANY = 50_000;
const SOME = 3_000;
const BIG = 256 * MB;
const HUGE = 2048 * MB;

const sevenZip = ["7zz", "7z", "7za"].find((name) => spawnSync(name, ["i"]).status === 0);

/** Packages made by 7-Zip with AES-256, read by us and by 7-Zip itself. Needs 7-Zip; without it there is no row. */
export default async function packages(): Promise<Row[]> {
  if (sevenZip === undefined) {
    console.warn("packages: 7-Zip is not installed; nothing was measured");
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), "packages-bench-"));
  try {
    return [
      // First, while the process is small: its memory is measured.
      ...(await flatMemory(folder)),
      ...(await listing(folder)),
      ...(await smallFiles(folder)),
      ...(await bigFile(folder)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function listing(folder: string): Promise<Row[]> {
  const file = make(folder, "many", MANY, () => Buffer.from("<x/>"), "-mx0");
  const ours = await seconds(() => using(file, undefined, async () => undefined));
  const theirs = run(folder, "l", file);
  return [row(`list ${MANY.toLocaleString("en")} entries`, ours, theirs)];
}

async function smallFiles(folder: string): Promise<Row[]> {
  const file = make(
    folder,
    "some",
    SOME,
    (n) => Buffer.from(`<user id="${n}">${"x".repeat(2000)}</user>`),
    "-mx5",
  );
  const rows = [
    row(
      `prove ${SOME.toLocaleString("en")} small files`,
      await seconds(() => prove(file)),
      run(folder, "t", file),
    ),
  ];
  const ours = await seconds(() => unpack(file, join(folder, "some-ours")));
  const theirs = run(folder, "x", `-o${join(folder, "some-theirs")}`, file);
  return [...rows, row(`extract ${SOME.toLocaleString("en")} small files`, ours, theirs)];
}

async function bigFile(folder: string): Promise<Row[]> {
  const half = randomBytes(BIG / 2);
  const content = Buffer.concat([half, Buffer.alloc(BIG / 2, "all work and no play ")]);
  const file = make(folder, "big", 1, () => content, "-mx1");
  const size = `${BIG / MB} MB in one file`;
  const rows = [row(`prove ${size}`, await seconds(() => prove(file)), run(folder, "t", file))];
  const ours = await seconds(() => unpack(file, join(folder, "big-ours")));
  const theirs = run(folder, "x", `-o${join(folder, "big-theirs")}`, file);
  return [...rows, row(`extract ${size}`, ours, theirs)];
}

async function flatMemory(folder: string): Promise<Row[]> {
  const disk = statfsSync(folder);
  if (disk.bavail * disk.bsize < 3 * HUGE) {
    console.warn("packages: too little free disk for the 2 GB package; its rows are missing");
    return [];
  }
  mkdirSync(join(folder, "huge"));
  const plain = openSync(join(folder, "huge", "zeros.bin"), "w");
  const block = Buffer.alloc(16 * MB);
  for (let done = 0; done < HUGE; done += block.length) writeSync(plain, block);
  closeSync(plain);
  const file = pack(folder, "huge", "-mx0");
  rmSync(join(folder, "huge"), { recursive: true });
  globalThis.gc?.();
  const start = process.memoryUsage().rss;
  let peak = start;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  const ours = await seconds(() => prove(file));
  clearInterval(watch);
  const memory: Row = {
    name: "prove 2 GB: memory beyond the start, at most",
    value: Math.round((peak - start) / MB),
    unit: "MB",
    target: "flat: under 128 MB",
  };
  return [row("prove 2 GB, stored", ours, run(folder, "t", file)), memory];
}

function make(
  folder: string,
  name: string,
  count: number,
  content: (n: number) => Uint8Array,
  ...options: string[]
): string {
  mkdirSync(join(folder, name));
  for (let n = 0; n < count; n++) writeFileSync(join(folder, name, `f${n}.xml`), content(n));
  return pack(folder, name, ...options);
}

function pack(folder: string, name: string, ...options: string[]): string {
  const file = join(folder, `${name}_01022024030405.ininmigr`);
  run(folder, "a", "-tzip", "-mem=AES256", ...options, file, name);
  return file;
}

/** @returns seconds */
function run(cwd: string, ...args: string[]): number {
  const start = performance.now();
  const [verb = "", ...rest] = args;
  execFileSync(sevenZip ?? "", [verb, `-p${PASSWORD}`, ...rest], { cwd, stdio: "ignore" });
  return (performance.now() - start) / 1000;
}

async function using(
  file: string,
  password: string | undefined,
  work: (opened: Package) => Promise<void>,
): Promise<void> {
  const opened = await openPackage(file, { password });
  try {
    if (opened.entries.length === 0) throw new Error("nothing was listed");
    await work(opened);
  } finally {
    await opened.close();
  }
}

function prove(file: string): Promise<void> {
  return using(file, PASSWORD, async (opened) => {
    const { failures, locked } = await verifyPackage(opened);
    if (failures.length + locked > 0) throw new Error("not everything was proven");
  });
}

function unpack(file: string, to: string): Promise<void> {
  return using(file, PASSWORD, async (opened) => {
    const { status } = await extractPackage(opened, { to });
    if (status !== "done") throw new Error(`extraction: ${status}`);
  });
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function row(name: string, ours: number, theirs: number): Row {
  return {
    name,
    value: round(ours),
    unit: "s",
    baseline: { name: "7-Zip", value: round(theirs) },
    ratio: round(ours / theirs),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
