import assert from "node:assert/strict";
import { XMLValidator } from "fast-xml-parser";
import { checkDialerConfigurationAtOnce } from "../../../server/src/dialer/check";
import { migrationReport } from "../../../server/src/dialer/migrationReport";
import { migrationHtml, migrationMarkdown } from "../../../server/src/dialer/migrationReportText";
import { readDialerConfigurationAtOnce } from "../../../server/src/dialer/read";
import { selectWorkflows, type WorkflowFilter, workflowsOf } from "../../../server/src/dialer/workflows";
import { configuration, fixture, id, object } from "./fixture";

describe("dialer: what will migrate", () => {
  const source = fixture("source/dialer_config.xml");
  const surroundings = { udlFiles: new Map([["contacts.udl", "x"]]) };
  const report = migrationReport(source, surroundings);

  it("judges every object once", () => {
    assert.equal(report.rows.length, source.objects.length);
    const sum = Object.values(report.totals).reduce((total, count) => total + count, 0);
    assert.equal(sum, source.objects.length);
    const fate = (name: string): string | undefined => report.rows.find((row) => row.name === name)?.fate;
    assert.deepEqual(["Spring", "Winter calls", "Forgotten", "Alone"].map(fate), [
      "migrates",
      "stays behind",
      "stays behind",
      "stays behind",
    ]);
    assert.deepEqual(
      [
        "Outbound",
        "Old stuff",
        "[Campaign Defaults]",
        "[Default Connection]",
        "Evening",
        "Spring list",
        "ODS1",
      ].map(fate),
      ["converted", "stays behind", "stays behind", "migrates", "partly", "partly", "by hand"],
    );
    assert.equal(fate("Zones"), "migrates");
  });

  it("leaves a deleted campaign behind, in whatever workflow it is", () => {
    const model = readDialerConfigurationAtOnce(
      source.text.replace('name="Spring" rev="3"', 'name="Spring" rev="3" deleted="1"'),
    );
    const spring = migrationReport(model).rows.find(({ name }) => name === "Spring");
    assert.equal(spring?.fate, "stays behind");
    assert.match(spring.why, /marked as deleted by deleted/);
    // The finding that it is deleted says enough.
    const codes = checkDialerConfigurationAtOnce(model)
      .filter(({ message }) => message.startsWith("campaign “Spring”"))
      .map(({ code }) => code);
    assert.ok(codes.includes("dialer/deleted-object"));
    assert.ok(!codes.includes("dialer/campaign-stays-behind"));
  });

  it("counts what must be done by hand", () => {
    const items = (word: string): number | undefined =>
      report.tasks.find(({ task }) => task.includes(word))?.items;
    assert.equal(items("statistics"), 2);
    assert.equal(items("pager"), 2);
    assert.equal(items("From"), 2);
  });

  it("leaves the pairing of reason and finish codes to people", () => {
    assert.match(report.questions.join(), /reason code with wrap-up code.*reason = category/);
  });

  it("calls a configuration without workflows unclear, and a 4.x one no source", () => {
    const unclear = migrationReport(configuration(object(1, 1, "C")));
    assert.equal(unclear.rows[0]?.fate, "unknown");
    assert.equal(unclear.alreadyTarget, false);
    assert.equal(migrationReport(fixture("target/monday.xml")).alreadyTarget, true);
  });

  it("writes names into Markdown and HTML as they are, not as markup", () => {
    const model = configuration(object(1, 1, "a|b &lt;script&gt; *c* &amp; &quot;d&quot;"));
    const data = migrationReport(model);
    assert.ok(migrationMarkdown(data, "f.xml").includes('| a\\|b \\<script\\> \\*c\\* & "d" |'));
    const html = migrationHtml(data, "<f>.xml");
    assert.ok(html.includes("<td>a|b &#60;script&#62; *c* &#38; &#34;d&#34;</td>"));
    assert.ok(!html.includes("<script") && !html.includes("<f>"));
    assert.equal(
      XMLValidator.validate(
        html
          .replace("<!doctype html>", "")
          .replace('<meta charset="utf-8">', "")
          .replace(/<meta http[^>]*>/, ""),
      ),
      true,
    );
  });

  it("shows every object and workflow in both texts", () => {
    for (const text of [migrationMarkdown(report, "x"), migrationHtml(report, "x")])
      for (const name of [
        "Winter calls",
        "Old stuff",
        "contacts.udl (found)",
        "archive.udl (missing)",
        "ODS1",
      ])
        assert.ok(text.includes(name), name);
  });
});

describe("dialer: workflows", () => {
  const source = fixture("source/dialer_config.xml");
  const all = workflowsOf(source, { udlFiles: new Map() });

  it("reads status, flags, campaigns and data sources behind lists and connections", () => {
    assert.deepEqual(
      all.map(({ name, status, paused, deleted, campaigns, dataSources }) => {
        return { name, status, paused, deleted, campaigns: campaigns.map((one) => one.name), dataSources };
      }),
      [
        {
          name: "Outbound",
          status: "Active",
          paused: false,
          deleted: false,
          campaigns: ["Spring", "Summer"],
          dataSources: [{ file: "contacts.udl", state: "missing" }],
        },
        {
          name: "Winter",
          status: "Off",
          paused: true,
          deleted: false,
          campaigns: ["Winter calls"],
          dataSources: [{ file: "archive.udl", state: "missing" }],
        },
        {
          name: "Old stuff",
          status: "Completed",
          paused: undefined,
          deleted: true,
          campaigns: ["Forgotten"],
          dataSources: [{ file: "archive.udl", state: "missing" }],
        },
      ],
    );
  });

  it("finds a campaign's workflow nested, referred to either way, or named", () => {
    const unknown = workflowsOf(fixture("unknown.xml"));
    assert.deepEqual(
      unknown.map(({ name, campaigns }) => [name, campaigns.map((one) => one.name)]),
      [
        ["Day", ["Morning", "Noon", "By name"]],
        ["Night", ["Late"]],
      ],
    );
    const upwards = configuration(object(2, 1, "W"), object(1, 2, "C", { wf: id(1) }));
    assert.deepEqual(
      workflowsOf(upwards)[0]?.campaigns.map(({ name }) => name),
      ["C"],
    );
  });

  it("narrows the list by the assistant's filters", () => {
    const names = (filter: WorkflowFilter): string[] => selectWorkflows(all, filter).map(({ name }) => name);
    assert.deepEqual(names({}), ["Outbound", "Winter", "Old stuff"]);
    assert.deepEqual(names({ deleted: false }), ["Outbound", "Winter"]);
    assert.deepEqual(names({ paused: true }), ["Winter"]);
    assert.deepEqual(names({ paused: false }), ["Outbound", "Old stuff"]);
    assert.deepEqual(names({ statuses: ["Off", "Completed"], deleted: false }), ["Winter"]);
    assert.deepEqual(names({ dataSources: ["ARCHIVE.UDL"] }), ["Winter", "Old stuff"]);
    assert.deepEqual(names({ name: "OUT" }), ["Outbound"]);
    const unread = workflowsOf(configuration(object(2, 1, "X", { status: "7" })));
    assert.equal(selectWorkflows(unread, { statuses: [undefined] }).length, 1);
    assert.equal(selectWorkflows(unread, { statuses: ["Active"] }).length, 0);
  });
});
