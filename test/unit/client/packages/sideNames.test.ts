import assert from "node:assert/strict";
import { sideNames } from "../../../../client/src/packages/sideNames";

describe("names of compared packages", () => {
  const side = (name: string, server?: string, exported?: string) => ({
    name,
    contents: { ...(server ? { server } : {}), ...(exported ? { exported } : {}) },
  });
  const [may, june] = ["2026-05-10T09:16:50", "2026-06-09T14:38:39"];

  it("are times where both are exports of one server", () => {
    const names = sideNames(side("a", "SRV", may), side("b", "SRV", june));
    assert.equal(names.server, "SRV");
    assert.deepEqual(
      [names.old, names.new],
      [may, june].map((time) => new Date(time!).toLocaleString()),
    );
  });

  it("are their own names otherwise", () => {
    const own = { old: "a", new: "b" };
    assert.deepEqual(sideNames(side("a", "SRV", may), side("b", "OTHER", june)), own);
    assert.deepEqual(sideNames(side("a", "SRV", may), side("b", "SRV", may)), own);
    assert.deepEqual(sideNames(side("a", "SRV", may), { name: "b" }), own);
    assert.deepEqual(sideNames(side("a"), side("b")), own);
  });
});
