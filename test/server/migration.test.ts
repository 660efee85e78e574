import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Diagnostic,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  HoverRequest,
  type MarkupContent,
} from "vscode-languageserver/node";
import { listingUri } from "../../server/src/language/listingUri";
import {
  HandlersRequest,
  LearnCatalogueRequest,
  StepToolRequest,
  TargetNotification,
  type TargetState,
  ToolFindingsRequest,
  ToolSummariesRequest,
} from "../../server/src/protocol";
import { targetHandlers } from "../fixtures/handlers/target";
import { getKey } from "../builder/signatures";
import { Folder } from "../unit/workspace/folder";
import type { RunningServer } from "./stdio";
import { openListing, sampleCopy, startIn } from "./workspace";

const tool = "Telephony:Get Key";
const callback = "IVR/IVR_Callback.ihd";
const setting = "handlerWorkbench.migration.targetCatalogue";

const hintsOf = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics
    .map(({ code }) => String(code))
    .filter((code) => code.startsWith("tool-"))
    .sort();
const found = ["tool-parameter-added", "tool-parameter-removed"];
const has = (wanted: readonly string[]) => (diagnostics: readonly Diagnostic[]) =>
  hintsOf(diagnostics).join() === wanted.join();

describe("the migration's target", () => {
  let folder: Folder;
  let releases: Folder;
  let server: RunningServer;
  const ask = async <Result>(method: string, params?: unknown): Promise<Result> =>
    await server.connection.sendRequest<Result>(method, params);
  const told = (until: (state: TargetState) => boolean): Promise<TargetState> =>
    server.notification<TargetState>(TargetNotification.method, until);
  const learn = async (name: string): Promise<LearnCatalogueRequest.Result> => {
    const params: LearnCatalogueRequest.Params = { id: name, folder: releases.uriOf(name), target: name };
    return await ask<LearnCatalogueRequest.Result>(LearnCatalogueRequest.method, params);
  };

  before(async () => {
    folder = sampleCopy();
    releases = new Folder();
    for (const built of targetHandlers()) releases.write(`newer/${built.name}.ihd`, built);
    for (const built of targetHandlers({ ...getKey, version: "2.3" }))
      releases.write(`same/${built.name}.ihd`, built);
    releases.write("newer/broken.ihd", "this is no handler");
    server = await startIn(folder);
  });
  after(async () => {
    await server.stop();
    for (const each of [folder, releases]) each.remove();
  });

  it("is learned from a folder; what cannot be read is named and left out", async () => {
    const { text, handlers, tools, leftOut } = await learn("newer");
    assert.deepEqual([handlers, tools, leftOut.length], [2, 10, 1]);
    assert.match(leftOut[0]!, /broken\.ihd: /);
    folder.write("newer.catalogue.json", text!);
    folder.write("same.catalogue.json", (await learn("same")).text!);
    releases.write("empty/readme.txt", "nothing");
    const empty = await learn("empty");
    assert.deepEqual([empty.text, empty.handlers], [null, 0]);
  });

  it("makes hints appear, and vanish when it changes", async () => {
    const uri = listingUri(folder.uriOf(callback));
    await server.diagnostics(uri, has([]));
    const ready = told(({ catalogue }) => catalogue.state === "ready");
    await server.configure({ [setting]: "newer.catalogue.json" });
    const { catalogue } = await ready;
    assert.ok(catalogue.state === "ready");
    assert.deepEqual([catalogue.target, catalogue.handlers, catalogue.tools], ["newer", 2, 10]);
    const diagnostics = await server.diagnostics(uri, has(found));
    const added = diagnostics.find(({ code }) => code === "tool-parameter-added");
    assert.match(String(added?.message), /more parameters: "Beep First".*\(as used in 2 handlers of newer/);
    await server.configure({ [setting]: "same.catalogue.json" });
    await server.diagnostics(uri, has([]));
    await server.configure({ [setting]: join(folder.path, "newer.catalogue.json") });
    await server.diagnostics(uri, has(found));
  });

  it("shows both signatures in the hover of a step's tool", async () => {
    const { uri, position } = await openListing(server, folder.uriOf(callback));
    const hover = await server.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri },
      position: position(tool, "Get Key"),
    });
    const { value } = hover!.contents as MarkupContent;
    assert.match(value, /\| Here, version 2\.3 \| in newer \(2 handlers\), version 3\.0 \| Change \|/);
    assert.match(value, /\|\s+\| in Beep First: Boolean \| new \|/);
    assert.match(value, /Escape Keys: String[^|]*\|\s+\| gone \|/);
  });

  it("gives the mapping of a step with its values, and says where there is none", async () => {
    const { findings } = await ask<ToolFindingsRequest.Result>(ToolFindingsRequest.method, {
      kind: "tool",
      tool,
    } satisfies ToolFindingsRequest.Params);
    const own = findings.filter(({ uri }) => uri === folder.uriOf(callback));
    assert.deepEqual(own.map(({ rule }) => rule).sort(), found);
    const { node, label, handler } = own[0]!;
    const step = async (at: number): Promise<StepToolRequest.Result> =>
      await ask<StepToolRequest.Result>(StepToolRequest.method, { uri: folder.uriOf(callback), node: at });
    const { tool: key, mapping } = await step(node);
    assert.equal(key, tool);
    assert.ok(mapping!.startsWith(`### ${handler.replaceAll("_", "\\_")}: ${label} (${node})`), mapping!);
    assert.match(mapping!, /\| Value \|/);
    assert.match(mapping!, /Call Identifier[^\n]*`Interaction1`/);
    assert.deepEqual(await step(999), { tool: null, help: null, mapping: null });
  });

  it("is summed up for each tool of the estate", async () => {
    const { tools } = await ask<ToolSummariesRequest.Result>(ToolSummariesRequest.method);
    // Most findings first; the others are tools that no handler of the target uses.
    const rules = tools.map((each) => Object.keys(each.rules).join());
    assert.deepEqual(new Set(rules.slice(1)), new Set(["tool-not-in-target"]));
    const [row] = tools;
    assert.deepEqual([row?.tool, row?.steps, row?.handlers, Object.keys(row!.rules)], [tool, 3, 3, found]);
    assert.match(row!.text, /^3 steps in 3 handlers use Telephony:Get Key \(/);
  });

  it("follows its file: a later one, a foreign one, none", async () => {
    const uri = listingUri(folder.uriOf(callback));
    const file = join(folder.path, "newer.catalogue.json");
    const text = readFileSync(file, "utf8");
    const change = async (type: FileChangeType): Promise<void> =>
      await server.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
        changes: [{ uri: folder.uriOf("newer.catalogue.json"), type }],
      });
    for (const [wrong, reason] of [
      ['{"name":"package","version":"1.0.0"}', /package|catalogue/],
      ["not JSON", /no JSON/],
      [text.slice(0, text.length / 2), /no JSON/],
    ] as const) {
      writeFileSync(file, wrong);
      const failed = told(({ catalogue }) => catalogue.state === "failed");
      await change(FileChangeType.Changed);
      const { catalogue } = await failed;
      assert.ok(catalogue.state === "failed");
      assert.match(catalogue.message, reason);
      assert.ok(catalogue.message.includes(file), catalogue.message);
      await server.diagnostics(uri, has([]));
      writeFileSync(file, text);
      await change(FileChangeType.Changed);
      await server.diagnostics(uri, has(found));
    }
    rmSync(file);
    const gone = told(({ catalogue }) => catalogue.state === "failed");
    await change(FileChangeType.Deleted);
    assert.match(JSON.stringify(await gone), /does not exist/);
    await server.diagnostics(uri, has([]));
  });
});

