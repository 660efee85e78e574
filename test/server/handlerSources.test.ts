import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  DefinitionRequest,
  type Diagnostic,
  type Location,
  WorkDoneProgressCancelNotification,
} from "vscode-languageserver/node";
import { listingUri } from "../../server/src/language/listingUri";
import {
  FindResourcesRequest,
  HandlersRequest,
  ReadResourceRequest,
  ReindexRequest,
  StateNotification,
} from "../../server/src/protocol";
import { Folder } from "../unit/workspace/folder";
import { startServer } from "./stdio";
import { bytesOf, openListing, sampleCopy, startIn } from "./workspace";

const callback = "IVR/IVR_Callback.ihd";
const messageOf = (diagnostic: Diagnostic | undefined): string => String(diagnostic?.message);
const codes = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ code }) => String(code)).sort();

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
