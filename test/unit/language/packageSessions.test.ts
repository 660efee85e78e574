import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { PackageSessions } from "../../../server/src/language/packages/sessions";
import { put, scratch, zipped } from "../packages/making";

describe("packages that a window looks at", () => {
  let place: ReturnType<typeof scratch>;
  let uri: string;

  before(async () => {
    place = scratch();
    const bytes = await zipped({ "a.txt": "a" }, { password: "secret", encryptionStrength: 3 });
    uri = pathToFileURL(put(place.folder, "P.ininmigr", bytes)).href;
  });
  after(() => place.remove());

  const isLocked = (sessions: PackageSessions): Promise<boolean> => sessions.use(uri, ({ locked }) => locked);

  it("are closed when they were not used for a while, and opened again with their password", async () => {
    const sessions = new PackageSessions(20);
    assert.equal(await sessions.unlock(uri, "secret"), "right");
    assert.equal(sessions.open, 1);
    for (let tries = 0; sessions.open > 0 && tries < 200; tries++) await sleep(10);
    assert.equal(sessions.open, 0);
    assert.equal(await isLocked(sessions), false);
    await sessions.closeAll();
  });

  it("stay open while they are used, whatever else is asked", async () => {
    const sessions = new PackageSessions(0);
    let done = (): void => undefined;
    const running = sessions.use(uri, async (opened) => {
      await new Promise<void>((resolve) => (done = resolve));
      return await opened.read("a.txt").catch(({ code }) => code as string);
    });
    await sessions.use(uri, () => undefined);
    await sessions.release(uri);
    await sleep(20);
    assert.equal(sessions.open, 1);
    done();
    assert.equal(await running, "password-needed");
    await sessions.closeAll();
  });

  it("keep no wrong password, and none that was forgotten", async () => {
    const sessions = new PackageSessions();
    assert.equal(await sessions.unlock(uri, "wrong"), "wrong");
    assert.equal(sessions.passwordOf(uri), undefined);
    await sessions.unlock(uri, "secret");
    assert.equal(sessions.passwordOf(uri), "secret");
    await sessions.forget(uri);
    assert.equal(sessions.passwordOf(uri), undefined);
    assert.equal(await isLocked(sessions), true);
    await sessions.closeAll();
  });

  it("show no password to who looks at them", async () => {
    const sessions = new PackageSessions();
    await sessions.unlock(uri, "secret");
    const { inspect } = await import("node:util");
    assert.ok(!inspect(sessions, { depth: 9, showHidden: true }).includes("secret"));
    assert.ok(!JSON.stringify([...Object.values(sessions)]).includes("secret"));
    await sessions.closeAll();
  });
});
