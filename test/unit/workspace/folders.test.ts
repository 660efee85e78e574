import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type FolderPlan,
  type Operation,
  planCopy,
  planDone,
} from "../../../server/src/analysis/inventory/folderPlan";
import { carryOut, folderFacts, type Questions } from "../../../server/src/workspace/folders";
import { folder } from "../commandline/run";

/** Answers every question with `answer`, and remembers the questions. */
function asked(answer: boolean): Questions & { readonly all: string[] } {
  const all: string[] = [];
  const ask =
    (what: string) =>
    ({ to }: Operation): Promise<boolean> => {
      all.push(`${what} ${to.split("/").pop()}`);
      return Promise.resolve(answer);
    };
  return { all, replace: ask("replace"), remove: ask("remove") };
}

describe("the guide's folders", () => {
  const made: { remove: () => void }[] = [];
  const work = (files: Record<string, string>): string => {
    const one = folder(files);
    made.push(one);
    return one.path;
  };
  after(() => made.forEach((one) => one.remove()));

  const plan = async (root: string): Promise<FolderPlan> =>
    planCopy(await folderFacts(join(root, "from")), await folderFacts(join(root, "to")));
  const read = (root: string, ...path: string[]): string => readFileSync(join(root, ...path), "utf8");

  it("are backed up file by file, each with the right content", async () => {
    const root = work({ "from/A.ihd": "a", "from/sub/B.ihd": "b", "from/notes.txt": "n" });
    const questions = asked(false);
    const done = await carryOut(await plan(root), questions);
    assert.deepEqual(
      done.map(({ outcome }) => outcome),
      ["done", "done", "done"],
    );
    assert.deepEqual(
      [read(root, "to", "A.ihd"), read(root, "to", "sub", "B.ihd"), questions.all],
      ["a", "b", []],
    );
    const again = await carryOut(await plan(root), questions);
    assert.deepEqual(
      again.map(({ outcome }) => outcome),
      ["kept", "kept", "kept"],
    );
    assert.deepEqual(readdirSync(join(root, "to")).sort(), ["A.ihd", "notes.txt", "sub"]);
  });

  it("keep what is there, unless the user says otherwise", async () => {
    const root = work({ "from/A.ihd": "new", "to/A.ihd": "old" });
    const no = asked(false);
    assert.deepEqual(
      (await carryOut(await plan(root), no)).map(({ outcome }) => outcome),
      ["kept"],
    );
    assert.deepEqual([read(root, "to", "A.ihd"), no.all], ["old", ["replace A.ihd"]]);
    assert.deepEqual(
      (await carryOut(await plan(root), asked(true))).map(({ outcome }) => outcome),
      ["done"],
    );
    assert.equal(read(root, "to", "A.ihd"), "new");
    assert.deepEqual(readdirSync(join(root, "to")), ["A.ihd"]);
  });

  it("change nothing when a file has changed since the plan was made", async () => {
    const root = work({ "from/A.ihd": "a", "from/B.ihd": "b" });
    const made_ = await plan(root);
    writeFileSync(join(root, "from/A.ihd"), "other");
    const done = await carryOut(made_, asked(true));
    assert.deepEqual(
      done.map(({ outcome }) => outcome),
      ["failed", "done"],
    );
    assert.match(done[0]!.message, /A\.ihd has changed since the plan was made\. Plan again/);
    assert.equal(existsSync(join(root, "to/A.ihd")), false);
  });

  it("do not replace what came there since", async () => {
    const root = work({ "from/A.ihd": "a", "to/x": "" });
    const made_ = await plan(root);
    writeFileSync(join(root, "to/A.ihd"), "mine");
    const [done] = await carryOut(made_, asked(true));
    assert.equal(done!.outcome, "failed");
    assert.match(done!.message, /has come into being/);
    assert.equal(read(root, "to", "A.ihd"), "mine");
  });

  it("say which file failed, and go on with the others", async () => {
    const root = work({
      "from/A.ihd": "a",
      "from/sub/B.ihd": "b",
      "to/sub": "a file where a folder should be",
    });
    const done = await carryOut(await plan(root), asked(true));
    assert.deepEqual(
      done.map(({ outcome }) => outcome),
      ["done", "failed"],
    );
    assert.notEqual(done[1]!.message, "");
  });

  it("move a handler when it is done, asking before anything goes", async () => {
    const root = work({
      "Custom/ToBeMigrated/A.ihd": "a",
      "Custom/ToBeMigrated/B.ihd": "b",
      "Custom/B.ihd": "migrated",
    });
    const move = async (name: string): Promise<FolderPlan> => {
      const custom = join(root, "Custom");
      const found = planDone(
        name,
        await folderFacts(join(custom, "ToBeMigrated")),
        await folderFacts(custom),
      );
      assert.ok(found);
      return found;
    };
    assert.equal((await carryOut(await move("A"), asked(false)))[0]!.outcome, "done");
    assert.deepEqual(
      [read(root, "Custom", "A.ihd"), existsSync(join(root, "Custom/ToBeMigrated/A.ihd"))],
      ["a", false],
    );

    const no = asked(false);
    assert.equal((await carryOut(await move("B"), no))[0]!.outcome, "kept");
    assert.deepEqual(no.all, ["replace B.ihd", "remove B.ihd"]);
    assert.deepEqual(
      [read(root, "Custom", "B.ihd"), read(root, "Custom", "ToBeMigrated", "B.ihd")],
      ["migrated", "b"],
    );

    // Designer saved the migrated one: it stays, and the one that waited goes.
    const removeOnly: Questions = {
      replace: () => Promise.resolve(false),
      remove: () => Promise.resolve(true),
    };
    assert.equal((await carryOut(await move("B"), removeOnly))[0]!.outcome, "done");
    assert.deepEqual(
      [read(root, "Custom", "B.ihd"), readdirSync(join(root, "Custom/ToBeMigrated"))],
      ["migrated", []],
    );
  });

  it("can be stopped between two files", async () => {
    const root = work({ "from/A.ihd": "a", "from/B.ihd": "b" });
    const stop = new AbortController();
    const progress = (done: number): void => {
      if (done === 1) stop.abort(new Error("stopped"));
    };
    const made_ = await plan(root);
    await assert.rejects(
      carryOut(made_, asked(true), {
        signal: stop.signal,
        progress: (done) => {
          if (done === 0) queueMicrotask(() => progress(1));
        },
      }),
      /stopped/,
    );
    assert.deepEqual(readdirSync(join(root, "to")), ["A.ihd"]);
  });
});
