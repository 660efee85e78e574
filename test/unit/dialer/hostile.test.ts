import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { checkDialerConfigurationAtOnce } from "../../../server/src/dialer/check";
import { compareDialerConfigurationsAtOnce } from "../../../server/src/dialer/compare";
import { describeDialerConfiguration } from "../../../server/src/dialer/describe";
import { hoverAt } from "../../../server/src/dialer/hover";
import { migrationReport } from "../../../server/src/dialer/migrationReport";
import { migrationHtml, migrationMarkdown } from "../../../server/src/dialer/migrationReportText";
import { definitionAt, referencesAt } from "../../../server/src/dialer/navigation";
import { foldsOf, outlineOf } from "../../../server/src/dialer/outline";
import { removeDeletedWorkflows } from "../../../server/src/dialer/purge";
import { readDialerConfigurationAtOnce } from "../../../server/src/dialer/read";
import { viewOf } from "../../../server/src/dialer/view";
import { limits } from "../../../server/src/dialer/xml";
import { fixtures, id } from "./fixture";

/** Everything the room does with a text. */
function everything(text: string, offset: number): void {
  const model = readDialerConfigurationAtOnce(text);
  for (const { start, end, place } of checkDialerConfigurationAtOnce(model, { udlFiles: new Map() })) {
    assert.ok(start >= 0 && start <= end && end <= text.length, `${start}-${end} of ${text.length}`);
    assert.ok((place?.line ?? 0) >= 1);
  }
  const report = migrationReport(model);
  migrationMarkdown(report, "f");
  migrationHtml(report, "f");
  viewOf(model);
  describeDialerConfiguration(model);
  outlineOf(model);
  foldsOf(model);
  hoverAt(model, offset);
  definitionAt(model, offset);
  referencesAt(model, offset, true);
  removeDeletedWorkflows(model);
  compareDialerConfigurationsAtOnce(model, model);
}

describe("dialer: hostile input", () => {
  const seeds = ["source/dialer_config.xml", "unknown.xml"].map((name) =>
    readFileSync(resolve(fixtures, name), "utf8"),
  );

  it("survives damaged files", () => {
    const damage = fc.record({
      seed: fc.constantFrom(...seeds),
      edits: fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, noNaN: true }),
          cut: fc.integer({ min: 0, max: 40 }),
          put: fc.oneof(
            fc.constantFrom(
              "<",
              ">",
              "</",
              "/>",
              '"',
              "'",
              "&",
              "=",
              "<![CDATA[",
              "<!--",
              "<?",
              "<!DOCTYPE",
              "{",
              "|",
              id(1),
            ),
            fc.string({ maxLength: 8 }),
          ),
        }),
        { maxLength: 12 },
      ),
      end: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(damage, ({ seed, edits, end }) => {
        let text = seed;
        for (const { at, cut, put } of edits) {
          const offset = Math.floor(at * text.length);
          text = text.slice(0, offset) + put + text.slice(offset + cut);
        }
        everything(text, Math.floor(end * text.length));
      }),
      { seed: 19, numRuns: 200 },
    );
  });

  it("survives arbitrary text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.nat(300), (text, offset) =>
        everything(text, offset),
      ),
      { seed: 7, numRuns: 300 },
    );
  });

  it("stops at its depth and never recurses", () => {
    const deep = "<a>".repeat(100_000);
    const model = readDialerConfigurationAtOnce(deep);
    assert.match(model.findings[0]?.message ?? "", new RegExp(`deeper than ${limits.depth} levels`));
    everything(deep, 5000);
  });

  // Each of these takes a minute or more where something is done once for each pair of things.
  const many = 15_000;
  const repeated: Record<string, string> = {
    "one id for all objects": `<DIALERCONFIG2>${`<DIALEROBJECT id="${id(1)}" type="14" name="n"><PROPERTIES><cccampaignid>${id(1)}</cccampaignid></PROPERTIES></DIALEROBJECT>`.repeat(many)}</DIALERCONFIG2>`,
    "one object of very many properties": `<DIALERCONFIG2><DIALEROBJECT id="${id(1)}" type="1" name="n"><PROPERTIES>${"<calllist>x.udl</calllist>".repeat(many * 5)}</PROPERTIES></DIALEROBJECT></DIALERCONFIG2>`,
    "very many zones": `<DIALERCONFIG2><DIALEROBJECT id="${id(1)}" type="7" name="n"><ZONESET>${"<SLOT><zone>z</zone></SLOT>".repeat(many * 5)}</ZONESET></DIALEROBJECT></DIALERCONFIG2>`,
    "very many objects with nothing to tell them apart": `<DIALERCONFIG2>${"<DIALEROBJECT/>".repeat(many * 3)}</DIALERCONFIG2>`,
    "closing tags that close nothing": `<x>${"</y>".repeat(many * 5)}`,
    "very many workflows and campaigns": `<X>${'<Workflow name="w"><Campaign name="c" workflow="w"/></Workflow>'.repeat(many)}</X>`,
    "one long list of ids": `<DIALERCONFIG2><DIALEROBJECT id="${id(1)}" type="1" name="n"><PROPERTIES><policysetids display_name="${"|a".repeat(many)}|">${`|${id(1)}`.repeat(many)}|</policysetids></PROPERTIES></DIALEROBJECT></DIALERCONFIG2>`,
    "brackets and braces": "<{|".repeat(many * 3),
    "attributes without end": `<a ${"b ".repeat(many * 3)}`,
    "items with one name": `<DIALERCONFIG2><DIALEROBJECT id="${id(1)}" type="4" name="n">${"<ITEM><ID>NEW</ID><PROPERTIES><name>x</name></PROPERTIES></ITEM>".repeat(many)}</DIALEROBJECT></DIALERCONFIG2>`,
  };
  for (const [name, text] of Object.entries(repeated)) {
    it(`takes time with the size, not its square: ${name}`, () => everything(text, text.length >> 1));
  }
});
