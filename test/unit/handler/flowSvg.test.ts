import assert from "node:assert/strict";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import fc from "fast-check";
import { flow } from "../../../server/src/handler/flow/flow";
import { flowSvg, linkKey } from "../../../server/src/handler/flow/flowSvg";
import { fitted, oneLine, widthOf, wrapped } from "../../../server/src/handler/flow/text";
import { exit, handler, largeHandler, step } from "../../flowHandlers";

const svgOf = (label: string, notes = ""): string =>
  flowSvg(flow(handler([step(0, { label, notes, exits: [exit(label, 0)] })], { name: label })));

describe("flow: SVG", () => {
  it("is one well-formed document with every step, line and stub", () => {
    const svg = flowSvg(flow(largeHandler(60)));
    assert.equal(XMLValidator.validate(svg), true);
    const document = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" }).parse(svg) as {
      svg: { g: { class: string; g: { class: string }[] }[] };
    };
    const [links, steps] = document.svg.g;
    assert.equal(steps!.g.length, 60);
    assert.equal(links!.g.length, flow(largeHandler(60)).links.length);
    assert.ok(links!.g.some(({ class: name }) => name.includes("error")));
    assert.ok(steps!.g.some(({ class: name }) => name.includes("k-start")));
    assert.match(svg, /class="stub error"/);
  });

  it("needs nothing from outside", () => {
    const svg = flowSvg(flow(largeHandler(10)));
    assert.doesNotMatch(svg, /href|url\(|@import|<script|<image|<foreignObject/);
  });

  it("is well-formed whatever the labels hold", () => {
    const nasty = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string());
    fc.assert(
      fc.property(nasty, (label) => {
        const svg = svgOf(label, label);
        assert.equal(XMLValidator.validate(svg), true);
        // eslint-disable-next-line no-control-regex -- what XML 1.0 forbids
        assert.doesNotMatch(svg, /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
        assert.equal(svg, Buffer.from(svg, "utf8").toString("utf8"), "no unpaired surrogates");
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it("shows markup in a label as text", () => {
    const svg = svgOf(`</text><script>alert("1")</script>`);
    assert.doesNotMatch(svg, /<script/);
    assert.match(svg, /&lt;script&gt;alert\(&quot;1&quot;\)/);
  });

  it("cuts long labels and keeps them whole in the title", () => {
    const label = "A label that is much longer than any box could be wide enough to show in two lines";
    const svg = svgOf(label);
    assert.match(svg, new RegExp(`<title>${label} \\(0\\)`));
    assert.match(svg, /class="label"[^>]*>[^<]*…<\/text>/);
  });

  it("has the colours asked for", () => {
    const picture = flow(largeHandler(3));
    const [auto, light, dark] = (["auto", "light", "dark"] as const).map((theme) =>
      flowSvg(picture, { theme }),
    );
    assert.match(auto!, /prefers-color-scheme: dark/);
    assert.doesNotMatch(light!, /prefers-color-scheme/);
    assert.notEqual(light, dark);
  });

  it("marks steps and lines by their status, with a sign beside the colour", () => {
    const picture = flow(handler([step(0, { exits: [exit("Next", 1)] }), step(1), step(2)]));
    const svg = flowSvg(picture, {
      status: new Map([
        [0, "changed"],
        [2, "added"],
      ]),
      linkStatus: new Map([[linkKey(0, 0), "removed"]]),
    });
    const classes = [...svg.matchAll(/<g class="(step|link)(?!s)([^"]*)"/g)].map(
      ([, kind, rest]) => `${kind} ${/s-\w+/.exec(rest!)?.[0] ?? "-"}`,
    );
    assert.deepEqual(classes, ["link s-removed", "step s-changed", "step -", "step s-added"]);
    assert.equal([...svg.matchAll(/class="sign"/g)].length, 2);
  });
});

describe("flow: text that fits", () => {
  const any = fc.string({ unit: "grapheme", maxLength: 60 });

  it("is never wider than its room", () => {
    fc.assert(
      fc.property(
        any,
        fc.integer({ min: 20, max: 300 }),
        fc.integer({ min: 1, max: 3 }),
        (text, room, most) => {
          const lines = wrapped(text, room, 11, most);
          assert.ok(lines.length <= most);
          for (const line of lines) assert.ok(widthOf(line, 11) <= room, line);
        },
      ),
      { seed: 5 },
    );
  });

  it("is whole when it has room", () => {
    fc.assert(
      fc.property(any, (text) => {
        assert.equal(fitted(text, 10_000, 11), oneLine(text));
        assert.deepEqual(wrapped(text, 10_000, 11, 2), oneLine(text) === "" ? [] : [oneLine(text)]);
      }),
      { seed: 5 },
    );
  });

  it("breaks compound names where their parts meet", () => {
    assert.deepEqual(wrapped("DynamicIVR_SetCallAttributes", 130, 11, 2), [
      "DynamicIVR_SetCall",
      "Attributes",
    ]);
    assert.deepEqual(wrapped("Update Data Pair Values", 100, 11, 2), ["Update Data Pair", "Values"]);
  });

  it("says nothing where there is no room for three letters", () => {
    assert.equal(fitted("Failure", 12, 11), "");
  });
});
