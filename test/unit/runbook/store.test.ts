import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { formatRunbook, readRunbook } from "../../../server/src/runbook/file";
import { type Change, changed, type Mark, noMarks } from "../../../server/src/runbook/marks";
import { steps } from "../../../server/src/runbook/runbook";
import { NotWritten, RunbookStore } from "../../../server/src/runbook/store";
import { change } from "./marks";

const ids = [...steps.keys()];
const done = (step: string): Change => ({ what: "state", step, state: "done" });

describe("the store of a runbook", () => {
  let folder = "";
  const path = (): string => join(folder, ".handler-workbench", "runbook.json");
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hw-runbook-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("reads nothing where nobody has started, and writes nothing unasked", async () => {
    const { exists, marks, problems } = await new RunbookStore(folder).read();
    assert.deepEqual([exists, marks.steps.size, problems.length], [false, 0, 0]);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("leaves one file behind, with who and when", async () => {
    const store = new RunbookStore(folder, () => new Date("2026-02-03T04:05:06.000Z"));
    await store.change([{ what: "variants", chosen: ["oracle"] }, done(ids[0]!)], "Ann");
    assert.deepEqual(readdirSync(join(folder, ".handler-workbench")), ["runbook.json"]);
    const { marks } = await store.read();
    assert.deepEqual(marks.choice, { chosen: ["oracle"], by: "Ann", at: "2026-02-03T04:05:06.000Z" });
    assert.deepEqual(marks.steps.get(ids[0]!), { state: "done", by: "Ann", at: "2026-02-03T04:05:06.000Z" });
  });

  it("changes what the file says now, not what it said before", async () => {
    const [one, other] = [new RunbookStore(folder), new RunbookStore(folder)];
    await one.change([done(ids[0]!)], "Ann");
    await other.read();
    await one.change([{ what: "note", step: ids[1]!, note: "from one" }], "Ann");
    await other.change([done(ids[1]!)], "Bob");
    const { marks } = await one.read();
    assert.equal(marks.steps.get(ids[0]!)?.state, "done");
    assert.deepEqual([marks.steps.get(ids[1]!)?.note, marks.steps.get(ids[1]!)?.by], ["from one", "Bob"]);
  });

  it("of two windows that write at once loses nothing", async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 8 }),
        fc.array(change, { maxLength: 8 }),
        async (a, b) => {
          rmSync(path(), { force: true });
          const [one, other] = [new RunbookStore(folder), new RunbookStore(folder)];
          await Promise.all([
            ...a.map((each) => one.change([each], "Ann")),
            ...b.map((each) => other.change([each], "Bob")),
          ]);
          const { marks } = await one.read();
          // Whatever the order was: the value of each field is one that somebody gave it, and each that was given once is there.
          const given = new Map<string, unknown[]>();
          for (const each of [...a, ...b]) {
            if (each.what === "variants") continue;
            const key = `${each.step} ${each.what}`;
            const value = each.what === "proof" ? each.from : each[each.what as keyof typeof each];
            given.set(key, [...(given.get(key) ?? []), value]);
          }
          for (const [key, values] of given) {
            const [step = "", what = ""] = key.split(" ");
            const mark: Mark = marks.steps.get(step) ?? {};
            const found = what === "proof" ? mark.proof?.from : mark[what as "note"];
            assert.ok(values.includes(found), `${key}: ${String(found)} is none of ${values.join()}`);
          }
        },
      ),
      { seed: 5, numRuns: 10 },
    );
  });

  it("of two processes that write at once loses nothing", async function () {
    this.timeout(60_000);
    const count = 25;
    const run = (name: string): Promise<unknown> =>
      promisify(execFile)(process.execPath, [
        ...["--import", "tsx", join(__dirname, "writer.ts")],
        ...[folder, name, String(count)],
      ]);
    await Promise.all([run("one"), run("other")]);
    const { marks } = await new RunbookStore(folder).read();
    for (let at = 0; at < count; at++) {
      const { note, evidence } = marks.steps.get(ids[at]!) ?? {};
      assert.deepEqual([note, evidence], [`one ${at}`, `other ${at}`]);
    }
  });

  it("makes its change again where somebody without the lock writes in between", async () => {
    const store = new RunbookStore(folder);
    await store.change([done(ids[0]!)], "Ann");
    const { marks } = await store.read();
    const foreign = formatRunbook(
      changed(marks, { what: "note", step: ids[5]!, note: "by hand" }, "Eve", "2026-01-01T00:00:00.000Z"),
    );
    let meddled = false;
    // Asked for the time, it has read the file and not written it yet.
    const slow = new RunbookStore(folder, () => {
      if (!meddled) writeFileSync(path(), foreign);
      meddled = true;
      return new Date();
    });
    await slow.change([done(ids[1]!)], "Bob");
    const after = (await store.read()).marks.steps;
    assert.equal(after.get(ids[5]!)?.note, "by hand");
    assert.equal(after.get(ids[1]!)?.state, "done");
  });

  it("is later than what it replaces, even where another computer's clock is ahead", async () => {
    const future = changed(noMarks, done(ids[0]!), "Ann", "2099-01-01T00:00:00.000Z");
    mkdirSync(join(folder, ".handler-workbench"));
    writeFileSync(path(), formatRunbook(future));
    await new RunbookStore(folder).change([{ what: "state", step: ids[0]!, state: "blocked" }], "Bob");
    const mark = (await new RunbookStore(folder).read()).marks.steps.get(ids[0]!);
    assert.deepEqual(mark, { state: "blocked", by: "Bob", at: "2099-01-01T00:00:00.001Z" });
  });

  it("writes no file that it could not read", async () => {
    mkdirSync(join(folder, ".handler-workbench"));
    writeFileSync(path(), "{ mine");
    await assert.rejects(new RunbookStore(folder).change([done(ids[0]!)], "Ann"), (error: Error) => {
      assert.ok(error instanceof NotWritten);
      assert.match(error.message, /runbook\.json: This is no JSON/);
      return true;
    });
    await assert.rejects(new RunbookStore(folder).mergeConflict(), NotWritten);
    assert.equal(readFileSync(path(), "utf8"), "{ mine");
    assert.deepEqual(readdirSync(join(folder, ".handler-workbench")), ["runbook.json"]);
  });

  it("merges the two sides of a conflict when it is asked to", async () => {
    const [ann, bob] = ["Ann", "Bob"].map((by, at) =>
      formatRunbook(changed(noMarks, done(ids[at]!), by, `2026-01-01T00:00:0${at}.000Z`)),
    ) as [string, string];
    mkdirSync(join(folder, ".handler-workbench"));
    writeFileSync(path(), `<<<<<<< HEAD\n${ann}=======\n${bob}>>>>>>> theirs\n`);
    await assert.rejects(new RunbookStore(folder).change([done(ids[2]!)], "Eve"), /merge conflict/);
    await new RunbookStore(folder).mergeConflict();
    const { marks, conflict } = readRunbook(readFileSync(path(), "utf8"));
    assert.equal(conflict, false);
    assert.deepEqual([...marks.steps.keys()], [ids[0], ids[1]]);
  });

  it("keeps the line ends of the file, and a link to it", async function () {
    const shared = join(folder, "shared.json");
    writeFileSync(shared, formatRunbook(noMarks, "\r\n"));
    mkdirSync(join(folder, ".handler-workbench"));
    try {
      symlinkSync(shared, path());
    } catch {
      this.skip();
    }
    await new RunbookStore(folder).change([done(ids[0]!)], "Ann");
    const text = readFileSync(shared, "utf8");
    assert.match(text, /"state":"done"/);
    assert.equal(text.match(/(?<!\r)\n/g), null);
  });

  it("goes on after a window that died while it wrote", async () => {
    await new RunbookStore(folder).change([done(ids[0]!)], "Ann");
    const lock = `${path()}.lock`;
    writeFileSync(lock, "");
    const past = new Date(Date.now() - 60_000);
    utimesSync(lock, past, past);
    await new RunbookStore(folder).change([done(ids[1]!)], "Bob");
    assert.equal(existsSync(lock), false);
    assert.equal((await new RunbookStore(folder).read()).marks.steps.size, 2);
  });

  it("waits for a window that writes", async () => {
    await new RunbookStore(folder).change([done(ids[0]!)], "Ann");
    writeFileSync(`${path()}.lock`, "");
    let isDone = false;
    const waiting = new RunbookStore(folder).change([done(ids[1]!)], "Bob").then(() => (isDone = true));
    await new Promise((then) => setTimeout(then, 60));
    assert.equal(isDone, false);
    rmSync(`${path()}.lock`);
    await waiting;
    assert.equal((await new RunbookStore(folder).read()).marks.steps.get(ids[1]!)?.by, "Bob");
  });
});
