import assert from "node:assert/strict";
import { hoverAt } from "../../../server/src/dialer/hover";
import { definitionAt, referencesAt, referrersOf } from "../../../server/src/dialer/navigation";
import { foldsOf, type OutlineEntry, outlineOf } from "../../../server/src/dialer/outline";
import { viewOf } from "../../../server/src/dialer/view";
import { at, configuration, fixture, object, on } from "./fixture";

const source = fixture("source/dialer_config.xml");
const springList = "{00190000-0000-4000-8000-000000000001}";

describe("dialer: language features", () => {
  it("goes from an id in a value to the object", () => {
    const [target, more] = definitionAt(source, on(source, springList, 'name="Spring"'));
    assert.ok(target && !more);
    assert.equal(at(source, target.selection), "Spring list");
    assert.match(at(source, target), /^<DIALEROBJECT id="\{00190000/);
    const script = on(source, "{00180001-0000-4000-8000-000000000001}", "basescripterdispositions");
    assert.deepEqual(
      definitionAt(source, script).map((one) => at(source, one.selection)),
      ["Sale"],
    );
    assert.deepEqual(definitionAt(source, on(source, "recycletable")), []);
    assert.deepEqual(definitionAt(source, source.text.length + 10), []);
  });

  it("shows all of several objects with one id", () => {
    const column = on(source, "{00140000-0000-4000-8000-000000000001}");
    assert.deepEqual(
      definitionAt(source, column).map((one) => at(source, one.selection)),
      ["Phone", "Phone copy"],
    );
  });

  it("finds references from a value, an id and a tag alike", () => {
    const fromValue = referencesAt(source, on(source, springList, 'name="Spring"'));
    assert.equal(fromValue.length, 6);
    assert.ok(fromValue.every((range) => at(source, range) === springList));
    const tag = source.text.indexOf(`<DIALEROBJECT id="${springList}"`);
    assert.deepEqual(referencesAt(source, tag + 3), fromValue);
    assert.deepEqual(referencesAt(source, tag + 30), fromValue);
    assert.equal(referencesAt(source, tag + 3, true).length, 7);
    assert.deepEqual(referencesAt(source, on(source, "SPRING_LIST")), []);
  });

  it("tells who refers to an object, by the property", () => {
    const list = source.objects.find(({ name }) => name === "Spring list");
    assert.ok(list);
    assert.deepEqual(
      referrersOf(source, list).map(({ title, kind, property }) => `${kind} ${title}: ${property}`),
      [
        "campaign Spring: calllist",
        "campaign Summer: calllist",
        "policy set After the call: attributecampaignid",
        "contact column Phone: cccampaignid",
        "contact column Mobile: cccampaignid",
        "base script Script: calllist",
      ],
    );
  });

  it("hovers over references, objects and properties", () => {
    const hover = (text: string, from = ""): string =>
      hoverAt(source, on(source, text, from))?.markdown ?? "";
    assert.match(
      hover(springList, 'name="Spring"'),
      /\*\*contact list Spring list\*\*[^]*Refers to a contact list[^]*Cached name: Spring list/,
    );
    assert.match(hover("{0000DEAD-0000-4000-8000-000000000001}"), /No object with the id/);
    assert.match(
      hover('name="Old stuff"'),
      /\*\*workflow Old stuff\*\*[^]*Type 2 \(inferred[^]*Marked as deleted by deleted/,
    );
    assert.match(hover("I3_SPRING_RE0"), /\*\*recycletable\*\* of campaign Spring[^]*recycle table/);
    assert.match(hover("<paused>1</paused>", 'name="Winter"'), /\*\*paused\*\*/);
    assert.match(hover("configkey"), /No public document describes it/);
    assert.equal(hoverAt(source, source.text.length + 5), undefined);
  });

  it("says in a hover whether a .udl file is there and where the server has it", () => {
    const offset = on(source, "archive.udl");
    const text = hoverAt(source, offset, { udlFiles: new Map() })?.markdown ?? "";
    assert.match(text, /Folder on the server: C:\\\\\\\\I3[^]*Beside this file or in UDL: missing/);
  });

  it("escapes names in hovers", () => {
    const model = configuration(object(1, 1, "[x](command:evil) &lt;b&gt;"));
    const { markdown } = hoverAt(model, on(model, "DIALEROBJECT")) ?? { markdown: "" };
    assert.ok(markdown.includes("\\[x\\](command:evil) \\<b\\>"));
  });

  it("outlines objects with rules, actions, conditions inside, for breadcrumbs by name", () => {
    const outline = outlineOf(source);
    assert.equal(outline.length, source.objects.length);
    const set = outline.find(({ name }) => name === "After the call");
    const shape = (entry: OutlineEntry): unknown => [entry.name, entry.detail, entry.children.map(shape)];
    assert.deepEqual(set?.children.map(shape)[1], [
      "Slow calls",
      "policy: pre",
      [
        ["Long wait", "condition: statistic", []],
        ["Pager", "behavior: pager", []],
      ],
    ]);
    assert.deepEqual(
      outline.slice(0, 3).map(({ name }) => name),
      ["global Dialer settings", "[Campaign Defaults]", "rule set defaults"],
    );
    assert.ok(outline.find(({ name }) => name === "Old stuff")?.deprecated);
  });

  it("keeps selections and children inside, as editors demand", () => {
    const inside = (entry: OutlineEntry): void => {
      assert.ok(entry.name !== "");
      assert.ok(entry.selection.start >= entry.start && entry.selection.end <= entry.end);
      for (const child of entry.children) {
        assert.ok(child.start >= entry.start && child.end <= entry.end);
        inside(child);
      }
    };
    for (const name of ["source/dialer_config.xml", "unknown.xml"]) outlineOf(fixture(name)).forEach(inside);
  });

  it("folds elements so that objects sharing a line stay apart", () => {
    const folds = foldsOf(source);
    const lines = source.text.split("\n");
    const objects = folds.filter(({ startLine }) => lines[startLine]?.includes("<DIALEROBJECT"));
    assert.equal(objects.length, source.objects.length);
    for (const { endLine } of objects) assert.match(lines[endLine + 1] ?? "", /^<\/DIALEROBJECT>/);
    objects.slice(1).forEach(({ startLine }, index) => assert.ok(startLine > (objects[index]?.endLine ?? 0)));
    assert.deepEqual(folds[0], { startLine: 0, endLine: lines.length - 3 });
  });

  it("lists objects by kind and name, with a filter of words", () => {
    const groups = viewOf(source);
    assert.deepEqual(
      groups.slice(0, 3).map(({ title, items }) => [title, items.length]),
      [
        ["Campaigns", 6],
        ["Workflows", 3],
        ["Rule Sets", 2],
      ],
    );
    const labels = (filter: string): string[] =>
      viewOf(source, filter).flatMap(({ items }) => items.map(({ label }) => label));
    assert.deepEqual(labels("spring campaign"), ["Spring"]);
    assert.deepEqual(labels("00140001"), ["Mobile"]);
    assert.deepEqual(labels("nothing like this"), []);
    const old = groups[1]?.items.find(({ label }) => label === "Old stuff");
    assert.equal(old?.description, "deleted");
    assert.equal(at(source, old.selection), "Old stuff");
    const shared = viewOf(source, "Spring list")[0]?.items[0];
    assert.deepEqual([shared?.referrers, shared?.description, shared?.id], [6, "used 6 times", springList]);
    assert.equal(viewOf(configuration(object(99, 1, "New")))[0]?.title, "Other Objects");
  });
});
