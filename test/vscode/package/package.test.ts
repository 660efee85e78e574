import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPackage, type Package } from "../../../server/src/packages/package";
import { zipped } from "../../unit/packages/making";
import { TdsServer } from "../../tds/server";
import { root, sampleFolder } from "../extension";
import { sharedWorkbench } from "../hooks";
import { addConnection, openPreview, testTarget } from "../scriptRuns";

const vsix = join(root, "dist/handler-workbench.vsix");
const password = "correct horse";
const mostBytes = 4 * 1024 * 1024;

/** What may be in it: all that runs, and what the marketplace shows. */
const wanted =
  /^(?:extension\.vsixmanifest|\[Content_Types\]\.xml|extension\/(?:package(?:\.nls)?\.json|(?:readme|changelog)\.md|license\.txt|dist\/(?:client|languageClient|server|languageServer|language|scriptEngine|cli|runner|layout|encodings|zip)\.js|dist\/knownTools\.json|dist\/oracledb\/[\w.-]+|dist\/media\/\w+\.(?:js|css)|l10n\/[\w.-]+\.json|media\/icons\/\w+\.svg|media\/walkthrough\/\w+\.svg|media\/handler-diff\.xsl|syntaxes\/[\w.-]+\.json))$/i;

describe("the packaged extension", () => {
  let opened: Package;
  let folder = "";
  before(async () => {
    assert.ok(existsSync(vsix), `${vsix} is not there: run 'npm run package' first.`);
    opened = await openPackage(vsix);
    folder = mkdtempSync(join(tmpdir(), "hw-package-"));
  });
  after(async () => {
    await opened?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is small, and holds nothing that is not needed", () => {
    const { size } = statSync(vsix);
    const native = opened.entries
      .filter(({ path }) => path.startsWith("extension/dist/oracledb/"))
      .reduce((sum, { packed }) => sum + packed, 0);
    const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(2)} MB`;
    console.log(
      `      ${megabytes(size)}, ${opened.entries.length} entries; ${megabytes(native)} of it Oracle's native files`,
    );
    assert.ok(size - native < mostBytes, `${size - native} bytes, more than ${mostBytes}`);
    const names = opened.entries.filter(({ path }) => !path.endsWith("/")).map(({ path }) => path);
    assert.deepEqual(
      names.filter((name) => !wanted.test(name)),
      [],
    );
    for (const name of ["package.json", "dist/client.js", "dist/server.js", "dist/cli.js", "README.md"]) {
      assert.ok(
        names.some((each) => each.toLowerCase() === `extension/${name}`.toLowerCase()),
        `${name} is missing`,
      );
    }
  });

  it("has a command line that plans scripts, lists packages and reads handlers", async () => {
    for (const { path } of opened.entries) {
      if (path.endsWith("/")) continue;
      const file = join(folder, "unpacked", path);
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, await opened.read(path));
    }
    const cli = (...args: string[]): string =>
      execFileSync(process.execPath, [join(folder, "unpacked/extension/dist/cli.js"), ...args], {
        encoding: "utf8",
        cwd: folder,
      });
    const script = join(folder, "ICUpgrade.sql");
    writeFileSync(script, ":setvar Database IC30DB\nUSE [$(Database)]\nGO\nSELECT 1\nGO 2\n");
    const plan = JSON.parse(cli("script", "plan", script, "--dialect", "sqlcmd", "--json")) as {
      batches: { text: string; count: number }[];
    };
    assert.deepEqual(
      plan.batches.map(({ text, count }) => [text.trim(), count]),
      [
        ["USE [IC30DB]", 1],
        ["SELECT 1", 2],
      ],
    );
    const packaged = join(folder, "CICSRV_01152026101500.ininmigr");
    writeFileSync(packaged, await zipped({ "Users/a.xml": "<a/>" }));
    const listed = JSON.parse(cli("package", "list", packaged, "--json")) as { entries: { path: string }[] };
    assert.ok(listed.entries.some(({ path }) => path === "Users/a.xml"));
    assert.match(cli("handler", "list", join(sampleFolder, "IVR/IVR_MainMenu.ihd")), /^step \d+ /m);
  });

  describe("in a clean VS Code", () => {
    const workbench = sharedWorkbench({ folder: sampleFolder, extensionPath: vsix });

    it("is installed", async () => {
      await workbench().command("Extensions: Show Enabled Extensions");
      await workbench()
        .page.locator(".extension-list-item")
        .filter({ hasText: "Handler Workbench" })
        .waitFor();
    });

    it("has a language server that reads the handlers", async () => {
      const tree = await workbench().openView("Handlers");
      await tree.getByRole("treeitem", { name: /^IVR/ }).first().waitFor();
      await (await workbench().problems()).first().waitFor();
    });

    it("shows the flow of a handler", async () => {
      await workbench().openFile("IVR_MainMenu.ihd");
      await workbench().webview().locator(".stage .step").first().waitFor();
    });

    it("plans a script on a page, and runs it dry", async () => {
      await using server = await TdsServer.start({ password });
      writeFileSync(
        join(workbench().folder, "ICUpgrade.sql"),
        "USE [I3_IC]\nGO\nDROP TABLE dbo.Old\nGO\nSELECT 1\nGO 2\n",
      );
      await workbench().command("View: Close All Editors");
      await addConnection(workbench(), testTarget(server, password));
      const preview = await openPreview(workbench(), "ICUpgrade.sql", "SQL Server");
      await preview.getByRole("row", { name: /DROP TABLE/ }).waitFor();
      await preview.getByRole("button", { name: "Dry Run" }).click();
      await preview.getByText(/Dry run: 4 batches/).waitFor();
      assert.deepEqual(server.texts, []);
    });

    it("lists what is in a package", async () => {
      const name = "CICSRV_01152026101500.ininmigr";
      writeFileSync(
        join(workbench().folder, name),
        await zipped({ "Users/a.xml": "<a/>", "Roles/b.xml": "<b/>" }),
      );
      await workbench().openFile(name);
      const list = workbench().webview().getByRole("treegrid");
      for (const name of [/^Users,/, /^Roles,/]) await list.getByRole("row", { name }).waitFor();
    });

    it("has a walkthrough with its pictures, and a runbook", async () => {
      const { page } = workbench();
      await workbench().openView("Migration Runbook");
      await page.getByRole("button", { name: "Start Runbook" }).first().waitFor();
      // Last: its page may take the focus once more when it is drawn, from a palette that is open by then.
      await workbench().command("Get Started with Handlers and Migration");
      await page.locator(".getting-started-step").nth(5).waitFor();
    });
  });
});