describe("base handlers", () => {
  const base = "handlerWorkbench.migration.baseFolders";
  let folder: Folder;
  let server: RunningServer;
  before(() => {
    folder = new Folder().copy(join(__dirname, "../fixtures/releases"), "");
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  it("say which handlers differ from them, and nothing of a folder that holds none", async () => {
    server = await startIn(folder, {
      workspaceFolders: [join(folder.path, "custom")],
      settings: { [base]: [join(folder.path, "old-base")] },
    });
    const edited = listingUri(folder.uriOf("custom/IVR/IVR_Incoming.ihd"));
    const isEdited = (diagnostics: readonly Diagnostic[]): boolean =>
      diagnostics.some(({ code }) => code === "handler-base-edited");
    await server.diagnostics(edited, isEdited);
    const told = server.notification<TargetState>(TargetNotification.method);
    await server.configure({ [base]: [join(folder.path, "nowhere")] });
    assert.match((await told).base.problems[0] ?? "", /nowhere/);
    await server.diagnostics(edited, (diagnostics) => !isEdited(diagnostics));
    await server.configure({ [base]: ["../old-base"] });
    await server.diagnostics(edited, isEdited);
    const { handlers } = await server.connection.sendRequest<HandlersRequest.Result>(HandlersRequest.method);
    const same = handlers.find(({ name }) => name === "Shared_LogError");
    assert.deepEqual(same?.problems, { error: 0, warning: 0, information: 0 });
  });
});
