import assert from "node:assert/strict";
import { Rows } from "../../../media/grid/rows";
import { afterKey, rectangle, type Selected, start } from "../../../media/grid/selection";

const size = { rows: 100_000, columns: 5, page: 30 };
const press = (from: Selected, ...keys: string[]): Selected =>
  keys.reduce((selected, text) => {
    const [key = "", ...held] = text.split("+").reverse();
    const next = afterKey(
      selected,
      { key, shift: held.includes("Shift"), control: held.includes("Ctrl") },
      size,
    );
    assert.ok(next, text);
    return next;
  }, from);

describe("result grid: keys", () => {
  it("move the active cell and stay inside", () => {
    assert.deepEqual(press(start, "ArrowDown", "ArrowRight").active, { row: 1, column: 1 });
    assert.deepEqual(press(start, "ArrowUp", "ArrowLeft").active, { row: 0, column: 0 });
    assert.deepEqual(press(start, "Ctrl+End").active, { row: 99_999, column: 4 });
    assert.deepEqual(press(start, "Ctrl+End", "PageDown", "ArrowRight").active, { row: 99_999, column: 4 });
    assert.deepEqual(press(start, "PageDown", "End").active, { row: 30, column: 4 });
    assert.deepEqual(press(start, "Ctrl+ArrowDown", "Home").active, { row: 99_999, column: 0 });
  });

  it("extend the selection with Shift, and begin a new one without", () => {
    const selected = press(start, "ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight");
    assert.deepEqual(rectangle(selected), { top: 1, bottom: 2, left: 0, right: 1 });
    assert.deepEqual(rectangle(press(selected, "ArrowUp")), { top: 1, bottom: 1, left: 1, right: 1 });
    const upwards = press(start, "PageDown", "Shift+ArrowUp", "Shift+ArrowUp");
    assert.deepEqual(rectangle(upwards), { top: 28, bottom: 30, left: 0, right: 0 });
  });

  it("select everything, and leave other keys to the editor", () => {
    assert.deepEqual(rectangle(press(start, "Ctrl+a")), { top: 0, bottom: 99_999, left: 0, right: 4 });
    assert.equal(afterKey(start, { key: "F5", shift: false, control: false }, size), undefined);
  });
});

describe("result grid: rows", () => {
  it("are asked for once, by pages, few at a time, the latest wish first", () => {
    const asked: number[] = [];
    const rows = new Rows((from) => asked.push(from));
    rows.want(0, 50, 100_000);
    rows.want(10, 60, 100_000);
    assert.deepEqual(asked, [0]);
    assert.equal(rows.get(5), undefined);
    rows.take(
      0,
      Array.from({ length: 200 }, (_, index) => [String(index)]),
    );
    assert.deepEqual(rows.get(5), ["5"]);
    // A drag of the scroll bar: what was passed by is not asked for.
    for (let at = 1000; at < 90_000; at += 1000) rows.want(at, at + 50, 100_000);
    assert.equal(asked.length, 5);
    rows.take(asked[1]!, [["x"]]);
    assert.equal(asked.at(-1), 89_000);
  });

  it("ask again for a page that had fewer rows than there are now", () => {
    const asked: number[] = [];
    const rows = new Rows((from) => asked.push(from));
    rows.want(0, 10, 50);
    rows.take(
      0,
      Array.from({ length: 50 }, () => ["x"]),
    );
    rows.want(0, 10, 50);
    assert.equal(asked.length, 1);
    rows.want(0, 100, 150);
    assert.equal(asked.length, 2);
  });
});
