import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formatWorkList, WorkList } from "../../../server/src/analysis/carry/workList";
import { carryCommands } from "../../../server/src/commandline/carry";
import { releasesFolder } from "../../fixtures/makeSample";
import { exportXml } from "./exports";
import { folder, run } from "./run";

const folders = ["--old-base", "old-base", "--custom", "custom", "--new-base", "new-base"];

describe("handler carry", () => {
  it("tells what is to be done; exit code 1", async () => {
    const { code, out, err } = await run(carryCommands, releasesFolder, "handler", "carry", ...folders);
    assert.deepEqual([code, err], [1, ""]);
    assert.match(out, /^In conflict: Decide/);
    assert.match(
      out,
      /1 in conflict, 2 re-apply, 1 base gone, 3 take over, 2 custom-written, 1 unreadable, 3 not customised\n$/,
    );
  });

  it("ends with 0 where nothing is to be done", async () => {
    const same = ["--old-base", "old-base", "--custom", "old-base", "--new-base", "new-base"];
    const { code, out } = await run(carryCommands, releasesFolder, "handler", "carry", ...same);
    assert.equal(code, 0);
    assert.match(
      out,
      /^0 in conflict, 0 re-apply, 0 base gone, 0 take over, 0 custom-written, 0 unreadable, 12 not customised\n$/,
    );
  });

  it("prints JSON, and writes HTML, with the marks of a work list", async () => {
    const marks = new WorkList().with({ handler: "IVR_MainMenu", item: "", done: true, note: "by Jo" });
    const { path, remove } = folder({ "marks.json": formatWorkList(marks), "bad.json": "{" });
    try {
      const at = folders.map((each) => (each.startsWith("--") ? each : join(releasesFolder, each)));
      const carry = (...args: string[]) => run(carryCommands, path, "handler", "carry", ...at, ...args);
      const { out } = await carry("--json", "--work-list", "marks.json");
      const json = JSON.parse(out) as { handlers: { name: string; mark: { done: boolean; note: string } }[] };
      assert.deepEqual(json.handlers[0]!.mark, { done: true, note: "by Jo" });
      const html = await carry("--html", "report.html", "--work-list", "marks.json");
      assert.equal(html.code, 1);
      assert.match(html.out, /^1 in conflict/);
      assert.match(readFileSync(join(path, "report.html"), "utf8"), /<p>Done\. by Jo<\/p>/);
      const again = await carry("--html", "report.html");
      assert.equal(again.code, 2);
      assert.match(again.err, /report\.html exists; give --force/);
      assert.match(
        (await carry("--html", "-", "--work-list", "bad.json")).err,
        /^bad\.json: error: This is no JSON/,
      );
      assert.equal((await carry("--work-list", "none.json")).code, 2);
    } finally {
      remove();
    }
  });

  it("says what is wrong with a call", async () => {
    const { path, remove } = folder({ "a/A.xml": exportXml("A"), "b/readme.txt": "" });
    try {
      for (const [args, message] of [
        [[], /Name three folders/],
        [["--old-base", "a", "--custom", "a"], /Name three folders/],
        [["--old-base", "a", "--custom", "a", "--new-base", "c"], /c: there is no such file or folder/],
        [["--old-base", "a/A.xml", "--custom", "a", "--new-base", "a"], /a\/A\.xml is a file; name a folder/],
        [
          ["--old-base", "a", "--custom", "a", "--new-base", "a", "--json", "--html", "-"],
          /both want standard output/,
        ],
      ] as const) {
        const { code, out, err } = await run(carryCommands, path, "handler", "carry", ...args);
        assert.deepEqual([code, out], [2, ""], args.join(" "));
        assert.match(err, message);
      }
      const empty = await run(
        carryCommands,
        path,
        "handler",
        "carry",
        "--old-base",
        "b",
        "--custom",
        "a",
        "--new-base",
        "b",
      );
      assert.equal(empty.code, 1);
      assert.match(empty.err, /^The old base side has no handlers[^\n]*\nThe new base side has no handlers/);
      const none = await run(
        carryCommands,
        path,
        "handler",
        "carry",
        "--old-base",
        "b",
        "--custom",
        "b",
        "--new-base",
        "b",
      );
      assert.equal(none.code, 2);
    } finally {
      remove();
    }
  });
});
