import assert from "node:assert/strict";
import { actionOf } from "../../../media/flow/keys";

const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

describe("flow view: keys of the picture", () => {
  it("are one plain key each", () => {
    assert.deepEqual(actionOf({ ...none, key: "ArrowRight" }), { does: "follow", direction: "right" });
    assert.deepEqual(actionOf({ ...none, key: "ArrowUp", shiftKey: true }), { does: "pan", direction: "up" });
    assert.deepEqual(actionOf({ ...none, key: "3" }), { does: "exit", position: 2 });
    assert.deepEqual(
      ["+", "-", "0", "/", "l", "Home", "Enter", "s", "Escape"].map(
        (key) => actionOf({ ...none, key })?.does,
      ),
      ["zoomIn", "zoomOut", "fit", "search", "list", "start", "open", "openSubroutine", "back"],
    );
  });

  it("leave everything else to the editor", () => {
    for (const key of ["ArrowRight", "0", "Enter", "s"])
      for (const modifier of ["ctrlKey", "metaKey", "altKey"] as const)
        assert.equal(actionOf({ ...none, key, [modifier]: true }), null);
    for (const key of ["Tab", "F1", "x", "Dead"]) assert.equal(actionOf({ ...none, key }), null);
  });
});
