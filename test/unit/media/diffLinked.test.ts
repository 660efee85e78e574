import assert from "node:assert/strict";
import fc from "fast-check";
import { following } from "../../../media/diff/linked";

const size = { width: 600, height: 400 };
const box = (x: number, y: number) => [x, y, x + 100, y + 90] as const;

describe("a picture that follows another", () => {
  it("shows the same place where nothing moved, at every place and scale", () => {
    const anchors = [box(0, 0), box(400, 30), box(900, 700)].map((each) => ({ from: each, to: each }));
    fc.assert(
      fc.property(
        fc.integer({ min: -500, max: 2000 }),
        fc.integer({ min: -500, max: 2000 }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (x, y, scale) => {
          const next = following({ x, y, scale }, size, anchors);
          assert.ok(Math.abs(next.x - x) < 1e-6 && Math.abs(next.y - y) < 1e-6);
          assert.equal(next.scale, scale);
        },
      ),
    );
  });

  it("keeps a step that moved at its place in the view, and goes on smoothly to one that did not", () => {
    const anchors = [
      { from: box(0, 0), to: box(0, 500) },
      { from: box(3000, 0), to: box(3000, 0) },
    ];
    const centredOn = (x: number) => ({ x: x + 50 - 300, y: 45 - 200, scale: 1 });
    assert.ok(Math.abs(following(centredOn(0), size, anchors).y - (centredOn(0).y + 500)) < 1);
    assert.ok(Math.abs(following(centredOn(3000), size, anchors).y - centredOn(3000).y) < 1);
    let before = following(centredOn(0), size, anchors).y;
    for (let x = 0; x <= 3000; x += 10) {
      const { y } = following(centredOn(x), size, anchors);
      assert.ok(Math.abs(y - before) < 20, `jumps at ${x}`);
      before = y;
    }
  });

  it("shows the same place when the pictures have no step in common", () => {
    const leader = { x: 3, y: 4, scale: 2 };
    assert.deepEqual(following(leader, size, []), leader);
  });
});
