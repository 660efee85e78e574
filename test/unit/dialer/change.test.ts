import assert from "node:assert/strict";
import { applyPatch } from "diff";
import fc from "fast-check";
import {
  compareDialerConfigurations,
  compareDialerConfigurationsAtOnce,
  comparisonText,
} from "../../../server/src/dialer/compare";
import { purgeDiff, removeDeletedWorkflows } from "../../../server/src/dialer/purge";
import { readDialerConfigurationAtOnce } from "../../../server/src/dialer/read";
import { configuration, fixture, id, object } from "./fixture";

describe("dialer: comparing", () => {
  const monday = fixture("target/monday.xml");
  const tuesday = fixture("target/tuesday.xml");

  it("shows what people changed, in whatever order the objects stand", async () => {
    const comparison = await compareDialerConfigurations(monday, tuesday, { budget: 0 });
    assert.deepEqual(
      comparison.objects.map(({ status, kind, name, changes }) => [status, kind, name, changes]),
      [
        ["changed", "campaign", "High summer", [{ path: "name", old: "Summer", new: "High summer" }]],
        ["changed", "campaign", "Spring", [{ path: "priority", old: undefined, new: "60" }]],
        [
          "changed",
          "rule set",
          "Evening",
          [{ path: "RULEITEM “Pause at night” / timetype", old: "everyday", new: "byday" }],
        ],
        ["removed", "zone set", "Zones", []],
        ["added", "contact list filter", "New filter", []],
      ],
    );
  });

  it("leaves out run state, revisions and cached names, unless asked for everything", () => {
    const ignored = compareDialerConfigurationsAtOnce(monday, tuesday).ignored;
    assert.equal(ignored, 7);
    const everything = compareDialerConfigurationsAtOnce(monday, tuesday, { everything: true });
    assert.equal(everything.ignored, 0);
    const paths = everything.objects.flatMap(({ changes }) => changes.map(({ path }) => path));
    for (const path of ["active", "laststarted", "rev"]) assert.ok(paths.includes(path), path);
  });

  it("takes a rule's `active` for configuration: only campaigns and workflows run", () => {
    const rules = (active: string): ReturnType<typeof configuration> =>
      configuration(object(3, 1, "R", { active }), object(1, 2, "C", { active }));
    const { objects, ignored } = compareDialerConfigurationsAtOnce(rules("0"), rules("1"));
    assert.deepEqual([objects.map(({ name }) => name), ignored], [["R"], 1]);
    const nested = (paused: string): ReturnType<typeof configuration> =>
      configuration(
        object(
          1,
          1,
          "C",
          {},
          `<ITEM><ID>${id(2)}</ID><PROPERTIES><paused>${paused}</paused></PROPERTIES></ITEM>`,
        ),
      );
    assert.equal(compareDialerConfigurationsAtOnce(nested("0"), nested("1")).objects.length, 1);
  });

  it("finds nothing between a configuration and itself", () => {
    for (const name of ["source/dialer_config.xml", "unknown.xml"]) {
      const { objects, unchanged } = compareDialerConfigurationsAtOnce(fixture(name), fixture(name));
      assert.deepEqual([objects, unchanged], [[], fixture(name).objects.length]);
    }
  });

  it("prints one line a change", () => {
    const text = comparisonText(compareDialerConfigurationsAtOnce(monday, tuesday), "monday", "tuesday");
    assert.match(text, /changed campaign “Spring”\n {4}priority: \(none\) -> "60"\n/);
    assert.match(text, /5 object\(s\) differ, 12 are the same; 7 difference\(s\)/);
  });

  it("tells items with the same id apart by their names", () => {
    const stages = (...names: string[]): ReturnType<typeof configuration> =>
      configuration(
        object(
          4,
          1,
          "S",
          {},
          names
            .map((name) => `<ITEM><ID>NEW</ID><PROPERTIES><name>${name}</name></PROPERTIES></ITEM>`)
            .join(""),
        ),
      );
    const { objects } = compareDialerConfigurationsAtOnce(stages("a", "b"), stages("b", "a"));
    assert.deepEqual(objects, []);
    assert.equal(compareDialerConfigurationsAtOnce(stages("a", "b"), stages("a", "c")).objects.length, 1);
  });
});

