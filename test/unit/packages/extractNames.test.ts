import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import fc from "fast-check";
import { tooLong, unsafeName } from "../../../server/src/packages/extraction/targetNames";
import { extracting, tree } from "./extracting";
import { rawZip, type RawEntry } from "./making";

describe("names in packages that are extracted", () => {
  const { folder, remove, fresh, extract } = extracting();
  after(remove);

  const hostile: [name: string, madeBy?: number, attributes?: number][] = [
    ["../outside.txt"],
    ["a/../../outside.txt"],
    ["..\\outside.txt"],
    ["a\\..\\..\\outside.txt"],
    ["/etc/outside.txt"],
    ["\\Windows\\outside.txt"],
    ["\\\\server\\share\\outside.txt"],
    ["//server/share/outside.txt"],
    ["C:\\outside.txt"],
    ["C:outside.txt"],
    ["CON"],
    ["a/nul.txt"],
    ["COM1 .log"],
    ["lpt9"],
    ["CONIN$"],
    ["trailing."],
    ["trailing "],
    ["folder./a"],
    ["a//b"],
    ["./a"],
    ["stream.txt:hidden"],
    ["what?"],
    ["new\nline"],
    ["Lines\u202elmx.exe"],
    ["a/\u2067b.xml"],
    ["nul\u0000byte"],
    ["x".repeat(256)],
    ["ü".repeat(128)],
    [Array.from({ length: 70 }, () => "d").join("/")],
    ["link", 0x0314, 0o120777 << 16],
    ["reparse", 0x0014, 0x400],
  ];

  for (const [name, madeBy, attributes] of hostile) {
    it(`refuses ${JSON.stringify(name.length > 40 ? `${name.slice(0, 37)}...` : name)}`, async () => {
      const to = join(fresh(), "deep");
      const entry: RawEntry = {
        name,
        data: Buffer.from("bad"),
        ...(madeBy === undefined ? {} : { madeBy }),
        ...(attributes === undefined ? {} : { attributes: attributes >>> 0 }),
      };
      const bytes = rawZip([{ name: "good.txt", data: Buffer.from("good") }, entry]);
      const before = readdirSync(folder).length;
      const result = await extract(bytes, { to });
      assert.deepEqual(
        [result.status, result.problems.map(({ code }) => code)],
        ["refused", ["package/unsafe-name"]],
      );
      assert.ok(!existsSync(to));
      const skipping = await extract(bytes, { to, skipUnsafe: true });
      assert.equal(skipping.status, "partly");
      assert.deepEqual(tree(to), { "good.txt": "good" });
      // The package files themselves and the parent of `to`; nothing escaped beside them.
      assert.equal(readdirSync(folder).length, before + 3);
    });
  }

  it("refuses names that meet on Windows: case, files that are folders, duplicates", async () => {
    for (const names of [
      ["a/File.txt", "A/file.txt"],
      ["File.txt", "file.TXT"],
      ["Ä.txt", "a\u0308.txt"],
      ["a", "a/b"],
      ["a/b", "a"],
      ["same", "same"],
    ]) {
      const to = fresh();
      const result = await extract(rawZip(names.map((name) => ({ name, data: Buffer.from("x") }))), { to });
      assert.deepEqual(
        [result.status, result.problems.map(({ code }) => code)],
        ["refused", ["package/unsafe-name"]],
        names.join(),
      );
    }
  });

  it("says in what such names differ", async () => {
    for (const [names, message] of [
      [["File.txt", "file.TXT"], /upper and lower case only/],
      [["a/File.txt", "A/x.txt"], /folder differs.*upper and lower case only/],
      [["Ä.txt", "A\u0308.txt"], /letters with accents.*NFC and NFD/],
      [["Ä/a.txt", "A\u0308/b.txt"], /letters with accents/],
      [["same", "same"], /another entry has the same name/],
    ] as const) {
      const bytes = rawZip(names.map((name) => ({ name, data: Buffer.from("x") })));
      assert.match((await extract(bytes, { to: fresh() })).problems[0]?.message ?? "", message);
    }
  });

  it("never lets any name lead out of the folder", () => {
    const part = fc.oneof(
      fc.constantFrom("..", ".", "", "C:", "a", "con", "a ", "\u0000", "~", "$HOME", "%TEMP%"),
      fc.string({ maxLength: 5 }),
    );
    const root = sep === "/" ? "/root/to" : "C:\\root\\to";
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 6 }),
        fc.constantFrom("/", "\\"),
        (parts, slash) => {
          const path = parts.join(slash).replaceAll("\\", "/");
          if (unsafeName(path) !== undefined) return true;
          const full = join(root, ...path.split("/"));
          return full.startsWith(root + sep) && relative(root, full).split(sep).join("/") === path;
        },
      ),
      { seed: 8, numRuns: 2000 },
    );
  });

  it("counts the characters of whole paths, by the rules of the system", () => {
    assert.match(tooLong(`C:\\${"a".repeat(260)}`, "win32") ?? "", /263 characters/);
    assert.equal(tooLong(`/${"a".repeat(260)}`, "linux"), undefined);
    assert.ok(tooLong(`/${"a".repeat(4095)}`, "linux"));
  });
});
