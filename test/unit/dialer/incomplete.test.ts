import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import { dialerCommands } from "../../../server/src/commandline/dialer";
import { main } from "../../../server/src/commandline/main";
import { checkDialerConfigurationAtOnce } from "../../../server/src/dialer/check";
import { hoverAt } from "../../../server/src/dialer/hover";
import { migrationReport } from "../../../server/src/dialer/migrationReport";
import { targetsOf } from "../../../server/src/dialer/model";
import { referrersOf } from "../../../server/src/dialer/navigation";
import { readDialerConfigurationAtOnce } from "../../../server/src/dialer/read";
import { limits } from "../../../server/src/dialer/xml";
import type { Configuration } from "../../../server/src/language/dialer/configurations";
import { reportText, shownReport } from "../../../server/src/language/dialer/reports";
import { dialerView } from "../../../server/src/language/dialer/view";
import type { ReportSubject } from "../../../server/src/protocol";
import { fixtures } from "./fixture";

const text = readFileSync(resolve(fixtures, "source/dialer_config.xml"), "utf8");
/** Between two objects, before the contact lists and connections. */
const cut = text.slice(0, text.indexOf('<DIALEROBJECT id="{00190000'));
const deep = text.replace("</DIALERCONFIG2>", `${"<a>".repeat(300)}${"</a>".repeat(300)}</DIALERCONFIG2>`);
const note = /dialer_config\.xml could not be read in full: line 1: <DIALERCONFIG2> has no closing tag/;

