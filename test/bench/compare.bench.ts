import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { carryFolders } from "../../server/src/analysis/carry/carryFolders";
import { compareFolders } from "../../server/src/analysis/compare/compareFolders";
import type { HandlerFile } from "../../server/src/analysis/compare/handlerFiles";
import { diffHtml } from "../../server/src/analysis/reports/diffHtml";
import { listing } from "../../server/src/handler/listing";
import type { Handler } from "../../server/src/handler/model";
import { handlersBelow } from "../../server/src/workspace/handlerFiles";
import { Choices } from "../builder/edit";
import { edits, prepare } from "../builder/edits";
import { gt, join as joined, plus, v } from "../builder/expression";
import { handler, type HandlerBuilder, takes } from "../builder/handler";
import { toIhd } from "../builder/ihd";
import { disconnect, getAttribute, getKey, playString, setAttribute } from "../builder/signatures";
import { memoryInUse, once } from "./measure";
import type { Row } from "./row";

/** About the size of real base handlers. */
const STEPS = 60;

/** Two releases of 1,000 handlers, half of them edited in three places; carry-forward of 500. */
export default async function run(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "hw-bench-"));
  try {
    for (const [side, count] of Object.entries({ old: 1000, new: 1000, custom: 500 }))
      write(folder, side, count);
    return [...(await compareRows(folder)), ...(await carryRows(folder))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compareRows(folder: string): Promise<Row[]> {
  const sides = async (): Promise<[readonly HandlerFile[], readonly HandlerFile[]]> => [
    (await handlersBelow(join(folder, "old"))).files,
    (await handlersBelow(join(folder, "new"))).files,
  ];
  const [old, now] = (await sides()).map((files) => files.slice()) as [HandlerFile[], HandlerFile[]];
  const before = memoryInUse();
  const whole = await once(() => compareFolders(old, now));
  const memory = memoryInUse() - before;
  const { changed } = whole.result.summary;

  const [readOld, readNow] = [await inMemory(old), await inMemory(now)];
  const git = gitDiff(folder, readOld.handlers, readNow.handlers);
  const compared = await once(() => compareFolders(readOld.files, readNow.files));
  const rebuilt = readNow.handlers.map(renumbered);
  const byContent = await once(() => compareFolders(readOld.files, files(rebuilt)));
  const html = await once(async () => {
    let size = 0;
    for await (const piece of diffHtml(whole.result, { old: "old", now: "new" })) size += piece.length;
    return size;
  });
  const name = `compare 1,000 with 1,000 handlers of ${STEPS} steps`;
  return [
    { name: `${name}, after reading`, value: compared.time, unit: "ms", baseline: git, target: "3,000 ms" },
    { name: "the same, all node ids other ones", value: byContent.time, unit: "ms", baseline: git },
    { name: `the same with reading, ${changed} differ`, value: whole.time, unit: "ms", baseline: git },
    { name: "memory its result takes", value: memory, unit: "MB" },
    { name: `HTML report of it (${(html.result / 1e6).toFixed(0)} MB)`, value: html.time, unit: "ms" },
  ];
}

async function carryRows(folder: string): Promise<Row[]> {
  const side = async (name: string): Promise<HandlerFile[]> =>
    (await handlersBelow(join(folder, name))).files.slice(0, 500);
  const [oldBase, custom, newBase] = [await side("old"), await side("custom"), await side("new")];
  const before = memoryInUse();
  const whole = await once(() => carryFolders({ oldBase, custom, newBase }));
  const memory = memoryInUse() - before;
  const read = await once(async () => [
    await inMemory(oldBase),
    await inMemory(custom),
    await inMemory(newBase),
  ]);
  const [a, b, c] = read.result.map(({ files }) => files) as [HandlerFile[], HandlerFile[], HandlerFile[]];
  const carried = await once(() => carryFolders({ oldBase: a, custom: b, newBase: c }));
  const { summary } = carried.result;
  const reading = { name: "reading them", value: read.time };
  return [
    {
      name: `carry-forward of 500 triples, after reading (${summary.conflict} in conflict)`,
      value: carried.time,
      unit: "ms",
      baseline: reading,
    },
    { name: "the same with reading", value: whole.time, unit: "ms", baseline: reading },
    { name: "memory its result takes", value: memory, unit: "MB" },
  ];
}

/** `git diff --no-index` of all listings, both folders on disk. */
function gitDiff(folder: string, old: readonly Handler[], now: readonly Handler[]): Row["baseline"] {
  for (const [side, handlers] of Object.entries({ "l-old": old, "l-new": now })) {
    mkdirSync(join(folder, side));
    for (const each of handlers) writeFileSync(join(folder, side, `${each.name}.txt`), listing(each).text);
  }
  const start = performance.now();
  const { stdout } = spawnSync("git", ["diff", "--no-index", "l-old", "l-new"], {
    cwd: folder,
    maxBuffer: 1 << 30,
  });
  if (stdout.length === 0) throw new Error("git found no differences");
  return { name: "git diff --no-index of listings", value: performance.now() - start };
}

async function inMemory(of: readonly HandlerFile[]): Promise<{ files: HandlerFile[]; handlers: Handler[] }> {
  const handlers: Handler[] = [];
  for (const file of of) handlers.push(await file.read());
  return { files: files(handlers), handlers };
}

const files = (handlers: readonly Handler[]): HandlerFile[] =>
  handlers.map((each) => ({ name: each.name, path: `${each.name}.ihd`, read: async () => each }));

function write(folder: string, side: string, count: number): void {
  mkdirSync(join(folder, side));
  for (let at = 0; at < count; at++) {
    const built = prepare(made(at));
    if (side === "new" && at % 2 === 0) edit(built, at);
    if (side === "custom" && at % 3 === 0) edit(built, at + 7);
    // Some conflicts for the carry-forward.
    if (side !== "old" && at % (side === "new" ? 8 : 9) === 0) built.step(9).note(side);
    writeFileSync(join(folder, side, `${built.name}.ihd`), toIhd(built));
  }
}

/** Three edits, chosen by the number; what the handler has nothing for is passed over. */
export function edit(built: HandlerBuilder, seed: number): void {
  for (let at = 0; at < 3; at++) {
    const { make } = edits[(seed * 7 + at * 13) % edits.length]!;
    make(built, new Choices([seed, seed * 31 + at, seed * 17 + 5]));
  }
}

/** A handler like a menu: it asks, looks at the answer, says something, and goes on. */
export function made(at: number): HandlerBuilder {
  const built = handler(`Bench_Handler${String(at).padStart(4, "0")}`, { category: "Bench" })
    .declare("CallId", "Interaction1")
    .declare("String", "Digits", "sText", "sName")
    .variable("iTries", "Integer", at);
  const call = { "Call Identifier": v("Interaction1") };
  let last = built.start(takes("Interaction", "CallId", "Interaction1"));
  for (let step = 1; step < STEPS; step++) {
    const text = `${at}.${step}`;
    const next = [
      () => built.tool(getKey, { ...call, "Valid Keys": "12", "Timeout (seconds)": step, Keys: v("Digits") }),
      () => built.condition(gt(v("iTries"), step)),
      () => built.tool(playString, { ...call, Text: joined("Choice ", v("Digits"), text) }),
      () => built.assign("iTries", plus(v("iTries"), step)),
      () =>
        built.tool(setAttribute, {
          ...call,
          "Call Attribute Name": text,
          "Call Attribute Value": v("sText"),
        }),
      () =>
        built.tool(getAttribute, {
          ...call,
          "Call Attribute Name": text,
          "Call Attribute Value": v("sName"),
        }),
      () => built.tool(disconnect, call),
    ][(step * 5 + at) % 7]!();
    next.label(step % 3 === 0 ? next.labelText : `${next.labelText} ${text}`);
    last.to(next);
    last = next;
  }
  return built;
}

function renumbered(of: Handler): Handler {
  const node = (old: number): number => 3 * old + 500;
  const steps = of.steps.map((step) => ({
    ...step,
    node: node(step.node),
    exits: step.exits.map((each) => ({ ...each, to: each.to === null ? null : node(each.to) })),
  }));
  return { ...of, steps, startNode: of.startNode === null ? null : node(of.startNode) };
}
