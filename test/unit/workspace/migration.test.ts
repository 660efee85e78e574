import assert from "node:assert/strict";
import { join } from "node:path";
import { writeIhd } from "../../../server/src/ihd/writer";
import { HandlerIndex, type Indexed } from "../../../server/src/workspace/handlerIndex";
import { Migration } from "../../../server/src/workspace/migration";
import { HandlerReader } from "../../../server/src/workspace/reader";
import { defaultSettings } from "../../../server/src/workspace/settings";
import { chain } from "../ihd/build";
import { Folder } from "./folder";

describe("handlers beside their base handlers", () => {
  const folder = new Folder();
  after(() => folder.remove());

  it("are compared although the base handler of one can not be opened", async () => {
    const index = new HandlerIndex();
    for (const name of ["First", "Second"]) {
      folder.write(`base/${name}.ihd`, writeIhd(chain(2)));
      folder.write(`own/${name}.ihd`, writeIhd(chain(3)));
      const summary = { name, calls: [] } as unknown as Indexed["summary"];
      const uri = folder.uriOf(`own/${name}.ihd`);
      index.put({ uri, version: "1", isReference: false, generation: 0, summary });
    }
    const reader = new HandlerReader(() => Promise.reject(new Error("all files are on disk")));
    const migration = new Migration(reader);
    await migration.load({ ...defaultSettings, baseFolders: [join(folder.path, "base")] }, []);
    folder.remove("base/First.ihd");

    assert.ok(await migration.compareWithBase(index, new AbortController().signal));
    const rules = ["First", "Second"].map((name) =>
      migration.besideBase(folder.uriOf(`own/${name}.ihd`)).map(({ rule }) => rule),
    );
    assert.deepEqual(rules, [[], ["handler-base-edited"]]);
  });
});
