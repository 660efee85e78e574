import assert from "node:assert/strict";
import { join } from "node:path";
import { handlerCommands } from "../../../server/src/commandline/handler";
import { exportXml } from "./exports";
import { folder, run } from "./run";

const listed = (name: string): string => `subroutine ${name}\n`;

describe("handler on the command line", () => {
  const work = folder({
    "Menu.xml": exportXml("Menu"),
    "in part.xml": exportXml("InPart", "Done", "7"),
    "text.ihd": "not a handler\n",
    "all/Log.xml": exportXml("Log"),
    "all/sub/ümlaut handler.xml": exportXml("ümlaut handler"),
    "all/Zed.XML": exportXml("Zed"),
    "all/dialer_config.xml": "<?xml version='1.0'?><dialer/>",
    "twins/a.xml": exportXml("Menu"),
    "twins/b.xml": exportXml("MENU"),
    "twins/sub/c.xml": exportXml("menu"),
    "mixed/good.xml": exportXml("good"),
    "mixed/bad.ihd": "no",
    "strings.ihd": Buffer.concat([
      Buffer.from([1, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 0xff, 0xfe, 0xff, 5]),
      Buffer.from("Hello", "utf16le"),
    ]),
    "none/readme.txt": "hello",
  });
  after(() => work.remove());
  const handler = (...argv: string[]) => run(handlerCommands, work.path, "handler", ...argv);

  it("shows what a handler is", async () => {
    assert.deepEqual(await handler("show", "Menu.xml"), {
      code: 0,
      err: "",
      out: `Menu: a subroutine, from an XML export
  category     Test
  steps        2, 1 exit not connected
  variables    1
`,
    });
  });

  it("shows one JSON document", async () => {
    const { code, out, err } = await handler("show", "Menu.xml", "--json");
    const shown = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual([code, err, shown["name"], shown["source"]], [0, "", "Menu", undefined]);
    const full = JSON.parse((await handler("show", "Menu.xml", "--full")).out) as Record<string, unknown>;
    assert.equal(full["source"], "xml");
  });

  it("says with the exit code how much it could read", async () => {
    const inPart = await handler("show", "in part.xml");
    assert.equal(inPart.code, 1);
    assert.match(inPart.err, /^in part\.xml: error: .*leads to step 7, which does not exist/);
    assert.match(inPart.out, /problems {5}1/);
    for (const argv of [["show"], ["show", "--json"], ["list"]]) {
      const unread = await handler(...argv, "text.ihd");
      assert.equal(unread.code, 2);
      assert.match(unread.err, /^text\.ihd: error: The file holds text, not a handler\. Choose/);
    }
    const missing = await handler("list", "nowhere.ihd");
    assert.equal(missing.code, 2);
    assert.match(missing.err, /nowhere\.ihd does not exist/);
    assert.equal((await handler("show", "nowhere.ihd")).code, 2);
  });

  it("lists one file without a head, so that git can use it", async () => {
    const { code, out, err } = await handler("list", "Menu.xml");
    assert.deepEqual([code, err], [0, ""]);
    assert.ok(out.startsWith(listed("Menu")));
    assert.ok(out.endsWith("  exit Next -> (not connected)\n"));
  });

  it("lists the handlers of a folder, sorted, each with a head", async () => {
    const { code, out, err } = await handler("list", "all/");
    assert.deepEqual([code, err], [0, ""]);
    assert.deepEqual(out.match(/^(?:==>|subroutine).*/gm), [
      `==> ${join("all", "Log.xml")} <==`,
      "subroutine Log",
      `==> ${join("all", "Zed.XML")} <==`,
      "subroutine Zed",
      `==> ${join("all", "sub", "ümlaut handler.xml")} <==`,
      "subroutine ümlaut handler",
    ]);
    assert.match(out, /\n\n==> /);
  });

  it("lists what it can of several", async () => {
    const { code, out, err } = await handler("list", "Menu.xml", "mixed");
    assert.equal(code, 1);
    assert.deepEqual(out.match(/^==>.*/gm), ["==> Menu.xml <==", `==> ${join("mixed", "good.xml")} <==`]);
    assert.match(err, /bad\.ihd: error: /);
    const none = await handler("list", "none");
    assert.deepEqual([none.code, none.out], [2, ""]);
    assert.match(none.err, /^none: error: No handlers/);
  });

  it("warns of two handlers of one name in a folder", async () => {
    const { code, err } = await handler("list", "twins");
    assert.equal(code, 0);
    const lines = err.trimEnd().split("\n");
    assert.equal(lines.length, 1);
    assert.ok(
      lines[0]!.startsWith(
        `${join("twins", "b.xml")}: warning: The handler "MENU" is in ${join("twins", "a.xml")}`,
      ),
    );
  });

  it("prints the strings of a file of which nothing else is to be had", async () => {
    const { code, out, err } = await handler("list", "strings.ihd");
    assert.equal(code, 2);
    assert.match(out, /\nstrings found behind [^\n]*\n {2}offset 12 +"Hello"\n$/);
    assert.match(err, / 1 string\(s\) were found behind that place/);
  });

  it("never fails as textconv, and says what it could not read", async () => {
    const unread = await handler("list", "--textconv", "text.ihd");
    assert.deepEqual([unread.code, unread.out.slice(0, 35)], [0, "(not readable: The file holds text,"]);
    assert.equal((await handler("list", "--textconv", "in part.xml")).code, 0);
  });

  it("explains wrong calls", async () => {
    const wrong: [string[], RegExp][] = [
      [["show"], /Name one handler file\.\nusage: handler show FILE/],
      [["show", "Menu.xml", "b"], /Name one handler file/],
      [["list"], /Name handler files or folders/],
      [["list", "--frobnicate"], /--frobnicate/],
      [["list", "Menu.xml", "--ansi", "klingon"], /'klingon' is no known encoding/],
    ];
    for (const [argv, message] of wrong) {
      const { code, out, err } = await handler(...argv);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, message);
    }
    assert.match((await handler("list", "--help")).out, /--textconv, for git/);
  });
});
