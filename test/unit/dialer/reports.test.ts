import assert from "node:assert/strict";
import { compareDialerConfigurationsAtOnce } from "../../../server/src/dialer/compare";
import { comparisonReport } from "../../../server/src/dialer/compareReport";
import { migrationReport } from "../../../server/src/dialer/migrationReport";
import { migrationPages } from "../../../server/src/dialer/migrationReportText";
import { objectAt } from "../../../server/src/dialer/navigation";
import { type Report, reportCsv, reportMarkdown } from "../../../server/src/dialer/report";
import { workflowReport } from "../../../server/src/dialer/workflowReport";
import { selectWorkflows, type WorkflowFilter, workflowsOf } from "../../../server/src/dialer/workflows";
import { configuration, fixture, object } from "./fixture";

describe("dialer: reports", () => {
  const source = fixture("source/dialer_config.xml");

  it("lead from every row to the object it is about", () => {
    const { tables } = migrationPages(migrationReport(source), "x");
    const { rows, linked } = tables.find(({ title }) => title === "Objects")!;
    assert.equal(rows.length, source.objects.length);
    for (const { cells, place } of rows) {
      const tag = source.text.slice(place?.start, source.text.indexOf(">", place?.start));
      assert.match(tag, /^<DIALEROBJECT /);
      if (/name="/.test(tag)) assert.ok(tag.replace("&amp;", "&").includes(`name="${cells[linked!]}"`), tag);
    }
  });

  it("go into spreadsheets as text: quotes, lines and what would be a formula", () => {
    const cells = ['a "b"', "c\nd", "=1+1", "@x", "-1", "plain"];
    const report: Report = {
      title: "T",
      warnings: [],
      paragraphs: ["not in the table"],
      tables: [
        { title: "Other", head: ["x"], rows: [] },
        { title: "Data", head: ["1", "2", "3", "4", "5", "6"], rows: [{ cells }] },
      ],
      lists: [],
      data: 1,
    };
    assert.equal(
      reportCsv(report),
      '\uFEFF"1","2","3","4","5","6"\r\n"a ""b""","c\nd","\'=1+1","\'@x","\'-1","plain"\r\n',
    );
  });

  it("say how workflows were chosen and whose data source is missing", () => {
    const all = workflowsOf(source, { udlFiles: new Map([["contacts.udl", "x"]]) });
    const words = (filter: WorkflowFilter): string =>
      workflowReport(selectWorkflows(all, filter), filter, all.length, "f.xml").paragraphs[0]!;
    assert.equal(words({}), "3 of 3 workflows: any status.");
    assert.equal(
      words({
        statuses: ["Active", undefined],
        paused: false,
        deleted: false,
        dataSources: ["contacts.udl"],
      }),
      "1 of 3 workflows: status Active or not readable, not paused, not deleted, data source contacts.udl.",
    );
    assert.equal(words({ statuses: [] }), "0 of 3 workflows: status none.");
    const [, missing] = workflowReport(all, {}, 3, "f.xml").paragraphs;
    assert.match(missing!, /^2 of them have a data source whose \.udl file is missing/);
  });

  it("of a comparison give a row a value, and the place in the file that has the object", () => {
    const old = configuration(object(1, 1, "Kept", { a: "1", b: "2" }), object(3, 2, "Gone"));
    const now = configuration(object(1, 1, "Kept", { a: "3", b: "4" }), object(5, 3, "New"));
    const report = comparisonReport(compareDialerConfigurationsAtOnce(old, now), "old.xml", "new.xml");
    assert.deepEqual(
      report.tables[0]!.rows.map(({ cells, place }) => [...cells, place?.inOld]),
      [
        ["changed", "campaign", "Kept", "a", "1", "3", false],
        ["changed", "campaign", "Kept", "b", "2", "4", false],
        ["removed", "rule set", "Gone", "", "", "", true],
        ["added", "schedule", "New", "", "", "", false],
      ],
    );
    assert.match(reportMarkdown(report), /\n1 changed, 1 added, 1 removed, 0 the same\.\n/);
  });

  it("of a comparison tell that a secret changed, and not to what", () => {
    const of = (dncpassword: string) => configuration(object(16, 1, "DNC", { dncpassword }));
    const comparison = compareDialerConfigurationsAtOnce(of("made-up-1"), of("made-up-2"));
    assert.equal(comparison.objects[0]?.changes[0]?.path, "dncpassword");
    assert.ok(!JSON.stringify(comparison).includes("made-up"));
  });
});

describe("dialer: the object at a place", () => {
  const model = fixture("source/dialer_config.xml");
  const at = (context: string, focus: string) =>
    objectAt(model, model.text.indexOf(context) + context.indexOf(focus) + 1);

  it("is the one whose tag or id is there, that a value refers to, or that is around", () => {
    assert.equal(at('type="3" name="Evening"', "type")?.name, "Evening");
    assert.equal(at('display_name="Evening">{00030000', "{")?.name, "Evening");
    assert.equal(at("<campaignmaxlines>2500", "campaign")?.name, "Summer");
    assert.equal(at("<DIALERCONFIG2", "<"), undefined);
  });
});
