import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CancellationTokenSource } from "vscode-languageserver/node";
import {
  PackageExtractRequest,
  PackagePlanRequest,
  PackageProgressNotification,
} from "../../server/src/protocol";
import { put } from "../unit/packages/making";
import { password, PackageServer } from "./packageServer";

describe("extraction from packages", () => {
  let packages: PackageServer;
  before(async () => {
    packages = await PackageServer.start();
  });
  after(() => packages.stop());

  const plan = (params: Partial<PackagePlanRequest.Params>): Promise<PackagePlanRequest.Result> =>
    packages.request(PackagePlanRequest.method, { keepZips: false, ...params });
  const extract = (params: Partial<PackageExtractRequest.Params>): Promise<PackageExtractRequest.Result> =>
    packages.request(PackageExtractRequest.method, {
      keepZips: false,
      progress: "x",
      skipUnsafe: false,
      skip: [],
      replace: [],
      ...params,
    });

  it("plans without writing, and extracts what was chosen", async () => {
    const uri = await packages.make("EX.zip", { "a/1.txt": "1", "a/2.txt": "2", "b.txt": "b" });
    const to = join(packages.place.folder, "out");
    const planned = await plan({ uri, to, paths: ["a"] });
    assert.deepEqual(
      planned.files.map(({ path }) => path),
      ["a/1.txt", "a/2.txt"],
    );
    assert.equal(existsSync(to), false);
    const done = await extract({ uri, to, paths: ["a"] });
    assert.equal(done.status, "done");
    assert.equal(done.written, 2);
    assert.equal(readFileSync(join(to, "a/2.txt"), "utf8"), "2");
    assert.equal(existsSync(join(to, "b.txt")), false);
  });

  it("names existing files, and replaces only those it was told to", async () => {
    const uri = await packages.make("OVER.zip", { "a.txt": "new a", "b.txt": "new b" });
    const to = join(packages.place.folder, "over");
    put(to, "a.txt", "old a");
    put(to, "b.txt", "old b");
    const planned = await plan({ uri, to });
    assert.deepEqual(planned.existing, ["a.txt", "b.txt"]);

    // b.txt is in no list, as if it had come after the question.
    const refused = await extract({ uri, to, replace: ["a.txt"] });
    assert.equal(refused.status, "refused");
    assert.equal(readFileSync(join(to, "a.txt"), "utf8"), "old a");

    const done = await extract({ uri, to, replace: ["a.txt"], skip: ["b.txt"] });
    assert.deepEqual([done.status, done.written, done.skipped], ["done", 1, 1]);
    assert.equal(readFileSync(join(to, "a.txt"), "utf8"), "new a");
    assert.equal(readFileSync(join(to, "b.txt"), "utf8"), "old b");
  });

  it("shows what must not be written, and refuses an installation", async () => {
    const uri = await packages.make("UNSAFE.zip", { "../up.txt": "x", "ok.txt": "y" });
    const planned = await plan({ uri, to: join(packages.place.folder, "safe") });
    assert.deepEqual(
      planned.unsafe.map(({ path }) => path),
      ["../up.txt"],
    );
    assert.deepEqual(planned.refusals, []);
    const into = await plan({ uri, to: join(packages.place.folder, "I3/IC/Server") });
    assert.deepEqual(
      into.refusals.map(({ code }) => code),
      ["package/install-root"],
    );
  });

  it("says that a password is missing", async () => {
    const uri = await packages.make("EXLOCKED.zip", { "a.txt": "x" }, password);
    assert.equal((await plan({ uri, to: join(packages.place.folder, "locked") })).locked, true);
  });

  it("tells its progress, and leaves nothing when it is cancelled", async () => {
    const noise = new Uint8Array(24 * 1024 * 1024);
    for (let at = 0; at < noise.length; at += 4) noise[at] = (at * 2654435761) >>> 24;
    const uri = await packages.make("BIG.zip", { "1.bin": noise, "2.bin": noise, "3.bin": noise }, password);
    await packages.open(uri, password);
    const to = join(packages.place.folder, "big");
    const source = new CancellationTokenSource();
    const progressed = packages.server.notification<PackageProgressNotification.Params>(
      PackageProgressNotification.method,
      ({ progress, bytes }) => progress === "big" && bytes > 0,
    );
    const params = { uri, to, keepZips: false, progress: "big", skipUnsafe: false, skip: [], replace: [] };
    const running = packages.server.connection.sendRequest<PackageExtractRequest.Result>(
      PackageExtractRequest.method,
      params satisfies PackageExtractRequest.Params,
      source.token,
    );
    assert.equal((await progressed).totalBytes, 3 * noise.length);
    source.cancel();
    assert.equal((await running).status, "cancelled");
    assert.equal(existsSync(to), false);
  });

  it("writes no password anywhere", () => {
    assert.equal(
      packages.server.log.some((line) => line.includes(password)),
      false,
    );
  });
});
