import assert from "node:assert/strict";
import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyPrepareRequest,
  DefinitionRequest,
  type Diagnostic,
  DidChangeWatchedFilesNotification,
  DocumentSymbolRequest,
  FileChangeType,
  FoldingRangeRequest,
  HoverRequest,
  type Location,
  ReferencesRequest,
  SemanticTokensRequest,
  WorkspaceSymbolRequest,
} from "vscode-languageserver/node";
import { listingUri } from "../../server/src/language/listingUri";
import {
  HandlersChangedNotification,
  HandlersRequest,
  ListingPlaceRequest,
  ListingRequest,
  ListingsChangedNotification,
  RelationsRequest,
  RulesRequest,
  StepAtLineRequest,
} from "../../server/src/protocol";
import { planted } from "../fixtures/handlers/ivr";
import type { Folder } from "../unit/workspace/folder";
import { type RunningServer } from "./stdio";
import { bytesOf, openListing, sampleCopy, startIn } from "./workspace";

const callback = "IVR/IVR_Callback.ihd";
const codes = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ code }) => String(code)).sort();

async function tell(server: RunningServer, type: FileChangeType, ...uris: string[]): Promise<void> {
  const changes = uris.map((uri) => ({ uri, type }));
  await server.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
}

describe("handlers of a workspace", () => {
  let folder: Folder;
  let server: RunningServer;
  before(async () => {
    folder = sampleCopy();
    server = await startIn(folder);
  });
  after(async () => {
    await server.stop();
    folder.remove();
    assert.deepEqual(
      server.log.filter((line) => /error/i.test(line)),
      [],
    );
  });

  it("are listed with what starts them and their problems", async () => {
    const { handlers } = await server.connection.sendRequest<HandlersRequest.Result>(HandlersRequest.method);
    assert.equal(handlers.length, 12);
    const byName = new Map(handlers.map((row) => [row.name, row]));
    assert.deepEqual(byName.get("IVR_Callback")?.problems, { error: 1, warning: 2, information: 3 });
    assert.deepEqual(byName.get("IVR_Incoming")?.isSubroutine, false);
    assert.notEqual(byName.get("IVR_Incoming")?.initiator, "");
    assert.equal(byName.get("Shared_OpeningHours")?.source, "xml");
  });

  it("have their problems on the listing, at the line of the step, without being opened", async () => {
    const uri = listingUri(folder.uriOf(callback));
    const diagnostics = await server.diagnostics(uri);
    assert.equal(diagnostics.length, 7);
    const { text } = await server.connection.sendRequest<ListingRequest.Result>(ListingRequest.method, {
      uri,
    });
    const lines = text.split("\n");
    const shown = ({ range: { start, end } }: Diagnostic): string =>
      lines[start.line]!.slice(start.character, end.character);
    const at = (code: string): string[] => diagnostics.filter((each) => each.code === code).map(shown);
    assert.deepEqual(at("call-signature"), [planted.changedSubroutine.name]);
    assert.deepEqual(
      at("argument-empty").map((line) => line.replace(/ +/g, " ")),
      ["in Text = (empty)"],
    );
    assert.deepEqual(at("variable-unused"), [`${planted.unusedVariable}: String`]);
    assert.match(at("step-unreachable")[0]!, new RegExp(`^step ${planted.unreachable[0]} `));
    const unused = diagnostics.find(({ code }) => code === "variable-unused");
    assert.deepEqual([unused?.severity, unused?.tags], [4, [1]]);
    assert.ok(diagnostics.every(({ source }) => source === "Handler Workbench"));
  });

  it("lead from listing to step and back", async () => {
    const uri = folder.uriOf(callback);
    const place = await server.connection.sendRequest<ListingPlaceRequest.Result>(
      ListingPlaceRequest.method,
      {
        uri,
        node: planted.emptyRequired,
      },
    );
    assert.equal(place.uri, listingUri(uri));
    const step = await server.connection.sendRequest<StepAtLineRequest.Result>(
      StepAtLineRequest.method,
      place,
    );
    assert.deepEqual(step, { uri, name: "IVR_Callback", node: planted.emptyRequired });
  });

  it("are described, linked and searched through the protocol", async () => {
    const { connection } = server;
    const { uri, position } = await openListing(server, folder.uriOf(callback));
    const textDocument = { uri };
    const symbols = await connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
    assert.deepEqual(
      symbols?.map(({ name }) => name),
      ["IVR_Callback", "parameters", "variables", "calls", "tools", "steps"],
    );
    const folding = await connection.sendRequest(FoldingRangeRequest.type, { textDocument });
    assert.ok(folding!.length > 10);
    const tokens = await connection.sendRequest(SemanticTokensRequest.type, { textDocument });
    assert.ok(tokens!.data.length > 100);
    const called = position("call Shared_LogError", "Shared_LogError");
    const hover = await connection.sendRequest(HoverRequest.type, { textDocument, position: called });
    assert.match(JSON.stringify(hover?.contents), /subroutine Shared_LogError/);
    const [to] = (await connection.sendRequest(DefinitionRequest.type, {
      textDocument,
      position: called,
    })) as Location[];
    assert.equal(to?.uri, listingUri(folder.uriOf("Shared/Shared_LogError.ihd")));
    const references = await connection.sendRequest(ReferencesRequest.type, {
      textDocument,
      position: called,
      context: { includeDeclaration: false },
    });
    assert.ok(new Set(references?.map(({ uri: where }) => where)).size > 1, "calls in several handlers");
    const [item] = (await connection.sendRequest(CallHierarchyPrepareRequest.type, {
      textDocument,
      position: called,
    }))!;
    const incoming = await connection.sendRequest(CallHierarchyIncomingCallsRequest.type, { item: item! });
    assert.ok(incoming?.some(({ from }) => from.name === "IVR_Callback"));
    const found = await connection.sendRequest(WorkspaceSymbolRequest.type, { query: "IVRCallback" });
    assert.equal(found?.[0]?.name, "IVR_Callback");
    const related = await connection.sendRequest<RelationsRequest.Result>(RelationsRequest.method, {
      uri: folder.uriOf(callback),
      direction: "callees",
    });
    assert.deepEqual(
      related.relations.map(({ name, uri: where }) => [name, where === null]),
      [
        ["Callback_Store", true],
        ["Shared_LogError", false],
      ],
    );
    const { rules } = await connection.sendRequest<RulesRequest.Result>(RulesRequest.method);
    assert.ok(rules.some(({ id, severity }) => id === "call-signature" && severity === "error"));
    await server.close(uri);
  });

  it("show as they are after a change: listing, problems, list", async () => {
    const uri = folder.uriOf("Shared/Shared_SplitPairs.ihd");
    const listing = await openListing(server, uri);
    const changed = server.notification<ListingsChangedNotification.Params>(
      ListingsChangedNotification.method,
    );
    const rows = server.notification(HandlersChangedNotification.method);
    folder.write("Shared/Shared_SplitPairs.ihd", bytesOf(folder, callback));
    await tell(server, FileChangeType.Changed, uri);
    assert.deepEqual((await changed).uris, [listing.uri]);
    await rows;
    assert.ok((await server.diagnostics(listing.uri, (all) => all.length === 7)).length > 0);
    const after = await openListing(server, uri);
    assert.match(after.text, /IVR_Callback/);
    assert.notEqual(after.text, listing.text);
    await server.close(listing.uri);
  });

  it("that are gone take their problems with them, and calls of them are told", async () => {
    const gone = folder.uriOf("Shared/Shared_LogError.ihd");
    const uri = listingUri(folder.uriOf(callback));
    rmSync(join(folder.path, "Shared/Shared_LogError.ihd"));
    await tell(server, FileChangeType.Deleted, gone);
    const now = await server.diagnostics(uri, (all) => !codes(all).includes("call-signature"));
    assert.equal(codes(now).filter((code) => code === "call-not-found").length, 2);
    renameSync(join(folder.path, "IVR"), join(folder.path, "Menus"));
    await tell(server, FileChangeType.Deleted, folder.uriOf("IVR"));
    await server.diagnostics(uri, (all) => all.length === 0);
    await tell(server, FileChangeType.Created, folder.uriOf("Menus"));
    await server.diagnostics(listingUri(folder.uriOf("Menus/IVR_Callback.ihd")), (all) => all.length === 7);
  });
});

