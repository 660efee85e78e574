import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { diffCommands } from "../../../server/src/commandline/diff";
import { releasesFolder } from "../../fixtures/makeSample";
import { exportXml } from "./exports";
import { folder, run } from "./run";

const inReleases = (...args: string[]) => run(diffCommands, releasesFolder, "handler", "diff", ...args);

/** Runs in a folder of its own with two exports, which differ in a label. */
async function inFolder(
  test: (path: string, diff: (...args: string[]) => ReturnType<typeof run>) => Promise<void>,
  files: Record<string, string | Uint8Array> = {
    "old/A.xml": exportXml("A"),
    "new/A.xml": exportXml("A", "Other"),
  },
): Promise<void> {
  const { path, remove } = folder(files);
  try {
    await test(path, (...args) => run(diffCommands, path, "handler", "diff", ...args));
  } finally {
    remove();
  }
}

describe("handler diff", () => {
  it("prints what differs between two folders; exit code 1", async () => {
    const { code, out, err } = await inReleases("old-base", "new-base");
    assert.deepEqual([code, err], [1, ""]);
    assert.match(out, /^~ IVR_AccountBalance {2}changed {2}\(IVR\/IVR_AccountBalance\.ihd\)\n/);
    assert.match(out, /\n5 changed, 1 added, 1 removed, 0 unreadable, 5 identical\n$/);
  });

  it("ends with 0 where nothing differs", async () => {
    const { code, out } = await inReleases("old-base", "old-base");
    assert.deepEqual([code, out], [0, "0 changed, 0 added, 0 removed, 0 unreadable, 11 identical\n"]);
    const { code: only } = await inReleases("old-base/IVR", "custom/IVR", "--only", "category");
    assert.equal(only, 2, "there is no kind 'category'");
    const quiet = await inReleases("old-base/IVR", "custom/IVR", "--only", "tool-version, label");
    assert.deepEqual([quiet.code, quiet.out.split(",")[0]], [0, "0 changed"]);
  });

  it("compares two files, whatever they are called", async () => {
    const menu = "IVR/IVR_MainMenu.ihd";
    const { code, out } = await inReleases(`old-base/${menu}`, `new-base/${menu}`);
    assert.equal(code, 1);
    assert.match(out, /argument "Timeout \(seconds\)": 10\.0 -> 15 {2}\[arguments\]/);
    const other = await inReleases(`old-base/${menu}`, "old-base/IVR/IVR_Transfer.ihd");
    assert.match(
      other.out,
      /^~ IVR_Transfer {2}changed {2}\(old-base\/IVR\/IVR_MainMenu\.ihd -> old-base\/IVR\/IVR_Transfer/,
    );
  });

  it("compares an export with an exit to a step that is not there", async () => {
    const files = { "old/A.xml": exportXml("A"), "new/A.xml": exportXml("A", "Done", "99") };
    await inFolder(async (_, diff) => {
      const { code, out } = await diff("old", "new");
      assert.equal(code, 1);
      assert.match(out, /exit "Start" leads to: Done \(1\) -> not connected/);
      assert.match(out, /\n1 changed, .* 0 unreadable/);
    }, files);
  });

  it("prints one JSON document", async () => {
    const { code, out } = await inReleases(
      "old-base",
      "new-base",
      "--json",
      "--only",
      "step-added,arguments",
    );
    const json = JSON.parse(out) as {
      kinds: string[];
      pairs: { name: string; changes: { kind: string; node: number | null }[] }[];
    };
    assert.equal(code, 1);
    assert.deepEqual(json.kinds, ["step-added", "arguments"]);
    assert.deepEqual(
      json.pairs.flatMap(({ name, changes }) => changes.map(({ kind, node }) => `${name} ${kind} ${node}`)),
      [
        "IVR_AccountBalance arguments 48",
        "IVR_Incoming arguments 8",
        "IVR_Incoming step-added 11",
        "IVR_MainMenu arguments 4",
      ],
    );
  });

  it("reports positions when all kinds are asked for", async () => {
    const files = ["old-base/IVR/IVR_Incoming.ihd", "custom/IVR/IVR_Incoming.ihd"];
    assert.doesNotMatch((await inReleases(...files)).out, /\[position\]/);
    assert.match((await inReleases(...files, "--only", "all")).out, /\[position\]/);
  });

  it("lists the kinds when one is not known", async () => {
    const { code, out, err } = await inReleases("old-base", "new-base", "--only", "label,colour");
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /'colour' is no kind of difference\. There are:\n {2}properties /);
    assert.match(err, /\n {2}type-table /);
  });

  it("writes Markdown to standard output, HTML and XML to files, all from one comparison", async () => {
    await inFolder(async (path, diff) => {
      const { code, out } = await diff(
        "old",
        "new",
        "--markdown",
        "--html",
        "d.html",
        "--xml",
        "d.xml",
        "--xsl",
      );
      assert.equal(code, 1);
      assert.match(out, /^# Handler Diff\n\nOld: `old`/);
      assert.match(readFileSync(join(path, "d.html"), "utf8"), /^<!DOCTYPE html>[^]*<\/html>\n$/);
      assert.match(
        readFileSync(join(path, "d.xml"), "utf8"),
        /<\?xml-stylesheet type="text\/xsl" href="handler-diff.xsl"\?>/,
      );
      assert.match(readFileSync(join(path, "handler-diff.xsl"), "utf8"), /<xsl:stylesheet/);
      const named = await diff("old", "new", "--xml", "-", "--stylesheet", "../my.xsl");
      assert.match(named.out, /href="\.\.\/my\.xsl"/);
      const short = await diff("old", "new", "--html", "other.html");
      assert.equal(short.out, "1 changed, 0 added, 0 removed, 0 unreadable, 0 identical\n");
      const piped = await diff("old", "new", "--html", "-");
      assert.match(piped.out, /^<!DOCTYPE html>[^]*<\/html>\n$/);
    });
  });

  it("never overwrites a file unasked, nor a stylesheet that is there", async () => {
    await inFolder(
      async (path, diff) => {
        const { code, err } = await diff("old", "new", "--html", "mine.html");
        assert.equal(code, 2);
        assert.match(err, /mine\.html exists; give --force/);
        assert.equal(readFileSync(join(path, "mine.html"), "utf8"), "precious");
        assert.equal((await diff("old", "new", "--xml", "d.xml", "--xsl")).code, 1);
        assert.equal(readFileSync(join(path, "handler-diff.xsl"), "utf8"), "also precious");
        assert.equal((await diff("old", "new", "--html", "mine.html", "--force")).code, 1);
        assert.match(readFileSync(join(path, "mine.html"), "utf8"), /^<!DOCTYPE html>/);
        assert.deepEqual(readdirSync(path).sort(), ["d.xml", "handler-diff.xsl", "mine.html", "new", "old"]);
      },
      {
        "old/A.xml": exportXml("A"),
        "new/A.xml": exportXml("A", "Other"),
        "mine.html": "precious",
        "handler-diff.xsl": "also precious",
      },
    );
  });

  it("says what is wrong with a call, and does nothing", async () => {
    await inFolder(async (path, diff) => {
      for (const [args, message] of [
        [[], /two files or two folders/],
        [["old"], /two files or two folders/],
        [["old", "new", "old"], /two files or two folders/],
        [["old", "new/A.xml"], /One is a file, the other a folder/],
        [["old", "nowhere"], /nowhere: there is no such file or folder/],
        [["old", "new", "--json", "--markdown"], /--json and --markdown all want standard output/],
        [["old", "new", "--json", "--html", "-"], /--json and --html - all want/],
        [["old", "new", "--stylesheet", "x.xsl"], /go with --xml/],
        [["old", "new", "--xml", "d.xml", "--xsl", "--stylesheet", "x"], /--xsl puts a stylesheet beside/],
        [["old", "new", "--ansi", "klingon"], /'klingon' is no known encoding/],
        [["--git", "HEAD", "old", "new"], /With --git REVISION, name one/],
        [["old", "new", "--colour"], /Unknown option '--colour'/],
      ] as const) {
        const { code, out, err } = await diff(...args);
        assert.deepEqual([code, out], [2, ""], args.join(" "));
        assert.match(err, message);
        assert.match(err, /usage: handler diff OLD NEW/);
      }
      assert.deepEqual(readdirSync(path).sort(), ["new", "old"]);
    });
  });

  it("compares the rest where something is missing or cannot be read", async () => {
    await inFolder(
      async (_, diff) => {
        const { code, out, err } = await diff("old", "new");
        assert.equal(code, 1);
        assert.match(
          out,
          /^! B {2}unreadable {2}\(B\.ihd\)\n {4}The old handler: The file is empty\..* The new handler: The file holds text/m,
        );
        assert.match(out, /\n0 changed, 1 added, 0 removed, 1 unreadable, 0 identical\n/);
        assert.equal(err, "");
        const empty = await diff("none", "new/sub");
        assert.equal(empty.code, 1);
        assert.match(empty.err, /^The old side has no handlers/);
        const nothing = await diff("none", "none");
        assert.deepEqual([nothing.code, nothing.err.split("\n").length], [2, 3]);
        const broken = await diff("old", "none");
        assert.equal(broken.code, 2, "nothing could be read");
      },
      {
        "old/B.ihd": "",
        "new/B.ihd": "text",
        "new/sub/A.xml": exportXml("A"),
        "none/readme.txt": "",
      },
    );
  });

  it("compares what a git revision has with what is on disk", async () => {
    await inFolder(async (path, diff) => {
      const git = (...args: string[]): string =>
        execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], {
          cwd: path,
          encoding: "utf8",
        });
      git("init", "-q");
      git("add", "-A");
      git("commit", "-qm", "first");
      assert.equal((await diff("--git", "HEAD", "old")).code, 0);
      writeFileSync(join(path, "old/A.xml"), exportXml("A", "Edited"));
      writeFileSync(join(path, "old/N.xml"), exportXml("N"));
      const all = await diff("--git", "HEAD", "old");
      assert.equal(all.code, 1);
      assert.match(all.out, /step 1 "Edited": label: Done -> Edited/);
      assert.match(all.out, /\+ N {2}added/);
      const one = await diff("--git", "HEAD", "old/A.xml", "--json");
      assert.equal((JSON.parse(one.out) as { old: string }).old, "old/A.xml (HEAD)");
      rmSync(join(path, "old/N.xml"));
      const wrong = await diff("--git", "no-such", "old");
      assert.equal(wrong.code, 2);
      assert.match(wrong.err, /'no-such' is no revision/);
    });
  });

  it("takes away what it could not write to the end, and keeps what was there", async () => {
    await inFolder(async (path, diff) => {
      const { code, err } = await diff("old", "new", "--html", "no/such/folder.html");
      assert.equal(code, 2);
      assert.match(err, /folder\.html could not be written/);
      assert.equal(existsSync(join(path, "no")), false);
    });
  });
});
