import assert from "node:assert/strict";
import { registeredToolsOf } from "../../../server/src/config/registeredTools";
import { codes, fixture, found, read } from "./fixture";

describe("config: DesignerRegisteredTools.lst", () => {
  it("reads DLLs and add-ons, enabled or not, and leaves remarks alone", () => {
    assert.deepEqual(
      registeredToolsOf(fixture("DesignerRegisteredTools.lst").text).map(({ name, kind, enabled }) => [
        name,
        kind,
        enabled,
      ]),
      [
        ["SampleTools.dll", "dll", true],
        ["OtherTools.dll", "dll", true],
        ["Disabled.dll", "dll", false],
        ["Sample.Designer.Addon", "progid", true],
        ["sampletools.DLL", "dll", true],
        ["nothing here", "unknown", true],
      ],
    );
  });

  it("finds doubles, disabled tools and lines that name no tool", () => {
    const document = fixture("DesignerRegisteredTools.lst");
    assert.deepEqual(found(document, document.text), [
      ["disabled", "#Disabled.dll"],
      ["twice", "sampletools.DLL"],
      ["no-dll", "nothing here"],
    ]);
    assert.deepEqual(codes(read("DesignerRegisteredTools.lst", "#A.dll\nA.dll\n")), [
      "disabled",
      "on-and-off",
    ]);
    assert.deepEqual(codes(read("DesignerRegisteredTools.lst", "Größe.dll\n")), ["not-ascii"]);
  });

  it("misses a DLL only where the folder holds others", () => {
    const check = (...siblings: string[]): string[] =>
      codes(read("DesignerRegisteredTools.lst", "A.dll\nB.dll\n", { siblings: new Set(siblings) }));
    assert.deepEqual(check("a.dll"), ["dll-not-here"]);
    assert.deepEqual(check("a.dll", "b.dll"), []);
    assert.deepEqual(check("readme.txt"), []);
  });
});

describe("config: batch publishing lists", () => {
  it("reads files and keeps what follows, of which nothing is known", () => {
    const document = fixture("i3pubs.lst");
    assert.deepEqual(
      document.entries.map(({ name, value }) => [name, value]),
      [
        ["First.i3pub", ""],
        ["Second handler.i3pub", "something"],
        ["first.i3pub", ""],
      ],
    );
    assert.deepEqual(found(document, document.text), [
      ["missing", "Second handler.i3pub something"],
      ["twice", "first.i3pub"],
      ["no-i3pub", "Third.ihd"],
    ]);
  });

  it("recognises a listing made without /b", () => {
    const text = " Directory of C:\\x\r\n\r\n01/02/2020  10:00 AM            12,345 A.i3pub\r\n";
    assert.deepEqual(codes(read("i3pubs.lst", text)), ["long-listing"]);
  });

  it("says that a list is empty", () => {
    assert.deepEqual(codes(read("i3pubs.lst", "\r\n")), []);
    assert.deepEqual(codes(read("i3pubs.lst", "nothing")), ["no-i3pub", "empty"]);
  });
});
