import assert from "node:assert/strict";
import { summaryText, toolSummaries } from "../../../../server/src/analysis/hints/estate";
import { helpPageOf, mappingMarkdown, toolMarkdown } from "../../../../server/src/analysis/hints/markdown";
import { MigrationHints } from "../../../../server/src/analysis/hints/migrationHints";
import { counterpartOf } from "../../../../server/src/analysis/hints/reference";
import { toolUsesOf } from "../../../../server/src/analysis/hints/uses";
import type { Handler, Tool } from "../../../../server/src/handler/model";
import { handler } from "../../../builder/handler";
import { toModel } from "../../../builder/model";
import { exit, getKey, input, output, playString, tool } from "../../../builder/signatures";
import { target, using } from "./estate";

const old = tool(
  "Things:Read",
  { label: "Read | Thing", category: "Things", version: "1.0" },
  [input("Path", "String"), input("Password", "String", { default: "hunter2" }), output("Result", "String")],
  [exit("Success", 0), exit("Failure", 1, true)],
);
const now = tool(
  "Things:Read",
  { label: "Read", category: "Things", version: "2.0" },
  [input("Path", "String", { optional: true }), input("Encoding", "String"), output("Result", "String")],
  [exit("Success", 0), exit("Timeout", 2, true)],
);

function several(name: string, ...tools: Tool[]): Handler {
  const built = handler(name);
  let last = built.start();
  for (const each of tools) {
    const step = built.tool(each);
    last.to(step);
    last = step;
  }
  return toModel(built);
}

describe("the estate, tool by tool", () => {
  const hints = new MigrationHints(target(2, now, playString));
  const estate = [
    several("A", old, old, getKey),
    several("B", old, playString),
    several("C", playString),
  ].map((model) => {
    const uses = toolUsesOf(model);
    return { uses, findings: [...hints.of(uses), { rule: "variable-unused", at: { node: 1 } }] };
  });

  it("counts steps, handlers, and what was found, the most first", () => {
    const found = toolSummaries(estate);
    assert.deepEqual(
      found.map(({ tool: key, steps, handlers, versions }) => [key, steps, handlers, versions]),
      [
        ["Things:Read", 3, 2, ["1.0"]],
        ["Telephony:Get Key", 1, 1, ["2.3"]],
        ["I3_TextToSpeech:PlayString", 2, 2, [""]],
      ],
    );
    assert.deepEqual(found[0]!.rules, {
      "tool-exit-added": 3,
      "tool-exit-removed": 3,
      "tool-parameter-added": 3,
      "tool-parameter-removed": 3,
    });
    assert.deepEqual([found[1]!.rules, found[2]!.rules], [{ "tool-not-in-target": 1 }, {}]);
  });

  it("says it in a sentence", () => {
    const [first, second, third] = toolSummaries(estate);
    assert.match(summaryText(first!), /^3 steps in 2 handlers use Things:Read \(tool-exit-added, /);
    assert.equal(summaryText(second!), "1 step in 1 handler uses Telephony:Get Key (tool-not-in-target)");
    assert.equal(summaryText(third!), "2 steps in 2 handlers use I3_TextToSpeech:PlayString");
    assert.equal(
      summaryText({ ...first!, rules: { "tool-parameter-removed": 2 } }),
      "3 steps in 2 handlers use Things:Read (tool-parameter-removed in 2)",
    );
  });
});

describe("tools as Markdown", () => {
  const [use] = toolUsesOf(using(old));
  const counterpart = counterpartOf(use!.signature, target(3, now));

  it("show both signatures side by side, and never a password", () => {
    const text = toolMarkdown(use!.signature, counterpart);
    assert.deepEqual(
      text.split("\n").filter((line) => line.startsWith("|")),
      [
        "| Here, version 1.0 | in 2018 R5 (3 handlers), version 2.0 | Change |",
        "| --- | --- | --- |",
        "| in Path: String | in Path: String, optional | now optional |",
        "|  | in Encoding: String | new |",
        "| out Result: String | out Result: String |  |",
        "| in Password: String, default \\*\\*\\*\\*\\*\\*\\*\\* |  | gone |",
        "| exit Success \\(0\\) | exit Success \\(0\\) |  |",
        "|  | exit Timeout \\(2\\) | new |",
        "| exit Failure \\(1\\) |  | gone |",
      ],
    );
    assert.ok(!text.includes("hunter2"));
    assert.ok(text.startsWith("**Things:Read** Read \\| Thing, version 1.0"));
  });

  it("give a step's mapping with its values", () => {
    assert.ok("signature" in counterpart);
    const step = { node: 7, label: "Read <it>", handler: "Main" };
    const text = mappingMarkdown(step, use!.signature, counterpart, ['"a|b" & `c`', null]);
    assert.match(
      text,
      /^### Main: Read \\<it\\> \(7\)\n\nThings:Read\n\n\| Old \| New \(in 2018 R5 \(3 handlers\)\) \| Change \| Value \|\n/,
    );
    assert.ok(text.includes("| now optional | `\"a\\|b\" & 'c'` |"));
    for (const line of text.split("\n").filter((each) => each.startsWith("|"))) {
      assert.equal(line.replaceAll("\\|", "").split("|").length, 6, line);
    }
  });

  it("say what the vendor's help says, with its page", () => {
    const [host] = toolUsesOf(using(tool("H:C", { label: "Host Connect", category: "Host Interface" }, [])));
    const text = toolMarkdown(host!.signature, counterpartOf(host!.signature, null));
    assert.match(
      text,
      /- Is a Host Interface tool: .*\n\n\[Interaction Designer help\]\(https:\/\/help\.genesys\.com\/[^)]*\.htm\)$/,
    );
    assert.equal(helpPageOf({ module: "No", name: "Such", label: "", category: "" }), undefined);
    assert.match(helpPageOf(getKey) ?? "", /^(?:https:.*)?$/);
    assert.match(
      helpPageOf({ module: "?", name: "?", label: "Park", category: "Telephony" })!,
      /hid_park\.htm$/,
    );
  });

  it("say that nothing changed, or that the target does not have it", () => {
    const same = toolMarkdown(use!.signature, counterpartOf(use!.signature, target(3, old)));
    assert.match(same, /\n\nThe same in 2018 R5 \(3 handlers\)\.$/);
    const gone = toolMarkdown(use!.signature, counterpartOf(use!.signature, target(3, getKey)));
    assert.match(gone, /Not used in any of the 3 handlers of 2018 R5\.$/);
  });
});
