import assert from "node:assert/strict";
import { join } from "node:path";
import { TargetLock } from "../../../server/src/database/lock";
import { markCompleted, PastRuns, writeUnsentRun } from "../../../server/src/database/pastRuns";
import { pastRuns } from "../../../server/src/language/scripts/runs";
import { TdsServer } from "../../tds/server";
import { oracleTarget, password, requestFor, runHere, sqlServerTarget, Workplace } from "./runHelp";

describe("past runs", () => {
  it("know what was sent, the errors and the rows", async () => {
    await using server = await TdsServer.start({ password });
    using workplace = new Workplace();
    const path = workplace.script("a.sql", "SELECT ROWS 12\nGO\nSYNTAX ERROR\nGO\n");
    const request = requestFor(workplace, sqlServerTarget(server), [path]);
    await runHere(request);
    const past = new PastRuns();
    const [run] = (await past.list(workplace.runs)).runs;
    assert.equal(run?.history.state, "Completed");
    assert.equal(run.running, false);
    const ends = [...run.history.executions.values()].map(({ end }) => [end?.rows, end?.errors]);
    assert.deepEqual(ends, [
      [12, 0],
      [undefined, 1],
    ]);
  });

  it("say which script had errors, also when the run came to its end", async () => {
    await using server = await TdsServer.start({ password });
    using workplace = new Workplace();
    const good = workplace.script("good.sql", "PRINT 'x'\nGO\n");
    const bad = workplace.script("bad.sql", "SYNTAX ERROR\nGO\nSYNTAX ERROR\nGO\n");
    await runHere(requestFor(workplace, sqlServerTarget(server), [good, bad]));
    const [run] = (await pastRuns(new PastRuns(), workplace.runs)).runs;
    assert.equal(run?.state, "Completed");
    assert.equal(run.errors, 2);
    assert.deepEqual(run.scripts, [
      { path: good, ended: true, started: true, errors: 0 },
      { path: bad, ended: true, started: true, errors: 2 },
    ]);
  });

  it("that are kept for later can be run, and hold no secret", async () => {
    await using server = await TdsServer.start({ password });
    using workplace = new Workplace();
    const path = workplace.script("a.sql", "PRINT 'x $(Password)'\nGO\n");
    const request = requestFor(workplace, sqlServerTarget(server), [path], {
      variables: { Password: "oops" },
      secretVariables: ["Password"],
    });
    const folder = await writeUnsentRun(request, "Ready for restart");
    const past = new PastRuns();
    const [run] = (await past.list(workplace.runs)).runs;
    assert.equal(run?.history.state, "Ready for restart");
    assert.ok(!JSON.stringify(run.history.request).includes("oops"));
    const { result } = await runHere(request, { resume: folder, secrets: { Password: "s3cret" } });
    assert.equal(result.state, "Completed");
    assert.equal(result.folder, folder);
    assert.equal((await past.list(workplace.runs)).runs[0]?.history.state, "Completed");
  });

  it("are marked as completed by hand once, and only when they are not over", async () => {
    using workplace = new Workplace();
    const request = requestFor(workplace, oracleTarget, [join(workplace.folder, "a.sql")]);
    const folder = await writeUnsentRun(request, "Ready for restart");
    await markCompleted(folder);
    const past = new PastRuns();
    assert.equal((await past.list(workplace.runs)).runs[0]?.history.state, "User completed");
    await assert.rejects(markCompleted(folder), /already/);
  });

  it("that go on beside one another are all known to go on", async () => {
    using workplace = new Workplace();
    const request = requestFor(workplace, oracleTarget, []);
    const folders = [
      await writeUnsentRun(request, "Ready for restart"),
      await writeUnsentRun(request, "Ready for restart"),
    ];
    const locks = folders.map(() => new TargetLock(request.target));
    try {
      for (const [at, lock] of locks.entries()) await lock.take(folders[at]!, new Date(), true);
      for (const folder of folders) await assert.rejects(markCompleted(folder), /still going on/);
    } finally {
      for (const lock of locks) await lock.release();
    }
    for (const folder of folders) await markCompleted(folder);
  });

  it("are the latest ones, where only so many are wanted", async () => {
    using workplace = new Workplace();
    const request = requestFor(workplace, oracleTarget, []);
    for (let count = 0; count < 3; count++) await writeUnsentRun(request, "Ready for restart");
    const names = (await new PastRuns().list(workplace.runs)).runs.map(({ name }) => name);
    assert.equal(names.length, 3);
    const two = (await new PastRuns(2).list(workplace.runs)).runs.map(({ name }) => name);
    assert.deepEqual(two, names.slice(0, 2));
  });

  it("that cannot be read are told", async () => {
    using workplace = new Workplace();
    workplace.script("x", "");
    const request = requestFor(workplace, oracleTarget, []);
    const folder = await writeUnsentRun(request, "User completed");
    const { writeFileSync } = await import("node:fs");
    writeFileSync(join(folder, "journal.jsonl"), '{"type":"start"}\n');
    const { runs, unreadable } = await new PastRuns().list(workplace.runs);
    assert.deepEqual(runs, []);
    assert.match(unreadable[0]?.message ?? "", /not the journal/);
  });
});
