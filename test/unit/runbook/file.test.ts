import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { formatRunbook, readRunbook } from "../../../server/src/runbook/file";
import { type Change, changed, type Marks, noMarks } from "../../../server/src/runbook/marks";
import { merged } from "../../../server/src/runbook/merge";
import { steps } from "../../../server/src/runbook/runbook";
import { marks } from "./marks";

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const done = (step: string): Change => ({ what: "state", step, state: "done" });
const ids = [...steps.keys()];
const start = changed(noMarks, { what: "variants", chosen: ["sqlServer"] }, "Ann", at(0));

/** What git makes of the changes of two branches: the text, and whether it needed nobody. */
function gitMerge(base: string, ours: string, theirs: string): { text: string; clean: boolean } {
  const folder = mkdtempSync(join(tmpdir(), "hw-merge-"));
  try {
    const [o, b, t] = ["ours", "base", "theirs"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(o, ours);
    writeFileSync(b, base);
    writeFileSync(t, theirs);
    const { status, stdout } = spawnSync("git", ["merge-file", "-p", o, b, t], { encoding: "utf8" });
    return { text: stdout, clean: status === 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the runbook's file", () => {
  it("reads what it writes, with line ends of both kinds", () => {
    fc.assert(
      fc.property(marks, fc.constantFrom("\n" as const, "\r\n" as const), (before, lineEnd) => {
        const text = formatRunbook(before, lineEnd);
        const { marks: after, problems, writable } = readRunbook(text);
        assert.deepEqual(problems, []);
        assert.ok(writable);
        assert.equal(formatRunbook(after, lineEnd), text);
        for (const [id, mark] of before.steps) assert.deepEqual(after.steps.get(id), mark);
        assert.deepEqual(after.choice, before.choice);
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it("has every step, in the order of the runbook, and says nothing of those that nobody touched", () => {
    const text = formatRunbook(start);
    const named = [...text.matchAll(/^ {4}"([^"]+)":$/gm)].map(([, id]) => id);
    assert.deepEqual(named, ids);
    assert.equal(text.match(/^ {6}\{\},?$/gm)?.length, ids.length);
  });

  it("changes one line for one step", () => {
    const lines = (each: Marks): string[] => formatRunbook(each).split("\n");
    const [before, after] = [lines(start), lines(changed(start, done(ids[3]!), "Ann", at(1)))];
    assert.equal(before.length, after.length);
    assert.equal(before.filter((line, index) => line !== after[index]).length, 1);
  });

  it("is merged by git where two people have marked steps that stand side by side", function () {
    if (spawnSync("git", ["--version"]).status !== 0) this.skip();
    const base = formatRunbook(start);
    for (const [one, other] of [
      [0, 1],
      [5, 4],
      [ids.length - 2, ids.length - 1],
    ] as const) {
      const ann = changed(start, done(ids[one]!), "Ann", at(1));
      const bob = changed(start, { what: "note", step: ids[other]!, note: "mine" }, "Bob", at(2));
      const { text, clean } = gitMerge(base, formatRunbook(ann), formatRunbook(bob));
      assert.ok(clean, `${one} and ${other}`);
      assert.equal(text, formatRunbook(merged(ann, bob)));
    }
  });

  it("of which git could not merge a step is read as the merge of both sides, and not written unasked", function () {
    if (spawnSync("git", ["--version"]).status !== 0) this.skip();
    const step = ids[2]!;
    const ann = changed(start, done(step), "Ann", at(1));
    const bob = changed(
      changed(start, { what: "note", step, note: "mine" }, "Bob", at(2)),
      done(ids[9]!),
      "Bob",
      at(3),
    );
    const { text, clean } = gitMerge(formatRunbook(start), formatRunbook(ann), formatRunbook(bob));
    assert.equal(clean, false);
    const read = readRunbook(text);
    assert.equal(read.conflict, true);
    assert.equal(read.writable, false);
    assert.match(read.problems[0]?.message ?? "", /^Line \d+ is a merge conflict marker/);
    assert.equal(formatRunbook(read.marks), formatRunbook(merged(ann, bob)));
    assert.deepEqual(read.marks.steps.get(step), {
      state: "done",
      by: "Ann",
      at: at(1),
      note: "mine",
      noted: at(2),
    });
  });

  it("keeps steps and fields that a newer release has written", () => {
    const text = formatRunbook(changed(start, done(ids[0]!), "Ann", at(1)))
      .replace(
        '"steps": {',
        '"owner": "Team 3",\n  "steps": {\n    "space/elevator":\n      {"state":"done"},',
      )
      .replace('"by":"Ann","at":"2026-01-01T00:00:01', '"risk":4,"by":"Ann","at":"2026-01-01T00:00:01');
    const { marks: read, writable } = readRunbook(text);
    assert.ok(writable);
    const written = formatRunbook(changed(read, done(ids[1]!), "Bob", at(5)));
    assert.match(written, /"owner": "Team 3"/);
    assert.match(written, /"space\/elevator":\n {6}\{"state":"done"\}/);
    assert.match(written, /"risk":4/);
  });

  const bad: readonly (readonly [name: string, text: string, message: RegExp])[] = [
    ["no JSON", "{ nonsense", /no JSON.*Repair/],
    ["a list", "[]", /no runbook/],
    ["a newer version", '{"version": 2, "steps": {}}', /version 2.*newer release/],
    ["steps as a list", '{"steps": []}', /"steps"/],
    ["a state nobody knows", '{"steps": {"plan/lab": {"state": "maybe"}}}', /plan\/lab.*notNeeded/],
    ["a note that is no text", '{"steps": {"plan/lab": {"note": 3}}}', /plan\/lab/],
    ["a proof without a time", '{"steps": {"plan/lab": {"proof": {"from": "x"}}}}', /plan\/lab/],
    ["a variant nobody knows", '{"variants": {"chosen": ["abacus"]}, "steps": {}}', /"variants"/],
    ["half a conflict", '{\n<<<<<<< HEAD\n"steps": {\n', /Line 2 is a merge conflict marker/],
  ];
  for (const [name, text, message] of bad) {
    it(`is not overwritten where it holds ${name}`, () => {
      const { writable, problems } = readRunbook(text);
      assert.equal(writable, false);
      assert.match(problems[0]?.message ?? "", message);
    });
  }

  it("reads any text without throwing", () => {
    fc.assert(
      fc.property(
        marks,
        fc.nat(),
        fc.nat({ max: 40 }),
        fc.string({ maxLength: 8 }),
        (each, from, length, put) => {
          const text = formatRunbook(each);
          const start = from % text.length;
          const { writable, problems } = readRunbook(text.slice(0, start) + put + text.slice(start + length));
          assert.ok(writable || problems.length > 0);
        },
      ),
      { seed: 11, numRuns: 500 },
    );
    const deep = `{"steps":${'{"a":'.repeat(50_000)}`;
    assert.equal(readRunbook(deep).writable, false);
  });
});
