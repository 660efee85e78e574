import assert from "node:assert/strict";
import { join } from "node:path";
import { XMLValidator } from "fast-xml-parser";
import {
  CallPictureRequest,
  DependenciesRequest,
  DependencyExportRequest,
  type DependencyFormat,
} from "../../server/src/protocol";
import { handler } from "../builder/handler";
import { estate } from "../estate";
import { Folder } from "../unit/workspace/folder";
import type { RunningServer } from "./stdio";
import { sampleCopy, startIn } from "./workspace";

describe("dependencies over stdio", () => {
  let folder: Folder;
  let server: RunningServer;
  const ask = async <Result>(method: string, params: unknown): Promise<Result> =>
    await server.connection.sendRequest<Result>(method, params);
  const view = async (params: DependenciesRequest.Params): Promise<DependenciesRequest.Result> =>
    await ask<DependenciesRequest.Result>(DependenciesRequest.method, params);
  const exported = async (format: DependencyFormat): Promise<string> =>
    (await ask<DependencyExportRequest.Result>(DependencyExportRequest.method, { format })).text;

  before(async () => {
    folder = sampleCopy();
    const unused = handler("Unused_Helper");
    unused.start();
    const loop = handler("Loop_Self");
    loop.start().to(loop.call(loop));
    folder.write("Shared/Unused_Helper.ihd", unused).write("Shared/Loop_Self.ihd", loop);
    server = await startIn(folder, {
      workspaceFolders: ["IVR", "Shared", "Custom"].map((name) => join(folder.path, name)),
      settings: { "handlerWorkbench.referenceFolders": [join(folder.path, "Notifications")] },
    });
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  it("are listed by tool, with the handlers and steps that use each", async () => {
    const { items, handlers, kinds } = await view({ grouping: "item", kinds: ["tool"] });
    assert.deepEqual(handlers, []);
    assert.deepEqual(
      kinds.slice(0, 3).map(({ name }) => name),
      ["Subroutines", "Tools", "Initiators"],
    );
    assert.deepEqual(new Set(items.map(({ kind }) => kind)), new Set(["tool"]));
    const getKey = items.find(({ name }) => name === "Telephony:Get Key");
    assert.equal(getKey?.label, "Get Key");
    assert.deepEqual(
      getKey.users.map(({ name, uri, steps }) => [name, uri, steps.length]),
      ["IVR_AccountBalance", "IVR_Callback", "IVR_MainMenu"].map((name) => [
        name,
        folder.uriOf(`IVR/${name}.ihd`),
        1,
      ]),
    );
  });

  it("are listed by handler, with callers and where calls lead; reference folders only call", async () => {
    const { handlers, items } = await view({ grouping: "handler", kinds: [] });
    assert.deepEqual(items, []);
    const callback = handlers.find(({ name }) => name === "IVR_Callback");
    const calls = callback?.uses.filter(({ kind }) => kind === "subroutine") ?? [];
    assert.deepEqual(
      calls.map(({ name, targets }) => [name, targets]),
      [
        ["Callback_Store", []],
        ["Shared_LogError", [folder.uriOf("Shared/Shared_LogError.ihd")]],
      ],
    );
    assert.deepEqual(
      callback?.callers.map(({ name }) => name),
      ["IVR_MainMenu"],
    );
    assert.ok(!handlers.some(({ name }) => name === "Notify_QueueAlarm"));
    const log = handlers.find(({ name }) => name === "Shared_LogError");
    assert.ok(log?.callers.some(({ name }) => name === "Notify_QueueAlarm"));
  });

  it("say what is not there, what goes in circles, and what nothing starts", async () => {
    const { unresolved, cycles, dead } = await view({ grouping: "item", kinds: ["tool"] });
    assert.deepEqual(
      unresolved.map(({ name, users }) => [name, users.map((user) => user.name)]),
      [["Callback_Store", ["IVR_Callback"]]],
    );
    assert.deepEqual(
      cycles.map((members) => members.map(({ name }) => name)),
      [["Loop_Self"]],
    );
    assert.deepEqual(
      dead.map(({ name, isCalledByDead }) => [name, isCalledByDead]),
      [
        ["Loop_Self", false],
        ["Unused_Helper", false],
      ],
    );
  });

  it("are exported as JSON, DOT, XML and as a picture", async () => {
    const json = JSON.parse(await exported("json")) as { handlers: { name: string; path: string }[] };
    const log = json.handlers.find(({ name }) => name === "Shared_LogError");
    assert.equal(log?.path, "Shared/Shared_LogError.ihd");
    assert.match(await exported("dot"), /^digraph handlers \{\n/);
    const [xml, svg] = [await exported("xml"), await exported("svg")];
    assert.equal(XMLValidator.validate(xml), true);
    assert.match(xml, /<Handler Name="IVR_Callback" Path="IVR\/IVR_Callback\.ihd"/);
    assert.equal(XMLValidator.validate(svg), true);
    assert.match(svg, /<svg[^]*>IVR_Callback</);
  });

  it("are drawn, all of them or around one handler", async () => {
    const draw = async (uri?: string): Promise<CallPictureRequest.Result> =>
      await ask<CallPictureRequest.Result>(CallPictureRequest.method, {
        focus: uri === undefined ? null : { uri, distance: 1 },
      });
    const all = await draw();
    assert.ok(
      all.nodes.every(({ x, y, width, height }) => x + width <= all.width && y + height <= all.height),
    );
    const missing = all.nodes.find(({ kind }) => kind === "missing");
    assert.deepEqual([missing?.label, missing?.uri], ["Callback_Store", null]);
    const near = await draw(folder.uriOf("IVR/IVR_Callback.ihd"));
    assert.deepEqual(near.nodes.map(({ label }) => label).sort(), [
      "Callback_Store",
      "IVR_Callback",
      "IVR_MainMenu",
      "Shared_LogError",
    ]);
    const [first] = near.edges;
    assert.match(first!.path, /^M[\d.]+,[\d.]+ /);
    await assert.rejects(draw(folder.uriOf("IVR/None.ihd")), /not among those that were read/);
  });
});

describe("the picture of 500 handlers", () => {
  it("is laid out beside other work, each box in its own place", async () => {
    const folder = new Folder();
    for (const built of estate(500, 4)) folder.write(`${built.name}.ihd`, built);
    const server = await startIn(folder);
    try {
      const params: CallPictureRequest.Params = { focus: null };
      const { nodes } = await server.connection.sendRequest<CallPictureRequest.Result>(
        CallPictureRequest.method,
        params,
      );
      assert.equal(nodes.length, 500);
      const sorted = [...nodes].sort((one, other) => one.y - other.y);
      const overlapping = sorted.filter((one, at) =>
        sorted
          .slice(at + 1)
          .some(
            (other) =>
              other.y < one.y + one.height && other.x < one.x + one.width && one.x < other.x + other.width,
          ),
      );
      assert.deepEqual(overlapping, []);
    } finally {
      await server.stop();
      folder.remove();
    }
  });
});
