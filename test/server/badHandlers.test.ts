import assert from "node:assert/strict";
import { chmodSync, truncateSync } from "node:fs";
import { join } from "node:path";
import {
  type Diagnostic,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  SemanticTokensRequest,
} from "vscode-languageserver/node";
import { listingUri } from "../../server/src/language/listingUri";
import { HandlersRequest } from "../../server/src/protocol";
import { bytesOf, openListing, sampleCopy, startIn } from "./workspace";

const callback = "IVR/IVR_Callback.ihd";
const messageOf = (diagnostic: Diagnostic | undefined): string => String(diagnostic?.message);

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
