// `npm run bench [-- NAME...] [-- --json FILE]`: runs the benchmarks whose file name contains one of the names.
// Called by run.mjs with the folder of the bundled benchmarks.
import { readdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import type { Row } from "./row";

const { values, positionals } = parseArgs({ options: { json: { type: "string" } }, allowPositionals: true });

async function main(): Promise<void> {
  const [folder, ...names] = positionals;
  if (folder === undefined) throw new Error("run with: npm run bench");
  const load = createRequire(join(folder, "main.js"));
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".bench.js"))
    .filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
    .sort();
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? "unknown processor"}\n`);
  const all: (Row & { group: string })[] = [];
  for (const file of files) {
    const group = basename(file, ".bench.js");
    const { default: run } = load(join(folder, file)) as { default: () => Promise<Row[]> };
    const rows = (await run()).map((row) => ({ ...row, group }));
    all.push(...rows);
    console.log(group);
    for (const row of rows) console.log(`  ${line(row)}`);
  }
  if (values.json !== undefined) {
    writeFileSync(values.json, JSON.stringify({ node: process.version, rows: all }, null, 2));
    console.log(`\nwritten to ${values.json}`);
  }
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

void main();
