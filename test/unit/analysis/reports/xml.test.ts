import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { diffXml } from "../../../../server/src/analysis/reports/diffXml";
import { readStylesheet, stylesheetName } from "../../../../server/src/analysis/reports/stylesheet";
import { needsProgram } from "../../../needsProgram";
import { folder } from "../../commandline/run";
import { nasty, nastyDiff, releasesDiff } from "./example";

const about = { old: "old", now: "new" };

const parse = (xml: string) =>
  new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    trimValues: false,
    parseTagValue: false,
    processEntities: true,
    isArray: (name, _path, _isLeaf, isAttribute) =>
      !isAttribute && ["handler", "change", "note"].includes(name),
  }).parse(xml) as {
    handlerDiff: Record<string, never> & { handlers: { handler: Record<string, never>[] } };
  };

describe("The XML of a comparison", () => {
  it("holds what was compared, and every difference with both sides", async () => {
    const xml = diffXml(await releasesDiff(), { ...about, date: new Date(0) });
    assert.equal(XMLValidator.validate(xml), true);
    const { handlerDiff } = parse(xml);
    assert.deepEqual(handlerDiff["summary"], {
      ...{ changed: "5", added: "1", removed: "1", identical: "5", unreadable: "0" },
    });
    assert.equal(handlerDiff["date"], "1970-01-01T00:00:00.000Z");
    const { handler } = handlerDiff.handlers;
    assert.equal(handler.length, 12);
    const menu = handler.find(({ name }) => name === "IVR_MainMenu")! as Record<string, unknown>;
    assert.deepEqual(menu["change"], [
      {
        "#text": "\n        \n        \n      ",
        kind: "arguments",
        kindName: "Arguments",
        node: "4",
        oldNode: "4",
        label: "Ask",
        what: 'argument "Timeout (seconds)"',
        old: "10.0",
        new: "15",
      },
    ]);
    assert.ok(!xml.includes("xml-stylesheet"));
  });

  it("names a stylesheet where one is asked for, and nothing can end the instruction", async () => {
    const diff = await releasesDiff();
    assert.match(
      diffXml(diff, { ...about, stylesheet: "handler-diff.xsl" }),
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<\?xml-stylesheet type="text\/xsl" href="handler-diff.xsl"\?>\n<handlerDiff /,
    );
    const odd = diffXml(diff, { ...about, stylesheet: 'a"?><evil/>\n&b' });
    assert.match(odd, /href="a&quot;\?&gt;&lt;evil\/&gt; &amp;b"\?>\n/);
    assert.equal(XMLValidator.validate(odd), true);
  });

  it("holds any text, and writes out what XML cannot hold", async () => {
    const xml = diffXml(await nastyDiff(), { old: nasty, now: nasty });
    assert.equal(XMLValidator.validate(xml), true);
    assert.ok(!xml.includes("\u0007") && !xml.includes("\ud800"));
    const { handlerDiff } = parse(xml);
    const readable = nasty.replace("\u0007", "\\u0007").replace("\ud800", "\\ud800");
    assert.equal(handlerDiff["old"], readable);
    const { handler } = handlerDiff.handlers as unknown as {
      handler: { status: string; change: { kind: string; what: string; old: string; new: string }[] }[];
    };
    const changed = handler.find(({ status }) => status === "changed")!;
    const description = changed.change.find(({ what }) => what === "description")!;
    assert.deepEqual([description.old, description.new], ["old\nline 2", `new ${readable}\nline 2`]);
  });
});

describe("Our stylesheet", () => {
  it("makes an overview of any such XML", async function () {
    needsProgram(this, "xsltproc");
    const { path, remove } = folder();
    try {
      const page = async (xml: string): Promise<string> => {
        writeFileSync(join(path, stylesheetName), await readStylesheet());
        writeFileSync(join(path, "diff.xml"), xml);
        // The instruction in the XML names the stylesheet, as for a browser; what is wrong fails the call.
        return execFileSync("xsltproc", ["--nonet", "diff.xml"], { cwd: path, encoding: "utf8" });
      };
      const overview = await page(diffXml(await releasesDiff(), { ...about, stylesheet: stylesheetName }));
      assert.match(overview, /^<!DOCTYPE html/);
      assert.match(overview.replace(/\s+/g, " "), /5 changed, 1 added, 1 removed, 0 unreadable, 5 identical/);
      const rows = [
        ...overview.matchAll(
          /<td class="status (\w+)">\w+<\/td>\s*<th scope="row">(?:<a href="#(\w+)">)?(\w+)/g,
        ),
      ];
      assert.equal(rows.length, 12);
      assert.deepEqual(
        rows.slice(4, 7).map(([, status, , name]) => `${status} ${name}`),
        ["changed Shared_NormalizeNumber", "added Contoso_Survey", "removed IVR_Callback"],
      );
      for (const [, status, anchor] of rows) {
        assert.equal(anchor !== undefined, status === "changed");
        if (anchor) assert.ok(overview.includes(`<h2 id="${anchor}">`), anchor);
      }
      assert.match(overview, /Step 48 \(was 9\)<br>Greet/);
      assert.match(overview, /<td class="value">10\.0<\/td>\s*<td class="value">15<\/td>/);

      const odd = await page(
        diffXml(await nastyDiff(), { ...about, old: nasty, stylesheet: stylesheetName }),
      );
      assert.doesNotMatch(odd, /<script|<b>/);
    } finally {
      remove();
    }
  });
});
