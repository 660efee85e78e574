import assert from "node:assert/strict";
import type { Handler } from "../../../../server/src/handler/model";
import { MigrationHints } from "../../../../server/src/analysis/hints/migrationHints";
import { SignaturePool, toolUsesOf } from "../../../../server/src/analysis/hints/uses";
import { readXmlHandler } from "../../../../server/src/handler/xml";
import { handler } from "../../../builder/handler";
import { toModel } from "../../../builder/model";
import { disconnect, exit, getKey, input, output, tool } from "../../../builder/signatures";
import { toXml } from "../../../builder/xml";
import { hints, target, using } from "./estate";

const exits = [exit("Success", 0), exit("Failure", 1, true)];
const before = [
  input("Path", "String"),
  input("Mode", "Integer", { optional: true }),
  output("Result", "String"),
];
const about = { label: "Read Thing", category: "Things" };
const old = tool("Things:Read", { ...about, version: "1.0" }, before, exits);
const given = { Path: "a", Mode: 1 };

const changed = (parameters: readonly ReturnType<typeof input>[], version = "1.0", otherExits = exits) =>
  tool("Things:Read", { ...about, version }, parameters, otherExits);

describe("hints for a migration's target", () => {
  it("say nothing where the target has the same tool", () => {
    assert.deepEqual(hints(using(old, given), target(3, old)), []);
    assert.deepEqual(
      hints(using(old, given), target(3, { ...old, label: "Ding lesen", description: "x" })),
      [],
    );
  });

  it("name step, tool, target, evidence, and what to do", () => {
    const now = changed([...before, input("Encoding", "String")]);
    assert.deepEqual(hints(using(old, given), target(12, now)), [
      'tool-parameter-added: Mine (0): Things:Read in 2018 R5 has more parameters: "Encoding" (required) (as used in 12 handlers of 2018 R5, version 1.0). Open the step in the target\'s Interaction Designer and give the required ones a value.',
    ]);
    assert.match(hints(using(old, given), target(1, now))[0]!, /as used in 1 handler of 2018 R5/);
  });

  it("weigh what needs work more than what does not", () => {
    const optional = changed([...before, input("Encoding", "String", { optional: true })]);
    const defaulted = changed([...before, input("Encoding", "String", { default: "utf-8" })]);
    for (const now of [optional, defaulted]) {
      assert.match(hints(using(old, given), target(1, now))[0]!, /^tool-parameter-added information: /);
    }
    const without = changed([before[0]!, before[2]!]);
    assert.match(
      hints(using(old, given), target(1, without)).join(),
      /^tool-parameter-removed: .*"Mode" \(has a value here\)/,
    );
    assert.match(
      hints(using(old, { Path: "a" }), target(1, without)).join(),
      /^tool-parameter-removed information: /,
    );
  });

  it("find what changed of a parameter, where it matters to the step", () => {
    const typed = changed([input("Path", "String"), input("Mode", "String", { optional: true }), before[2]!]);
    assert.match(
      hints(using(old, given), target(1, typed)).join(),
      /^tool-parameter-type: .*"Mode" is an input of type String, here an input of type Integer/,
    );
    const required = changed([before[0]!, input("Mode", "Integer"), before[2]!]);
    assert.match(
      hints(using(old, { Path: "a" }), target(1, required)).join(),
      /^tool-parameter-required: .*"Mode"/,
    );
    assert.deepEqual(hints(using(old, given), target(1, required)), []);
    const other = changed([
      before[0]!,
      input("Mode", "Integer", { optional: true, default: "3" }),
      before[2]!,
    ]);
    assert.match(
      hints(using(old, { Path: "a" }), target(1, other)).join(),
      /^tool-parameter-default: .*"Mode" is "3", here \(none\)/,
    );
    assert.deepEqual(hints(using(old, given), target(1, other)), []);
    const label = changed([input("Paths", "String"), before[1]!, before[2]!]);
    assert.match(
      hints(using(old, given), target(1, label)).join(),
      /^tool-parameter-moved: .*other labels: "Path" is "Paths"/,
    );
    const order = changed([before[1]!, before[0]!, before[2]!]);
    assert.match(hints(using(old, given), target(1, order)).join(), /^tool-parameter-moved: .*another order/);
  });

  it("take the case of a boolean's default and the name of a default variable for no change", () => {
    const one = changed([
      input("Flag", "Boolean", { default: "FALSE" }),
      output("R", "String", { variable: "A" }),
    ]);
    const other = changed([
      input("Flag", "Boolean", { default: "false" }),
      output("R", "String", { variable: "B" }),
    ]);
    assert.deepEqual(hints(using(one), target(1, other)), []);
  });

  it("compare exits by return value, and ask whether they are connected", () => {
    const more = changed(before, "1.0", [...exits, exit("Timeout", 2, true)]);
    assert.match(
      hints(using(old, given), target(1, more)).join(),
      /^tool-exit-added: .*"Timeout" \(2\).*Connect/,
    );
    const less = changed(before, "1.0", [exit("Erfolg", 0)]);
    assert.match(
      hints(using(old, given), target(1, less)).join(),
      /^tool-exit-removed: .*"Failure" \(1\).*elsewhere/,
    );
    const open: Handler = {
      ...using(old, given),
      steps: using(old, given).steps.map((step) => ({
        ...step,
        exits: step.exits.map((each) => (each.returnValue === 1 ? { ...each, to: null } : each)),
      })),
    };
    assert.match(hints(open, target(1, less)).join(), /^tool-exit-removed information: /);
  });

  it("say that a stamp is older only where nothing else tells it", () => {
    assert.match(
      hints(using(old, given), target(2, changed(before, "2.0"))).join(),
      /^tool-version: .*version 1\.0 here and version 2\.0 in 2018 R5/,
    );
    const more = changed([...before, input("Encoding", "String")], "2.0");
    assert.deepEqual(
      hints(using(old, given), target(2, more)).map((each) => each.split(":")[0]),
      ["tool-parameter-added"],
    );
    // What is newer here than there is no drift, as long as it is the same.
    assert.deepEqual(hints(using(changed(before, "3.0"), given), target(2, old)), []);
  });

  it("compare with the newest form when a release has several, and accept any of the newest", () => {
    const more = changed([...before, input("Encoding", "String")], "2.0");
    const catalogue = target(3, old, more);
    assert.deepEqual(hints(using(more, { ...given, Encoding: "x" }), catalogue), []);
    assert.match(
      hints(using(old, given), catalogue).join(),
      /^tool-parameter-added: .*as used in 3 handlers/,
    );
    const sibling = changed([...before, input("Other", "String")]);
    assert.deepEqual(hints(using(sibling), target(3, old, sibling)), []);
    assert.deepEqual(hints(using(old), target(3, old, sibling)), []);
  });

  it("name the newer tool instead of saying that the old one is not there", () => {
    const named = tool("Things:Read_2.0", about, before, exits);
    const found = hints(using({ ...old, version: "" }, given), target(5, named));
    assert.equal(found.length, 1);
    assert.match(
      found[0]!,
      /^tool-newer-name: Mine \(0\): Things:Read has a newer name, Things:Read_2\.0 \(as used in 5 handlers of 2018 R5\)/,
    );
    assert.match(
      hints(using(old, given), target(5, old, named))[0]!,
      /^tool-newer-name information: .*the old name is used there too/,
    );
  });

  it("say once that a tool is not in the target, without claiming that it is gone", () => {
    const found = hints(using(old, given), target(2, getKey));
    assert.equal(found.length, 1);
    assert.match(
      found[0]!,
      /^tool-not-in-target: Mine \(0\): none of the 2 handlers of 2018 R5 uses Things:Read/,
    );
  });

  it("leave a tool to the rule that the vendor's help has for it", () => {
    const host = tool("Host:Connect", { label: "Host Connect", category: "Host Interface" }, []);
    assert.deepEqual(hints(using(host), target(2, getKey)), []);
  });

  it("say nothing of parameters that an export leaves out", () => {
    const built = handler("Bare");
    built.start().to(built.tool(old, given));
    const bare = readXmlHandler(
      toXml(built).replace(/<Parameter [^>]*label="(?:Path|Mode|Result)"[^>]*\/>/g, ""),
      {
        file: "Bare.xml",
      },
    );
    assert.deepEqual(hints(bare, target(2, old)), []);
    assert.match(
      hints(bare, target(2, changed(before, "2.0"))).join(),
      /^tool-version: .*version 2\.0[^;]*$/,
    );
  });

  it("need no pool, and find the same with one", () => {
    const pool = new SignaturePool();
    const [one, other] = [using(old, given), using(old, given, "Other")].map((each) =>
      toolUsesOf(each, pool),
    );
    assert.equal(one![0]!.signature, other![0]!.signature);
    const catalogue = new MigrationHints(target(1, changed(before, "2.0")));
    assert.deepEqual(catalogue.of(one!), catalogue.of(other!));
    assert.equal(catalogue.of(one!).length, 1);
  });
});

