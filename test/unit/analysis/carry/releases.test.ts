import assert from "node:assert/strict";
import { join } from "node:path";
import { carryFolders } from "../../../../server/src/analysis/carry/carryFolders";
import { compareFolders } from "../../../../server/src/analysis/compare/compareFolders";
import { handlersBelow } from "../../../../server/src/workspace/handlerFiles";
import { carried } from "../../../fixtures/handlers/releases";
import { releasesFolder } from "../../../fixtures/makeSample";

const below = async (folder: string) => (await handlersBelow(join(releasesFolder, folder))).files;

describe("The releases of the sample", () => {
  it("have every case of a carry-forward, each where it says", async () => {
    const [oldBase, custom, newBase] = [
      await below("old-base"),
      await below("custom"),
      await below("new-base"),
    ];
    const { handlers, notes } = await carryFolders({ oldBase, custom, newBase });
    const found = Object.fromEntries(
      handlers.map(({ name, status, items }) => [
        name,
        [status, ...items.filter(({ done }) => !done).map(({ id }) => id)],
      ]),
    );
    assert.deepEqual(found, carried);
    assert.deepEqual(notes, []);
    const of = (name: string) => handlers.find((each) => each.name === name)!;
    assert.match(of("Contoso_Survey").note, /of the same name/);
    assert.equal(of("Shared_NormalizeNumber").note, "The new base has made the same changes itself.");
    assert.match(of("IVR_AccountBalance").note, /13 in the new base/);
    const vip = of("IVR_Incoming").items.find(({ label }) => label === "VIP?")!;
    assert.deepEqual(vip.place, { node: 3, label: "Remember Caller", relation: "after", exit: "Next" });
    assert.deepEqual(vip.points, [{ name: "CustomIVR_Incoming", node: 4, distance: 1 }]);
  });

  it("compare without what Designer does by itself", async () => {
    const diff = await compareFolders(await below("old-base"), await below("new-base"));
    assert.deepEqual(
      diff.pairs.map(({ name, status }) => `${name} ${status}`),
      [
        "Contoso_Survey added",
        "CustomIVR_Incoming identical",
        "IVR_AccountBalance changed",
        "IVR_Callback removed",
        "IVR_Incoming changed",
        "IVR_MainMenu changed",
        "IVR_Transfer identical",
        "Notify_QueueAlarm changed",
        "Shared_LogError identical",
        "Shared_NormalizeNumber changed",
        "Shared_OpeningHours identical",
        "Shared_SplitPairs identical",
      ],
    );
    const rebuilt = diff.pairs.find(({ name }) => name === "IVR_AccountBalance")!;
    assert.equal(rebuilt.byContent, 13);
    assert.deepEqual(
      rebuilt.changes.map(({ kind, node, oldNode }) => `${kind} ${oldNode} ${node}`),
      ["arguments 9 48"],
    );
  });
});
