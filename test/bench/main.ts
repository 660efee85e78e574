// `npm run bench [-- NAME...] [-- --json FILE]`: runs the benchmarks whose file name contains one of the names.
// Called by run.mjs with the folder of the bundled benchmarks.
import { fork } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import type { Row } from "./row";

const { values, positionals } = parseArgs({ options: { json: { type: "string" } }, allowPositionals: true });

async function main(): Promise<void> {
  const [folder, ...names] = positionals;
  if (folder === undefined) throw new Error("run with: npm run bench");
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".bench.js"))
    .filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
    .sort();
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? "unknown processor"}\n`);
  const all: (Row & { group: string })[] = [];
  for (const file of files) {
    const group = basename(file, ".bench.js");
    const rows = (await rowsOf(join(folder, file))).map((row) => ({ ...row, group }));
    all.push(...rows);
    console.log(group);
    for (const row of rows) console.log(`  ${line(row)}`);
  }
  if (values.json !== undefined) {
    writeFileSync(values.json, JSON.stringify({ node: process.version, rows: all }, null, 2));
    console.log(`\nwritten to ${values.json}`);
  }
}

/** Runs a group in a process of its own; with this one's options. */
async function rowsOf(file: string): Promise<Row[]> {
  return await new Promise((done, fail) => {
    const group = fork(join(__dirname, "group.ts"), [file]);
    group.once("message", (rows) => done(rows as Row[]));
    group.once("exit", (code) => fail(new Error(`${basename(file)} ended with ${code} before it was done`)));
  });
}

function line({ name, value, unit, baseline, ratio, target }: Row): string {
  const figure = `${format(value)} ${unit}`;
  const shownRatio = ratio ?? (baseline && baseline.value !== 0 ? value / baseline.value : undefined);
  const beside = baseline
    ? `${baseline.name} ${format(baseline.value)}${shownRatio === undefined ? "" : ` (x ${format(shownRatio)})`}`
    : "";
  return `${name.padEnd(58)} ${figure.padStart(14)}   ${beside.padEnd(52)} ${target ? `target ${target}` : ""}`.trimEnd();
}

const format = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toPrecision(3);

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
