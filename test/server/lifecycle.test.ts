import assert from "node:assert/strict";
import { HoverRequest } from "vscode-languageserver/node";
import { startServer } from "./stdio";

describe("the language server over stdio", () => {
  it("says who it is and ends when asked to", async () => {
    const server = await startServer();
    assert.equal(server.initializeResult.serverInfo?.name, "Handler Workbench");
    await server.stop();
  });

  it("writes nothing but the protocol to stdout, and nothing to stderr", async () => {
    const server = await startServer();
    // A broken stream would have ended the connection before this answer.
    await server.stop();
    assert.deepEqual(
      server.log.filter((line) => /error|warn/i.test(line)),
      [],
    );
  });

  it("a request to a server that died fails instead of hanging", async () => {
    const server = await startServer();
    await server.kill();
    const hover = { textDocument: { uri: "file:///none" }, position: { line: 0, character: 0 } };
    await assert.rejects(async () => await server.connection.sendRequest(HoverRequest.type, hover));
  });
});