describe("settings of the checks", () => {
  let folder: Folder;
  let server: RunningServer;
  let uri: string;
  before(async () => {
    folder = sampleCopy();
    uri = listingUri(folder.uriOf(callback));
    server = await startIn(folder);
    await server.diagnostics(uri);
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  it("turn rules off and rate them otherwise", async () => {
    await server.configure({
      "handlerWorkbench.rules": { "error-exit-open": "off", "variable-unused": "error" },
    });
    const now = await server.diagnostics(uri, (all) => !codes(all).includes("error-exit-open"));
    assert.equal(now.find(({ code }) => code === "variable-unused")?.severity, 1);
  });

  it("accept problems of a handler or a step", async () => {
    await server.configure({
      "handlerWorkbench.ignoredFindings": {
        "error-exit-open": ["ivr_*#3"],
        "call-signature": ["IVR_Callback"],
      },
    });
    const now = await server.diagnostics(uri, (all) => !codes(all).includes("call-signature"));
    assert.deepEqual(codes(now), [
      "argument-empty",
      "call-not-found",
      "error-exit-open",
      "step-unreachable",
      "variable-unused",
    ]);
  });

  it("take what makes sense and leave the rest", async () => {
    await server.configure({
      "handlerWorkbench.rules": { "call-not-found": "loud", "argument-empty": "hint" },
      "handlerWorkbench.index.exclude": "x",
      "handlerWorkbench.ignoredFindings": 7,
    });
    const now = await server.diagnostics(uri, (all) =>
      all.some(({ code, severity }) => code === "argument-empty" && severity === 4),
    );
    assert.equal(now.length, 7);
  });

  it("leave folders out, and take them in again", async () => {
    await server.configure({ "handlerWorkbench.index.exclude": ["IVR/**"] });
    await server.diagnostics(uri, (all) => all.length === 0);
    await server.configure({});
    await server.diagnostics(uri, (all) => all.length === 7);
  });
});
