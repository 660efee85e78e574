import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Decisions, RunRequest, RunResult, Survey } from "../../../server/src/database/messages";
import { RunnerError, RunnerProcess } from "../../../server/src/database/process";
import { TdsServer } from "../../tds/server";
import { bundledRunner } from "./bundledRunner";
import { password, requestFor, sqlServerTarget, Workplace } from "./runHelp";

const batches = 12;
const runs = 100;
const together = 4;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const quiet = { onEvents: () => undefined, onQuestion: () => Promise.resolve(undefined) };

interface Finished {
  readonly result?: RunResult;
  /** What the runner said instead, if it was not killed. */
  readonly refused?: string;
}

/** One process of a run: until it ends, or is killed. */
async function process(
  module: string,
  request: RunRequest,
  resume: string | undefined,
  decide: (survey: Survey) => Decisions,
  onStarted: (runner: RunnerProcess) => void,
): Promise<Finished> {
  const runner = new RunnerProcess(module, quiet);
  try {
    const survey = await runner.survey(request, resume);
    const running = runner.start(password, {}, decide(survey));
    onStarted(runner);
    return { result: await running };
  } catch (error) {
    assert.ok(error instanceof RunnerError);
    return /ended unexpectedly/.test(error.message) ? {} : { refused: error.message };
  } finally {
    runner.dispose();
  }
}

function kill(runner: RunnerProcess | undefined): void {
  // Its id is that of a process started here and not yet waited for.
  if (runner?.id !== undefined) globalThis.process.kill(runner.id, "SIGKILL");
}

interface Moments {
  before: number;
  during: number;
  between: number;
}

/** A run that is killed and resumed. */
async function oneRun(seed: number, module: string, moments: Moments): Promise<void> {
  const next = random(seed);
  // Sometimes when a batch has arrived, sometimes when it is done, sometimes at any time at all.
  const moment = next() < 0.35 ? "arrived" : next() < 0.5 ? "done" : "time";
  const at = Math.floor(next() * batches);
  const delay = next() * (moment === "time" ? 60 : 3);
  let runner: RunnerProcess | undefined;
  let killed = false;
  const strike = (): void => {
    if (killed) return;
    killed = true;
    setTimeout(() => kill(runner), delay);
  };
  const isDue = (text: string): boolean => text.includes(`batch ${at} `);
  using workplace = new Workplace();
  await using server = await TdsServer.start({
    onBatch: (text) => {
      if (moment === "arrived" && isDue(text)) strike();
    },
    onDone: (text) => {
      if (moment === "done" && isDue(text)) strike();
    },
  });
  const half = batches / 2;
  const text = (from: number): string =>
    Array.from(
      { length: half },
      (_, index) => `print 'batch ${from + index} ${seed}'\ninsert into t values (1)\nGO\n`,
    ).join("");
  const scripts = [workplace.script("1.sql", text(0)), workplace.script("2.sql", text(half))];
  const request = requestFor(workplace, { ...sqlServerTarget(server) }, scripts);

  await process(
    module,
    request,
    undefined,
    () => ({}),
    (started) => {
      runner = started;
      if (moment === "time") strike();
    },
  );
  const folders = existsSync(workplace.runs) ? readdirSync(workplace.runs, { withFileTypes: true }) : [];
  assert.ok(folders.length <= 1);
  const [folder] = folders;
  const name =
    folder && readdirSync(join(workplace.runs, folder.name)).includes("journal.jsonl")
      ? join(workplace.runs, folder.name)
      : undefined;
  const sentBefore = server.executions.length;
  let inFlight: number | undefined;
  if (name === undefined) {
    // Killed before there was anything to resume.
    assert.equal(sentBefore, 0, `seed ${seed}: batches were sent without a journal`);
    moments.before++;
    return;
  }
  const finished = await process(
    module,
    request,
    name,
    (survey) => {
      inFlight = survey.resume?.inFlight?.number;
      return { unfinished: "rerun" };
    },
    () => undefined,
  );
  if (finished?.refused !== undefined) {
    if (/is empty: that run ended before anything was sent/.test(finished.refused)) {
      assert.equal(server.executions.length, 0, `seed ${seed}: batches were sent without a journal`);
      moments.before++;
      return;
    }
    // The kill came after the end.
    assert.match(finished.refused, /the run is Completed/);
  } else
    assert.equal(finished?.result?.state, "Completed", `seed ${seed}: ${finished?.result?.reason ?? ""}`);
  const counts = new Map<number, number>();
  for (const { text: sent } of server.executions) {
    const number = Number(/batch (\d+)/.exec(sent)?.[1]) + 1;
    counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  for (let number = 1; number <= batches; number++) {
    const count = counts.get(number) ?? 0;
    const context = `seed ${seed}: batch ${number} was sent ${count} times; in flight was ${inFlight ?? "none"}`;
    if (number === inFlight) assert.ok(count === 1 || count === 2, context);
    else assert.equal(count, 1, context);
  }
  const order = server.executions.map(({ text: sent }) => Number(/batch (\d+)/.exec(sent)?.[1]));
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
    `seed ${seed}: out of order`,
  );
  if (inFlight === undefined) moments.between++;
  else {
    moments.during++;
  }
}

describe("killing the runner", function () {
  this.timeout(600_000);
  before(() => void bundledRunner());

  it(`at random moments of ${runs} runs: after resuming, each batch has run once or was reported in flight`, async () => {
    const moments = { before: 0, during: 0, between: 0 };
    let seed = 0;
    const lane = async (): Promise<void> => {
      while (seed < runs) await oneRun(++seed, bundledRunner().module, moments);
    };
    await Promise.all(Array.from({ length: together }, lane));
    // The kills have hit all of it, or the test would prove little.
    assert.ok(moments.during >= 20 && moments.between >= 1, JSON.stringify(moments));
  });
});
