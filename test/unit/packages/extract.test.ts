import assert from "node:assert/strict";
import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { extractPackage } from "../../../server/src/packages/extraction/extract";
import { openPackage } from "../../../server/src/packages/package";
import { extracting, tree } from "./extracting";
import { put, rawZip, run7z, sevenZip, why7, writeEncryptedZeros, zipped } from "./making";

const PASSWORD = "Correct horse battery";

describe("extraction", () => {
  const { folder, remove, fresh, extract } = extracting();
  after(remove);

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

  it("writes 256 MB of AES-256 without holding them in memory", async function () {
    this.timeout(300_000);
    const file = `${fresh()}.ininmigr`;
    const size = 2 ** 28;
    await writeEncryptedZeros(file, "recordings.bin", size, PASSWORD);
    const to = fresh();
    const opened = await openPackage(file, { password: PASSWORD });
    assert.equal(opened.entries[0]?.encryption, "AES-256");
    const start = process.memoryUsage().rss;
    let most = 0;
    const onProgress = (): void => void (most = Math.max(most, process.memoryUsage().rss - start));
    try {
      const { status, bytes } = await extractPackage(opened, { to, onProgress });
      assert.deepEqual([status, bytes], ["done", size]);
      assert.equal(statSync(join(to, "recordings.bin")).size, size);
    } finally {
      await opened.close();
      rmSync(file);
      rmSync(to, { recursive: true, force: true });
    }
    assert.ok(most < size / 4, `took ${Math.round(most / 2 ** 20)} MB`);
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
