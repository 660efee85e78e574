import assert from "node:assert/strict";
import { titleOf, valueOf } from "../../../server/src/dialer/model";
import { readDialerConfiguration, readDialerConfigurationAtOnce } from "../../../server/src/dialer/read";
import { at, configuration, fixture, id, object } from "./fixture";

describe("dialer: reading", () => {
  it("reads objects, parts and values of the 4.x layout with their places", () => {
    const model = fixture("source/dialer_config.xml");
    assert.equal(model.layout, "configuration");
    assert.equal(model.version, "3.0.10");
    assert.deepEqual(model.findings, []);
    const spring = model.objects.find(({ name }) => name === "Spring");
    assert.ok(spring?.nameRange);
    assert.equal(spring.kind, "campaign");
    assert.equal(at(model, spring.nameRange), "Spring");
    assert.equal(valueOf(model.text, spring, "recycletable"), "I3_SPRING_RE0");
    assert.match(at(model, spring.element), /^<DIALEROBJECT id="\{000C0000[^]*<\/DIALEROBJECT>$/);
    const kinds = model.parts.map(({ kind, name }) => `${kind} ${name}`);
    assert.deepEqual(kinds.slice(0, 6), [
      "stage First",
      "rule Pause at night",
      "action Restart",
      "rule Low hit rate",
      "action Page the supervisor",
      "action Other zones",
    ]);
    assert.ok(kinds.includes("policy Mail the team") && kinds.includes("condition Busy"));
    assert.ok(kinds.includes("behavior Mail"));
  });

  it("decodes entities in names and values, and only the predefined ones", () => {
    const text = `<!DOCTYPE x [<!ENTITY boom "bang">]><DIALERCONFIG2>${object(9, 1, "A &amp; B &#65;&#x42; &boom;", { sql: "x &lt; <![CDATA[<y>]]><!-- no --> &gt; z" })}</DIALERCONFIG2>`;
    const model = readDialerConfigurationAtOnce(text);
    const [filter] = model.objects;
    assert.ok(filter);
    assert.equal(filter.name, "A & B AB &boom;");
    assert.equal(valueOf(text, filter, "sql"), "x < <y> > z");
    assert.deepEqual(
      model.findings.map(({ code }) => code),
      ["dialer/doctype"],
    );
  });

  it("finds references in lists and takes nothing else for one", () => {
    const model = configuration(
      object(1, 1, "C", {
        policysetids: `|${id(2)}|${id(3)}|`,
        zonesetid: "{00000000-0000-0000-0000-000000000000}",
      }),
      object(8, 2, "P"),
    );
    assert.deepEqual(
      model.references.map(({ property, target, start, end }) => [
        property,
        target,
        at(model, { start, end }),
      ]),
      [
        ["policysetids", id(2), id(2)],
        ["policysetids", id(3), id(3)],
      ],
    );
    assert.equal(model.referrers.get(id(2))?.length, 1);
  });

  it("ignores the case of tags, attributes and ids", () => {
    const text = `<dialerconfig2><DialerObject ID="${id(10).toLowerCase()}" TYPE="19" NAME="L"><Properties><ConnectionId>${id(11)}</ConnectionId></Properties></DialerObject></dialerconfig2>`;
    const model = readDialerConfigurationAtOnce(text);
    assert.equal(model.layout, "configuration");
    assert.deepEqual(
      [model.objects[0]?.id, model.objects[0]?.kind, model.objects[0]?.name],
      [id(10), "contact list", "L"],
    );
    assert.equal(model.references[0]?.rule?.target, "database connection");
  });

  it("keeps unknown types and properties without a word", () => {
    const model = configuration(object(99, 1, "New", { surprise: "1" }));
    assert.equal(model.objects[0]?.kind, "unknown");
    assert.deepEqual(model.findings, []);
  });

  it("reads a layout nobody has described", () => {
    const model = fixture("unknown.xml");
    assert.equal(model.layout, "unknown");
    assert.deepEqual(
      model.objects.map((one) => `${one.kind} ${titleOf(one)}${one.deleted ? " deleted" : ""}`),
      [
        "database connection Main",
        "workflow Day",
        "campaign Morning",
        "campaign Noon",
        "workflow Night deleted",
        "campaign Late",
        "campaign By name",
      ],
    );
  });

  it("takes only the named marker for deleted where one is named", () => {
    const text = `<DIALERCONFIG2>${object(2, 1, "A", { deleteafter: "30" })}${object(2, 2, "B", { gone: "1" })}${object(2, 3, "C", { gone: "0" })}</DIALERCONFIG2>`;
    const deleted = (deletedMarker?: string): (string | undefined)[] =>
      readDialerConfigurationAtOnce(text, deletedMarker === undefined ? {} : { deletedMarker })
        .objects.filter((one) => one.deleted)
        .map(({ name }) => name);
    assert.deepEqual(deleted(), ["A"]);
    assert.deepEqual(deleted("Gone"), ["B"]);
  });

  it("reads on after bad XML and says where it is bad", () => {
    const model = readDialerConfigurationAtOnce(
      `<DIALERCONFIG2>\n<DIALEROBJECT id="${id(1)}" type="1" name="A"><PROPERTIES><x>1</PROPERTIES></DIALEROBJECT></y>\n${object(1, 2, "B")}`,
    );
    assert.deepEqual(
      model.objects.map(({ name }) => name),
      ["A", "B"],
    );
    assert.deepEqual(
      model.findings.map(({ message, start, end }) => [message, at(model, { start, end })]),
      [
        ["<x> has no closing tag.", "<x>"],
        ["</y> closes nothing that is open. Remove it or restore its opening tag.", "</y>"],
        ["<DIALERCONFIG2> has no closing tag before the file ends. Is it cut off?", "<DIALERCONFIG2>"],
      ],
    );
  });

  it("says so where a file is cut off inside a tag, empty, or no XML", () => {
    const messages = (text: string): string[] =>
      readDialerConfigurationAtOnce(text).findings.map(({ message }) => message);
    assert.match(messages("<DIALERCONFIG2><DIALEROBJECT id=")[0] ?? "", /ends inside the tag <DIALEROBJECT>/);
    assert.match(messages("")[0] ?? "", /no XML element/);
    assert.match(messages("hello")[0] ?? "", /no XML element/);
  });

  it("gives others their turn, and stops when told", async () => {
    const text = `<DIALERCONFIG2>${Array.from({ length: 4000 }, (_, n) => object(1, n, `C${n}`, { sort: "x".repeat(200) })).join("")}</DIALERCONFIG2>`;
    let pauses = 0;
    const pause = (): Promise<void> => {
      pauses++;
      return Promise.resolve();
    };
    const model = await readDialerConfiguration(text, { budget: 0, pause });
    assert.equal(model.objects.length, 4000);
    assert.ok(pauses > 5, `${pauses} pauses`);
    const controller = new AbortController();
    const reading = readDialerConfiguration(text, {
      budget: 0,
      signal: controller.signal,
      pause: () => {
        controller.abort();
        return Promise.resolve();
      },
    });
    await assert.rejects(reading, { name: "AbortError" });
  });

  it("reads the same wherever a slice of the text ends", () => {
    // Longer than a slice, with attribute values and texts across every boundary.
    const wide = "0123456789".repeat(15_000);
    const model = configuration(
      object(9, 1, `n${wide}`, { sql: wide, [`calllist display_name="${wide}"`]: id(2) }),
    );
    assert.equal(model.objects[0]?.name, `n${wide}`);
    assert.equal(model.references[0]?.label, wide);
    assert.deepEqual(model.findings, []);
  });
});
