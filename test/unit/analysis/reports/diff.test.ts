import assert from "node:assert/strict";
import { XMLValidator } from "fast-xml-parser";
import { compareFolders } from "../../../../server/src/analysis/compare/compareFolders";
import { diffKinds } from "../../../../server/src/analysis/compare/kinds";
import { diffHtml } from "../../../../server/src/analysis/reports/diffHtml";
import { diffJson } from "../../../../server/src/analysis/reports/diffJson";
import { diffMarkdown } from "../../../../server/src/analysis/reports/diffMarkdown";
import { diffText } from "../../../../server/src/analysis/reports/diffText";
import { joined, nasty, nastyDiff, nastyFile, releasesDiff, unprintable } from "./example";

const about = { old: "old <base>", now: "new-base" };

describe("The text of a comparison", () => {
  it("has a line a handler that differs, a line a difference, and the summary last", async () => {
    const lines = diffText(await releasesDiff()).split("\n");
    assert.deepEqual(
      [...lines.slice(2, 5), lines[6]],
      [
        '    step 48 "Greet": argument "Text": "Thank you for your loyalty, " & sName & "." -> "Thank you for calling, " & sName & "."  [arguments]',
        "~ IVR_Incoming  changed  (IVR/IVR_Incoming.ihd)",
        '    step 1 "Answer": exit "Success" leads to: Shared_NormalizeNumber (2) -> Mark Channel (11)  [connections]',
        '    step 11 "Mark Channel": step added: Telephony:Set Attribute "Mark Channel"  [step-added]',
      ],
    );
    assert.equal(lines.at(-2), "5 changed, 1 added, 1 removed, 0 unreadable, 5 identical");
    assert.ok(lines.includes("- IVR_Callback  removed  (IVR/IVR_Callback.ihd)"));
  });

  it("keeps every line on one line and within bounds, whatever handlers hold", async () => {
    const text = diffText(await nastyDiff());
    assert.doesNotMatch(text, unprintable);
    for (const line of text.split("\n"))
      assert.match(line, /^([~+!-] | {4}|$|1 changed, 1 added, 1 removed, 1 un)/);
  });

  it("cuts long values", async () => {
    const diff = await compareFolders([nastyFile("a".repeat(5000))], [nastyFile("b".repeat(5000))]);
    for (const line of diffText(diff).split("\n")) assert.ok(line.length < 600, line.slice(0, 80));
  });
});

describe("The JSON of a comparison", () => {
  it("has the form that programs build on", async () => {
    const json = JSON.parse(JSON.stringify(diffJson(await releasesDiff(), about))) as ReturnType<
      typeof diffJson
    >;
    assert.deepEqual(json.summary, { changed: 5, added: 1, removed: 1, identical: 5, unreadable: 0 });
    assert.deepEqual([json.old, json.new], ["old <base>", "new-base"]);
    const menu = json.pairs.find(({ name }) => name === "IVR_MainMenu")!;
    assert.deepEqual(menu, {
      name: "IVR_MainMenu",
      status: "changed",
      oldPath: "IVR/IVR_MainMenu.ihd",
      newPath: "IVR/IVR_MainMenu.ihd",
      note: "",
      byContent: 0,
      changes: [
        {
          kind: "arguments",
          node: 4,
          oldNode: 4,
          label: "Ask",
          what: 'argument "Timeout (seconds)"',
          old: "10.0",
          new: "15",
        },
      ],
    });
    assert.ok(!json.kinds.includes("position") && json.kinds.includes("label"));
  });
});