describe("dialer: removing deleted workflows", () => {
  it("cuts the workflow out and touches nothing else", () => {
    const source = fixture("source/dialer_config.xml");
    const purge = removeDeletedWorkflows(source);
    assert.deepEqual(
      purge.removed.map(({ name, marker }) => [name, marker.name, marker.value]),
      [["Old stuff", "deleted", "1"]],
    );
    const start = source.text.indexOf('<DIALEROBJECT id="{00020002');
    const end = source.text.indexOf("</DIALEROBJECT>", start) + "</DIALEROBJECT>".length;
    assert.equal(purge.text, source.text.slice(0, start) + source.text.slice(end));
    assert.deepEqual(purge.dangling, []);
  });

  it("takes the lines of a workflow that stands alone on them", () => {
    const lines = [
      "<DIALERCONFIG2>",
      object(2, 1, "A", { deleted: "1" }),
      object(2, 2, "B"),
      "</DIALERCONFIG2>",
      "",
    ];
    for (const end of ["\n", "\r\n"]) {
      const purge = removeDeletedWorkflows(readDialerConfigurationAtOnce(lines.join(end)));
      assert.equal(purge.text, [lines[0], ...lines.slice(2)].join(end));
    }
  });

  it("names references that would lead nowhere, also to what is nested", () => {
    const purge = removeDeletedWorkflows(
      readDialerConfigurationAtOnce(
        `<X><Workflow id="${id(1)}" name="W" deleted="yes"><Campaign id="${id(2)}" name="In" workflow="${id(1)}"/></Workflow>` +
          `<Schedule id="${id(3)}" name="S"><for>${id(2)}</for><of>${id(1)}</of></Schedule></X>`,
      ),
    );
    assert.deepEqual(
      purge.dangling.map(({ property }) => property),
      ["for", "of"],
    );
  });

  it("removes neither other deleted objects nor workflows that are not deleted", () => {
    const model = configuration(
      object(1, 1, "C", { deleted: "1" }),
      object(2, 2, "W", { deleted: "0", isdeleted: "no" }),
    );
    assert.deepEqual(removeDeletedWorkflows(model).removed, []);
    assert.equal(removeDeletedWorkflows(model).text, model.text);
  });

  it("refuses a file that is not well-formed", () => {
    const model = readDialerConfigurationAtOnce(`<DIALERCONFIG2>${object(2, 1, "W", { deleted: "1" })}`);
    const purge = removeDeletedWorkflows(model);
    assert.match(purge.refused ?? "", /not certain.* Line 1: <DIALERCONFIG2> has no closing tag/);
    assert.equal(purge.text, model.text);
    const deleted = object(2, 1, "W", { deleted: "1" });
    const deep = readDialerConfigurationAtOnce(
      `<DIALERCONFIG2>${deleted}${"<a>".repeat(300)}${"</a>".repeat(300)}</DIALERCONFIG2>`,
    );
    assert.match(removeDeletedWorkflows(deep).refused ?? "", /deeper than 256 levels/);
  });

  it("writes a diff that makes the new text of the old one", () => {
    const workflow = fc.record({
      deleted: fc.boolean(),
      workflow: fc.boolean(),
      newline: fc.constantFrom("", "\n", "\n\n\t"),
      size: fc.integer({ min: 0, max: 12 }),
    });
    fc.assert(
      fc.property(fc.array(workflow, { maxLength: 12 }), (list) => {
        const objects = list.map(({ deleted, workflow: is, newline, size }, number) => {
          const properties = Object.fromEntries(Array.from({ length: size }, (_, at) => [`p${at}`, "x"]));
          return (
            newline +
            object(is ? 2 : 1, number, `n${number}`, { deleted: deleted ? "1" : "0", ...properties })
          );
        });
        const model = readDialerConfigurationAtOnce(`<DIALERCONFIG2>${objects.join("")}\n</DIALERCONFIG2>\n`);
        const purge = removeDeletedWorkflows(model);
        assert.equal(purge.removed.length, list.filter((one) => one.deleted && one.workflow).length);
        const diff = purgeDiff(model, purge, "old.xml", "new.xml");
        assert.equal(diff === "" ? model.text : applyPatch(model.text, diff), purge.text);
        const again = removeDeletedWorkflows(readDialerConfigurationAtOnce(purge.text));
        assert.deepEqual(again.removed, []);
      }),
      { seed: 9, numRuns: 150 },
    );
  });
});
