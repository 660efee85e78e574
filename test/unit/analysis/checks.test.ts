import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { callsOf, checkCalls, checkHandler, rules } from "../../../server/src/analysis/checks/checks";
import type { Callee, Finding } from "../../../server/src/analysis/checks/rule";
import type { Handler } from "../../../server/src/handler/model";
import { arbitraryHandler } from "../../builder/arbitrary";
import { eq, v } from "../../builder/expression";
import { handler, takes, type HandlerBuilder } from "../../builder/handler";
import { blindTransfer, disconnect, getAttribute, input, output, subroutine } from "../../builder/signatures";
import { saved } from "./build";

/** What is found, without the messages: `rule node` or `rule variable`. */
function found(of: Handler | HandlerBuilder): string[] {
  const read = "steps" in of && "problems" in of ? of : saved(of as HandlerBuilder);
  return short(checkHandler(read));
}

function short(findings: readonly Finding[]): string[] {
  return findings.map(({ rule, at }) => `${rule} ${at.variable ?? at.node ?? ""}`.trim()).sort();
}

/** A subroutine that is fine: takes a call, reads an attribute, hangs up. */
function fine(): HandlerBuilder {
  const built = handler("Fine").declare("CallId", "Call").declare("String", "Value");
  const start = built.start(takes("Interaction", "CallId", "Call"));
  const read = built.tool(getAttribute, {
    "Call Identifier": v("Call"),
    "Call Attribute Name": "x",
    "Call Attribute Value": v("Value"),
  });
  const end = built.tool(disconnect, {
    "Call Identifier": v("Call"),
    "Cancel pending operations?": false,
    "Reason Code:": 0,
  });
  start.to(read);
  read.to(end);
  return built;
}

describe("checks of one handler", () => {
  it("finds nothing in a handler that is fine", () => {
    assert.deepEqual(found(fine()), []);
  });

  it("a required argument that is empty; an optional one, or one with a default, may be", () => {
    const log = subroutine("Log", "", [
      input("Needed", "String"),
      input("Optional", "String", { optional: true }),
      input("With default", "String", { default: "none" }),
      input("Blank default", "String", { default: "" }),
    ]);
    const built = fine();
    built.step(2).on(0, built.call(log));
    assert.deepEqual(found(built), ["argument-empty 3"]);
    built.step(3).set("Needed", "text");
    assert.deepEqual(found(built), []);
  });

  it("an operand that nobody filled in, however deep", () => {
    const read = saved(fine());
    const step = read.steps.find(({ node }) => node === 1)!;
    const argument = { ...step.arguments[1]!, value: eq("a", { kind: "unfilled" }) };
    const steps = read.steps.map((each) =>
      each === step ? { ...step, arguments: [step.arguments[0]!, argument, step.arguments[2]!] } : each,
    );
    const findings = checkHandler({ ...read, steps });
    assert.deepEqual(short(findings), ["argument-empty 1"]);
    assert.match(findings[0]!.message, /"Call Attribute Name" has an operand nobody filled in/);
    assert.equal(findings[0]!.at.argument, 1);
  });

  it("a variable of another type than the parameter; handles of one name and no module are the same", () => {
    const built = fine();
    built.declare("Integer", "Number");
    built.step(1).set("Call Attribute Value", v("Number")).set("Call Attribute Name", v("Value"));
    const findings = checkHandler(saved(built));
    assert.deepEqual(short(findings), ["argument-type 1"]);
    assert.match(
      findings[0]!.message,
      /\(1\): the variable Number \(Integer\) receives "Call Attribute Value" \(String\)/,
    );
    const read = saved(fine());
    const noModules = read.variables.map((one) => ({ ...one, type: { ...one.type, module: "" } }));
    assert.deepEqual(found({ ...read, variables: noModules }), []);
  });

  it("steps that are never reached: one finding a group, also where they go in circles", () => {
    const built = fine();
    const lost = built.debug("a");
    const behind = built.debug("b");
    lost.to(behind);
    const one = built.debug("c");
    const other = built.debug("d");
    one.to(other);
    other.to(one);
    built.debug("e").to(built.step(1));
    const findings = checkHandler(saved(built)).filter(({ rule }) => rule === "step-unreachable");
    assert.deepEqual(short(findings), ["step-unreachable 3", "step-unreachable 5", "step-unreachable 7"]);
    assert.match(findings.find(({ at }) => at.node === 3)!.message, /The same goes for 1 step\(s\)/);
  });

  it("an error exit that leads nowhere, unless the step ends the handler or is a Selection", () => {
    const built = fine().declare("CallId", "Other");
    const transfer = built.tool(blindTransfer, {
      "Call Identifier": v("Call"),
      "Telephone Number": "1",
      "Outbound Call Identifier": v("Other"),
    });
    built.step(2).to(transfer);
    assert.deepEqual(found(built), [], "no exit is connected: the handler is meant to end");
    const select = built.select(eq(v("Value"), "1"));
    transfer.to(select);
    select.on("Default", built.debug("end"));
    const findings = checkHandler(saved(built));
    assert.deepEqual(short(findings), ["error-exit-open 3"]);
    assert.match(findings[0]!.message, /"Failure", "Alert Failure" are not connected/);
    assert.equal(transfer.exits[findings[0]!.at.exit!]!.label, "Failure");
  });

  it("a variable no step uses; parameters, cases and Designer's own variables are uses", () => {
    const built = fine().declare("String", "InCase", "Forgotten", "InitiatorEventName");
    built.step(2).to(built.select(eq(v("InCase"), "1")));
    assert.deepEqual(found(built), ["variable-unused Forgotten", "variable-unused InitiatorEventName"]);
    const read = saved(built);
    const steps = read.steps.map((step) =>
      step.node === 0 ? { ...step, kind: "initiator" as const } : step,
    );
    assert.deepEqual(found({ ...read, steps }), ["variable-unused Forgotten"]);
  });

  it("a name inside text that could not be understood counts as a use", () => {
    const built = fine().declare("String", "Forgotten");
    const read = saved(built);
    const steps = read.steps.map((step) =>
      step.node === 1
        ? {
            ...step,
            arguments: step.arguments.map((each, at) =>
              at === 1 ? { ...each, value: { kind: "text" as const, text: "oops( forgotten" } } : each,
            ),
          }
        : step,
    );
    assert.deepEqual(found({ ...read, steps }), []);
  });

  it("concludes nothing from what is missing when the file was not read whole", () => {
    const built = fine().declare("String", "Forgotten");
    built.debug("lost");
    assert.deepEqual(found(built), ["step-unreachable 3", "variable-unused Forgotten"]);
    const problem = {
      code: "partly-read",
      severity: "error" as const,
      message: "stopped",
      place: { node: 1 },
    };
    assert.deepEqual(found({ ...saved(built), problems: [problem] }), ["partly-read 1"]);
  });

  it("never throws, and every finding has a registered rule and an existing step", () => {
    fc.assert(
      fc.property(arbitraryHandler(), (built) => {
        const read = saved(built);
        const nodes = new Set(read.steps.map(({ node }) => node));
        for (const { rule, at, message } of checkHandler(read)) {
          assert.ok(
            rules.some(({ id }) => id === rule),
            rule,
          );
          assert.ok(at.node === undefined || nodes.has(at.node));
          assert.ok(message.length > 20 && !message.includes("undefined"), message);
        }
      }),
      { seed: 7, numRuns: 150 },
    );
  });
});