describe("dialer: a configuration that was not read in full", () => {
  it("is known by its flaw", () => {
    const flaw = (content: string): string | undefined =>
      readDialerConfigurationAtOnce(content).incomplete?.message;
    assert.equal(flaw(text), undefined);
    assert.equal(flaw(`<!DOCTYPE x>${text}`), undefined);
    assert.equal(flaw("<other/>"), undefined);
    assert.match(flaw(cut) ?? "", /cut off\?/);
    assert.match(flaw(deep) ?? "", /deeper than 256 levels/);
    assert.match(flaw(text.replace('deleted="1"', "deleted=1")) ?? "", /quotes/);
  });

  it("gives no finding and no verdict that the whole file does not, wherever it is cut off", () => {
    const surroundings = { udlFiles: new Map([["contacts.udl", "x"]]) };
    const look = (content: string): { findings: string[]; verdicts: string[]; isWhole: boolean } => {
      const model = readDialerConfigurationAtOnce(content);
      return {
        findings: checkDialerConfigurationAtOnce(model, surroundings)
          .filter(({ code }) => code !== "dialer/not-well-formed")
          .map(({ code, start }) => `${code} at ${start}`),
        verdicts: migrationReport(model, surroundings)
          .rows.filter(({ fate }) => fate !== "unknown")
          .map(({ fate, start }) => `${fate} at ${start}`),
        isWhole: model.incomplete === undefined,
      };
    };
    const whole = look(text);
    const [findings, verdicts] = [new Set(whole.findings), new Set(whole.verdicts)];
    for (let end = 0; end < text.trimEnd().length; end += 13) {
      const part = look(text.slice(0, end));
      assert.equal(part.isWhole, false, `${end}`);
      const wrong = [
        ...part.findings.filter((each) => !findings.has(each)),
        ...part.verdicts.filter((each) => !verdicts.has(each)),
      ];
      assert.deepEqual(wrong, [], `cut after ${text.slice(end - 40, end)}`);
    }
  });

  it("still shows what is sure", () => {
    const { rows } = migrationReport(readDialerConfigurationAtOnce(cut));
    const fate = (name: string): string | undefined => rows.find((row) => row.name === name)?.fate;
    // Spring is in an Active workflow that was read; what holds the others may have been cut off.
    assert.deepEqual(["Spring", "Winter calls", "Alone"].map(fate), ["migrates", "unknown", "unknown"]);
  });

  it("says which of its findings are limits of this program, and of which no document speaks", () => {
    const message = (content: string, code: string): string | undefined =>
      checkDialerConfigurationAtOnce(readDialerConfigurationAtOnce(content)).find((one) => one.code === code)
        ?.message;
    assert.match(message(deep, "dialer/reader-limit") ?? "", /\(a limit of Handler Workbench\)$/);
    const doctype = message(`<!DOCTYPE x>${text}`, "dialer/doctype");
    assert.match(doctype ?? "", /never defined or expanded here\. \(a limit of Handler Workbench\)$/);
    assert.match(message(cut, "dialer/not-well-formed") ?? "", /\(documented: XML 1\.0\)$/);
  });

  describe("on the command line", () => {
    let folder = "";
    before(() => {
      folder = mkdtempSync(join(tmpdir(), "dialer-"));
      writeFileSync(join(folder, "dialer_config.xml"), cut);
      writeFileSync(join(folder, "whole.xml"), text);
    });
    after(() => rmSync(folder, { recursive: true }));

    async function run(
      ...args: string[]
    ): Promise<{ code: number; lines: string[]; out: string; err: string }> {
      let [out, err] = ["", ""];
      const io = {
        out: (more: string) => void (out += more),
        err: (more: string) => void (err += more),
        env: {},
        cwd: folder,
      };
      const code = await main(dialerCommands, ["dialer", ...args], io);
      return { code, out, err, lines: out.split("\n") };
    }

    it("stands in the first line, and ends with 1", async () => {
      for (const words of [
        ["workflows", "dialer_config.xml"],
        ["diff", "whole.xml", "dialer_config.xml"],
        ["diff", "dialer_config.xml", "dialer_config.xml"],
      ]) {
        const { code, lines } = await run(...words);
        assert.match(lines[0] ?? "", note, words.join(" "));
        assert.equal(code, 1, words.join(" "));
      }
      assert.match((await run("show", "dialer_config.xml")).lines[0] ?? "", note);
      assert.doesNotMatch((await run("workflows", "whole.xml")).out, /in full/);
    });

    it("stands below the title of the report, in each of its forms", async () => {
      const { code, lines } = await run("report", "dialer_config.xml");
      assert.equal(code, 1);
      assert.match(lines[2] ?? "", /^> \*\*dialer\\_config\.xml could not be read in full: line 1: /);
      assert.equal((await run("report", "dialer_config.xml", "--html", "out.html")).code, 1);
      const html = readFileSync(join(folder, "out.html"), "utf8");
      assert.match(html, /<\/h1>\n<p class="warning">dialer_config\.xml could not be read in full/);
      const whole = await run("report", "whole.xml");
      assert.deepEqual([whole.code, /in full/.test(whole.out)], [0, false]);
    });

    it("is not taken for something else where it is too long to be read at all", async () => {
      const { length } = limits;
      limits.length = 1000;
      try {
        const { code, err } = await run("report", "whole.xml");
        assert.equal(code, 2);
        assert.match(err, /cannot read whole\.xml: The file has \d+ characters; the limit is 1000/);
      } finally {
        limits.length = length;
      }
    });

    it("stands in each document of JSON", async () => {
      const incomplete = async (...args: string[]): Promise<unknown> => {
        const data = JSON.parse((await run(...args, "--json")).out) as Record<string, unknown>;
        return (data["incomplete"] ?? data["newIncomplete"]) as unknown;
      };
      for (const words of [["report"], ["workflows"], ["diff", "whole.xml"]]) {
        const { line, code } = (await incomplete(...words, "dialer_config.xml")) as Record<string, unknown>;
        assert.deepEqual([line, code], [1, "dialer/not-well-formed"]);
        assert.equal(await incomplete(...words, "whole.xml"), undefined);
      }
    });
  });

  it("stands above the reports of the editor", async () => {
    const get = (uri: string): Promise<Configuration> => Promise.resolve(configuration(uri));
    const [broken, whole] = ["file:///a/dialer_config.xml", "file:///a/whole.xml"];
    const subjects: ReportSubject[] = [
      { kind: "migration", uri: broken },
      { kind: "workflows", uri: broken, filter: {} },
      { kind: "comparison", old: whole, new: broken, everything: false },
      { kind: "comparison", old: broken, new: whole, everything: false },
    ];
    for (const subject of subjects) {
      const { warnings } = await shownReport(subject, get);
      assert.equal(warnings.length, 1);
      assert.match(warnings[0] ?? "", note);
      assert.match(
        (await reportText({ subject, form: "html" }, get)).text,
        /<p class="warning">dialer_config\.xml could not be read in full/,
      );
      const [, first] = (await reportText({ subject, form: "csv" }, get)).text.split("\r\n");
      assert.match(first ?? "", /^"dialer_config\.xml could not be read in full: .*?"(?:,"")+$/);
    }
    assert.deepEqual((await shownReport({ kind: "migration", uri: whole }, get)).warnings, []);
  });

  it("says so in the Dialer view", () => {
    assert.match(dialerView(configuration("file:///a/dialer_config.xml")).incomplete ?? "", note);
    assert.equal(dialerView(configuration("file:///a/whole.xml")).incomplete, null);
  });

  it("says so on hovers, where something is missing from it", () => {
    const model = readDialerConfigurationAtOnce(cut);
    const lost = model.references.filter(({ target }) => targetsOf(model, target).length === 0);
    assert.ok(lost.length > 0);
    for (const { start } of lost)
      assert.match(
        hoverAt(model, start)?.markdown ?? "",
        /^No object with the id .* is in this file\. \(the file could not be read in full\)/,
      );
    const shown = (content: string): string => {
      const read = readDialerConfigurationAtOnce(content);
      const alone = read.objects.find((each) => referrersOf(read, each).length === 0);
      return hoverAt(read, (alone?.element.start ?? 0) + 1)?.markdown ?? "";
    };
    assert.match(shown(cut), /Nothing in this file refers to it\. \(the file could not be read in full\)/);
    assert.match(shown(text), /Nothing in this file refers to it\.$/);
  });
});

/** `whole.xml` is whole, every other one was cut off. */
function configuration(uri: string): Configuration {
  const content = uri.endsWith("whole.xml") ? text : cut;
  return {
    uri,
    name: uri.slice(uri.lastIndexOf("/") + 1),
    document: TextDocument.create(uri, "xml", 0, content),
    model: readDialerConfigurationAtOnce(content),
    surroundings: {},
  };
}
