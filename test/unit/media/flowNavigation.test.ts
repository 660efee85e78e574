import assert from "node:assert/strict";
import { along, incomingOf, moved, type Place, readingOrder } from "../../../media/flow/navigation";
import { picture } from "./flowPictures";

// 0 -> 1; 1 -> 2, (nothing), 3, 4; 2 -> 5; 3 -> 5; 4 -> 1 (loop); 5 leads nowhere; 6 is not reached.
const flow = picture([[1], [2, null, 3, 4], [5], [5], [1], [null], [5]]);
const incoming = incomingOf(flow);

const walk = (from: number, ...directions: ("right" | "down" | "left" | "up")[]): (number | null)[] => {
  let place: Place | null = { step: from, row: null };
  return directions.map((direction) => {
    place = place && moved(flow, incoming, place, direction);
    return place?.step ?? null;
  });
};

describe("flow view: arrow keys", () => {
  it("right follows the first exit that leads somewhere", () => {
    assert.deepEqual(walk(0, "right", "right", "right"), [1, 2, 5]);
    assert.deepEqual(walk(5, "right"), [null]);
  });

  it("down goes through the other exits in order, and around", () => {
    assert.deepEqual(walk(1, "right", "down", "down", "down"), [2, 3, 4, 2]);
    assert.deepEqual(walk(1, "right", "up", "up"), [2, 4, 3]);
  });

  it("down follows the exit where there is nothing to choose", () => {
    assert.deepEqual(walk(0, "down", "down"), [1, 2]);
  });

  it("left goes back over the link it came by, and up through the others that lead there", () => {
    assert.deepEqual(walk(3, "right", "left"), [5, 3]);
    assert.deepEqual(walk(5, "left", "down", "down", "down"), [2, 3, 6, 2]);
    assert.deepEqual(walk(5, "left", "up"), [2, 6]);
    assert.deepEqual(walk(0, "left"), [null]);
  });

  it("up goes to what leads there when nothing was chosen before", () => {
    assert.deepEqual(walk(1, "up"), [0]);
  });

  it("a number follows that exit, counted without the unconnected ones", () => {
    assert.equal(along(flow, 1, 1)?.step, 3);
    assert.equal(along(flow, 1, 2)?.step, 4);
    assert.equal(along(flow, 1, 3), null);
  });
});

describe("flow view: order of the list", () => {
  it("follows each branch to its end and puts what is not reached last", () => {
    assert.deepEqual(readingOrder(flow), [0, 1, 2, 5, 3, 4, 6]);
  });

  it("holds every step once, loops or not", () => {
    assert.deepEqual(readingOrder(picture([[1], [0]])), [0, 1]);
    assert.deepEqual(readingOrder(picture([])), []);
  });

  it("goes through a chain of any length", () => {
    const chain = picture(
      Array.from({ length: 20_000 }, (_, index) => [index + 1 < 20_000 ? index + 1 : null]),
    );
    assert.equal(readingOrder(chain).at(-1), 19_999);
  });
});
