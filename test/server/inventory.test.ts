import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  CarryOutRequest,
  FolderPlanRequest,
  type InventoryFormat,
  InventoryReportRequest,
  InventoryRequest,
  type TeamCell,
  TeamNotesRequest,
} from "../../server/src/protocol";
import { Folder } from "../unit/workspace/folder";
import { type RunningServer, startServer } from "./stdio";

const releases = join(__dirname, "../fixtures/releases");

describe("the inventory over stdio", () => {
  let folder: Folder;
  let server: RunningServer;
  const ask = async <Result>(method: string, params: unknown): Promise<Result> =>
    await server.connection.sendRequest<Result>(method, params);
  const take = async (more: Partial<InventoryRequest.Params> = {}): Promise<InventoryRequest.Result> =>
    await ask<InventoryRequest.Result>(InventoryRequest.method, {
      id: "one",
      folder: folder.uriOf("custom"),
      base: [folder.uriOf("old-base")],
      withMissing: true,
      ...more,
    });
  const notes = async (text: string, set: readonly TeamCell[], columns?: readonly string[]) =>
    await ask<TeamNotesRequest.Result>(TeamNotesRequest.method, { text, file: "notes.json", set, columns });

  before(async () => {
    folder = new Folder().copy(releases, "");
    server = await startServer();
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  it("classifies handlers beside base handlers, and says where both are", async () => {
    const { rows, classes } = await take();
    const of = (name: string) => rows.find((row) => row.name === name);
    assert.deepEqual([of("Contoso_Survey")?.class, of("Contoso_Survey")?.base], ["custom", null]);
    assert.equal(of("Shared_LogError")?.class, "base");
    assert.equal(of("Shared_SplitPairs")?.class, "unreadable");
    const edited = of("IVR_Incoming");
    assert.deepEqual(
      [edited?.class, edited?.uri, edited?.base],
      [
        "modified",
        folder.uriOf("custom/IVR/IVR_Incoming.ihd"),
        folder.uriOf("old-base/IVR/IVR_Incoming.ihd"),
      ],
    );
    assert.equal(of("Notify_QueueAlarm")?.uri, folder.uriOf("old-base/Notifications/Notify_QueueAlarm.ihd"));
    assert.deepEqual(
      classes.filter(({ count }) => count > 0).map(({ name, count }) => `${count} ${name}`),
      ["1 base", "8 modified base", "2 custom", "1 missing", "1 unreadable"],
    );
  });

  it("takes the first of several base folders that has a handler, and says which holds none", async () => {
    mkdirSync(join(folder.path, "none"));
    const { rows, notes: told } = await take({
      base: ["new-base", "old-base", "none"].map((name) => folder.uriOf(name)),
    });
    const survey = rows.find(({ name }) => name === "Contoso_Survey");
    assert.equal(survey?.base, folder.uriOf("new-base/Shared/Contoso_Survey.ihd"));
    const callback = rows.find(({ name }) => name === "IVR_Callback");
    assert.equal(callback?.base, folder.uriOf("old-base/IVR/IVR_Callback.ihd"));
    assert.ok(
      told.some((note) => /no handlers in .*none/.test(note)),
      told.join(),
    );
  });

  it("keeps what a team writes, and never spoils a file that it cannot read", async () => {
    const owner = { handler: "IVR_Incoming", column: "owner", text: "Ann" };
    const first = await notes("", [owner]);
    const second = await notes(first.text!, [{ handler: "ivr_incoming", column: "note", text: "VIP" }]);
    assert.deepEqual(second.columns, ["owner", "decision", "note"]);
    assert.deepEqual(second.cells, [owner, { ...owner, column: "note", text: "VIP" }]);
    const other = await notes(second.text!, [], ["note", "wave"]);
    assert.deepEqual([other.columns, other.cells.length], [["note", "wave"], 1]);
    const foreign = await notes('{"columns": []}', [owner]);
    assert.equal(foreign.text, null);
    assert.match(foreign.problem!, /notes\.json/);
  });

  it("is reported in every form with the team's columns, and says so when it is not at hand", async () => {
    await take({ id: "report" });
    const { text } = await notes("", [{ handler: "IVR_Incoming", column: "owner", text: "Ann" }]);
    const report = async (format: InventoryFormat, id = "report"): Promise<string> =>
      (await ask<InventoryReportRequest.Result>(InventoryReportRequest.method, { id, format, notes: text }))
        .text;
    assert.match(await report("csv"), /IVR_Incoming,modified base,.*,Ann,,\r\n/);
    assert.match(await report("markdown"), /\| IVR\\_Incoming \| modified base .*\| Ann \|/);
    assert.match(await report("html"), /<td>Ann<\/td>/);
    const json = JSON.parse(await report("json")) as {
      handlers: { name: string; team: { owner: string } }[];
    };
    assert.equal(json.handlers.find(({ name }) => name === "IVR_Incoming")?.team.owner, "Ann");
    await assert.rejects(report("csv", "never"), /take it again/);
  });
});

describe("the folders of a migration", () => {
  let folder: Folder;
  let server: RunningServer;
  let last = 0;
  const ask = async <Result>(method: string, params: unknown): Promise<Result> =>
    await server.connection.sendRequest<Result>(method, params);
  const plan = async (
    kind: FolderPlanRequest.Params["kind"],
    from: string,
    to = "",
  ): Promise<FolderPlanRequest.Result> =>
    await ask<FolderPlanRequest.Result>(FolderPlanRequest.method, {
      id: String(++last),
      kind,
      from: folder.uriOf(from),
      to: to === "" ? "" : folder.uriOf(to),
    });
  const carryOut = async (answer: Partial<CarryOutRequest.Params> = {}): Promise<CarryOutRequest.Result> =>
    await ask<CarryOutRequest.Result>(CarryOutRequest.method, {
      ...{ id: String(last), replace: [], remove: false },
      ...answer,
    });
  const path = (name: string): string => join(folder.path, name);
  const text = (name: string): string => readFileSync(path(name), "utf8");

  before(async () => {
    folder = new Folder().write("own/A.ihd", "A").write("own/sub/B.ihd", "B").write("own/readme.txt", "R");
    server = await startServer();
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  it("are backed up; only a plan that was made is carried out, and what differs is kept unless agreed", async () => {
    await assert.rejects(carryOut({ id: "none" }), /start again/);
    assert.deepEqual((await plan("backup", "own", "backup")).counts, { new: 3, same: 0, differs: 0 });
    assert.ok(!existsSync(path("backup")));
    assert.deepEqual(await carryOut(), { done: 3, kept: 0, failed: [] });
    assert.equal(text("backup/sub/B.ihd"), "B");
    writeFileSync(path("backup/A.ihd"), "mine");
    const again = await plan("backup", "own", "backup");
    assert.deepEqual(
      [again.counts, again.differing],
      [{ new: 0, same: 2, differs: 1 }, [path("backup/A.ihd")]],
    );
    assert.deepEqual(await carryOut(), { done: 0, kept: 3, failed: [] });
    assert.equal(text("backup/A.ihd"), "mine");
    await assert.rejects(carryOut(), /start again/);
    const { differing } = await plan("backup", "own", "backup");
    await carryOut({ replace: differing });
    assert.equal(text("backup/A.ihd"), "A");
  });

  it("get a folder ToBeMigrated, from which handlers are moved one at a time", async () => {
    await plan("to-be-migrated", "own", "target");
    assert.deepEqual((await carryOut()).done, 2);
    const waiting = "target/ToBeMigrated";
    assert.deepEqual(readdirSync(path(waiting)).sort(), ["A.ihd", "sub"]);
    await plan("done", `${waiting}/A.ihd`);
    await carryOut();
    assert.deepEqual([text("target/A.ihd"), existsSync(path(`${waiting}/A.ihd`))], ["A", false]);
    // Designer has saved the migrated handler there already.
    writeFileSync(path("target/B.ihd"), "migrated");
    const { counts, isOnlyDeletion } = await plan("done", `${waiting}/sub/B.ihd`);
    assert.deepEqual([counts.differs, isOnlyDeletion], [1, false]);
    assert.deepEqual((await carryOut()).kept, 1);
    assert.ok(existsSync(path(`${waiting}/sub/B.ihd`)));
    await plan("done", `${waiting}/sub/B.ihd`);
    await carryOut({ remove: true });
    assert.deepEqual([text("target/B.ihd"), existsSync(path(`${waiting}/sub/B.ihd`))], ["migrated", false]);
    await assert.rejects(plan("done", `${waiting}/A.ihd`), /not there any more/);
    await assert.rejects(plan("done", "own/A.ihd"), /not in a folder ToBeMigrated/);
  });
});