describe("checks of calls", () => {
  const callee = (parameters: Callee["parameters"], more: Partial<Callee> = {}): Callee => ({
    name: "Log",
    where: () => "Log.ihd",
    isWhole: true,
    parameters,
    ...more,
  });
  const two = [input("Handler", "String"), output("Id", "Integer")];
  function calling(): Handler {
    const built = handler("Caller").declare("Integer", "Id");
    built.start().to(built.call(subroutine("Log", "", two), { Handler: "x", Id: v("Id") }));
    return saved(built);
  }
  const check = (...callees: Callee[]): Finding[] => checkCalls(callsOf(calling()), () => callees);

  it("a subroutine that is nowhere", () => {
    const [finding, ...more] = check();
    assert.deepEqual([finding?.rule, finding?.at.node, more.length], ["call-not-found", 1, 0]);
    assert.match(finding!.message, /^Log \(1\) calls the subroutine Log, which is neither here/);
  });

  it("nothing when the signatures are the same", () => {
    assert.deepEqual(check(callee(two)), []);
  });

  const differences: [string, Callee["parameters"], RegExp][] = [
    ["one more", [...two, input("Place", "String")], /it has 3 parameter\(s\), the call 2 \(new: "Place"\)/],
    ["one less", [two[0]!], /it has 1 parameter\(s\), the call 2 \(gone: "Id"\)/],
    [
      "another type",
      [two[0]!, output("Id", "String")],
      /parameter 2 "Id" is of type String, the call has Integer/,
    ],
    [
      "another direction",
      [two[0]!, input("Id", "Integer")],
      /parameter 2 "Id" is an input, the call has an output/,
    ],
    ["another order", [two[1]!, two[0]!], /their order is now "Id", "Handler"/],
    ["an event handler", null, /it is a handler that an event starts/],
  ];
  for (const [what, parameters, message] of differences) {
    it(`a signature that differs: ${what}`, () => {
      const findings = check(callee(parameters));
      assert.deepEqual(
        findings.map(({ rule }) => rule),
        ["call-signature"],
      );
      assert.match(findings[0]!.message, message);
    });
  }

  it("labels alone are a weaker finding", () => {
    const findings = check(callee([input("Name", "String"), two[1]!]));
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ["call-parameter-label"],
    );
    assert.match(findings[0]!.message, /parameter 1 "Name" was "Handler"/);
  });

  it("of several handlers of the name, one that fits is enough, and one that could not be read proves nothing", () => {
    assert.deepEqual(check(callee([]), callee(two)), []);
    assert.deepEqual(check(callee([], { isWhole: false })), []);
  });
});

describe("the rules", () => {
  it("have unique ids, and every code of a reader is one of them", () => {
    const ids = rules.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    const sources = ["handler", "ihd"].flatMap((room) => {
      const folder = join(__dirname, "../../../server/src", room);
      return readdirSync(folder)
        .filter((file) => file.endsWith(".ts"))
        .map((file) => readFileSync(join(folder, file), "utf8"));
    });
    const codes = new Set(
      sources.flatMap((source) => [
        ...[...source.matchAll(/\bcode: "([a-z-]+)"/g)].map(([, code]) => code!),
        ...[...source.matchAll(/"(xml-[a-z-]+)"/g)].map(([, code]) => code!),
      ]),
    );
    assert.ok(codes.size > 15, "the codes are not written as this test expects");
    // Inside the reader only: what makes it try another way.
    for (const internal of ["constant", "string-form"]) codes.delete(internal);
    assert.deepEqual(
      [...codes].filter((code) => !ids.includes(code)),
      [],
    );
  });
});
