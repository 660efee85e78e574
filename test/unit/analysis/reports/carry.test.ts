import assert from "node:assert/strict";
import { XMLValidator } from "fast-xml-parser";
import { carryFolders, type CarryReport } from "../../../../server/src/analysis/carry/carryFolders";
import { WorkList } from "../../../../server/src/analysis/carry/workList";
import { carryHtml } from "../../../../server/src/analysis/reports/carryHtml";
import { carryJson } from "../../../../server/src/analysis/reports/carryJson";
import { carryText } from "../../../../server/src/analysis/reports/carryText";
import { joined, nasty, nastyFile, release, unprintable } from "./example";

const about = { oldBase: "30Handlers", custom: "Custom", newBase: "40Handlers" };

const releases = async (): Promise<CarryReport> =>
  carryFolders({
    oldBase: await release("old-base"),
    custom: await release("custom"),
    newBase: await release("new-base"),
  });

const marks = new WorkList()
  .with({ handler: "ivr_incoming", item: "11:step-added", done: true, note: "Jo did <it>" })
  .with({ handler: "IVR_Callback", item: "", done: false, note: "ask the vendor" });

const asXml = (page: string): string =>
  page.replace("<!DOCTYPE html>\n", "").replace(/<(meta|br)([^>]*)>/g, "<$1$2/>");

describe("The reports on a carry-forward", () => {
  it("as text: what is to be done, conflicts first, nothing of what is not", async () => {
    const text = carryText(await releases());
    const heads = text.split("\n").filter((line) => /^\S/.test(line));
    assert.deepEqual(
      heads.map((line) => line.split(":")[0]),
      [
        "In conflict",
        "Re-apply",
        "Base gone",
        "Take over",
        "Custom-written",
        "Unreadable",
        "1 in conflict, 2 re-apply, 1 base gone, 3 take over, 2 custom-written, 1 unreadable, 3 not customised",
      ],
    );
    assert.match(text, /\n {4}Change step 4 "Ask" {2}CONFLICT\n/);
    assert.match(
      text,
      /\n {4}Add step 11 "VIP\?", after "Remember Caller" \(3\), exit Next\n {6}near: CustomIVR_Incoming \(4\), 1 link away\n/,
    );
    assert.doesNotMatch(text, /Shared_LogError/);
  });

  it("as JSON: every handler with its items, and the marks where there is a work list", async () => {
    const report = await releases();
    const json = JSON.parse(JSON.stringify(carryJson(report, { ...about, marks }))) as ReturnType<
      typeof carryJson
    >;
    assert.equal(json.handlers.length, 13);
    assert.equal(json.summary.conflict, 1);
    const incoming = json.handlers.find(({ name }) => name === "IVR_Incoming")!;
    assert.deepEqual(
      [incoming.oldBasePath, incoming.status, incoming.customChanges, incoming.baseChanges],
      ["IVR/IVR_Incoming.ihd", "re-apply", 3, 3],
    );
    const vip = incoming.items.find(({ id }) => id === "11:step-added")!;
    assert.deepEqual(vip, {
      id: "11:step-added",
      node: 11,
      label: "VIP?",
      kind: "step-added",
      changes: [
        {
          kind: "step-added",
          node: 11,
          oldNode: null,
          label: "VIP?",
          what: "step added",
          old: null,
          new: 'Condition "VIP?"',
        },
      ],
      listing: [
        'step 11  Condition  "VIP?"',
        "  at   660,390 to 760,491",
        '  in   Condition                = sCaller = "+49305550100"',
        "  exit True -> 12  returns 1",
        "  exit False -> 4",
      ],
      place: { node: 3, label: "Remember Caller", relation: "after", exit: "Next" },
      points: [{ name: "CustomIVR_Incoming", node: 4, distance: 1 }],
      against: [],
      done: false,
      mark: { done: true, note: "Jo did <it>" },
    });
    assert.ok(!("mark" in carryJson(report, about).handlers[0]!));
  });

  it("as HTML: well formed, self-contained, with marks, places and both sides of a conflict", async () => {
    const page = await joined(carryHtml(await releases(), { ...about, marks, date: new Date(0) }));
    assert.equal(XMLValidator.validate(asXml(page)), true);
    assert.doesNotMatch(page, /<script|<link|url\(|src=/i);
    const section = (name: string): string => {
      const start = page.indexOf(`>${name}: <span`);
      return page.slice(start, page.indexOf("</section>", start));
    };
    const conflict = section("IVR_MainMenu").split("<h3>")[2]!;
    assert.match(conflict, /Change step 4 &quot;Ask&quot; <span class="is-conflict">in conflict/);
    const cells = [...conflict.matchAll(/<th scope="row">([^<]*)<\/th>(.*)<\/tr>/g)].map(([, what, rest]) => [
      what,
      ...[...rest!.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => cell!.replace(/<[^>]*>/g, "")),
    ]);
    assert.deepEqual(cells, [
      ["argument &quot;Valid Keys&quot;", "&quot;1230&quot;", "&quot;12340&quot;", ""],
      ["argument &quot;Timeout (seconds)&quot;", "10.0", "", "15"],
    ]);
    const incoming = section("IVR_Incoming");
    assert.match(
      incoming,
      /aria-label="done"><\/span>Add step 11 &quot;VIP\?&quot;<\/h3>\n<dl class="about"><dt>Where<\/dt><dd>after &quot;Remember Caller&quot; \(3\), exit Next/,
    );
    assert.match(incoming, /<dt>Note<\/dt><dd>Jo did &lt;it&gt;<\/dd>/);
    assert.match(incoming, /aria-label="to do"><\/span>Add step 12/);
    assert.match(section("IVR_Callback"), /<p>ask the vendor<\/p>/);
    assert.match(section("Contoso_WallboardText"), /customised Contoso\/Contoso_WallboardText\.ihd\.<\/p>/);
    // The overview links what has a section, and only that.
    const ids = [...page.matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => id);
    assert.deepEqual([...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id).sort(), ids.sort());
    assert.equal(ids.length, 10);
  });

  it("let no text of a handler be markup", async () => {
    const names = { oldBase: nasty, custom: nasty, newBase: nasty };
    const report = await carryFolders({
      oldBase: [nastyFile("old")],
      custom: [nastyFile(`ours ${nasty}`)],
      newBase: [nastyFile(`theirs ${nasty}`)],
    });
    assert.equal(report.handlers[0]!.status, "conflict");
    const page = await joined(carryHtml(report, names));
    assert.equal(XMLValidator.validate(asXml(page)), true);
    assert.doesNotMatch(page, /<script|<b>/);
    assert.doesNotMatch(page, unprintable);
    for (const line of carryText(report).split("\n")) assert.doesNotMatch(line, unprintable);
  });
});