describe("The Markdown of a comparison", () => {
  it("has an overview, then every changed handler with the diff of its listings", async () => {
    const text = await joined(diffMarkdown(await releasesDiff(), about));
    assert.match(text, /^# Handler Diff\n\nOld: `old <base>` {2}\nNew: `new-base`\n/);
    assert.match(text, /\| changed \| 5 \|\n\| added \| 1 \|/);
    const menu = text.slice(text.indexOf("## IVR\\_MainMenu"), text.indexOf("## Notify"));
    assert.equal(
      menu,
      `## IVR\\_MainMenu

\`IVR/IVR_MainMenu.ihd\`, 1 difference

- **step 4 Ask**: argument "Timeout (seconds)": \`10.0\` → \`15\`

\`\`\`diff
@@ -127,7 +127,7 @@
   in   Call Identifier          = Interaction1
   in   Valid Keys               = "1230"
   in   Escape Keys              = "*"
-  in   Timeout (seconds)        = 10.0
+  in   Timeout (seconds)        = 15
   in   Suppress logging of the input digits. = false
   out  Keys                     = Digits
   exit Success -> 5
\`\`\`

`,
    );
  });

  it("shows nothing of a rebuilt handler's node ids and positions in the diff of listings", async () => {
    const text = await joined(diffMarkdown(await releasesDiff(), about));
    const rebuilt = text.slice(text.indexOf("## IVR\\_AccountBalance"), text.indexOf("## IVR\\_Incoming"));
    const changed = rebuilt.split("\n").filter((line) => /^[+-] /.test(line) && !line.startsWith("- **"));
    assert.equal(changed.length, 2);
    assert.match(rebuilt, /13 of 13 steps have another node id/);
    const positions = await releasesDiff({ kinds: new Set(diffKinds.map(({ id }) => id)) });
    assert.match(await joined(diffMarkdown(positions, about)), /\n\+ {2}at {3}\d/);
  });

  it("lets no text of a handler be markup", async () => {
    const text = await joined(diffMarkdown(await nastyDiff(), { old: nasty, now: "`` x" }));
    // Without code spans and fenced blocks, nothing is left that means something.
    const plain = text
      .replace(/^(`{3,})diff\n[^]*?\n\1$/gm, "")
      .replace(/(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, "");
    assert.doesNotMatch(plain, /(?<!\\)<|(?<!\\)&|script>/);
    assert.doesNotMatch(text, unprintable);
    assert.match(text, /New: ``` `` x ```/);
  });
});

describe("The HTML of a comparison", () => {
  it("is well formed, and shows every changed handler with pictures and listing", async () => {
    const page = await joined(diffHtml(await releasesDiff(), { ...about, date: new Date(0) }));
    assert.equal(XMLValidator.validate(asXml(page)), true);
    assert.equal(page.match(/<svg /g)?.length, 10);
    assert.equal(page.match(/<pre class="listing"/g)?.length, 5);
    assert.match(page, /<title>Handler Diff: old &lt;base&gt; and new-base<\/title>/);
    assert.match(page, /<dd>1970-01-01T00:00:00.000Z<\/dd>/);
    assert.match(page, /<del>- {2}in {3}Timeout \(seconds\) {8}= 10.0<\/del>\n<ins>\+ {2}in {3}Timeout/);
    // Links of the overview lead to what is there.
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    assert.equal(links.length, 5);
    assert.deepEqual(links, ids);
  });

  it("marks in the pictures what changed", async () => {
    const page = await joined(diffHtml(await releasesDiff(), about));
    const section = page.slice(page.indexOf(">IVR_Incoming</h2>"), page.indexOf(">IVR_MainMenu</h2>"));
    const [old, now] = section.match(/<svg [^]*?<\/svg>/g)!;
    const marked = (svg: string): string[] =>
      [...svg.matchAll(/<g class="([^"]* s-[^"]*)"><title>([^<]*)/g)].map(
        ([, classes, title]) => `${/s-(\w+)/.exec(classes!)![1]} ${title!.split("\n")[0]}`,
      );
    assert.deepEqual(marked(old!), [
      "removed Answer (1), Success → Shared_NormalizeNumber (2)",
      "changed Answer (1)",
      "changed We Are Closed (8)",
    ]);
    assert.deepEqual(marked(now!), [
      "added Answer (1), Success → Mark Channel (11)",
      "added Mark Channel (11), Next → Shared_NormalizeNumber (2)",
      "changed Answer (1)",
      "changed We Are Closed (8)",
      "added Mark Channel (11)",
    ]);
    assert.match(old!, /aria-label="IVR_Incoming, old version"/);
  });

  it("needs nothing else and runs nothing", async () => {
    const page = await joined(diffHtml(await nastyDiff(), { old: nasty, now: nasty }));
    assert.match(page, /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/);
    assert.doesNotMatch(page, /<(?:script|link|img|iframe|object|embed|form|a href="(?!#))/i);
    assert.doesNotMatch(page, /\son\w+=|url\(|@import|src=/i);
    assert.equal(XMLValidator.validate(asXml(page)), true);
  });

  it("shows texts of handlers as they are, also what is invisible", async () => {
    const page = await joined(diffHtml(await nastyDiff(), about));
    assert.doesNotMatch(page, unprintable);
    assert.ok(page.includes("alert(&quot;x&quot;)&lt;/script&gt;&amp;amp; &lt;b&gt;"));
    assert.ok(page.includes("\\u202ertl\\u0007"));
  });

  it("has light and dark colours, light ones on paper", async () => {
    const page = await joined(diffHtml(await releasesDiff(), about));
    assert.match(page, /@media screen and \(prefers-color-scheme: dark\)/);
    assert.match(page, /@media print \{ \.flow \{[^}]*--flow-background: #f7f8fa/);
    assert.equal(page.match(/<style>/g)?.length, 1);
  });

  it("leaves pictures out where the page would be too large, and says so", async () => {
    const page = await joined(diffHtml(await releasesDiff(), { ...about, pictures: 2 }));
    assert.equal(page.match(/<svg /g)?.length, 4);
    assert.equal(page.match(/The pictures are left out/g)?.length, 3);
  });

  it("says so when a handler cannot be read any more", async () => {
    let reads = 0;
    const file = nastyFile("new");
    const once = {
      ...file,
      read: () => (reads++ === 0 ? file.read() : Promise.reject(new Error("It is gone."))),
    };
    const diff = await compareFolders([nastyFile("old")], [once]);
    const page = await joined(diffHtml(diff, about));
    assert.match(page, /It could be read before, but not again: It is gone\./);
    assert.match(await joined(diffMarkdown(diff, about)), /not again: It is gone/);
  });

  it("stops when it is told to", async () => {
    const signal = AbortSignal.abort(new Error("cancelled"));
    await assert.rejects(joined(diffHtml(await releasesDiff(), { ...about, signal })), /cancelled/);
  });
});

/** HTML that closes all its elements is XML but for its doctype and void elements. */
function asXml(page: string): string {
  const closed = page.replaceAll("<details open>", "<details>").replace(/<(meta|br)([^>]*)>/g, "<$1$2/>");
  return closed.replace("<!DOCTYPE html>\n", "");
}

it("The parser that checks the pages finds what is not closed", () => {
  assert.notEqual(XMLValidator.validate(asXml("<!DOCTYPE html>\n<html><p></html>")), true);
});
