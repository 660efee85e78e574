import assert from "node:assert/strict";
import { chmodSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
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
  WorkDoneProgressCancelNotification,
  WorkspaceSymbolRequest,
} from "vscode-languageserver/node";
import { listingUri } from "../../server/src/language/listingUri";
import {
  FindResourcesRequest,
  HandlersChangedNotification,
  HandlersRequest,
  ListingPlaceRequest,
  ListingRequest,
  ListingsChangedNotification,
  ReadResourceRequest,
  ReindexRequest,
  RelationsRequest,
  RulesRequest,
  StateNotification,
  StepAtLineRequest,
} from "../../server/src/protocol";
import { planted } from "../fixtures/handlers/ivr";
import { Folder } from "../unit/workspace/folder";
import { type RunningServer, startServer } from "./stdio";
import { bytesOf, openListing, sampleCopy, startIn } from "./workspace";

const callback = "IVR/IVR_Callback.ihd";
const messageOf = (diagnostic: Diagnostic | undefined): string => String(diagnostic?.message);
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

describe("handlers that are in a bad way", () => {
  it("are problems that say what is wrong; nothing else stops working", async () => {
    const folder = sampleCopy();
    const good = bytesOf(folder, "IVR/IVR_MainMenu.ihd");
    folder
      .write("bad/Empty.ihd", "")
      .write("bad/Text.ihd", "just text")
      .write("bad/Cut.ihd", good.subarray(0, good.length >> 1));
    folder.write("bad/Noise.ihd", Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)));
    folder.write("bad/Broken.xml", "<?xml version='1.0'?><Handler name='x'><Steps><Step id='1'></Handler>");
    folder.write("bad/Bomb.xml", "<!-- x --><Handler name='b'>&lol;</Handler>");
    const server = await startIn(folder);
    try {
      const { handlers } = await server.connection.sendRequest<HandlersRequest.Result>(
        HandlersRequest.method,
      );
      const bad = handlers.filter(({ uri }) => uri.includes("/bad/"));
      assert.deepEqual(
        bad.filter(({ problems }) => problems.error === 0).map(({ name }) => name),
        [],
      );
      assert.equal(bad.length, 6);
      for (const { uri } of bad) {
        const [first] = await server.diagnostics(listingUri(uri));
        assert.ok(messageOf(first).length > 30, messageOf(first));
        const opened = await openListing(server, uri);
        assert.match(opened.text, /^(handler|subroutine) /);
        for (const type of [
          DocumentSymbolRequest.type,
          FoldingRangeRequest.type,
          SemanticTokensRequest.type,
        ]) {
          await server.connection.sendRequest(type.method, { textDocument: { uri: opened.uri } });
        }
      }
      assert.match(
        messageOf((await server.diagnostics(listingUri(folder.uriOf("bad/Cut.ihd"))))[0]),
        /offset \d+/,
      );
      assert.equal((await server.diagnostics(listingUri(folder.uriOf(callback)))).length, 7);
      assert.deepEqual(
        server.log.filter((line) => /error/i.test(line)),
        [],
      );
    } finally {
      await server.stop();
      folder.remove();
    }
  });

  it("a file over the limit, one that may not be read, and one of another version say so", async () => {
    const folder = sampleCopy();
    const odd = bytesOf(folder, "IVR/IVR_MainMenu.ihd");
    odd[0] = 7;
    folder.write("bad/Big.ihd", "").write("bad/Version.ihd", odd);
    folder.write("bad/Locked.ihd", odd).write("bad/ReadOnly.ihd", bytesOf(folder, "IVR/IVR_MainMenu.ihd"));
    const path = (name: string): string => join(folder.path, "bad", name);
    // A gigabyte that takes no room on the disk.
    truncateSync(path("Big.ihd"), 1024 ** 3);
    chmodSync(path("Locked.ihd"), 0);
    chmodSync(path("ReadOnly.ihd"), 0o444);
    const server = await startIn(folder);
    const problems = async (name: string): Promise<string[]> =>
      (await server.diagnostics(listingUri(folder.uriOf(`bad/${name}`)))).map(
        ({ code, message }) => `${code}: ${String(message)}`,
      );
    try {
      assert.match(
        (await problems("Big.ihd"))[0]!,
        /^unreadable: The file has 1073741824 bytes; .* not read/,
      );
      assert.match(
        (await problems("Version.ihd"))[0]!,
        /^unusual-value: The number at offset 0 is 7; it is 1 /,
      );
      const { text } = await openListing(server, folder.uriOf("bad/Version.ihd"));
      assert.ok(text.split("\n").length > 50, "it was read all the same");
      const { handlers } = await server.connection.sendRequest<HandlersRequest.Result>(
        HandlersRequest.method,
      );
      const readOnly = handlers.find(({ name }) => name === "ReadOnly");
      assert.equal(readOnly?.problems.error, 0);
      // Root may read everything, and Windows knows no such rights.
      if (process.platform !== "win32" && process.getuid?.() !== 0) {
        assert.match((await problems("Locked.ihd"))[0]!, /may not be read \(EACCES\)/);
      }
    } finally {
      await server.stop();
      folder.remove();
    }
  });

  it("a handler that is not there has a listing and a problem that say so", async () => {
    const folder = sampleCopy();
    const server = await startIn(folder);
    const opened = await openListing(server, folder.uriOf("IVR/Gone.ihd"));
    assert.match(opened.text, /^handler Gone/);
    const [problem] = await server.diagnostics(opened.uri);
    assert.match(messageOf(problem), /does not exist/);
    await server.stop();
    folder.remove();
  });
});

