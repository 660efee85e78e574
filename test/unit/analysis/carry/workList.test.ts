import assert from "node:assert/strict";
import fc from "fast-check";
import {
  formatWorkList,
  readWorkList,
  WorkList,
  type WorkListEntry,
} from "../../../../server/src/analysis/carry/workList";

const entry = (handler: string, item: string, done = true, note = ""): WorkListEntry => ({
  ...{ handler, item, done, note },
});

const list = (...entries: WorkListEntry[]): WorkList => new WorkList(entries);

describe("The work list of a carry-forward", () => {
  it("is written one entry a line, in one order, whatever the order of marking", () => {
    const one = list(
      entry("System_B", "12:step-changed", false, 'Ask "Jo"\nabout it'),
      entry("system_a", "", true),
      entry("System_B", '1:exit "Next" leads to'),
    );
    const text = formatWorkList(one);
    assert.equal(
      text,
      `{
  "version": 1,
  "items": [
    {"handler":"system_a","item":"","done":true,"note":""},
    {"handler":"System_B","item":"12:step-changed","done":false,"note":"Ask \\"Jo\\"\\nabout it"},
    {"handler":"System_B","item":"1:exit \\"Next\\" leads to","done":true,"note":""}
  ]
}
`,
    );
    const other = new WorkList().with(one.get("System_B", '1:exit "Next" leads to'));
    assert.equal(formatWorkList(list(...one.all().reverse())), text);
    assert.equal(formatWorkList(other).split("\n").length, 7);
    assert.equal(formatWorkList(new WorkList()), '{\n  "version": 1,\n  "items": []\n}\n');
  });

  it("is read back as it was written", () => {
    const entries = fc.record({
      handler: fc.string({ minLength: 1, unit: "grapheme" }),
      item: fc.string({ unit: "grapheme" }),
      done: fc.boolean(),
      note: fc.string({ unit: "binary" }),
    });
    fc.assert(
      fc.property(fc.array(entries), (all) => {
        const text = formatWorkList(new WorkList(all));
        const read = readWorkList(text);
        assert.deepEqual(read.problems, []);
        assert.equal(formatWorkList(read.list), text);
      }),
    );
  });

  it("marks, unmarks, and finds a handler whatever the case of its name", () => {
    const marked = new WorkList().with(entry("Menu", "3:step-added", true, "by Jo"));
    assert.deepEqual(marked.get("MENU", "3:step-added"), entry("Menu", "3:step-added", true, "by Jo"));
    assert.deepEqual(marked.get("Menu", "4:step-added"), entry("Menu", "4:step-added", false, ""));
    const noted = marked.with(entry("menu", "3:step-added", false, "by Jo"));
    assert.equal(noted.all().length, 1);
    assert.deepEqual(noted.with(entry("Menu", "3:step-added", false)).all(), []);
    assert.equal(marked.all()[0]!.done, true, "the list itself does not change");
  });

  it("keeps what a newer release wrote beside", () => {
    const text = `{
  "version": 1,
  "newBase": "40Handlers",
  "items": [
    {"handler":"A","item":"x","done":false,"note":"","assignee":"Jo"}
  ]
}
`;
    const { list: read } = readWorkList(text);
    assert.equal(formatWorkList(read), text);
    assert.match(
      formatWorkList(read.with({ ...read.get("A", "x"), done: true })),
      /"done":true.*"assignee":"Jo"/,
    );
  });

  it("reads an empty file and one with a byte order mark", () => {
    assert.deepEqual(readWorkList("").problems, []);
    assert.equal(readWorkList("").writable, true);
    assert.equal(
      readWorkList(`\uFEFF${formatWorkList(list(entry("A", "x")))}`).list.get("A", "x").done,
      true,
    );
  });

  for (const [what, text, message] of [
    ["no JSON", '{"items": [', /This is no JSON: .* Repair the file/],
    ["a list", "[]", /an object with "items"/],
    ["null", "null", /an object with "items"/],
    ["items that are no list", '{"items": {}}', /"items" is no list/],
    ["a newer version", '{"version": 2, "items": []}', /version 2; this release knows 1/],
    ["a version that is none", '{"version": "x"}', /version "x"/],
    ["merge conflict markers", '{\n"items": [\n<<<<<<< HEAD\n]}', /^Line 3 is a merge conflict marker/],
  ] as const) {
    it(`says what is wrong with ${what}, and would not overwrite it`, () => {
      const { problems, writable, list: read } = readWorkList(text);
      assert.equal(problems.length, 1);
      assert.match(problems[0]!.message, message);
      assert.equal(writable, false);
      assert.deepEqual(read.all(), []);
    });
  }

  it("reads what it can, and would not overwrite what it cannot", () => {
    const text = `{"items": [
      {"handler": "A", "item": "x", "done": true},
      {"handler": "A", "item": 5},
      {"handler": "", "item": "x"},
      {"handler": "A", "item": "y", "done": "yes"},
      {"handler": "A", "item": "y", "note": null},
      "text", null
    ]}`;
    const { problems, writable, list: read } = readWorkList(text);
    assert.deepEqual(read.all(), [entry("A", "x")]);
    assert.equal(problems.length, 6);
    assert.match(problems[0]!.message, /^Entry 2 of "items"/);
    assert.equal(writable, false);
  });

  it("warns of an entry that a merge left twice, and takes the last", () => {
    const twice = `{"items": [{"handler":"A","item":"x","done":true},{"handler":"a","item":"x","done":false}]}`;
    const { problems, writable, list: read } = readWorkList(twice);
    assert.match(problems[0]!.message, /^a, x: marked twice, differently/);
    assert.equal(writable, true);
    assert.equal(read.get("A", "x").done, false);
    const same = `{"items": [{"handler":"A","item":"x","done":true},{"handler":"A","item":"x","done":true}]}`;
    assert.deepEqual(readWorkList(same).problems, []);
  });
});
