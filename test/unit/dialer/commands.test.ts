import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dialerCommands } from "../../../server/src/commandline/dialer";
import { main } from "../../../server/src/commandline/main";
import { encodeText } from "../../../server/src/config/decode";
import { fixtures } from "./fixture";

describe("dialer: command line", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dialer-"));
    cpSync(join(fixtures, "source"), folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    let out = "";
    let err = "";
    const io = {
      out: (text: string) => void (out += text),
      err: (text: string) => void (err += text),
      env: {},
      cwd: folder,
    };
    const code = await main(dialerCommands, ["dialer", ...args], io);
    return { code, out, err };
  }

  it("check prints problems with file, line and certainty, and ends with 1", async () => {
    const { code, out } = await run("check", "dialer_config.xml");
    assert.equal(code, 1);
    assert.match(
      out,
      /^dialer_config\.xml:\d+:\d+: warning: archive\.udl .*\(documented: .*\) \[dialer\/udl-missing\]$/m,
    );
    // The data link in UDL names an Oracle service; tnsnames.ora lies beside.
    assert.match(out, /“DIALERDB”.*\[dialer\/oracle-alias-missing\]/);
    assert.ok(!out.includes("made-up-secret"));
  });

  it("check --json gives one document of findings", async () => {
    const { code, out } = await run("check", "dialer_config.xml", "--json");
    const { findings } = JSON.parse(out) as { findings: Record<string, unknown>[] };
    assert.equal(code, 1);
    const duplicate = findings.find(({ rule }) => rule === "dialer/duplicate-id");
    assert.deepEqual(
      [duplicate?.severity, duplicate?.certainty, duplicate?.file],
      ["error", "seen", "dialer_config.xml"],
    );
    assert.equal(typeof duplicate?.line, "number");
  });

  it("check ends with 0 where there is nothing worse than information", async () => {
    writeFileSync(join(folder, "good.xml"), "<DIALERCONFIG2/>");
    assert.deepEqual(await run("check", "good.xml"), { code: 0, out: "No problems found.\n", err: "" });
  });

  it("check --tnsnames takes the aliases from there", async () => {
    writeFileSync(join(folder, "names.ora"), "DIALERDB = (DESCRIPTION = (CONNECT_DATA = (SID = x)))\n");
    const { out } = await run("check", "dialer_config.xml", "--tnsnames", "names.ora");
    assert.ok(!out.includes("oracle-alias-missing"));
  });

  it("show lists objects, and --json gives properties, parts and references", async () => {
    const { out } = await run("show", "dialer_config.xml", "--filter", "workflow");
    assert.equal(out, "Workflows (3)\n    Old stuff  [deleted]\n    Outbound\n    Winter  [paused]\n");
    const { code, out: json } = await run("show", "dialer_config.xml", "--json");
    const shown = JSON.parse(json) as {
      root: string;
      layout: string;
      version: string;
      objects: Record<string, unknown>[];
    };
    assert.deepEqual(
      [code, shown.root, shown.layout, shown.version],
      [0, "DIALERCONFIG2", "configuration", "3.0.10"],
    );
    const spring = shown.objects.find(({ name }) => name === "Spring");
    assert.equal(spring?.kind, "campaign");
    assert.equal((spring?.properties as Record<string, string>).recycletable, "I3_SPRING_RE0");
    assert.deepEqual((spring?.references as unknown[])[0], {
      property: "calllist",
      id: "{00190000-0000-4000-8000-000000000001}",
      name: "Spring list",
    });
  });

  it("masks what looks like a secret in show --json", async () => {
    writeFileSync(
      join(folder, "s.xml"),
      '<DIALERCONFIG2><DIALEROBJECT id="1" type="16" name="D"><PROPERTIES><dncPassword>hush</dncPassword><__proto__>x</__proto__></PROPERTIES></DIALEROBJECT></DIALERCONFIG2>',
    );
    const { out } = await run("show", "s.xml", "--json");
    assert.ok(!out.includes("hush") && out.includes("********") && out.includes('"__proto__": "x"'));
  });

  it("report writes Markdown, HTML and JSON, and never over the configuration", async () => {
    assert.match(
      (await run("report", "dialer_config.xml")).out,
      /^# What will migrate: dialer\\_config\.xml/,
    );
    assert.equal((await run("report", "dialer_config.xml", "--html", "out.html")).code, 0);
    assert.match(readFileSync(join(folder, "out.html"), "utf8"), /^<!doctype html>/);
    const { totals } = JSON.parse((await run("report", "dialer_config.xml", "--json")).out) as {
      totals: object;
    };
    assert.equal((totals as Record<string, number>)["by hand"], 4);
    const { code, err } = await run("report", "dialer_config.xml", "--html", "./dialer_config.xml");
    assert.deepEqual([code, /would overwrite/.test(err)], [2, true]);
  });

  it("workflows narrows by every filter", async () => {
    const names = async (...filter: string[]): Promise<string[]> =>
      (await run("workflows", "dialer_config.xml", ...filter)).out
        .split("\n")
        .filter(Boolean)
        .map((line) => line.split("\t")[0] ?? "");
    assert.deepEqual(await names(), ["Outbound", "Winter", "Old stuff"]);
    assert.deepEqual(await names("--status", "active,Off", "--paused", "no"), ["Outbound"]);
    assert.deepEqual(await names("--deleted", "yes"), ["Old stuff"]);
    assert.deepEqual(await names("--data-source", "archive.udl", "--name", "win"), ["Winter"]);
    assert.equal((await run("workflows", "dialer_config.xml", "--status", "busy")).code, 2);
    assert.equal((await run("workflows", "dialer_config.xml", "--paused", "maybe")).code, 2);
    const { workflows } = JSON.parse((await run("workflows", "dialer_config.xml", "--json")).out) as {
      workflows: Record<string, unknown>[];
    };
    assert.deepEqual(
      [workflows[0]?.campaigns, workflows[0]?.dataSources],
      [["Spring", "Summer"], [{ file: "contacts.udl", state: "found" }]],
    );
  });

  it("diff ends with 1 where something differs and 0 where nothing does", async () => {
    const target = join(fixtures, "target");
    const differs = await run("diff", join(target, "monday.xml"), join(target, "tuesday.xml"));
    assert.deepEqual([differs.code, /changed campaign “Spring”/.test(differs.out)], [1, true]);
    assert.equal((await run("diff", "dialer_config.xml", "dialer_config.xml")).code, 0);
    assert.equal((await run("diff", "dialer_config.xml")).code, 2);
  });

  it("purge shows the diff, writes only a new file, and in the encoding of the old", async () => {
    const text = readFileSync(join(folder, "dialer_config.xml"), "utf8");
    const wide = encodeText(text, { encoding: "utf-16le", bom: true });
    writeFileSync(join(folder, "wide.xml"), wide);
    const dry = await run("purge", "wide.xml");
    assert.match(dry.out, /^--- wide\.xml\n\+\+\+ [^\n]*\n@@/);
    assert.match(dry.err, /“Old stuff”, marked by deleted="1"[^]*Nothing was written/);
    const done = await run("purge", "wide.xml", "--out", "new.xml");
    assert.equal(done.code, 0);
    const written = readFileSync(join(folder, "new.xml"));
    assert.deepEqual([...written.subarray(0, 2)], [0xff, 0xfe]);
    assert.ok(!written.toString("utf16le").includes("Old stuff"));
    assert.deepEqual(readFileSync(join(folder, "wide.xml")), Buffer.from(wide));
    const again = await run("purge", "wide.xml", "--out", "new.xml");
    assert.deepEqual([again.code, /exists already; nothing was written/.test(again.err)], [2, true]);
    assert.equal((await run("purge", "new.xml", "--out", "none.xml")).code, 0);
    assert.ok(!existsSync(join(folder, "none.xml")));
  });

  it("says what is wrong with a call or a file", async () => {
    assert.deepEqual((await run("check")).code, 2);
    const missing = await run("check", "nowhere.xml");
    assert.deepEqual([missing.code, /cannot read nowhere\.xml/.test(missing.err)], [2, true]);
    writeFileSync(join(folder, "text.xml"), "hello");
    assert.match((await run("show", "text.xml")).err, /text\.xml is not XML/);
    assert.match((await run("check", "a", "b")).err, /only one FILE/);
  });
});
