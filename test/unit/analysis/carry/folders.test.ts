import assert from "node:assert/strict";
import { carryFolders, type CarryReport } from "../../../../server/src/analysis/carry/carryFolders";
import { carryStatuses } from "../../../../server/src/analysis/carry/model";
import type { HandlerFile } from "../../../../server/src/analysis/compare/handlerFiles";
import { noHandler } from "../../../../server/src/handler/read";
import { handler } from "../../../builder/handler";
import { toModel } from "../../../builder/model";

/** `folder/Name` whose first step sets x to `first`, the second y to `second`. */
function file(path: string, first = "1", second = "1"): HandlerFile {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return {
    name,
    path: `${path}.ihd`,
    read: async () => {
      const built = handler("Any").declare("String", "x", "y");
      const one = built.assign("x", first).label("One");
      built.start().to(one.to(built.assign("y", second).label("Two")));
      return toModel(built);
    },
  };
}

const broken = (path: string): HandlerFile => ({
  ...file(path),
  read: () => Promise.reject(new Error(`${path} may not be read.`)),
});

const said = ({ handlers }: CarryReport): string[] =>
  handlers.map(
    ({ name, status, oldBase, custom, newBase }) =>
      `${status} ${name}: ${[oldBase, custom, newBase].map((each) => each?.path ?? "-").join(" ")}`,
  );

describe("Carrying folders to a new base", () => {
  it("gives every handler its status, conflicts first", async () => {
    const report = await carryFolders({
      oldBase: ["Same", "Taken", "Applied", "Clash", "Gone", "Broken", "Dropped", "Untouched"].map((name) =>
        file(name),
      ),
      custom: [
        file("c/SAME"),
        file("c/Taken", "ours"),
        file("c/Applied", "ours"),
        file("c/Clash", "ours"),
        file("c/Gone", "ours"),
        broken("c/Broken"),
        file("c/Own"),
        file("c/Dropped"),
      ],
      newBase: [
        file("Same", "1", "theirs"),
        file("Taken"),
        file("Applied", "1", "theirs"),
        file("Clash", "theirs"),
        file("Broken"),
        file("Untouched", "theirs"),
        file("New"),
      ],
    });
    assert.deepEqual(said(report), [
      "conflict Clash: Clash.ihd c/Clash.ihd Clash.ihd",
      "re-apply Applied: Applied.ihd c/Applied.ihd Applied.ihd",
      "base-gone Gone: Gone.ihd c/Gone.ihd -",
      "take-over Taken: Taken.ihd c/Taken.ihd Taken.ihd",
      "custom-written Own: - c/Own.ihd -",
      "unreadable Broken: Broken.ihd c/Broken.ihd Broken.ihd",
      "not-customised Dropped: Dropped.ihd c/Dropped.ihd -",
      "not-customised New: - - New.ihd",
      "not-customised SAME: Same.ihd c/SAME.ihd Same.ihd",
      "not-customised Untouched: Untouched.ihd - Untouched.ihd",
    ]);
    assert.deepEqual(report.summary, {
      conflict: 1,
      "re-apply": 1,
      "base-gone": 1,
      "take-over": 1,
      "custom-written": 1,
      unreadable: 1,
      "not-customised": 4,
    });
    assert.deepEqual(
      Object.keys(report.summary),
      carryStatuses.map(({ id }) => id),
    );
    assert.equal(report.handlers[5]!.note, "The customised handler: c/Broken may not be read.");
    assert.deepEqual(report.notes, []);
  });

  it("holds every one of several customised handlers of a name against the nearest base, and says so", async () => {
    const report = await carryFolders({
      oldBase: [file("a/Twice"), file("b/Twice", "2")],
      custom: [file("x/Twice", "ours"), file("B/twice", "2")],
      newBase: [file("a/Twice"), file("b/Twice", "2")],
    });
    assert.deepEqual(said(report), [
      "take-over Twice: a/Twice.ihd x/Twice.ihd a/Twice.ihd",
      "not-customised twice: b/Twice.ihd B/twice.ihd b/Twice.ihd",
    ]);
    assert.equal(report.notes.length, 1);
    assert.match(
      report.notes[0]!,
      /^More than one handler is named Twice \(old base: a\/Twice.ihd, b\/Twice.ihd;/,
    );
  });

  it("says which folder is empty, and does the rest", async () => {
    const report = await carryFolders({ oldBase: [], custom: [file("Own")], newBase: [] });
    assert.deepEqual(said(report), ["custom-written Own: - Own.ihd -"]);
    assert.deepEqual(
      report.notes.map((note) => note.split(" has no")[0]),
      ["The old base side", "The new base side"],
    );
  });

  it("does not read a customised handler that has the bytes of its base", async () => {
    const base = { ...file("A"), hash: async () => "1" };
    const custom = { ...broken("A"), hash: async () => "1" };
    const report = await carryFolders({ oldBase: [base], custom: [custom], newBase: [file("A", "2")] });
    assert.deepEqual(said(report), ["not-customised A: A.ihd A.ihd A.ihd"]);
  });

  it("tells one who reads a handler without a base that could not be read either", async () => {
    const empty: HandlerFile = { ...file("A"), read: async () => noHandler("A.ihd", "It is empty.") };
    const report = await carryFolders({ oldBase: [file("A")], custom: [file("A")], newBase: [empty] });
    assert.equal(report.handlers[0]!.note, "The new base handler: It is empty.");
  });

  it("tells its progress, and ends when it is told to", async () => {
    const files = [file("A"), file("B"), file("C")];
    const told: string[] = [];
    const folders = { oldBase: files, custom: files, newBase: files };
    await carryFolders(folders, { progress: (done, total, name) => told.push(`${done}/${total} ${name}`) });
    assert.deepEqual(told, ["0/3 A", "1/3 B", "2/3 C", "3/3 "]);
    const stop = new AbortController();
    const progress = (done: number): void => {
      if (done === 1) setImmediate(() => stop.abort(new Error("cancelled")));
    };
    await assert.rejects(carryFolders(folders, { progress, signal: stop.signal }), /cancelled/);
  });
});
