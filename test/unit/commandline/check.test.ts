import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkCommands } from "../../../server/src/commandline/check";
import { planted } from "../../fixtures/handlers/ivr";
import { handler } from "../../builder/handler";
import { toIhd } from "../../builder/ihd";
import { subroutine } from "../../builder/signatures";
import { releasesFolder, sampleFiles } from "../../fixtures/makeSample";
import { exportXml } from "./exports";
import { folder, run } from "./run";

interface Found {
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly file: string;
    readonly node: number | null;
    readonly label: string | null;
    readonly message: string;
  }[];
}

describe("handler check", () => {
  const work = folder({
    ...Object.fromEntries(sampleFiles()),
    "bad/text.ihd": "not a handler",
    "empty/readme.txt": "nothing here",
  });
  after(() => work.remove());
  const check = (...argv: string[]) => run(checkCommands, work.path, "handler", "check", ...argv);
  const json = async (...argv: string[]): Promise<Found["findings"]> =>
    (JSON.parse((await check(...argv, "--json")).out) as Found).findings;

  it("finds in folders what was planted, with step and label", async () => {
    const found = await json("IVR", "Shared", "Custom", "Notifications");
    assert.deepEqual(new Set(found.map(({ file }) => file)), new Set([join("IVR", "IVR_Callback.ihd")]));
    const signature = found.find(({ rule }) => rule === "call-signature");
    assert.deepEqual(
      [signature?.severity, signature?.node, signature?.label],
      ["error", planted.changedSubroutine.node, "Shared_LogError"],
    );
    assert.equal(found.find(({ rule }) => rule === "variable-unused")?.node, null);
    assert.equal(found.length, 7);
  });

  it("prints one line a problem and the sums; exit code 1", async () => {
    const { code, out, err } = await check(".");
    assert.equal(code, 1);
    assert.equal(err, "");
    assert.match(out, /^IVR\/IVR_Callback\.ihd: error call-signature: Shared_LogError \(5\): /m);
    assert.match(out, /^bad\/text\.ihd: error unreadable: The file holds text/m);
    assert.match(out, /\n13 handler\(s\): 2 error, 2 warning, 3 information, 1 hint\n$/);
  });

  it("exit code 0 when all is well; hints do not count", async () => {
    assert.equal((await check("Shared")).code, 0);
    const { code, out } = await check("IVR/IVR_MainMenu.ihd");
    assert.deepEqual([code, out], [0, "1 handler(s): 0 error, 0 warning, 0 information, 0 hint\n"]);
  });

  it("looks calls up beside the file and in reference folders, without checking those", async () => {
    const rulesOf = async (...argv: string[]): Promise<string[]> =>
      (await json(...argv)).filter(({ rule }) => rule.startsWith("call-")).map(({ rule }) => rule);
    const file = "IVR/IVR_Callback.ihd";
    assert.deepEqual(await rulesOf(file), ["call-not-found", "call-not-found"]);
    assert.deepEqual(await rulesOf(file, "--reference", "Shared"), ["call-not-found", "call-signature"]);
    assert.deepEqual(await rulesOf("Shared/Shared_LogError.ihd", "--reference", "IVR"), []);
  });

  it("writes a SARIF report, and keeps one that exists unless told otherwise", async () => {
    const out = join(work.path, "report.sarif");
    assert.equal((await check("IVR", "--reference", ".", "--sarif", "report.sarif")).code, 1);
    const report = JSON.parse(readFileSync(out, "utf8"));
    assert.equal(report.version, "2.1.0");
    const [{ tool, results }] = report.runs;
    for (const { ruleId, ruleIndex, level, message, locations } of results) {
      assert.equal(tool.driver.rules[ruleIndex].id, ruleId);
      assert.match(level, /^(error|warning|note)$/);
      assert.ok(message.text.length > 20);
      assert.equal(locations[0].physicalLocation.artifactLocation.uri, "IVR/IVR_Callback.ihd");
    }
    const names = results.map((each: (typeof results)[0]) => each.locations[0].logicalLocations[0]);
    assert.ok(
      names.some((each: { fullyQualifiedName?: string }) => each.fullyQualifiedName === "IVR_Callback#6"),
    );
    const again = await check("IVR", "--reference", ".", "--sarif", "report.sarif");
    assert.equal(again.code, 2);
    assert.match(again.err, /exists; give --force/);
    assert.equal((await check("IVR", "--reference", ".", "--sarif", "report.sarif", "--force")).code, 1);
  });

  describe("one name for two handlers", () => {
    const log = (name: string) => handler(name).declare("String", "Text");
    const callee = (name: string): Buffer => {
      const built = log(name);
      built.start();
      return toIhd(built);
    };
    const caller = (name: string): Buffer => {
      const built = handler(name);
      built.start().to(built.call(subroutine("Log", "", [])));
      return toIhd(built);
    };
    const names = folder({
      "one/A.xml": exportXml("Menu"),
      "one/B.xml": exportXml("MENU"),
      "below/Main.ihd": caller("Main"),
      "below/a/Log.ihd": callee("Log"),
      "below/b/LOG.ihd": callee("LOG"),
      // As it should be: releases beside each other, and an export beside its handler.
      "releases/old/Log.ihd": callee("Log"),
      "releases/new/Log.ihd": callee("Log"),
      "releases/new/Log.xml": exportXml("Log"),
      "releases/new/Caller.ihd": caller("Caller"),
      "releases/custom/Caller.ihd": caller("Caller"),
    });
    after(() => names.remove());
    const twice = async (...argv: string[]): Promise<string[]> => {
      const { out } = await run(checkCommands, names.path, "handler", "check", ...argv, "--json");
      return (JSON.parse(out) as Found).findings
        .filter(({ rule }) => rule === "handler-name-twice")
        .map(({ severity, file, node, message }) => `${severity} ${file} ${node}: ${message}`);
    };

    it("is a warning in both where they lie in one folder", async () => {
      const [first, second, ...more] = await twice("one");
      assert.match(first!, /^warning one.A\.xml null: The handler Menu is in B\.xml as well\./);
      assert.match(second!, /^warning one.B\.xml null: The handler MENU is in A\.xml as well\./);
      assert.deepEqual(more, []);
    });

    it("is a warning in the handler above them that calls the name", async () => {
      const [first, ...more] = await twice("below");
      assert.match(first!, /^warning below.Main\.ihd 1: Log \(1\) calls Log, .*: a\/Log\.ihd, b\/LOG\.ihd\./);
      assert.deepEqual(more, []);
    });

    it("is none between releases, beside an export, and with handlers of a reference folder", async () => {
      assert.deepEqual(await twice("releases"), []);
      assert.deepEqual(await twice("below/Main.ihd", "--reference", "below/a", "--reference", "below/b"), []);
      const { out } = await run(checkCommands, releasesFolder, "handler", "check", ".");
      assert.doesNotMatch(out, /handler-name-twice/);
    });
  });

  it("exit code 2 for wrong calls, missing paths, and when nothing could be read", async () => {
    for (const argv of [
      [],
      ["nowhere"],
      ["empty"],
      ["bad"],
      ["IVR", "--ansi", "klingon"],
      ["--what"],
      ["IVR", "--json", "--sarif", "-"],
    ]) {
      const { code } = await check(...argv);
      assert.equal(code, 2, argv.join(" "));
    }
    const mixed = await check("Shared", "nowhere");
    assert.equal(mixed.code, 2);
    assert.match(mixed.err, /nowhere: there is no such file or folder/);
  });
});
