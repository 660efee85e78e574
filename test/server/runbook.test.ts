import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import {
  type RunbookChange,
  RunbookChangeRequest,
  RunbookExportRequest,
  RunbookMergeRequest,
  RunbookProveRequest,
  RunbookRequest,
  type RunbookStep,
  type ShownRunbook,
} from "../../server/src/protocol";
import { zipped } from "../unit/packages/making";
import { Folder } from "../unit/workspace/folder";
import { type RunningServer, startServer } from "./stdio";
import { fileUri } from "./workspace";

const packageName = "CICSRV_01152026101500.ininmigr";

describe("the runbook over stdio", () => {
  let folder: Folder;
  let server: RunningServer;
  const file = (): string => join(folder.path, ".handler-workbench/runbook.json");
  before(async () => {
    folder = new Folder();
    server = await startServer({ workspaceFolders: [folder.path] });
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });
  beforeEach(() => folder.remove(".handler-workbench"));

  const ask = async <Result>(method: string, params: object): Promise<Result> =>
    await server.connection.sendRequest<Result>(method, { folder: fileUri(folder.path), ...params });
  const read = (): Promise<ShownRunbook> => ask(RunbookRequest.method, {});
  const change = (...changes: RunbookChange[]): Promise<RunbookChangeRequest.Result> =>
    ask(RunbookChangeRequest.method, { changes, by: "Ann" });
  const start = (...chosen: string[]) => change({ what: "variants", chosen });
  const stepOf = (runbook: ShownRunbook, id: string): RunbookStep => {
    const step = runbook.phases.flatMap(({ steps }) => steps).find((each) => each.id === id);
    assert.ok(step, `${id} is not shown`);
    return step;
  };

  it("is shown before it is started, and nothing is written for it", async () => {
    const runbook = await read();
    assert.equal(runbook.started, false);
    assert.equal(runbook.variants.length, 11);
    assert.ok(runbook.variants.every(({ chosen }) => !chosen));
    await ask<RunbookProveRequest.Result>(RunbookProveRequest.method, {});
    assert.equal(existsSync(file()), false);
  });

  it("tells which orders a change breaks, and which phases it completes", async () => {
    await start("sqlServer");
    const early = await change({ what: "state", step: "export/export", state: "done" });
    assert.equal(early.broken.length, 1);
    assert.match(early.broken[0]!, /^2\.6 Export the configuration: The inventory of handlers comes before/);
    assert.equal(stepOf(early.runbook, "export/export").broken.length, 1);
    const again = await change({ what: "note", step: "export/export", note: "in a hurry" });
    assert.deepEqual(again.broken, []);
    const all = early.runbook.phases[0]!.steps.map(({ id }): RunbookChange => ({
      what: "state",
      step: id,
      state: "done",
    }));
    assert.deepEqual((await change(...all.slice(1))).completed, []);
    const completed = await change(all[0]!);
    assert.deepEqual(completed.completed, ["Plan"]);
    assert.match(completed.runbook.snapshotAdvice, /snapshot/);
    const { by, state } = stepOf(completed.runbook, "plan/support");
    assert.deepEqual([by, state], ["Ann", "done"]);
  });

  it("names the user of the computer where nobody else is named", async () => {
    const { runbook } = await ask<RunbookChangeRequest.Result>(RunbookChangeRequest.method, {
      changes: [
        { what: "variants", chosen: [] },
        { what: "state", step: "plan/lab", state: "done" },
      ],
      by: " ",
    });
    assert.equal(stepOf(runbook, "plan/lab").by, userInfo().username);
  });

  it("proves steps by what it sees, writes that once, and says when it is no longer so", async () => {
    await start();
    folder.write("Custom/ToBeMigrated/Main.ihd", "x");
    folder.write(packageName, await zipped({ "Users/a.xml": "a".repeat(100) }));
    const first = await ask<RunbookProveRequest.Result>(RunbookProveRequest.method, {});
    const exported = stepOf(first.runbook, "export/export");
    assert.equal(exported.state, "done");
    assert.match(exported.proved!.from, /CICSRV.*verified/);
    assert.equal(exported.by, "");
    const waiting = stepOf(first.runbook, "review/custom-handlers");
    assert.deepEqual([waiting.state, waiting.look?.outcome], ["open", "failed"]);
    const text = readFileSync(file(), "utf8");
    await ask(RunbookProveRequest.method, {});
    assert.equal(readFileSync(file(), "utf8"), text);
    writeFileSync(join(folder.path, packageName), "not a package");
    const later = await ask<RunbookProveRequest.Result>(RunbookProveRequest.method, {});
    assert.equal(stepOf(later.runbook, "export/export").look?.outcome, "failed");
    assert.equal(readFileSync(file(), "utf8"), text);
    rmSync(join(folder.path, packageName));
  });

  it("reads an encrypted package with a password that it forgets", async () => {
    await start();
    folder.write(packageName, await zipped({ "Users/a.xml": "a".repeat(100) }, { password: "geheim" }));
    const locked = await ask<RunbookProveRequest.Result>(RunbookProveRequest.method, {});
    const uri = fileUri(join(folder.path, packageName));
    assert.deepEqual(locked.locked, [uri]);
    const step = "export/export";
    const proved = await ask<RunbookProveRequest.Result>(RunbookProveRequest.method, {
      step,
      passwords: { [uri]: "geheim" },
    });
    assert.equal(stepOf(proved.runbook, step).state, "done");
    assert.ok(!readFileSync(file(), "utf8").includes("geheim"));
    assert.ok(!server.log.join("\n").includes("geheim"));
    rmSync(join(folder.path, packageName));
  });

  it("merges a conflict when it is asked to, and refuses to write before", async () => {
    await start("oracle");
    const base = readFileSync(file(), "utf8");
    writeFileSync(file(), `<<<<<<< ours\n${base}=======\n${base}>>>>>>> theirs\n`);
    const runbook = await read();
    assert.equal(runbook.conflict, true);
    assert.equal(runbook.started, true);
    await assert.rejects(change({ what: "state", step: "plan/lab", state: "done" }), /merge conflict/);
    const merged = await ask<RunbookMergeRequest.Result>(RunbookMergeRequest.method, {});
    assert.equal(merged.conflict, false);
    assert.equal(readFileSync(file(), "utf8"), base);
  });

  it("gives the runbook to hand on", async () => {
    await start("dialer");
    for (const [form, beginning] of [
      ["markdown", /^# Contoso\n\nMigration runbook\. 0 of \d+ steps done \(0 %\)/],
      ["html", /^<!DOCTYPE html>/],
    ] as const) {
      const params = { form, name: "Contoso" };
      const { text } = await ask<RunbookExportRequest.Result>(RunbookExportRequest.method, params);
      assert.match(text, beginning);
    }
  });

  it("says what to do where the folder is not on disk", async () => {
    const params = { folder: "memfs:/a" };
    await assert.rejects(
      server.connection.sendRequest(RunbookRequest.method, params),
      /Open a folder on disk/,
    );
  });
});
