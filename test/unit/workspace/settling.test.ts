import assert from "node:assert/strict";
import { join } from "node:path";
import type { Handler } from "../../../server/src/handler/model";
import { create, layout, object } from "../../../server/src/ihd/fields";
import { LayoutMemory } from "../../../server/src/ihd/layoutMemory";
import { stepBase } from "../../../server/src/ihd/layouts";
import { writeIhd } from "../../../server/src/ihd/writer";
import { readSettledHandlerFiles } from "../../../server/src/workspace/file";
import { handlersBelow } from "../../../server/src/workspace/handlerFiles";
import { Settling } from "../../../server/src/workspace/settling";
import { folder } from "../commandline/run";
import { assignment, chain, nativeBase } from "../ihd/build";

const Unknown = layout("CIdListSwapStep", 1, "step", { ...stepBase, one: object("operand") });

const handler = (isFilled: boolean): Buffer =>
  writeIhd(
    chain(2, (i, variable) =>
      i === 2
        ? create(Unknown, { ...nativeBase(i, "Swap"), ...(isFilled ? { one: variable } : {}) })
        : assignment(i, variable),
    ),
  );

describe("handlers at hand together", () => {
  const work = folder({
    "own/a.ihd": handler(false),
    "own/b.ihd": handler(false),
    "base/z.ihd": handler(true),
  });
  after(() => work.remove());
  const paths = ["own/a.ihd", "own/b.ihd", "base/z.ihd"].map((path) => join(work.path, path));

  const said = ({ problems }: Handler): string[] => problems.map(({ message }) => message);
  const isUndecided = (each: Handler): boolean => said(each).some((message) => message.includes("undecided"));

  const sides = async (memory: LayoutMemory) => ({
    own: (await handlersBelow(join(work.path, "own"), { memory })).files,
    base: (await handlersBelow(join(work.path, "base"), { memory })).files,
  });

  it("teach each other before the first of them is shown, also those that are never shown", async () => {
    const memory = new LayoutMemory();
    const { own, base } = await sides(memory);
    assert.ok(isUndecided(await own[0]!.read()), "alone it stays open");

    const fresh = new LayoutMemory();
    const again = await sides(fresh);
    const settling = new Settling(fresh);
    const files = settling.add(again.own);
    settling.add(again.base);
    const first = await files[0]!.read();
    assert.ok(!isUndecided(first));
    assert.deepEqual(said(await files[1]!.read()).length, said(first).length);
    assert.equal(base.length, 1);
  });

  it("stop learning when the work is cancelled", async () => {
    const memory = new LayoutMemory();
    const { own, base } = await sides(memory);
    const settling = new Settling(memory, AbortSignal.abort(new Error("enough")));
    const [first] = settling.add([...own, ...base]);
    await assert.rejects(async () => await first!.read(), /enough/);
  });

  it("are read with one that can not be opened left out", async () => {
    const memory = new LayoutMemory();
    const { own, base } = await sides(memory);
    const settling = new Settling(memory);
    const gone = { ...own[1]!, read: () => Promise.reject(new Error("gone")) };
    const [first, other] = settling.add([own[0]!, gone, ...base]);
    assert.ok(!isUndecided(await first!.read()));
    await assert.rejects(async () => await other!.read(), /gone/);
  });

  it("come out of a list of paths in order, each decided by those behind it", async () => {
    const read: Handler[] = [];
    for await (const { handler } of readSettledHandlerFiles(paths, { memory: new LayoutMemory() })) {
      read.push(handler!);
    }
    assert.deepEqual(
      read.map(({ name }) => name),
      ["a", "b", "z"],
    );
    assert.ok(!read.some(isUndecided));
  });

  it("stop coming when the work is cancelled, while those behind are read too", async () => {
    const stop = new AbortController();
    const memory = new LayoutMemory();
    let generations = 0;
    // Learning goes through the memory, so the second lesson is behind the first file.
    const learn = memory.learn.bind(memory);
    memory.learn = (...lesson) => {
      if (++generations === 2) stop.abort(new Error("enough"));
      learn(...lesson);
    };
    const reading = readSettledHandlerFiles(paths, { memory, signal: stop.signal });
    await assert.rejects(async () => await reading.next(), /enough/);
  });
});
