import assert from "node:assert/strict";
import { MigratorCommandRequest, MigratorFormRequest } from "../../server/src/protocol";
import { PackageServer } from "./packageServer";

describe("calls of the Migrator's console", () => {
  let packages: PackageServer;
  before(async () => {
    packages = await PackageServer.start();
  });
  after(() => packages.stop());

  it("builds command lines and adds what chosen nodes need", async () => {
    const { nodes, options } = await packages.request<MigratorFormRequest.Result>(MigratorFormRequest.method);
    assert.ok(nodes.some(({ name, printed }) => name === "IP Phones" && printed));
    assert.ok(options.some(({ name }) => name === "customHandlerPath"));
    const { line, added, findings } = await packages.request<MigratorCommandRequest.Result>(
      MigratorCommandRequest.method,
      {
        mode: "export",
        program: "",
        allNodes: false,
        nodes: ["IP Phones"],
        exportFolder: "D:\\I3\\IC",
        customHandlerPath: "",
        importFile: "",
        extractionFolder: "",
        importMode: 0,
        devMode: false,
        passwordVariable: "MIGRATION_PASSWORD",
        noPrompt: true,
      } satisfies MigratorCommandRequest.Params,
    );
    assert.equal(
      line,
      'ININ.Migrator.Console -export -exportNodes="IP Phones, IP Phone Proxy Groups" -exportFolder="D:\\I3\\IC" -password="%MIGRATION_PASSWORD%" -noprompt',
    );
    assert.deepEqual(
      added.map(({ node }) => node),
      ["IP Phone Proxy Groups"],
    );
    assert.ok(findings.some(({ severity, message }) => severity === "error" && /I3\\IC/.test(message)));
  });

  it("marks mistakes in open scripts, follows changes, and says nothing about other files", async () => {
    const uri = "file:///c:/migrate.cmd";
    const line = 'ININ.Migrator.Console -export -exportNodes="all" -exportFolder="D:\\x" noprompt';
    await packages.server.open(uri, "bat", `@echo off\r\n${line}\r\n`);
    const [finding, ...more] = (await packages.server.diagnostics(uri, (found) => found.length > 0)).filter(
      ({ code }) => code === "console/dash",
    );
    assert.equal(more.length, 0);
    const start = line.indexOf("noprompt");
    assert.deepEqual(finding?.range, {
      start: { line: 1, character: start },
      end: { line: 1, character: start + "noprompt".length },
    });
    const fixed = packages.server.diagnostics(
      uri,
      (found) => !found.some(({ code }) => code === "console/dash"),
    );
    await packages.server.change(uri, `@echo off\r\n${line.replace("noprompt", "-noprompt")}\r\n`);
    await fixed;
    const closed = packages.server.diagnostics(uri, (found) => found.length === 0);
    await packages.server.close(uri);
    await closed;
  });
});