describe("hints without a target", () => {
  it("name what real handlers show to be newer, as information", () => {
    const bare = tool("Telephony:Blind Transfer", { label: "Blind Transfer", category: "Telephony" }, []);
    assert.match(
      hints(using(bare), null).join(),
      /^tool-newer-name: .*Telephony:Blind Transfer_2\.0 \(seen in real handlers; no target catalogue is set\)/,
    );
    const stamped = { ...disconnect, version: "2.3" };
    assert.match(
      hints(using(stamped), null).join(),
      /^tool-version: .*version 2\.3 here and version 3\.0 in newer handlers/,
    );
    const short = { ...disconnect, version: "2.3", parameters: disconnect.parameters.slice(0, 2) };
    assert.match(
      hints(using(short), null).join(),
      /^tool-parameter-added information: .*"Reason Code:".*version 3\.0/,
    );
  });

  it("say nothing where the handler may be the newer one", () => {
    const more = { ...disconnect, parameters: [...disconnect.parameters, input("Brand new", "String")] };
    assert.deepEqual(hints(using(more), null), []);
    assert.deepEqual(hints(using({ ...disconnect, version: "4.0" }), null), []);
    assert.deepEqual(hints(using({ ...disconnect, version: "other" }), null), []);
    assert.deepEqual(hints(using(old, given), null), []);
  });

  it("never speak of parameters or exits of what is known in part or by name", () => {
    // Its inputs are only known in part, from a help page.
    const describe_ = tool(
      "I3_PhoneNumber:DescribePhoneNumber2",
      { label: "Describe Phone Number", category: "Telephony" },
      [input("Input Phone Number", "String")],
    );
    assert.deepEqual(hints(using(describe_), null), []);
    const named = tool(
      "DsLookup:Lookup",
      { label: "LookUp", category: "System" },
      [input("Any", "String")],
      exits,
    );
    assert.deepEqual(hints(using(named), null), []);
  });

  it("say nothing of an unused definition", () => {
    const built = handler("Unused");
    built.start();
    const model = { ...toModel(built), tools: [{ ...disconnect, version: "1.0" }] };
    assert.deepEqual(hints(model, null), []);
  });
});
