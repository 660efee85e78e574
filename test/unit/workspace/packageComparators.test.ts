import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PackageDifference } from "../../../server/src/protocol";
import { toIhd } from "../../builder/ihd";
import { mainMenu } from "../../fixtures/handlers/ivr";
import { handlers } from "../../vscode/packages/samplePackages";
import { packageComparators } from "../../../server/src/workspace/packageComparators";

const sample = resolve(__dirname, "../../fixtures/sample");
const bytesOf = (path: string): Uint8Array => readFileSync(join(sample, path));

function comparatorOf(path: string) {
  const found = packageComparators.find(({ handles }) => handles(path));
  assert.ok(found, `nobody compares ${path}`);
  return found;
}

describe("comparators of files in packages", () => {
  it("leave what nobody knows alone", () => {
    assert.equal(
      packageComparators.some(({ handles }) => handles("Users.zip/users.xml")),
      false,
    );
  });

  it("compare handlers by their steps", async () => {
    const path = "IP/Handlers.zip/IVR_Incoming.IHD";
    const { same, what, details } = await comparatorOf(path).compare(
      bytesOf("IVR/IVR_Incoming.ihd"),
      bytesOf("Custom/CustomIVR_Incoming.ihd"),
      path,
    );
    assert.equal(same, undefined);
    const differences = details as readonly PackageDifference[];
    const count = differences.reduce((sum, { children }) => sum + (children?.length ?? 1), 0);
    assert.equal(what, `${count} differences`);
    const category = differences
      .flatMap((each) => [each, ...(each.children ?? [])])
      .find(({ old, new: now }) => old?.includes("IVR") && now?.includes("Custom"));
    assert.equal(category?.status, "changed");
  });

  it("say which step a difference is about: of an added one there is no old, of a removed one no new node", async () => {
    const [old, now] = [false, true].map((isNew) => handlers(isNew)["IVR_Incoming.ihd"]!);
    const labelled = async (
      before: Uint8Array,
      after: Uint8Array,
    ): Promise<PackageDifference | undefined> => {
      const { details } = await comparatorOf("a.ihd").compare(before, after, "a.ihd");
      return (details as readonly PackageDifference[]).find(({ label }) => label.startsWith("Mark Channel"));
    };
    const added = await labelled(old!, now!);
    assert.deepEqual([added?.status, added?.node, added?.oldNode], ["added", 11, undefined]);
    const removed = await labelled(now!, old!);
    assert.deepEqual([removed?.status, removed?.node, removed?.oldNode], ["removed", undefined, 11]);
  });

  it("call handlers the same that say the same, saved by different releases", async () => {
    const old = toIhd(mainMenu(), { form: "ansi" });
    const now = toIhd(mainMenu(), { form: "unicode" });
    assert.notDeepEqual(old, now);
    const { same } = await comparatorOf("a.ihd").compare(old, now, "a.ihd");
    assert.equal(same, true);
  });

  it("do not compare what is no handler", async () => {
    const text = Buffer.from("no handler");
    await assert.rejects(comparatorOf("a.ihd").compare(text, bytesOf("IVR/IVR_Incoming.ihd"), "a.ihd"));
  });

  it("compare Dialer configurations by their objects, and what Dialer changes itself not at all", async () => {
    const config = (name: string, more = ""): Uint8Array =>
      Buffer.from(
        `<DIALERCONFIG2><OBJECTS><CAMPAIGN><ID>1</ID><NAME>${name}</NAME>${more}</CAMPAIGN></OBJECTS></DIALERCONFIG2>`,
      );
    const path = "Interaction Dialer/dialer_config.xml";
    const { what, details } = await comparatorOf(path).compare(config("Spring"), config("Summer"), path);
    assert.equal(what, "objects: 1 changed, 0 added, 0 removed");
    const [campaign] = details as readonly PackageDifference[];
    assert.deepEqual(
      campaign?.children?.map(({ old, new: now }) => [old, now]),
      [["Spring", "Summer"]],
    );
    const again = await comparatorOf(path).compare(config("Spring"), config("Spring", " "), path);
    assert.equal(again.same, true);
  });
});