describe("folders of a workspace", () => {
  it("may be several; a call means the handler that is nearest", async () => {
    const [one, other] = [sampleCopy(), sampleCopy()];
    const server = await startServer({ workspaceFolders: [one.path, other.path] });
    await server.notification<StateNotification.Params>(
      StateNotification.method,
      ({ state, found }) => state === "ready" && found === 24,
    );
    const opened = await openListing(server, other.uriOf(callback));
    const [to, ...more] = (await server.connection.sendRequest(DefinitionRequest.type, {
      textDocument: { uri: opened.uri },
      position: opened.position("call Shared_LogError", "Shared_LogError"),
    })) as Location[];
    assert.deepEqual([to?.uri, more.length], [listingUri(other.uriOf("Shared/Shared_LogError.ihd")), 0]);
    await server.stop();
    for (const each of [one, other]) each.remove();
  });

  it("need not be on disk: the editor finds and reads what is in them", async () => {
    const sample = sampleCopy();
    const root = "vscode-vfs://github/owner/handlers";
    const files = new Map<string, Buffer>([
      [`${root}/IVR_Callback.ihd`, bytesOf(sample, callback)],
      [`${root}/Shared_OpeningHours.xml`, bytesOf(sample, "Shared/Shared_OpeningHours.xml")],
      [`${root}/pom.xml`, Buffer.from("<project/>")],
    ]);
    sample.remove();
    const server = await startServer({
      workspaceFolders: [root],
      answers: {
        [FindResourcesRequest.method]: (): FindResourcesRequest.Result => ({ uris: [...files.keys()] }),
        [ReadResourceRequest.method]: ({ uri }: ReadResourceRequest.Params): ReadResourceRequest.Result => ({
          base64: files.get(uri)!.toString("base64"),
        }),
      },
    });
    await server.diagnostics(listingUri(`${root}/IVR_Callback.ihd`), (all) => all.length > 5);
    const { handlers } = await server.connection.sendRequest<HandlersRequest.Result>(HandlersRequest.method);
    assert.deepEqual(handlers.map(({ name }) => name).sort(), ["IVR_Callback", "Shared_OpeningHours"]);
    await server.stop();
  });
});

describe("handlers that are not in the workspace", () => {
  it("have a listing and problems while it is open", async () => {
    const [folder, other] = [sampleCopy(), sampleCopy()];
    const server = await startIn(folder);
    const opened = await openListing(server, other.uriOf(callback));
    assert.ok((await server.diagnostics(opened.uri, (all) => all.length > 0)).length >= 6);
    await server.close(opened.uri);
    await server.diagnostics(opened.uri, (all) => all.length === 0);
    await server.stop();
    for (const each of [folder, other]) each.remove();
  });

  it("and not on disk are read through the editor", async () => {
    const folder = sampleCopy();
    const asked: string[] = [];
    const read = ({ uri }: ReadResourceRequest.Params): ReadResourceRequest.Result => {
      asked.push(uri);
      if (uri.includes("Gone")) return { error: "There is no such version." };
      return { base64: bytesOf(folder, callback).toString("base64") };
    };
    const server = await startIn(folder, { answers: { [ReadResourceRequest.method]: read } });
    const old = "git:/w/IVR_Callback.ihd?ref%3DHEAD";
    const opened = await openListing(server, old);
    assert.match(opened.text, /^subroutine IVR_Callback/);
    assert.deepEqual([...new Set(asked)], [old]);
    assert.ok(
      codes(await server.diagnostics(opened.uri, (all) => all.length > 0)).includes("call-signature"),
    );
    const gone = await openListing(server, "git:/w/Gone.ihd?ref%3DHEAD");
    assert.match(messageOf((await server.diagnostics(gone.uri))[0]), /no such version/);
    await server.stop();
    folder.remove();
  });
});

describe("reading many handlers", () => {
  let folder: Folder;
  before(() => {
    folder = new Folder();
    const sample = sampleCopy();
    const bytes = bytesOf(sample, callback);
    for (let i = 0; i < 600; i++) writeFileSync(join(folder.path, `H${i}.ihd`), bytes);
    sample.remove();
  });
  after(() => folder.remove());

  it("requests are answered before all are read", async () => {
    const server = await startServer({ workspaceFolders: [folder.path] });
    const order: string[] = [];
    const ready = server
      .notification<StateNotification.Params>(StateNotification.method, ({ state }) => state === "ready")
      .then(() => order.push("ready"));
    await server.notification<StateNotification.Params>(StateNotification.method, ({ read }) => read > 0);
    await openListing(server, folder.uriOf("H599.ihd")).then(() => order.push("listing"));
    await ready;
    assert.deepEqual(order, ["listing", "ready"]);
    await server.stop();
  });

  it("can be cancelled; what was read stays, and reading goes on when asked to", async () => {
    const server = await startServer({ workspaceFolders: [folder.path] });
    const cancelled = server.notification<StateNotification.Params>(
      StateNotification.method,
      ({ state }) => state === "cancelled",
    );
    const { token } = await server.notification<{ token: string }>("$/progress");
    await server.notification<StateNotification.Params>(StateNotification.method, ({ read }) => read > 0);
    await server.connection.sendNotification(WorkDoneProgressCancelNotification.type, { token });
    const state = await cancelled;
    assert.ok(state.read < state.found && state.found === 600, JSON.stringify(state));
    const ready = server.notification<StateNotification.Params>(
      StateNotification.method,
      (each) => each.state === "ready",
    );
    await server.connection.sendRequest(ReindexRequest.method);
    assert.equal((await ready).read, 600);
    await server.stop();
  });
});
