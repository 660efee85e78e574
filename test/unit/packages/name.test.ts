import assert from "node:assert/strict";
import { isPackageFileName, parsePackageName } from "../../../server/src/packages/packageName";
import { siblingProblems } from "../../../server/src/packages/checks/siblings";

const now = new Date("2026-01-01T00:00:00Z");
const codes = (base: string): string[] => parsePackageName(base, now).problems.map(({ code }) => code);

describe("package names", () => {
  it("gives server and time of export", () => {
    const { server, stamp, exported, problems } = parsePackageName(
      "qf_backgammon_07092012143839.ininmigr",
      now,
    );
    assert.deepEqual(
      { server, stamp, exported, problems },
      { server: "qf_backgammon", stamp: "07092012143839", exported: "2012-07-09T14:38:39", problems: [] },
    );
  });

  it("takes the printed stamp of 12 digits", () => {
    assert.equal(parsePackageName("foo_030320071919.ininmigr", now).exported, "2007-03-03T19:19:00");
  });

  it("takes both spellings, .zip behind them, and any case, and says so", () => {
    assert.deepEqual(codes("foo_12062011091650.inimigr"), ["package/name-misspelt"]);
    assert.deepEqual(codes("foo_12062011091650.ININMIGR.ZIP"), ["package/name-zip"]);
    assert.ok(isPackageFileName("a.IniMigr.zip"));
    assert.ok(!isPackageFileName("a.ininmigr.txt"));
  });

  it("questions stamps that are missing, too short, no date, or in the future", () => {
    for (const base of [
      "foo.ininmigr",
      "foo_1206201109165.ininmigr",
      "foo_13062011091650.ininmigr",
      "foo_02302011091650.ininmigr",
      "foo_12062011251650.ininmigr",
      "foo_12062027091650.ininmigr",
    ]) {
      assert.deepEqual(codes(base), ["package/name-stamp"], base);
    }
  });

  it("says of other names only what packages are called", () => {
    assert.deepEqual(codes("backup.zip"), ["package/name-extension"]);
  });
});

describe("packages side by side", () => {
  const base = "foo_12062011091650.ininmigr";
  const found = (...names: string[]): string[] => siblingProblems(base, names).map(({ code }) => code);

  it("takes several of one hour for an export that did not finish", () => {
    assert.deepEqual(found(base, "FOO_12062011093000.ininmigr"), ["package/several-parts"]);
    assert.match(siblingProblems(base, ["foo_12062011093000.ininmigr"])[0]?.message ?? "", /did not finish/);
  });

  it("tells of newer exports, and nothing of older ones or of other servers", () => {
    assert.deepEqual(found("foo_12072011093000.ininmigr"), ["package/newer-export"]);
    assert.deepEqual(found("foo_12052011093000.ininmigr", "bar_12062011091651.ininmigr", "foo.txt"), []);
  });
});
