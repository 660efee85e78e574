import assert from "node:assert/strict";
import { emptyForm, savedForm, typedNodes } from "../../../media/migrator/form";

describe("the form for the Migrator", () => {
  it("remembers what stood in it, as far as it fits", () => {
    const form = { ...emptyForm, mode: "import", nodes: ["Users"], importMode: 1, noPrompt: false } as const;
    assert.deepEqual(savedForm(form), form);
    assert.deepEqual(savedForm(undefined), emptyForm);
    assert.deepEqual(savedForm({ mode: "delete", nodes: [1], importMode: 7, program: null }), emptyForm);
  });

  it("has nothing that could hold a password", () => {
    assert.deepEqual(
      Object.keys(emptyForm).filter((name) => /password/i.test(name)),
      ["passwordVariable"],
    );
  });

  it("splits typed nodes at commas", () => {
    assert.deepEqual(typedNodes(" Users , ,IP Phones"), ["Users", "IP Phones"]);
    assert.deepEqual(typedNodes(""), []);
  });
});
