import assert from "node:assert/strict";
import {
  type FolderFacts,
  planCopy,
  planCounts,
  planDone,
  planToBeMigrated,
} from "../../../../server/src/analysis/inventory/folderPlan";

const folder = (path: string, files: Record<string, string> = {}): FolderFacts => ({
  path,
  files: Object.entries(files).map(([name, hash]) => ({ path: name, size: 1, hash })),
});

const texts = (plan: ReturnType<typeof planCopy>): string[] =>
  plan.operations.map(({ kind, from, to, state }) => `${kind} ${from} -> ${to} ${state}`);

describe("plans for the guide's folders", () => {
  it("copy a folder, and say what is there already", () => {
    const plan = planCopy(
      folder("C:\\I3\\CIC\\Handlers\\Custom", { "b/X.ihd": "1", "A.ihd": "2", "c.ihd": "3" }),
      folder("D:\\Backup Files\\Handlers\\Custom\\", { "a.ihd": "2", "C.ihd": "other", "z.ihd": "9" }),
    );
    assert.deepEqual(texts(plan), [
      "copy C:\\I3\\CIC\\Handlers\\Custom\\A.ihd -> D:\\Backup Files\\Handlers\\Custom\\A.ihd same",
      "copy C:\\I3\\CIC\\Handlers\\Custom\\b\\X.ihd -> D:\\Backup Files\\Handlers\\Custom\\b\\X.ihd new",
      "copy C:\\I3\\CIC\\Handlers\\Custom\\c.ihd -> D:\\Backup Files\\Handlers\\Custom\\c.ihd differs",
    ]);
    assert.deepEqual(planCounts(plan), { new: 1, same: 1, differs: 1 });
  });

  it("do not copy a backup into itself", () => {
    const custom = folder("/custom", { "A.ihd": "1", "Backup/A.ihd": "1" });
    assert.deepEqual(texts(planCopy(custom, folder("/custom/backup"))), [
      "copy /custom/A.ihd -> /custom/backup/A.ihd new",
    ]);
  });

  it("put handlers, and only those, into ToBeMigrated", () => {
    const old = folder("/old", {
      "A.ihd": "1",
      "A.i3pub": "2",
      "sub/B.IHD": "3",
      "ToBeMigrated/C.ihd": "4",
      "x.lst": "5",
    });
    assert.deepEqual(texts(planToBeMigrated(old, folder("/new/ToBeMigrated"))), [
      "copy /old/A.ihd -> /new/ToBeMigrated/A.ihd new",
      "copy /old/sub/B.IHD -> /new/ToBeMigrated/sub/B.IHD new",
    ]);
  });

  it("move one handler when it is done", () => {
    const waiting = folder("/new/ToBeMigrated", { "sub/Menu.ihd": "1", "Other.ihd": "2" });
    const move = (custom: Record<string, string>): string[] | undefined => {
      const plan = planDone("menu", waiting, folder("/new", custom));
      return plan && texts(plan);
    };
    assert.deepEqual(move({}), ["move /new/ToBeMigrated/sub/Menu.ihd -> /new/Menu.ihd new"]);
    assert.deepEqual(move({ "MENU.ihd": "1" }), [
      "move /new/ToBeMigrated/sub/Menu.ihd -> /new/MENU.ihd same",
    ]);
    assert.deepEqual(move({ "Menu.ihd": "9" }), [
      "move /new/ToBeMigrated/sub/Menu.ihd -> /new/Menu.ihd differs",
    ]);
    assert.equal(planDone("nothing", waiting, folder("/new")), undefined);
  });
});
