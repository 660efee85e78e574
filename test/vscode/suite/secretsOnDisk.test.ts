import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { TdsServer } from "../../tds/server";
import { connectionTo, previewOf, script, sharedScripts, workspaceFolder } from "./scriptsHelp";

describe("runs of database scripts in VS Code", () => {
  const scripts = sharedScripts();

  it("leave no secret on the disk, whatever happens", async () => {
    const hidden = "s3cret-of-the-test-8471";
    await using server = await TdsServer.start({ password: hidden });
    const connection = await connectionTo(scripts(), server, "secret");
    await scripts().connections.keepPassword(connection.id, hidden, true);
    const path = script(
      "secret.sql",
      `PRINT 'the password is $(MyPassword)'\nGO\nRAISERROR('$(MyPassword) failed', 16, 1)\nGO\nSELECT '$(MyPassword)' AS p\nGO\n`,
    );
    const preview = await previewOf(scripts(), connection, path);
    const field = preview.panel.page.blocks
      .flatMap((block) => (block.kind === "fields" ? block.fields : []))
      .find(({ kind }) => kind === "password")!;
    await preview.panel.press("dryRun", { [field.id]: hidden });
    await preview.panel.press("start", { [field.id]: hidden });
    assert.equal(preview.activeRun?.result?.state, "Completed");
    assert.ok(server.texts.some((text) => text.includes(hidden)));
    await scripts().connections.keepPassword(connection.id, "wrong-" + hidden, true);
    const refused = await previewOf(scripts(), connection, path);
    await refused.panel.press("start", { [field.id]: hidden });
    assert.notEqual(refused.activeRun?.result?.state, "Completed");
    // <user data>/User/globalStorage/<extension>/runs
    const runs = scripts().runs.folder();
    const userData = dirname(dirname(dirname(dirname(runs))));
    assert.ok(readdirSync(userData).includes("User"), userData);
    const names = search([userData, workspaceFolder()], hidden);
    assert.deepEqual(names, []);
    // The search finds what is there.
    assert.ok(search([runs], "secret.sql").length > 0);
  });
});

/** Files below folders that hold a text, in UTF-8 or UTF-16. */
function search(folders: readonly string[], text: string): string[] {
  const forms = [
    Buffer.from(text, "utf8"),
    Buffer.from(text, "utf16le"),
    Buffer.from(Buffer.from(text).toString("base64")),
  ];
  const found: string[] = [];
  const open = [...folders];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) open.push(path);
      else if (entry.isFile() && statSync(path).size < 200_000_000) {
        const bytes = readFileSync(path);
        if (forms.some((form) => bytes.includes(form))) found.push(path);
      }
    }
  }
  return found;
}
