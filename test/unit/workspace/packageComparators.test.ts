import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PackageDifference } from "../../../server/src/protocol";
import { toIhd } from "../../builder/ihd";
import { mainMenu } from "../../fixtures/handlers/ivr";
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
    assert.equal(what, "1 objects changed, 0 added, 0 removed");
    const [campaign] = details as readonly PackageDifference[];
    assert.deepEqual(
      campaign?.children?.map(({ old, new: now }) => [old, now]),
      [["Spring", "Summer"]],
    );
    const again = await comparatorOf(path).compare(config("Spring"), config("Spring", " "), path);
    assert.equal(again.same, true);
  });
});
