import assert from "node:assert/strict";
import { join } from "node:path";
import { XMLValidator } from "fast-xml-parser";
import { CancellationTokenSource } from "vscode-languageserver/node";
import {
  CarryRequest,
  CompareProgressNotification,
  CompareReportRequest,
  CompareRequest,
  DiffKindsRequest,
  FlowDiffRequest,
  SideRequest,
  WorkListRequest,
} from "../../server/src/protocol";
import { Folder } from "../unit/workspace/folder";
import { type RunningServer, startServer } from "./stdio";
import { fileUri } from "./workspace";

const releases = join(__dirname, "../fixtures/releases");

describe("comparing over stdio", () => {
  let folder: Folder;
  let server: RunningServer;
  const side = (name: string) => ({ folder: folder.uriOf(name) });
  before(async () => {
    folder = new Folder().copy(releases, "");
    server = await startServer();
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  const compare = async (more: Partial<CompareRequest.Params> = {}): Promise<CompareRequest.Result> => {
    const params: CompareRequest.Params = {
      id: "one",
      old: side("old-base"),
      now: side("custom"),
      kinds: [],
      without: [],
      ...more,
    };
    return await server.connection.sendRequest<CompareRequest.Result>(CompareRequest.method, params);
  };
  const statusesOf = ({ pairs }: CompareRequest.Result): Record<string, string> =>
    Object.fromEntries(pairs.map(({ name, status }) => [name, status]));

  it("compares folders, tells how far it is, and reads URIs that the editor can open", async () => {
    const told = server.notification<CompareProgressNotification.Params>(
      CompareProgressNotification.method,
      ({ id, done, total }) => id === "one" && done === total,
    );
    const result = await compare();
    const statuses = statusesOf(result);
    assert.equal(statuses["IVR_Incoming"], "changed");
    assert.equal(statuses["Notify_QueueAlarm"], "removed");
    assert.equal(statuses["Shared_SplitPairs"], "unreadable");
    assert.equal(
      Object.values(result.summary).reduce((sum, count) => sum + count, 0),
      result.pairs.length,
    );
    const pair = result.pairs.find(({ name }) => name === "IVR_Incoming");
    assert.equal(pair?.now?.uri, fileUri(join(folder.path, "custom/IVR/IVR_Incoming.ihd")));
    assert.ok((await told).total >= result.pairs.length);
  });

  it("looks for the kinds that are asked for, in the handlers that are left", async () => {
    const { kinds } = await server.connection.sendRequest<DiffKindsRequest.Result>(DiffKindsRequest.method);
    assert.ok(kinds.some(({ id, volatile }) => id === "position" && volatile));
    const { handlers } = await server.connection.sendRequest<SideRequest.Result>(SideRequest.method, {
      side: side("old-base"),
    });
    const alarm = handlers.find(({ name }) => name === "Notify_QueueAlarm");
    const result = await compare({ kinds: ["step-added"], without: [alarm!.uri] });
    assert.equal(statusesOf(result)["Notify_QueueAlarm"], undefined);
    const found = new Set(result.pairs.flatMap(({ changes }) => changes.map(({ kind }) => kind)));
    assert.deepEqual([...found], ["step-added"]);
  });

  it("stops when it is told to, in the middle of folders, and goes on to other work", async () => {
    for (let at = 0; at < 100; at++)
      for (const name of ["old-base", "custom"])
        folder.copy(join(releases, name, "IVR"), `many/${name}/${String(at).padStart(3, "0")}`);
    const source = new CancellationTokenSource();
    const told = server.notification<CompareProgressNotification.Params>(
      CompareProgressNotification.method,
      ({ id, done, total }) => id === "many" && done > 0 && done < total,
    );
    const params = {
      id: "many",
      old: side("many/old-base"),
      now: side("many/custom"),
      kinds: [],
      without: [],
    };
    const running = server.connection.sendRequest(CompareRequest.method, params, source.token);
    const [{ total }] = await Promise.all([told.finally(() => source.cancel()), assert.rejects(running)]);
    assert.equal(total, 500);
    assert.equal(statusesOf(await compare())["IVR_Incoming"], "changed");
  });

  it("compares two handlers of different names, as they were chosen", async () => {
    const single = (path: string) => ({ handlers: [{ uri: folder.uriOf(path), path }] });
    const result = await compare({
      old: single("old-base/IVR/IVR_Incoming.ihd"),
      now: single("custom/IVR/IVR_MainMenu.ihd"),
    });
    assert.deepEqual(
      result.pairs.map(({ name, status }) => [name, status]),
      [["IVR_Incoming, IVR_MainMenu", "changed"]],
    );
  });

  it("draws both pictures and both in one", async () => {
    const params: FlowDiffRequest.Params = {
      old: folder.uriOf("custom/IVR/IVR_Incoming.ihd"),
      now: folder.uriOf("old-base/IVR/IVR_Incoming.ihd"),
      kinds: [],
    };
    const diff = await server.connection.sendRequest<FlowDiffRequest.Result>(FlowDiffRequest.method, params);
    // Seen this way round, the steps that the customer added are removed.
    const removed = diff.changes.filter(({ kind }) => kind === "step-removed");
    assert.deepEqual(
      removed.map(({ label }) => label),
      ["VIP?", "Greet VIP"],
    );
    assert.equal(diff.both.steps.length, diff.now.steps.length + 2);
    for (const { place, label } of removed) {
      assert.equal(place.now, null);
      assert.equal(diff.old.steps[place.old!]?.label, label);
      assert.match(diff.both.steps[place.both!]?.drawing ?? "", /s-removed/);
    }
    assert.equal(diff.both.links.filter(({ drawing }) => drawing.includes("s-removed")).length, 4);
    const [left, top, right, bottom] = diff.both.bounds;
    for (const { rect } of diff.both.steps)
      assert.ok(rect[0] >= left && rect[1] >= top && rect[2] <= right && rect[3] <= bottom);
  });

  it("reports what was compared, and says so when it is not at hand", async () => {
    await compare({ id: "report" });
    const report = async (format: string, id = "report"): Promise<string> => {
      const params = { id, format, old: "old-base", now: "custom", stylesheet: "handler-diff.xsl" };
      const method = CompareReportRequest.method;
      return (await server.connection.sendRequest<CompareReportRequest.Result>(method, params)).text;
    };
    const xml = await report("xml");
    assert.equal(XMLValidator.validate(xml), true);
    assert.match(xml, /<\?xml-stylesheet type="text\/xsl" href="handler-diff.xsl"\?>/);
    assert.match(await report("html"), /<svg[^]*Greet VIP/);
    assert.match(await report("markdown"), /IVR\\_Incoming/);
    assert.equal((JSON.parse(await report("json")) as { summary: { removed: number } }).summary.removed, 1);
    await assert.rejects(report("json", "never"), /compare again/);
  });

  it("gives the work list of a carry-forward, and keeps the marks of others", async () => {
    const params: CarryRequest.Params = {
      id: "carry",
      oldBase: side("old-base"),
      custom: side("custom"),
      newBase: side("new-base"),
    };
    const result = await server.connection.sendRequest<CarryRequest.Result>(CarryRequest.method, params);
    const menu = result.handlers.find(({ name }) => name === "IVR_MainMenu");
    assert.equal(menu?.status, "conflict");
    assert.ok(menu.items.some(({ against }) => against.length > 0));
    const mark = async (text: string, handler: string): Promise<WorkListRequest.Result> =>
      await server.connection.sendRequest<WorkListRequest.Result>(WorkListRequest.method, {
        text,
        set: handler === "" ? [] : [{ handler, item: "", done: true, note: "" }],
      });
    const first = await mark("", "IVR_MainMenu");
    const second = await mark(first.text!, "IVR_Transfer");
    assert.deepEqual(
      (await mark(second.text!, "")).marks.map(({ handler, done }) => [handler, done]),
      [
        ["IVR_MainMenu", true],
        ["IVR_Transfer", true],
      ],
    );
    const damaged = await mark("{", "IVR_Transfer");
    assert.equal(damaged.text, null);
    assert.match(damaged.problems[0] ?? "", /no JSON/);
  });
});
