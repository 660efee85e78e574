import assert from "node:assert/strict";
import { chosenBy, isFile, isLocked, PackageModel } from "../../../../client/src/packages/packageModel";
import type { PackageContents, PackageRow } from "../../../../server/src/protocol";

const row = (depth: number, name: string, more: Partial<PackageRow> = {}): PackageRow => ({
  depth,
  name,
  path: name,
  kind: "file",
  ...more,
});

const contents = (rows: readonly PackageRow[], locked = false): PackageContents => ({
  uri: "file:///p.ininmigr",
  base: "p.ininmigr",
  size: 1,
  encrypted: locked,
  locked,
  unreadable: false,
  rows,
  findings: [],
});

describe("the model of a package", () => {
  const rows = [
    row(0, "IP", { kind: "folder" }),
    row(1, "Handlers.zip", { kind: "zip", path: "IP/Handlers.zip" }),
    row(2, "a.ihd", { path: "IP/Handlers.zip/a.ihd" }),
    row(0, "b.txt"),
  ];
  const model = new PackageModel(contents(rows));

  it("knows what is in what", () => {
    assert.deepEqual(model.childrenOf(undefined), [rows[0], rows[3]]);
    assert.deepEqual(model.childrenOf(rows[0]), [rows[1]]);
    assert.deepEqual(model.childrenOf(rows[2]), []);
    assert.equal(model.parentOf(rows[2]!), rows[1]);
    assert.equal(model.parentOf(rows[3]!), undefined);
  });

  it("finds rows by path and by place", () => {
    assert.equal(model.find("IP/Handlers.zip/a.ihd"), rows[2]);
    assert.equal(model.placeOf(rows[2]!), "IP/Handlers.zip/a.ihd");
    assert.equal(model.at("IP/Handlers.zip/a.ihd"), rows[2]);
    assert.equal(model.at("IP/none"), undefined);
  });

  it("gives every row a place of its own that stays inside the package", () => {
    const odd = [
      row(0, "..", { kind: "folder" }),
      row(1, "up.txt", { path: "../up.txt" }),
      row(0, "", { kind: "folder", path: "" }),
      row(0, "a\\b.txt"),
      row(0, "twice.xml", { copy: 1 }),
      row(0, "twice.xml", { copy: 2 }),
      row(0, "twice (2).xml"),
    ];
    const places = odd.map((each) => new PackageModel(contents(odd)).placeOf(each));
    assert.deepEqual(places, [
      "(..)",
      "(..)/up.txt",
      "()",
      "a_b.txt",
      "twice.xml",
      "twice (2).xml",
      "twice (2) (2).xml",
    ]);
    assert.equal(new PackageModel(contents(odd)).find("twice.xml", 2), odd[5]);
    assert.equal(new PackageModel(contents(odd)).find("twice.xml"), odd[4]);
  });

  it("takes a zip that stays closed for a file", () => {
    assert.equal(isFile(row(0, "a.zip", { kind: "zip" })), false);
    assert.equal(isFile(row(0, "a.zip", { kind: "zip", closed: "too deep" })), true);
    assert.equal(isFile(row(0, "a", { kind: "folder" })), false);
  });

  it("calls locked what is encrypted while the password is missing", () => {
    const secret = row(0, "a", { encrypted: true });
    assert.equal(isLocked(secret, contents([secret], true)), true);
    assert.equal(isLocked(secret, contents([secret], false)), false);
    assert.equal(isLocked(row(0, "b"), contents([secret], true)), false);
  });

  it("chooses with a folder what is in it", () => {
    const isChosen = chosenBy(["IP", "b.txt"]);
    assert.deepEqual(["IP", "IP/x/y", "IPA/x", "b.txt", "b.txt2"].map(isChosen), [
      true,
      true,
      false,
      true,
      false,
    ]);
    assert.equal(chosenBy(undefined)("anything"), true);
  });
});
