import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { KnownTools, knownTools, type KnownToolRow } from "../../../server/src/catalogue/knownTools";
import { noticesOf, notices, parameterNotices } from "../../../server/src/catalogue/notices";
import { signaturesIn } from "../../../server/src/catalogue/signature";
import { mapSignatures } from "../../../server/src/analysis/hints/mapping";
import { readHandler } from "../../../server/src/handler/read";
import { corpus, needsCorpus } from "../../corpus";

describe("the product's own list of tools", () => {
  it("finds tools by identity, and by label only where that is no guess", () => {
    const known = knownTools();
    const byIdentity = known.find({ module: "Telephony", name: "Blind Transfer_2.0" });
    assert.equal(byIdentity?.label, "Blind Transfer");
    assert.equal(known.find({ module: "?", name: "?", label: "host connect" })?.category, "Host Interface");
    assert.equal(known.find({ module: "?", name: "nothing of that name" }), undefined);
    // Two known tools are called Custom Notification or so only where the category tells them apart.
    const twice = new KnownTools([row("A", "Same"), row("B", "Same")]);
    assert.equal(twice.find({ module: "?", name: "Same" }), undefined);
    assert.equal(twice.find({ module: "?", name: "x", label: "Same", category: "B" })?.category, "B");
  });

  it("compares only what real handlers showed whole", () => {
    const part = new KnownTools([
      { ...row("A", "T"), module: "M", name: "T", depth: "part" },
      { ...row("A", "U"), module: "M", name: "U", depth: "name" },
      { ...row("A", "V"), module: "M", name: "V", exits: [{ label: "Next" }] },
      { ...row("A", "W"), module: "M", name: "W", exits: [{ label: "Next", returnValue: 0 }] },
      row("A", "X"),
    ]);
    assert.deepEqual(
      part.all.map(({ signature }) => signature !== null),
      [false, false, false, true, false],
    );
  });

  it("names pages of the vendor's help, and nothing else", () => {
    const pages = [...knownTools().all, ...notices, ...parameterNotices].map(({ help }) => help);
    assert.ok(pages.filter((page) => page !== "").length > 200);
    for (const page of pages) assert.match(page, /^(?:https:\/\/help\.genesys\.com\/[\w./()-]+\.htm)?$/);
  });

  it("agrees with the real handlers", function () {
    needsCorpus(this);
    let compared = 0;
    for (const { path } of corpus()) {
      for (const { signature } of signaturesIn(readHandler(readFileSync(path), { file: path }))) {
        const known = knownTools().find(signature)?.signature;
        if (!known) continue;
        compared++;
        const { removed, added, pairs, exitsAdded, exitsRemoved } = mapSignatures(signature, known);
        const moved = pairs.filter(({ by, old, now }) => by === "place" || old.type.name !== now.type.name);
        assert.deepEqual([removed, added, moved, exitsAdded, exitsRemoved], [[], [], [], [], []], known.name);
        assert.equal(signature.version, known.version, known.name);
      }
    }
    assert.ok(compared > 30, String(compared));
  });
});

describe("notices", () => {
  const kinds = (label: string, name: string): string[] => noticesOf({ label, name }).map(({ kind }) => kind);

  it("are found by label, or by an internal name that is the label", () => {
    assert.deepEqual(kinds("Host Connect", "HC"), ["host-interface"]);
    assert.deepEqual(kinds("", "HostConnect"), ["host-interface"]);
    assert.deepEqual(kinds("Conectar con host", "Host Connect_2.0"), ["host-interface"]);
    assert.deepEqual(kinds("Complete External Call (extended)", "x"), ["deprecated"]);
    assert.deepEqual(kinds("Complete External Call", "x"), ["restricted"]);
    assert.deepEqual(kinds("Get Attribute", "Get Attribute"), []);
  });

  it("do not mistake a newer tool for the one they are about", () => {
    assert.deepEqual(kinds("SOAP HTTP Request", "SOAPHTTPRequest"), ["deprecated"]);
    assert.deepEqual(kinds("SOAP HTTP Request Ex", "SOAPHTTPRequestEx"), []);
    assert.deepEqual(kinds("Held Interaction Timer", "HeldInteractionTimer"), []);
  });
});

function row(category: string, label: string): KnownToolRow {
  return { category, label, depth: "whole", parameters: [], exits: [] };
}
