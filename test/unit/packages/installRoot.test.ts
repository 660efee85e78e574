import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { installRoot, installRootByName } from "../../../server/src/packages/extraction/installRoot";
import { extracting, link } from "./extracting";
import { put, zipped } from "./making";

describe("installations as targets of an extraction", () => {
  const { folder, remove, extract } = extracting();
  after(remove);

  it("are told by their paths", () => {
    for (const path of [
      "C:\\",
      "C:",
      "/",
      "\\\\server\\share",
      "D:\\I3\\IC",
      "d:/i3/cic/",
      "D:\\I3",
      "D:\\I3\\IC\\Server\\x",
      "/mnt/d/I3/IC",
      "C:\\Program Files (x86)\\Interactive Intelligence",
    ]) {
      assert.ok(installRootByName(path), path);
    }
    for (const path of [
      "D:\\Temp",
      "D:\\I3Data\\IC",
      "D:\\Export\\IC",
      "/home/me/i3data",
      "\\\\server\\share\\x",
      "C:\\Program Files\\Other",
    ]) {
      assert.equal(installRootByName(path), undefined, path);
    }
  });

  it("are told by what is in them, also from below and through links", async function () {
    const cic = join(folder, "Phone");
    put(cic, "Server/Handlers/a.ihd", "");
    put(cic, "Handlers/b.ihd", "");
    const media = join(folder, "Media");
    put(media, "Migrator/ININ.Migrator.exe", "");
    put(folder, "project/server/src/a.ts", "");
    put(folder, "project/handlers/a.ihd", "");
    for (const place of [cic, join(cic, "Temp/new"), media, join(media, "Migrator")]) {
      assert.ok(await installRoot(place), place);
    }
    assert.equal(await installRoot(join(folder, "project")), undefined);
    // A link to a folder inside: nothing of its own path tells.
    put(cic, "Temp/x.txt", "");
    if (!link(join(cic, "Temp"), join(folder, "harmless"))) this.skip();
    const result = await extract(await zipped({ "a.txt": "a" }), { to: join(folder, "harmless", "new") });
    assert.deepEqual([result.status, result.problems[0]?.code], ["refused", "package/install-root"]);
    assert.ok(!existsSync(join(cic, "Temp/new")));
  });
});
