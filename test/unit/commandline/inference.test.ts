import assert from "node:assert/strict";
import { checkCommands } from "../../../server/src/commandline/check";
import { diffCommands } from "../../../server/src/commandline/diff";
import { handlerCommands } from "../../../server/src/commandline/handler";
import { create, layout, object } from "../../../server/src/ihd/fields";
import { stepBase } from "../../../server/src/ihd/layouts";
import { writeIhd } from "../../../server/src/ihd/writer";
import { assignment, chain, nativeBase } from "../ihd/build";
import { folder, run } from "./run";

const Unknown = layout("CIdListSwapStep", 1, "step", {
  ...stepBase,
  one: object("operand"),
  other: object("operand"),
});

/** One step of a class that is not known, with its two references or without. */
const handler = (isFilled: boolean): Buffer =>
  writeIhd(
    chain(2, (i, variable) =>
      i === 2
        ? create(Unknown, {
            ...nativeBase(i, "Swap"),
            ...(isFilled ? { one: variable, other: variable } : {}),
          })
        : assignment(i, variable),
    ),
  );

describe("what one handler teaches about another", () => {
  const [open, deciding] = [handler(false), handler(true)];
  const work = folder({
    "before/a.ihd": open,
    "before/b.ihd": deciding,
    "before/c.ihd": open,
    "after/a.ihd": deciding,
    "after/b.ihd": open,
    "after/c.ihd": open,
    "alone/b.ihd": open,
  });
  after(() => work.remove());

  /** A handler's part of what was listed. */
  const part = (out: string, name: string): string =>
    out
      .split(/^(?===> )/m)
      .find((each) => each.startsWith(`==> ${name} <==`))!
      .replace(/^.*\n.*\n/, "")
      .trim();

  it("does not depend on the order they are listed in", async () => {
    const list = (...argv: string[]) => run(handlerCommands, work.path, "handler", "list", ...argv);
    const [before, after] = [await list("before"), await list("after")];
    assert.equal(part(before.out, "before/a.ihd"), part(after.out, "after/b.ihd"));
    assert.equal(part(before.out, "before/c.ihd"), part(after.out, "after/b.ihd"));
    assert.equal(part(before.out, "before/b.ihd"), part(after.out, "after/a.ihd"));
    assert.doesNotMatch(before.out + before.err, /undecided/);
    // Alone nothing decides.
    assert.match((await list("alone")).err, /undecided/);
    assert.equal(before.out.match(/^==> /gm)!.length, 3);
  });

  it("does not depend on the order they are checked in", async () => {
    const check = async (...argv: string[]): Promise<string[]> => {
      const { out } = await run(checkCommands, work.path, "handler", "check", ...argv, "--json");
      const { findings } = JSON.parse(out) as { findings: { rule: string; message: string; file: string }[] };
      return findings
        .filter(({ rule, file }) => rule === "inferred-layout" && file === argv[0])
        .map(({ message }) => message);
    };
    const [first, last] = [await check("before/a.ihd"), await check("after/b.ihd")];
    assert.equal(first.length, 1);
    assert.doesNotMatch(first[0]!, /undecided/);
    assert.deepEqual(first, last);
    assert.match((await check("alone/b.ihd"))[0]!, /undecided/);
    // Also by what is in another folder.
    assert.deepEqual(await check("alone/b.ihd", "--reference", "after"), first);
  });

  it("does not depend on which of them is compared first", async () => {
    const diff = async (old: string, now: string): Promise<string> =>
      (await run(diffCommands, work.path, "handler", "diff", old, now)).out;
    const [there, back] = [
      await diff("before/a.ihd", "before/b.ihd"),
      await diff("before/b.ihd", "before/a.ihd"),
    ];
    assert.doesNotMatch(there + back, /extra\d (added|removed)/);
    assert.equal(there.match(/extra/g)?.length, 2);
    assert.equal(back.match(/extra/g)?.length, 2);
  });
});
