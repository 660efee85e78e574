import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { openPackage } from "../../../server/src/packages/package";
import { type Verification, verifyPackage } from "../../../server/src/packages/verify";
import { put, run7z, scratch, sevenZip, why7, writeZeros, zipped } from "./making";

const PASSWORD = "Correct horse battery";

describe("verification of packages", () => {
  const { folder, remove } = scratch();
  let count = 0;
  after(remove);

  async function verify(bytes: Uint8Array, password?: string): Promise<Verification> {
    const opened = await openPackage(put(folder, `v${count++}.zip`, bytes), { password });
    try {
      return await verifyPackage(opened);
    } finally {
      await opened.close();
    }
  }

  const content = "the content of the file, long enough to be damaged";

  it("proves every file and zip, folders left out", async () => {
    const inner = await zipped({ "b.txt": content, "c/": "" });
    const { proven, bytes, failures } = await verify(await zipped({ "a.txt": content, "In.zip": inner }));
    assert.deepEqual([proven, bytes, failures], [3, 2 * content.length + inner.length, []]);
  });

  it("finds each damaged entry by its CRC or authentication code, and goes on", async () => {
    for (const options of [
      {},
      { password: PASSWORD, encryptionStrength: 3 },
      { password: PASSWORD, zipCrypto: true },
    ] as const) {
      const files = { "a.txt": `A${content}`, "b.txt": `B${content}`, "c.txt": `C${content}` };
      const whole = Buffer.from(await zipped(files, { level: 0, ...options }));
      const names: number[] = [];
      for (let at = 0; (at = whole.indexOf("PK\x03\x04", at, "latin1")) >= 0; at++) names.push(at);
      // The last byte before the next entry's header or descriptor lies in data or authentication code.
      const [first, second] = names as [number, number];
      const middle = first + Math.floor(((second ?? 0) - first) * 0.7);
      whole[middle] = (whole[middle] ?? 0) ^ 1;
      const { proven, failures, problems } = await verify(
        whole,
        "password" in options ? PASSWORD : undefined,
      );
      assert.deepEqual(
        [proven, failures.map(({ path, reason }) => [path, reason])],
        [2, [["a.txt", "damaged"]]],
      );
      assert.equal(problems[0]?.code, "package/entry-damaged");
    }
  });

  it("counts what is locked and does not call it proven", async () => {
    const { proven, locked, problems } = await verify(
      await zipped({ a: content, b: content }, { password: PASSWORD }),
    );
    assert.deepEqual([proven, locked, problems.map(({ code }) => code)], [0, 2, ["package/not-verified"]]);
  });

  it("proves 2 GB without holding them in memory", async function () {
    this.timeout(300_000);
    const file = join(folder, "big.zip");
    const size = 2 ** 31;
    writeZeros(file, "recordings.bin", size);
    const opened = await openPackage(file);
    const start = process.memoryUsage().rss;
    let most = 0;
    const signal = new AbortController().signal;
    const onProgress = (): void => void (most = Math.max(most, process.memoryUsage().rss - start));
    try {
      const { proven, bytes, failures } = await verifyPackage(opened, { signal, onProgress });
      assert.deepEqual([proven, bytes, failures], [1, size, []]);
    } finally {
      await opened.close();
      rmSync(file);
    }
    assert.ok(most < size / 8, `took ${Math.round(most / 2 ** 20)} MB`);
  });

  it("names some of very many failures", async () => {
    const files = Object.fromEntries(Array.from({ length: 80 }, (_, n) => [`f${n}`, content]));
    const bytes = Buffer.from(await zipped(files, { level: 0 }));
    for (let at = 0; (at = bytes.indexOf("long", at)) >= 0; at++) bytes.write("LONG", at);
    const { failures, problems } = await verify(bytes);
    assert.deepEqual([failures.length, problems.length], [80, 51]);
    assert.match(problems.at(-1)?.message ?? "", /^30 more/);
  });

  (sevenZip ? describe : describe.skip)(`beside 7-Zip${why7}`, () => {
    it("agrees that its packages are sound and that ours are", async () => {
      put(folder, "s/a.txt", content);
      run7z(`${folder}/s`, "a", "-tzip", "-mem=AES256", `-p${PASSWORD}`, "../theirs.zip", ".");
      const theirs = await openPackage(`${folder}/theirs.zip`, { password: PASSWORD });
      const { proven, failures } = await verifyPackage(theirs);
      await theirs.close();
      assert.deepEqual([proven, failures], [1, []]);
      put(
        folder,
        "ours.zip",
        await zipped({ "a.txt": content }, { password: PASSWORD, encryptionStrength: 3 }),
      );
      assert.match(run7z(folder, "t", `-p${PASSWORD}`, "ours.zip"), /Everything is Ok/);
    });
  });
});
