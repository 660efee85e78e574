import assert from "node:assert/strict";
import { XMLValidator } from "fast-xml-parser";
import { evaluate } from "../../../server/src/runbook/evaluate";
import { runbookHtml } from "../../../server/src/runbook/exports/html";
import { runbookMarkdown } from "../../../server/src/runbook/exports/markdown";
import { percentOf } from "../../../server/src/runbook/exports/report";
import { type Change, changed, type Marks, noMarks } from "../../../server/src/runbook/marks";

const evil = `<script>alert("1")</script> | *bold* [link](http://x) \u202eabc`;
const changes: readonly Change[] = [
  { what: "variants", chosen: ["sqlServer", "dialer"] },
  { what: "state", step: "plan/support", state: "done" },
  { what: "note", step: "plan/support", note: `first line\n${evil}` },
  { what: "evidence", step: "plan/support", evidence: "reports/case.html" },
  { what: "state", step: "plan/lab", state: "notNeeded" },
  { what: "state", step: "plan/image", state: "blocked" },
  { what: "state", step: "export/export", state: "done" },
  { what: "proof", step: "review/custom-handlers", from: "No handler is left in Custom/ToBeMigrated." },
];
const marks = changes.reduce<Marks>(
  (before, change, at) => changed(before, change, "Ann", `2026-01-01T10:00:0${at}.000Z`),
  noMarks,
);
const phases = evaluate(marks);
const options = {
  name: `Contoso ${evil}`,
  date: new Date("2026-02-03T04:05:06Z"),
  chosen: marks.choice!.chosen,
};

describe("the runbook to hand on", () => {
  const markdown = [...runbookMarkdown(phases, options)].join("");
  const html = [...runbookHtml(phases, options)].join("");
  const needed = phases.reduce((sum, { progress }) => sum + progress.needed, 0);

  it("as Markdown says how far it is, for whom, and what is out of order", () => {
    assert.ok(
      markdown.includes(`3 of ${needed} steps done (${Math.floor(300 / needed)} %). 2026-02-03 04:05 UTC.`),
    );
    assert.ok(markdown.includes("For a site with: SQL Server, Interaction Dialer."));
    assert.match(
      markdown,
      /out of order:\*\*\n\n- The inventory of handlers comes before the export\. Not done: 1\.1 /,
    );
    assert.match(markdown, /\| 0 Plan \| 1 \| 5 \| 1 \|/);
  });

  it("as Markdown has every step with its state, who, when, note, evidence and proof", () => {
    const items = markdown.match(/^- \[[ x]\] \*\*[\d.]+\*\* /gm) ?? [];
    assert.equal(
      items.length,
      phases.reduce((sum, { steps }) => sum + steps.length, 0),
    );
    assert.match(
      markdown,
      /- \[x\] \*\*0\.1\*\* Tell support.*\n {2}- Ann, 2026-01-01 10:00\n {2}- Note: first line \/ /,
    );
    assert.match(markdown, /Evidence: reports\/case\.html/);
    assert.match(markdown, /- \[x\] \*\*0\.5\*\* .* \(not needed\)/);
    assert.match(markdown, /- \[ \] \*\*0\.6\*\* .* \(blocked\)/);
    assert.match(
      markdown,
      /- \[x\] .*\n {2}- proved 2026-01-01 10:00: No handler is left in Custom\/ToBeMigrated/,
    );
    assert.match(markdown, /\(CIC Migration guide 2018 R5, “Appendix A”\)/);
  });

  it("as Markdown shows what people wrote as they wrote it", () => {
    assert.ok(
      !markdown.includes("<script>") && !markdown.includes("[link](") && !/[^\\]\*bold/.test(markdown),
    );
    assert.ok(!markdown.includes("\u202e"));
    assert.ok(markdown.includes("\\<script\\>"));
  });

  it("as HTML is well formed and says the same", () => {
    const body = html
      .replace(/^<!DOCTYPE html>/, "")
      .replace(/<meta[^>]*>/g, "")
      .replaceAll("<br>", "<br/>");
    assert.equal(XMLValidator.validate(body), true);
    assert.ok(html.includes(`3 of ${needed} steps done`));
    assert.equal(
      html.match(/<td class="status/g)?.length,
      phases.reduce((sum, { steps }) => sum + steps.length, 0),
    );
    assert.match(html, /<progress max="100" value="20" aria-label="20 % of Plan">/);
    assert.match(html, /Out of order: The inventory of handlers/);
    assert.match(html, /proved 2026-01-01 10:00: No handler is left/);
    assert.ok(!html.includes("<script>") && !html.includes("\u202e"));
    assert.match(html, /default-src 'none'/);
    assert.ok(!/(?:src|href)="http/.test(html));
  });

  it("never says 100 % before all is done", () => {
    assert.equal(percentOf(199, 200), 99);
    assert.equal(percentOf(200, 200), 100);
    assert.equal(percentOf(0, 0), 100);
  });
});
