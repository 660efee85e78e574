import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative, sep } from "node:path";
import fc from "fast-check";
import {
  extractPackage,
  type Extraction,
  type ExtractOptions,
} from "../../../server/src/packages/extraction/extract";
import { installRoot, installRootByName } from "../../../server/src/packages/extraction/installRoot";
import { Staging } from "../../../server/src/packages/extraction/staging";
import { tooLong, unsafeName } from "../../../server/src/packages/extraction/targetNames";
import { openPackage, type OpenOptions, type Package } from "../../../server/src/packages/package";
import { put, rawZip, type RawEntry, run7z, scratch, sevenZip, why7, zipped } from "./making";

const PASSWORD = "Correct horse battery";

describe("extraction", () => {
  const { folder, remove } = scratch();
  let count = 0;
  after(remove);

  const open = async (bytes: Uint8Array, options: OpenOptions = {}): Promise<Package> =>
    openPackage(put(folder, `p${count++}.ininmigr`, bytes), options);
  const fresh = (): string => join(folder, `out${count++}`);

  /** Extracts and closes. */
  async function extract(
    bytes: Uint8Array,
    options: ExtractOptions,
    opening: OpenOptions = {},
  ): Promise<Extraction> {
    const opened = await open(bytes, opening);
    try {
      return await extractPackage(opened, options);
    } finally {
      await opened.close();
    }
  }

  /** False where users may not make links (Windows without developer mode). */
  function link(target: string, path: string): boolean {
    try {
      symlinkSync(target, path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EPERM") return false;
      throw error;
    }
  }

  /** Everything below a folder: files with content, folders with a slash. */
  function tree(root: string): Record<string, string> {
    const result: Record<string, string> = {};
    if (!existsSync(root)) return result;
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const name = relative(root, path).split(sep).join("/");
      if (entry.isFile()) result[name] = readFileSync(path, "utf8");
      else result[`${name}/`] = "";
    }
    return result;
  }

  const nested = async (): Promise<Uint8Array> =>
    zipped(
      {
        "Users.zip": await zipped({ "users.xml": "<users/>", "Empty/": "" }),
        "Lines/lines.xml": "<lines/>",
      },
      { password: PASSWORD, encryptionStrength: 3, lastModDate: new Date("2011-12-06T09:16:50Z") },
    );

  it("writes everything, zips in it as folders, with their dates", async () => {
    const to = fresh();
    const result = await extract(await nested(), { to }, { password: PASSWORD });
    assert.deepEqual([result.status, result.problems], ["done", []]);
    assert.deepEqual(tree(to), {
      "Lines/": "",
      "Lines/lines.xml": "<lines/>",
      "Users.zip/": "",
      "Users.zip/Empty/": "",
      "Users.zip/users.xml": "<users/>",
    });
    assert.equal(statSync(join(to, "Lines/lines.xml")).mtime.toISOString(), "2011-12-06T09:16:50.000Z");
    assert.equal(result.bytes, 16);
  });

  it("writes what was chosen only; a folder or zip stands for what is in it", async () => {
    const to = fresh();
    const result = await extract(
      await nested(),
      { to, select: (path) => path === "Users.zip" },
      { password: PASSWORD },
    );
    assert.deepEqual(result.written, ["Users.zip/users.xml"]);
    const none = await extract(await nested(), { to, select: () => false }, { password: PASSWORD });
    assert.equal(none.problems[0]?.code, "package/nothing-chosen");
  });

  it("keeps zips as they are when asked", async () => {
    const to = fresh();
    await extract(await nested(), { to, keepZips: true }, { password: PASSWORD });
    assert.deepEqual(Object.keys(tree(to)).sort(), ["Lines/", "Lines/lines.xml", "Users.zip"]);
  });

  it("refuses encrypted content without password, and writes nothing", async () => {
    const to = fresh();
    const result = await extract(await nested(), { to });
    assert.deepEqual([result.status, result.problems[0]?.code], ["refused", "package/password-needed"]);
    assert.ok(!existsSync(to));
  });

  describe("names", () => {
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

  describe("installations", () => {
    it("are told by their paths", () => {
      for (const path of [
        "C:\\",
        "C:",
        "/",
        "\\\\server\\share",
        "D:\\I3\\IC",
        "d:/i3/cic/",
        "D:\\I3",
        "D:\\I3\\IC\\Server\\x",
        "/mnt/d/I3/IC",
        "C:\\Program Files (x86)\\Interactive Intelligence",
      ]) {
        assert.ok(installRootByName(path), path);
      }
      for (const path of [
        "D:\\Temp",
        "D:\\I3Data\\IC",
        "D:\\Export\\IC",
        "/home/me/i3data",
        "\\\\server\\share\\x",
        "C:\\Program Files\\Other",
      ]) {
        assert.equal(installRootByName(path), undefined, path);
      }
    });

    it("are told by what is in them, also from below and through links", async function () {
      const cic = join(folder, "Phone");
      put(cic, "Server/Handlers/a.ihd", "");
      put(cic, "Handlers/b.ihd", "");
      const media = join(folder, "Media");
      put(media, "Migrator/ININ.Migrator.exe", "");
      put(folder, "project/server/src/a.ts", "");
      put(folder, "project/handlers/a.ihd", "");
      for (const place of [cic, join(cic, "Temp/new"), media, join(media, "Migrator")]) {
        assert.ok(await installRoot(place), place);
      }
      assert.equal(await installRoot(join(folder, "project")), undefined);
      // A link to a folder inside: nothing of its own path tells.
      put(cic, "Temp/x.txt", "");
      if (!link(join(cic, "Temp"), join(folder, "harmless"))) this.skip();
      const result = await extract(await zipped({ "a.txt": "a" }), { to: join(folder, "harmless", "new") });
      assert.deepEqual([result.status, result.problems[0]?.code], ["refused", "package/install-root"]);
      assert.ok(!existsSync(join(cic, "Temp/new")));
    });
  });

  describe("existing files", () => {
    const files = { "a.txt": "new a", "sub/b.txt": "new b", "c.txt": "new c" };
    const target = (): string => {
      const to = fresh();
      put(to, "a.txt", "old a");
      put(to, "sub/b.txt", "old b");
      put(to, "other.txt", "other");
      return to;
    };

    it("are never overwritten unasked", async () => {
      const to = target();
      const before = tree(to);
      const result = await extract(await zipped(files), { to });
      assert.deepEqual([result.status, result.problems[0]?.code], ["refused", "package/existing-files"]);
      assert.match(result.problems[0]?.message ?? "", /2 files: a\.txt, sub\/b\.txt/);
      assert.deepEqual(tree(to), before);
    });

    it("are left alone, replaced, or decided one by one", async () => {
      const skip = target();
      const skipped = await extract(await zipped(files), { to: skip, existing: "skip" });
      assert.deepEqual([skipped.status, skipped.skipped], ["done", ["a.txt", "sub/b.txt"]]);
      assert.deepEqual(tree(skip), {
        "a.txt": "old a",
        "c.txt": "new c",
        "other.txt": "other",
        "sub/": "",
        "sub/b.txt": "old b",
      });
      const replace = target();
      await extract(await zipped(files), { to: replace, existing: "replace" });
      assert.deepEqual(tree(replace), {
        "a.txt": "new a",
        "c.txt": "new c",
        "other.txt": "other",
        "sub/": "",
        "sub/b.txt": "new b",
      });
      const each = target();
      await extract(await zipped(files), {
        to: each,
        existing: (path) => (path === "a.txt" ? "replace" : "skip"),
      });
      assert.deepEqual([tree(each)["a.txt"], tree(each)["sub/b.txt"]], ["new a", "old b"]);
    });

    it("are not reached through links, and links are not replaced", async function () {
      const to = fresh();
      const elsewhere = fresh();
      mkdirSync(to);
      mkdirSync(elsewhere);
      if (!link(elsewhere, join(to, "sub")) || !link(join(elsewhere, "victim"), join(to, "c.txt")))
        this.skip();
      const result = await extract(await zipped(files), { to, existing: "replace" });
      assert.deepEqual(
        [result.status, result.problems.map(({ code }) => code)],
        ["refused", ["package/target-blocked", "package/target-blocked"]],
      );
      assert.deepEqual(readdirSync(elsewhere), []);
    });

    it("stand in the way when they are of another kind", async () => {
      const to = fresh();
      put(to, "sub", "a file");
      mkdirSync(join(to, "a.txt"), { recursive: true });
      const result = await extract(await zipped(files), { to, existing: "replace" });
      assert.equal(result.status, "refused");
      assert.equal(result.problems.length, 2);
      const file = put(folder, "file.txt", "x");
      const into = await extract(await zipped(files), { to: file });
      assert.equal(into.problems[0]?.code, "package/target-not-a-folder");
    });

    it("come back when moving into place fails half-way", async () => {
      const to = target();
      const before = tree(to);
      const staging = await Staging.create(to);
      for (const [path, content] of Object.entries(files)) {
        const file = staging.path(path);
        mkdirSync(join(file, ".."), { recursive: true });
        writeFileSync(file, content);
      }
      // a.txt may be replaced, sub/b.txt may not: whichever comes first, both must be as before.
      await assert.rejects(staging.place(new Set(["a.txt"])), /come into being/);
      await staging.discard();
      assert.deepEqual(tree(to), before);
    });
  });

  describe("leaves nothing behind", () => {
    const many = async (): Promise<Uint8Array> =>
      zipped(
        Object.fromEntries(
          Array.from({ length: 30 }, (_, n) => [`d${n % 3}/f${n}.bin`, new Uint8Array(100_000).fill(n)]),
        ),
        { level: 0 },
      );

    it("when it is cancelled", async () => {
      const to = join(fresh(), "made", "for", "it");
      const stop = new AbortController();
      const result = await extract(await many(), {
        to,
        signal: stop.signal,
        onProgress: ({ items }) => items === 10 && stop.abort(),
      });
      assert.equal(result.status, "cancelled");
      assert.ok(!existsSync(join(to, "..", "..")));
    });

    it("when it is cancelled, but for what was there before", async () => {
      const to = fresh();
      put(to, "d0/f0.bin", "mine");
      const stop = new AbortController();
      const result = await extract(await many(), {
        to,
        existing: "replace",
        signal: stop.signal,
        onProgress: ({ bytes, totalBytes }) => bytes > totalBytes / 2 && stop.abort(),
      });
      assert.equal(result.status, "cancelled");
      assert.deepEqual(tree(to), { "d0/": "", "d0/f0.bin": "mine" });
    });

    it("when a file comes into being meanwhile, which stays", async () => {
      const to = fresh();
      const result = await extract(await many(), {
        to,
        existing: "replace",
        onProgress: ({ items }) => items === 30 && put(to, "d1/f1.bin", "mine"),
      });
      assert.deepEqual([result.status, result.problems[0]?.code], ["failed", "package/extract-failed"]);
      assert.deepEqual(tree(to), { "d1/": "", "d1/f1.bin": "mine" });
    });

    it("of entries that are damaged, and writes the others", async () => {
      const bytes = Buffer.from(await zipped({ "good.txt": "good", "bad.txt": "content" }, { level: 0 }));
      const at = bytes.indexOf("content");
      bytes.write("CONTENT", at);
      const to = fresh();
      const result = await extract(bytes, { to });
      assert.equal(result.status, "partly");
      assert.deepEqual(
        result.failures.map(({ path, reason }) => [path, reason]),
        [["bad.txt", "damaged"]],
      );
      assert.deepEqual(tree(to), { "good.txt": "good" });
    });
  });

  it("refuses what would not fit on the disk, before anything is written", async () => {
    const huge = { method: 8, data: Buffer.alloc(1000), packed: 1000, size: 0xffff_fff0 };
    const bytes = rawZip(Array.from({ length: 4000 }, (_, n) => ({ name: `${n}`, ...huge })));
    const to = fresh();
    const limits = { ratio: Infinity, extractedBytes: Infinity };
    const result = await extract(bytes, { to }, { limits });
    assert.deepEqual([result.status, result.problems[0]?.code], ["refused", "package/disk-full"]);
    assert.equal((await extract(bytes, { to })).problems[0]?.code, "package/too-large");
    const some = await extract(bytes.subarray(), { to, select: (path) => path === "7" });
    assert.equal(some.problems[0]?.code, "package/ratio");
    assert.ok(!existsSync(to));
  });

  it("tells how far it is", async () => {
    const seen: string[] = [];
    await extract(await zipped({ a: "12345", b: "12345" }), {
      to: fresh(),
      onProgress: ({ bytes, totalBytes, items, totalItems }) =>
        seen.push(`${bytes}/${totalBytes} ${items}/${totalItems}`),
    });
    assert.equal(seen.at(-1), "10/10 2/2");
  });

  (sevenZip ? it : it.skip)(`writes the same as 7-Zip from its own AES-256 package${why7}`, async () => {
    const source = fresh();
    for (let n = 0; n < 40; n++) put(source, `d${n % 4}/f${n}.bin`, Buffer.alloc(n * 997, n));
    put(source, "Größe.txt", "ä");
    const file = `${fresh()}.ininmigr`;
    run7z(source, "a", "-tzip", "-mem=AES256", `-p${PASSWORD}`, file, ".");
    const [ours, theirs] = [fresh(), fresh()];
    run7z(folder, "x", `-p${PASSWORD}`, `-o${theirs}`, file);
    const opened = await openPackage(file, { password: PASSWORD });
    assert.equal((await extractPackage(opened, { to: ours })).status, "done");
    await opened.close();
    assert.deepEqual(tree(ours), tree(theirs));
    assert.equal(Object.keys(tree(ours)).length, 45);
  });
});
