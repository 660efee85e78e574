import assert from "node:assert/strict";
import { join } from "node:path";
import { PackageCompareRequest } from "../../server/src/protocol";
import { put, zipped } from "../unit/packages/making";
import { password, PackageServer, textOf, uriOf } from "./packageServer";

describe("comparison of packages", () => {
  let packages: PackageServer;
  before(async () => {
    packages = await PackageServer.start();
  });
  after(() => packages.stop());

  it("compares a package with a folder, zips on both sides opened", async () => {
    const uri = await packages.make("CMP_07092012143839.ininmigr", {
      "Users.zip": await zipped({ "users.xml": "<old/>", "same.xml": "<same/>" }, { password }),
      "gone.txt": "x",
    });
    await packages.open(uri, password);
    const folder = join(packages.place.folder, "folder");
    const zip = await zipped({ "users.xml": "<new/>", "same.xml": "<same/>" }, { password });
    put(folder, "Users.zip", zip);
    put(folder, "new.txt", "y");
    const result = await packages.request<PackageCompareRequest.Result>(PackageCompareRequest.method, {
      old: uri,
      new: uriOf(folder),
      progress: "p",
    } satisfies PackageCompareRequest.Params);
    assert.deepEqual(
      result.pairs.map(({ path, status }) => [path, status]),
      [
        ["gone.txt", "removed"],
        ["new.txt", "added"],
        ["Users.zip/same.xml", "identical"],
        ["Users.zip/users.xml", "changed"],
      ],
    );
    const changed = result.pairs[3];
    assert.deepEqual(changed?.old, { uri, path: "Users.zip/users.xml", size: 6 });
    const inFolder = uriOf(join(folder, "Users.zip"));
    assert.deepEqual(changed?.new, { uri: inFolder, path: "users.xml", size: 6 });
    assert.deepEqual(result.pairs[1]?.new, { uri: uriOf(join(folder, "new.txt")), size: 1 });
    // The zip in the folder opens with the same password, so that the difference can be looked at.
    assert.equal(textOf(await packages.read(inFolder, "users.xml")), "<new/>");
  });

  it("compares Dialer configurations by their objects", async () => {
    const campaign = (name: string): string =>
      `<DIALERCONFIG2><OBJECTS><CAMPAIGN><ID>1</ID><NAME>${name}</NAME></CAMPAIGN></OBJECTS></DIALERCONFIG2>`;
    const old = await packages.make("D1.zip", { "Dialer/dialer_config.xml": campaign("Spring") });
    const now = await packages.make("D2.zip", { "Dialer/dialer_config.xml": campaign("Summer") });
    const { pairs } = await packages.request<PackageCompareRequest.Result>(PackageCompareRequest.method, {
      old,
      new: now,
      progress: "p",
    } satisfies PackageCompareRequest.Params);
    assert.equal(pairs[0]?.status, "changed");
    assert.match(JSON.stringify(pairs[0]?.differences), /Spring.*Summer/);
  });

  it("writes no password anywhere", () => {
    assert.equal(
      packages.server.log.some((line) => line.includes(password)),
      false,
    );
  });
});
