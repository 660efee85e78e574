import assert from "node:assert/strict";
import { inspect } from "node:util";
import { openPackage, type Package } from "../../../server/src/packages/package";
import { PackageFailure } from "../../../server/src/packages/failure";
import { put, rawZip, run7z, scratch, sevenZip, why7, zipped } from "./making";

const PASSWORD = "Correct horse battery";
/** 7-Zip refuses such passwords for zips; other programs do not. */
const WIDE_PASSWORD = "Pferd-Übung 電池";
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const codes = (opened: Package): string[] => opened.problems.map(({ code }) => code);

describe("opening packages", () => {
  const { folder, remove } = scratch();
  const opened: Package[] = [];
  const open = async (
    file: string,
    ...rest: [options?: Parameters<typeof openPackage>[1]]
  ): Promise<Package> => {
    const one = await openPackage(file, ...rest);
    opened.push(one);
    return one;
  };
  let count = 0;
  const save = (bytes: Uint8Array, name = `p${count++}.zip`): string => put(folder, name, bytes);
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });
  after(remove);

  (sevenZip ? describe : describe.skip)(`made by 7-Zip${why7}`, () => {
    before(() => {
      put(folder, "src/Users/users.xml", "<users/>");
      put(folder, "src/Handlers/Custom/My Händler.ihd", new Uint8Array(70_000).fill(7));
      put(folder, "src/empty.txt", "");
    });

    for (const [method, encryption] of [
      ["AES256", "AES-256"],
      ["AES192", "AES-192"],
      ["AES128", "AES-128"],
      ["ZipCrypto", "ZipCrypto"],
    ] as const) {
      it(`lists names, sizes and dates of ${method} without, and reads contents with the password`, async () => {
        const name = `foo_${method}.ininmigr`;
        run7z(`${folder}/src`, "a", "-tzip", `-mem=${method}`, `-p${PASSWORD}`, `../${name}`, ".");
        const one = await open(`${folder}/${name}`);
        assert.ok(one.locked);
        const file = one.find("Users/users.xml");
        assert.deepEqual(
          { kind: file?.kind, size: file?.size, encryption: file?.encryption, encrypted: file?.encrypted },
          { kind: "file", size: 8, encryption, encrypted: true },
        );
        assert.match(file?.modified ?? "", /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d/);
        await assert.rejects(one.read("Users/users.xml"), { code: "password-needed" });
        assert.equal(await one.unlock("wrong"), "wrong");
        assert.deepEqual(codes(one), ["package/wrong-password"]);
        assert.equal(await one.unlock(PASSWORD), "right");
        assert.deepEqual(codes(one), []);
        assert.equal(text(await one.read("Users/users.xml")), "<users/>");
        assert.deepEqual(await one.read("Handlers/Custom/My Händler.ihd"), Buffer.alloc(70_000, 7));
        assert.equal((await one.read("empty.txt")).length, 0);
      });
    }

    it("opens zips in the zip: names of encrypted ones only with the password", async () => {
      run7z(`${folder}/src`, "a", "-tzip", "-mem=AES256", `-p${PASSWORD}`, "../nest/Users.zip", "Users");
      run7z(`${folder}/src`, "a", "-tzip", "../nest/Plain.zip", "Handlers");
      run7z(`${folder}/nest`, "a", "-tzip", "-mx0", "../outerPlain.ininmigr", ".");
      run7z(`${folder}/nest`, "a", "-tzip", "-mem=AES256", `-p${PASSWORD}`, "../outerLocked.ininmigr", ".");
      const plain = await open(`${folder}/outerPlain.ininmigr`);
      assert.equal(plain.find("Users.zip/Users/users.xml")?.encrypted, true);
      assert.equal(plain.find("Users.zip/Users/users.xml")?.depth, 1);
      const locked = await open(`${folder}/outerLocked.ininmigr`);
      assert.equal(locked.find("Users.zip")?.unopened?.reason, "password-needed");
      assert.equal(locked.find("Users.zip/Users/users.xml"), undefined);
      assert.equal(await locked.unlock(PASSWORD), "right");
      assert.equal(locked.find("Users.zip")?.unopened, undefined);
      assert.equal(text(await locked.read("Users.zip/Users/users.xml")), "<users/>");
      // Not encrypted itself, but what is around it is.
      assert.equal(locked.find("Plain.zip/Handlers/Custom/My Händler.ihd")?.encrypted, true);
    });
  });

  it("reads what the library wrote, 64-bit sizes included", async () => {
    const bytes = await zipped(
      { "Users/users.xml": "<users/>", "Lines/": "" },
      { password: PASSWORD, encryptionStrength: 3, zip64: true },
    );
    const one = await open(save(bytes), { password: PASSWORD });
    assert.equal(text(await one.read("users/USERS.xml")), "<users/>");
    assert.equal(one.find("Lines")?.kind, "folder");
  });

  it("takes passwords beyond ASCII as UTF-8, or as Western Windows writes them", async () => {
    const files = { "a.txt": "a" };
    const utf8 = await open(save(await zipped(files, { password: WIDE_PASSWORD })), {
      password: WIDE_PASSWORD,
    });
    assert.equal(text(await utf8.read("a.txt")), "a");
    const rawPassword = Buffer.from("Pferd-Übung", "latin1");
    const windows = await open(save(await zipped(files, { rawPassword })), { password: "Pferd-Übung" });
    assert.equal(text(await windows.read("a.txt")), "a");
  });

  it("needs no password for what is not encrypted", async () => {
    const one = await open(save(await zipped({ "a.txt": "a" })), { password: "anything" });
    assert.deepEqual([one.encrypted, one.locked, codes(one)], [false, false, []]);
    assert.equal(await one.unlock("x"), "not-needed");
  });

  it("never shows the password", async () => {
    const one = await open(save(await zipped({ "a.txt": "a" }, { password: PASSWORD })), {
      password: PASSWORD,
    });
    assert.equal(text(await one.read("a.txt")), "a");
    const shown = inspect(one, { depth: 20, showHidden: true }) + JSON.stringify(one.entries);
    assert.ok(!shown.includes("horse"));
    await assert.rejects(
      one.read("b.txt"),
      (error: Error) => !`${error.message}${error.stack}`.includes("horse"),
    );
  });

  it("takes backslashes for slashes", async () => {
    const one = await open(save(rawZip([{ name: "IP\\Handlers\\a.xml", data: Buffer.from("a") }])));
    assert.deepEqual(
      one.entries.map(({ path }) => path),
      ["IP/Handlers/a.xml"],
    );
  });

  it("reads a zip that is stored in the zip in place, whatever its size", async () => {
    const inner = await zipped({ "big.bin": new Uint8Array(300_000) }, { level: 0 });
    const outer = await zipped({ "Inner.zip": inner }, { level: 0 });
    const one = await open(save(outer), { limits: { nestedBytes: 1000 } });
    assert.equal((await one.read("Inner.zip/big.bin", 1_000_000)).length, 300_000);
  });

  describe("bad content", () => {
    it("says that a cut file is cut, at every place", async () => {
      const whole = await zipped({ "a.txt": "a".repeat(500), "b.txt": "b" }, { level: 0 });
      for (const size of [10, 100, 600, whole.length - 30, whole.length - 5]) {
        const one = await open(save(whole.subarray(0, size)));
        assert.ok(one.unreadable, `${size}`);
        assert.deepEqual(codes(one), ["package/truncated"], `${size}`);
      }
      assert.deepEqual(codes(await open(save(new Uint8Array()))), ["package/truncated"]);
    });

    it("says that other files are no zip", async () => {
      assert.deepEqual(codes(await open(save(Buffer.from("MZ something else entirely")))), [
        "package/not-a-zip",
      ]);
    });

    it("keeps what it could list when the directory breaks off", async () => {
      const bytes = Buffer.from(rawZip([1, 2, 3].map((n) => ({ name: `${n}.txt`, data: Buffer.from("x") }))));
      const lines: number[] = [];
      for (let at = 0; (at = bytes.indexOf("PK\x01\x02", at, "latin1")) >= 0; at++) lines.push(at);
      bytes.writeUInt32LE(0, lines[2] ?? 0);
      const one = await open(save(bytes));
      assert.equal(one.entries.length, 2);
      assert.deepEqual(codes(one), ["package/damaged"]);
    });

    it("never throws for a damaged file, and never takes wrong bytes for right ones", async () => {
      const content = "0123456789".repeat(40);
      const whole = await zipped({ "Users/a.txt": content, "In.zip": await zipped({ "b.txt": content }) });
      // Every 7th byte is damaged once; a bit flip in a name or date is no damage to the content.
      for (let at = 0; at < whole.length; at += 7) {
        const bytes = Uint8Array.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ 0x55;
        const one = await open(save(bytes, "damaged.zip"));
        for (const { path, kind } of one.entries) {
          if (kind !== "file") continue;
          try {
            assert.equal(text(await one.read(path)), content, `byte ${at}`);
          } catch (error) {
            assert.ok(error instanceof PackageFailure, `byte ${at}: ${String(error)}`);
          }
        }
        await one.close();
        opened.pop();
      }
    });

    it("flags entries of the same name and reaches the first", async () => {
      const one = await open(
        save(
          rawZip([
            { name: "a.txt", data: Buffer.from("first") },
            { name: "a.txt", data: Buffer.from("second") },
          ]),
        ),
      );
      assert.deepEqual(codes(one), ["package/duplicate-name"]);
      assert.equal(text(await one.read("a.txt")), "first");
    });

    it("does not take a file for a zip by its name alone", async () => {
      const one = await open(save(await zipped({ "notes.zip": "just text" })));
      assert.equal(one.find("notes.zip")?.kind, "file");
      assert.deepEqual(codes(one), ["package/not-a-zip"]);
    });
  });

  describe("limits", () => {
    it("keeps a zip bomb of overlapping entries closed", async () => {
      const data = new Uint8Array(5000);
      const one = await open(
        save(
          rawZip([{ name: "0", data }, ...[1, 2, 3, 4].map((n) => ({ name: `${n}`, data, sameData: true }))]),
        ),
      );
      assert.deepEqual(codes(one), ["package/overlapping"]);
      await assert.rejects(one.read("0"), { code: "overlapping" });
      await assert.rejects(one.read("3"), { code: "overlapping" });
    });

    it("does not open a zip inside that grows out of proportion", async () => {
      const inner = await zipped({ "zeros.bin": new Uint8Array(4_000_000) }, { level: 0 });
      const outer = save(await zipped({ "Bomb.zip": inner }));
      const one = await open(outer, { limits: { ratioFreeBytes: 100_000 } });
      assert.equal(one.find("Bomb.zip")?.unopened?.reason, "ratio");
      assert.deepEqual(codes(one), ["package/nested-ratio"]);
      assert.equal((await open(outer)).find("Bomb.zip/zeros.bin")?.size, 4_000_000);
    });

    it("stops a file that unpacks to more than it states", async () => {
      for (const options of [{}, { password: PASSWORD }]) {
        const bytes = Buffer.from(await zipped({ "a.bin": new Uint8Array(5_000_000) }, options));
        const directory = bytes.indexOf("PK\x01\x02", 0, "latin1");
        bytes.writeUInt32LE(10, directory + 24);
        const one = await open(save(bytes));
        // The password cannot be tested by content that does not hold what it states, but by its verifier.
        if (one.locked) assert.equal(await one.unlock(PASSWORD), "right");
        let got = 0;
        await assert.rejects(
          one.stream("a.bin", (chunk) => void (got += chunk.length)),
          { code: "damaged" },
        );
        assert.ok(got <= 10, `${got}`);
      }
    });

    it("opens zips in zips only so deep, so many, so large", async () => {
      let bytes = await zipped({ "deep.txt": "x" });
      for (let level = 0; level < 6; level++)
        bytes = await zipped({ "In.zip": bytes, [`n${level}.txt`]: "y" });
      const file = save(bytes);
      const deep = await open(file);
      assert.equal(deep.find("In.zip/In.zip/In.zip/In.zip/In.zip")?.unopened?.reason, "depth");
      assert.equal(
        (await open(file, { limits: { nestedZips: 2 } })).find("In.zip/In.zip/In.zip")?.unopened?.reason,
        "count",
      );
      assert.equal(
        (await open(file, { limits: { nestedBytes: 200 } })).find("In.zip")?.unopened?.reason,
        "too-large",
      );
    });

    it("stops at so many entries over all zips", async () => {
      const inner = await zipped({ "1": "", "2": "", "3": "" });
      const one = await open(save(await zipped({ "a.zip": inner, "b.zip": inner })), {
        limits: { entries: 4 },
      });
      assert.equal(one.entries.length, 5);
      assert.ok(codes(one).includes("package/nested-damaged") || codes(one).includes("package/too-large"));
    });

    it("does not read a directory that is too large", async () => {
      const one = await open(save(rawZip([{ name: "a".repeat(60_000), data: new Uint8Array(1) }])), {
        limits: { directoryBytes: 50_000 },
      });
      assert.ok(one.unreadable);
      assert.deepEqual(codes(one), ["package/too-large"]);
    });

    it("lists 50,000 entries and reads any of them", async function () {
      this.timeout(60_000);
      const entries = Array.from({ length: 50_000 }, (_, n) => ({
        name: `Users/u${n}.xml`,
        data: Buffer.from(`<u n="${n}"/>`),
      }));
      const one = await open(save(rawZip(entries)));
      assert.equal(one.entries.length, 50_000);
      for (const n of [49_999, 3, 25_000, 25_001, 0]) {
        assert.equal(text(await one.read(`Users/u${n}.xml`)), `<u n="${n}"/>`);
      }
    });
  });

  it("can be cancelled", async () => {
    const file = save(await zipped({ "a.txt": "a" }));
    await assert.rejects(openPackage(file, { signal: AbortSignal.abort() }), { name: "AbortError" });
    const one = await open(file);
    await assert.rejects(
      one.stream("a.txt", () => undefined, AbortSignal.abort(new Error("enough"))),
      /enough/,
    );
  });

  it("says what the file system says about a missing file", async () => {
    await assert.rejects(openPackage(`${folder}/none.ininmigr`), { code: "ENOENT" });
    await assert.rejects(openPackage(folder), /EISDIR|not a file/);
  });
});
