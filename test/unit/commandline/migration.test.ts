import assert from "node:assert/strict";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalogueCommands } from "../../../server/src/commandline/catalogue";
import { checkCommands } from "../../../server/src/commandline/check";
import { dependencyCommands } from "../../../server/src/commandline/dependencies";
import { inventoryCommands } from "../../../server/src/commandline/inventory";
import { handler } from "../../builder/handler";
import { toIhd } from "../../builder/ihd";
import { blindTransfer, getKey, input, tool } from "../../builder/signatures";
import { sampleFiles } from "../../fixtures/makeSample";
import { folder, run } from "./run";

const newKey = { ...getKey, version: "4.0", parameters: [...getKey.parameters, input("Tenant", "String")] };
const bare = tool(
  "Telephony:Blind Transfer",
  { label: "Blind Transfer", category: "Telephony" },
  blindTransfer.parameters,
  blindTransfer.exits,
);

function using(name: string, of: typeof getKey): Buffer {
  const built = handler(name);
  built.start().to(built.tool(of).label("Mine"));
  return toIhd(built);
}

describe("migration on the command line", () => {
  const work = folder({
    ...Object.fromEntries(sampleFiles()),
    "base/System_Key.ihd": using("System_Key", newKey),
    "base/System_Transfer.ihd": using("System_Transfer", blindTransfer),
    "base/IntAttKey.ihd": using("IntAttKey", newKey),
    "custom/Ours.ihd": using("Ours", getKey),
    "custom/Transfer.ihd": using("Transfer", bare),
    "custom/IntAttKey.ihd": using("IntAttKey", getKey),
    "custom/System_Key.ihd": using("System_Key", newKey),
    "partly/IntAttKey.ihd": using("IntAttKey", newKey),
    "bad/text.ihd": "not a handler",
    "mixed/text.ihd": "not a handler",
    "mixed/Ours.ihd": using("Ours", getKey),
    "empty/readme.txt": "nothing here",
    "foreign.json": '{"tools":[]}',
  });
  after(() => work.remove());
  const commands = [...catalogueCommands, ...checkCommands, ...dependencyCommands, ...inventoryCommands];
  const cli = (...argv: string[]) => run(commands, work.path, ...argv);
  const saved = (name: string): string => readFileSync(join(work.path, name), "utf8");

  describe("catalogue learn", () => {
    it("writes what the handlers of a folder show, and overwrites nothing unasked", async () => {
      const first = await cli("catalogue", "learn", "base", "--out", "t.json", "--target", "2018 R5");
      assert.deepEqual([first.code, first.err], [0, ""]);
      assert.equal(first.out, "t.json: 2 tools and initiators of 2018 R5, from 3 handlers\n");
      const text = saved("t.json");
      const again = await cli("catalogue", "learn", "custom", "--out", "t.json");
      assert.equal(again.code, 2);
      assert.match(again.err, /t\.json exists; give --force to replace it/);
      assert.equal(saved("t.json"), text);
      const forced = await cli("catalogue", "learn", "custom", "--out", "t.json", "--force", "--json");
      assert.deepEqual(
        [forced.code, JSON.parse(forced.out)],
        [0, { target: "custom", handlers: 4, leftOut: 0, tools: 2, severalForms: 1 }],
      );
    });

    it("leaves out what it cannot read, and says so", async () => {
      const some = await cli("catalogue", "learn", "mixed", "--out", "m.json");
      assert.equal(some.code, 1);
      assert.match(some.err, /text\.ihd: error: left out: The file holds text/);
      const none = await cli("catalogue", "learn", "bad", "--out", "b.json");
      assert.equal(none.code, 2);
      assert.match(none.err, /no tools were found/);
      assert.equal(existsSync(join(work.path, "b.json")), false);
    });

    it("explains wrong calls", async () => {
      assert.match((await cli("catalogue", "learn")).err, /Name one folder/);
      assert.match((await cli("catalogue", "learn", "base")).err, /--out/);
      assert.match(
        (await cli("catalogue", "learn", "base", "--out", "x", "--ansi", "klingon")).err,
        /klingon/,
      );
      assert.equal((await cli("catalogue", "learn", "nowhere", "--out", "x.json")).code, 2);
    });
  });

  describe("handler check --catalogue", () => {
    before(async () => {
      await cli("catalogue", "learn", "base", "--out", "target.json", "--target", "2018 R5");
    });

    it("compares with the target, and sums up by tool", async () => {
      const { code, out, err } = await cli(
        "handler",
        "check",
        "custom/Ours.ihd",
        "custom/Transfer.ihd",
        "--catalogue",
        "target.json",
      );
      assert.deepEqual([code, err], [1, ""]);
      assert.match(
        out,
        /^custom\/Ours\.ihd: warning tool-parameter-added: Mine \(1\): .*"Tenant" \(required\) \(as used in 2 handlers of 2018 R5, version 4\.0\)/m,
      );
      assert.match(out, /^custom\/Transfer\.ihd: warning tool-newer-name: .*Telephony:Blind Transfer_2\.0/m);
      assert.match(out, /^1 step in 1 handler uses Telephony:Get Key \(tool-parameter-added\)$/m);
      const json = JSON.parse(
        (await cli("handler", "check", "custom", "--catalogue", "target.json", "--json")).out,
      ) as {
        tools: { tool: string; steps: number; rules: object }[];
      };
      assert.deepEqual(json.tools[0], {
        tool: "Telephony:Get Key",
        kind: "tool",
        label: "Get Key",
        steps: 3,
        handlers: 3,
        versions: ["2.3", "4.0"],
        rules: { "tool-parameter-added": 2 },
      });
    });

    it("finds less without it, and is not run with a wrong one", async () => {
      const without = await cli("handler", "check", "custom/Ours.ihd");
      assert.doesNotMatch(without.out, /tool-parameter/);
      for (const [name, message] of [
        ["foreign.json", /foreign\.json is not used: it is no tool catalogue\. .*"catalogue learn"/],
        ["nowhere.json", /nowhere\.json is not used: it does not exist/],
        ["custom/Ours.ihd", /is not used: it is no JSON/],
      ] as const) {
        const { code, out, err } = await cli("handler", "check", "custom", "--catalogue", name);
        assert.deepEqual([code, out], [2, ""]);
        assert.match(err, message);
      }
    });

    it("puts the hints into SARIF, with their rules", async () => {
      const { out } = await cli(
        "handler",
        "check",
        "custom/Ours.ihd",
        "--catalogue",
        "target.json",
        "--sarif",
        "-",
      );
      const [sarif] = (
        JSON.parse(out) as {
          runs: {
            results: { ruleId: string; ruleIndex: number }[];
            tool: { driver: { rules: { id: string }[] } };
          }[];
        }
      ).runs;
      const hint = sarif!.results.find(({ ruleId }) => ruleId === "tool-parameter-added")!;
      assert.equal(sarif!.tool.driver.rules[hint.ruleIndex]!.id, "tool-parameter-added");
    });

    it("compares with base handlers", async () => {
      const { out } = await cli("handler", "check", "custom", "--base", "base");
      const lines = out.split("\n").filter((line) => / handler-\w+-edited: /.test(line));
      assert.equal(lines.length, 1);
      assert.match(lines[0]!, /^custom\/IntAttKey\.ihd: warning handler-protected-edited: /);
      const none = await cli("handler", "check", "custom", "--base", "empty");
      assert.equal(none.code, 2);
      assert.match(none.err, /empty: no handlers/);
    });

    it("tells of a base handler that can not be opened, and compares the others", async function () {
      if (process.platform === "win32") return this.skip();
      symlinkSync(join(work.path, "nowhere"), join(work.path, "partly/Ours.ihd"));
      const { code, out, err } = await cli("handler", "check", "custom", "--base", "partly");
      assert.equal(code, 2);
      assert.match(err, /^[^\n]*Ours\.ihd does not exist\.[^\n]*\n$/);
      assert.match(out, /^custom\/IntAttKey\.ihd: warning handler-protected-edited: /m);
    });
  });

  describe("handler dependencies", () => {
    it("lists by kind and item, and what is wrong with the calls", async () => {
      const { code, out, err } = await cli("handler", "dependencies", "IVR");
      assert.deepEqual([code, err], [0, ""]);
      assert.match(out, /^Subroutines\n {2}Callback_Store\n {4}IVR_Callback \(step 4\)\n/);
      assert.match(out, /\nTools\n/);
      assert.match(
        out,
        /\nSubroutines that are not there\n(?: {2}.*\n)* {2}Callback_Store, called by IVR_Callback \(4\)\n/,
      );
      assert.match(out, /\n5 handlers, \d+ calls\n$/);
      const only = await cli("handler", "dependencies", "IVR", "--kind", "initiator");
      assert.equal(only.out, "Initiators\n  Telephony:Incoming Call\n    IVR_Incoming (step 0)\n");
    });

    it("exports JSON, DOT, XML and a picture", async () => {
      const json = JSON.parse((await cli("handler", "dependencies", "IVR", "--json")).out) as {
        unresolved: object[];
      };
      assert.ok(json.unresolved.length >= 1);
      assert.match((await cli("handler", "dependencies", "IVR", "--dot")).out, /^digraph handlers \{\n/);
      assert.match((await cli("handler", "dependencies", "IVR", "--xml")).out, /^<\?xml version="1\.0"/);
      const drawn = await cli("handler", "dependencies", "IVR", "--svg", "calls.svg");
      assert.deepEqual([drawn.code, drawn.out], [0, ""]);
      assert.match(saved("calls.svg"), /^<svg /);
      assert.match(
        (await cli("handler", "dependencies", "IVR", "--svg", "calls.svg")).err,
        /exists; give --force/,
      );
    });

    it("says what could not be read, and explains wrong calls", async () => {
      const some = await cli("handler", "dependencies", "mixed");
      assert.deepEqual([some.code, /^text\.ihd: error: /.test(some.err)], [1, true]);
      for (const path of ["bad", "empty", "nowhere"])
        assert.equal((await cli("handler", "dependencies", path)).code, 2, path);
      assert.match(
        (await cli("handler", "dependencies", "IVR", "--kind", "colour")).err,
        /'colour' is no kind/,
      );
      assert.match(
        (await cli("handler", "dependencies", "IVR", "--json", "--dot")).err,
        /exclude each other/,
      );
    });
  });

  describe("handler inventory", () => {
    it("lists each handler with what it is", async () => {
      const { code, out, err } = await cli("handler", "inventory", "custom", "--base", "base", "--missing");
      assert.deepEqual([code, err], [0, ""]);
      assert.deepEqual(out.trimEnd().split("\n"), [
        "modified base IntAttKey.ihd: 2 differences",
        "custom        Ours.ihd",
        "base          System_Key.ihd",
        "missing       System_Transfer.ihd",
        "custom        Transfer.ihd",
        "1 base, 1 modified base, 2 custom, 1 missing",
      ]);
      assert.match((await cli("handler", "inventory", "custom")).out, /^not compared {2}IntAttKey\.ihd\n/);
    });

    it("adds the team's notes, and writes reports", async () => {
      writeFileSync(
        join(work.path, "notes.json"),
        JSON.stringify({
          format: "handler-workbench inventory",
          version: 1,
          columns: ["owner"],
          handlers: { ours: { owner: "Ada" } },
        }),
      );
      const notes = ["--notes", "notes.json"];
      assert.match((await cli("handler", "inventory", "custom", ...notes)).out, /Ours\.ihd: Ada\n/);
      assert.match((await cli("handler", "inventory", "custom", ...notes, "--csv", "-")).out, /,owner\r\n/);
      assert.match((await cli("handler", "inventory", "custom", ...notes, "--markdown")).out, /\| Ada \|/);
      const json = JSON.parse((await cli("handler", "inventory", "custom", "--json", ...notes)).out) as {
        handlers: { team: object }[];
      };
      assert.deepEqual(json.handlers[1]!.team, { owner: "Ada" });
      const html = await cli("handler", "inventory", "custom", "--html", "i.html");
      assert.deepEqual([html.code, html.out], [0, ""]);
      assert.match(saved("i.html"), /^<!doctype html>/);
      assert.match(
        (await cli("handler", "inventory", "custom", "--html", "i.html")).err,
        /exists; give --force/,
      );
    });

    it("says what could not be read, and explains wrong calls", async () => {
      assert.equal((await cli("handler", "inventory", "mixed")).code, 1);
      assert.equal((await cli("handler", "inventory", "bad")).code, 2);
      assert.match((await cli("handler", "inventory", "empty")).err, /empty: error: no handlers/);
      assert.match((await cli("handler", "inventory", "nowhere")).err, /nowhere is no folder/);
      assert.match((await cli("handler", "inventory", "custom", "--missing")).err, /--missing needs --base/);
      assert.match(
        (await cli("handler", "inventory", "custom", "--notes", "foreign.json")).err,
        /holds no notes of an inventory/,
      );
      assert.match(
        (await cli("handler", "inventory", "custom", "--json", "--csv", "-")).err,
        /standard output/,
      );
    });
  });
});
