import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JournalRecord } from "../../../server/src/database/journal/records";
import type { RunState } from "../../../server/src/database/messages";
import type { Finding } from "../../../server/src/runbook/proofs/finding";
import { ScriptProof } from "../../../server/src/runbook/proofs/scripts";
import { phases } from "../../../server/src/runbook/runbook";
import { scriptLists } from "../../../server/src/scripts/lists/scriptLists";
import { TdsServer } from "../../tds/server";
import { requestFor, runHere, sqlServerTarget, Workplace } from "../database/runHelp";

const list = scriptLists.find(({ id }) => id === "sqlserver-source")!;
const files = list.scripts.map(({ file }) => file);

describe("proof of scripts by the history of runs", () => {
  let workplace: Workplace;
  let proof: ScriptProof;
  beforeEach(() => {
    workplace = new Workplace();
    proof = new ScriptProof();
  });
  afterEach(() => workplace[Symbol.dispose]());

  const look = async (id = list.id): Promise<Finding> => {
    const findings = await proof.look(
      [workplace.runs, join(workplace.folder, "nowhere")],
      new AbortController().signal,
    );
    const finding = findings.get(id);
    assert.ok(finding);
    return finding;
  };

  /** A journal as the runner writes it. */
  function run(
    name: string,
    scripts: readonly string[],
    more: { state?: RunState; database?: string; errorsIn?: string; stopsBefore?: string } = {},
  ): string {
    const { state = "Completed", database = "IC30DB", errorsIn, stopsBefore } = more;
    const at = `${name.slice(0, 10)}T10:00:00.000Z`;
    const target = { ...sqlServerTarget({ port: 1433 } as TdsServer), database };
    const request = requestFor(
      workplace,
      target,
      scripts.map((file) => `C:\\Scripts\\${file}`),
    );
    const records: JournalRecord[] = [{ type: "run", version: 1, at, request }];
    let n = 0;
    for (const [script, file] of scripts.entries()) {
      if (file === stopsBefore) break;
      n++;
      records.push(
        { type: "start", at, n, script, file, line: 1, endLine: 2, hash: "0" },
        {
          ...{ type: "end", at, n, outcome: "done", milliseconds: 1, open: false },
          errors: file === errorsIn ? 2 : 0,
        },
        { type: "script-end", at, script, exitCode: 0, next: n + 1, transaction: "none" },
      );
    }
    records.push({ type: "finish", at, state, reason: "", exitCode: 0 });
    const folder = join(workplace.runs, name);
    mkdirSync(folder, { recursive: true });
    const journal = join(folder, "journal.jsonl");
    writeFileSync(journal, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    return journal;
  }

  it("is about lists that there are", () => {
    const ids = new Set(scriptLists.map(({ id }) => `scripts/${id}`));
    const asked = phases.flatMap(({ steps }) => steps.flatMap(({ provable }) => provable ?? []));
    const lists = asked.filter((each) => each.startsWith("scripts/"));
    assert.equal(lists.length, 5);
    for (const each of lists) assert.ok(ids.has(each), each);
  });

  it("is none where nothing ran", async () => {
    assert.equal((await look()).outcome, "unknown");
  });

  it("is given when every script was completed without errors, in whatever runs", async () => {
    run("2026-01-02_10-00-00", files.slice(0, 5));
    const half = await look();
    assert.equal(half.outcome, "failed");
    assert.match(half.text, /^5 of 8 scripts .* on localhost, IC30DB; not .* \(not run\)/);
    run(
      "2026-01-03_10-00-00",
      files.slice(5).map((file) => file.toUpperCase()),
    );
    assert.deepEqual(await look(), {
      outcome: "proved",
      text: "All 8 scripts are Completed without errors on localhost, IC30DB, the last 2026-01-03 10:00 UTC.",
    });
  });

  it("is not given by runs on different databases", async () => {
    run("2026-01-02_10-00-00", files.slice(0, 5));
    run("2026-01-03_10-00-00", files.slice(5), { database: "Other" });
    assert.equal((await look()).outcome, "failed");
  });

  it("takes the last run of each script", async () => {
    run("2026-01-02_10-00-00", files, { errorsIn: files[2]! });
    const failed = await look();
    assert.match(failed.text, new RegExp(`not ${files[2]} \\(2 errors\\)`));
    run("2026-01-03_10-00-00", [files[2]!]);
    assert.equal((await look()).outcome, "proved");
    run("2026-01-04_10-00-00", [files[2]!], { errorsIn: files[2]! });
    assert.equal((await look()).outcome, "failed");
  });

  for (const state of ["Failed", "Cancelled", "Ready for restart", "User completed"] as const) {
    it(`is not given by a run that is ${state}`, async () => {
      run("2026-01-02_10-00-00", files, { state, stopsBefore: files[7]! });
      const { outcome, text } = await look();
      assert.equal(outcome, "failed");
      assert.match(text, new RegExp(`its run is ${state}`));
    });
  }

  it("passes over journals that are damaged, and reads those that have grown", async () => {
    const journal = run("2026-01-02_10-00-00", files);
    const bad = run("2026-01-03_10-00-00", files);
    writeFileSync(bad, "not a journal\nat all\n");
    assert.equal((await look()).outcome, "proved");
    appendFileSync(journal, `${JSON.stringify({ type: "resume", at: "2026-01-05T10:00:00.000Z", n: 2 })}\n`);
    assert.equal((await look()).outcome, "failed");
  });

  it("reads what the runner itself writes", async () => {
    await using server = await TdsServer.start();
    const paths = files.map((file) => workplace.script(file, `print '${file}'\nGO\n`));
    await runHere(requestFor(workplace, sqlServerTarget(server), paths));
    const { outcome, text } = await look();
    assert.equal(outcome, "proved", text);
    assert.match(text, /localhost, I3_IC/);
    assert.ok(!/\bsa\b/.test(text));
  });
});
