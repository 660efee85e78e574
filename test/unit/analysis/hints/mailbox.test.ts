import assert from "node:assert/strict";
import fc from "fast-check";
import { checkHandler } from "../../../../server/src/analysis/checks/checks";
import type { Expression } from "../../../../server/src/handler/expression";
import { arbitraryHandler } from "../../../builder/arbitrary";
import { call, join, v } from "../../../builder/expression";
import { handler, type HandlerBuilder } from "../../../builder/handler";
import { toModel } from "../../../builder/model";
import {
  exit,
  getAttribute,
  input,
  listToString,
  output,
  parseString,
  tool,
} from "../../../builder/signatures";
import type { StepBuilder } from "../../../builder/step";

const successFailure = [exit("Success", 0), exit("Failure", 1, true)];
const getDsAttr = tool(
  "DsLookup:GetDsAttr",
  { label: "GetDSAttr", category: "System" },
  [
    input("Directory Services Path", "String"),
    input("Directory Services Attribute", "String"),
    output("List of Attribute Values", "List of String"),
  ],
  successFailure,
);
const getDsAttrs = tool(
  "DsLookup:GetDsAttrs",
  { label: "GetDSAttrs", category: "System" },
  [
    input("Directory Services Path", "String"),
    output("List of Directory Services Attributes", "List of String"),
    output("List of Attribute Values", "List of String"),
  ],
  successFailure,
);
const lookUp = tool(
  "DsLookup:Lookup",
  { label: "LookUp", category: "System" },
  [
    input("Key Type", "String"),
    input("Key", "String"),
    input("Attribute", "String"),
    output("Value", "String"),
  ],
  successFailure,
);
const getAttributes = tool("Telephony:Get Attributes", { label: "Get Attributes", category: "Telephony" }, [
  input("Call Identifier", "CallId", { variable: "Interaction1" }),
  input("Call Attribute Names", "List of String"),
  output("Call Attribute Values", "List of String"),
]);
const sendEmail = tool("EmailToolsIDA:Send Email", { label: "Send E-Mail", category: "Email" }, [
  input("6", "String", { optional: true }),
  input("To Recipients", "String", { optional: true }),
  input("Sender", "String", { optional: true }),
  input("Subject", "String", { optional: true }),
  output("Result", "Integer"),
]);

/** A handler of steps one after the other. */
function chain(...make: ((built: HandlerBuilder) => StepBuilder)[]): HandlerBuilder {
  const built = handler("Mail")
    .declare("String", "sAddress", "sCopy", "sNames", "sKey")
    .declare("List of String", "lsValues", "lsNames", "lsCopy")
    .declare("Integer", "iAt")
    .declare("CallId", "Interaction1");
  let last = built.start();
  for (const each of make) {
    const step = each(built);
    last.to(step);
    last = step;
  }
  return built;
}

const read =
  (attribute: Expression | string, into = "lsValues") =>
  (built: HandlerBuilder) =>
    built
      .tool(getDsAttr, {
        "Directory Services Path": v("sKey"),
        "Directory Services Attribute": attribute,
        "List of Attribute Values": v(into),
      })
      .label("Read");
const look =
  (attribute: string, into = "sAddress") =>
  (built: HandlerBuilder) =>
    built
      .tool(lookUp, { "Key Type": "User", Key: v("sKey"), Attribute: attribute, Value: v(into) })
      .label("Look");
const assign = (variable: string, value: Expression) => (built: HandlerBuilder) =>
  built.assign(variable, value);
const send = (to: Expression | string) => (built: HandlerBuilder) =>
  built.tool(sendEmail, { "To Recipients": to }).label("Send");

function found(built: HandlerBuilder): string[] {
  return checkHandler(toModel(built))
    .filter(({ rule }) => rule === "mail-mailbox-attribute")
    .map(({ message }) => message);
}

describe("the attribute Mailbox in mail tools", () => {
  it("is found with the step that reads it, the argument that gets it, and what to do", () => {
    assert.deepEqual(found(chain(look("Mailbox"), send(v("sAddress")))), [
      'Send (2): "To Recipients" gets the value of the attribute Mailbox, read by Look (1), DsLookup:Lookup. After the migration mail tools want the attribute EmailAddress: read that one instead.',
    ]);
    const [finding] = checkHandler(toModel(chain(look("MAILBOX"), send(v("sAddress"))))).filter(
      ({ rule }) => rule === "mail-mailbox-attribute",
    );
    assert.deepEqual(finding?.at, { node: 2, label: "Send", argument: 1 });
  });

  const carried: Record<string, HandlerBuilder> = {
    "the head of the list that is read": chain(read("Mailbox"), send(call("GetHead", v("lsValues")))),
    "an assignment": chain(look("mailbox"), assign("sCopy", v("sAddress")), send(v("sCopy"))),
    "a variable in other letters": chain(look("mailbox"), assign("SCOPY", v("saddress")), send(v("sCopy"))),
    "a text made of it": chain(look("Mailbox"), send(join("Someone|", v("sAddress")))),
    "a choice": chain(look("Mailbox"), send(call("Test", v("b"), v("sAddress"), "x@y.z"))),
    "a name in a variable": chain(
      assign("sNames", lit("Mailbox")),
      read(v("sNames")),
      send(call("GetHead", v("lsValues"))),
    ),
    "a step that takes an element": chain(
      read("Mailbox"),
      (built) => built.getAt("lsValues", 0, "sAddress"),
      send(v("sAddress")),
    ),
    "a list it is put into": chain(
      look("Mailbox"),
      (built) => built.append("lsCopy", v("sAddress")),
      (built) => built.tool(listToString, { "List of Strings": v("lsCopy"), "Delimited String": v("sCopy") }),
      send(v("sCopy")),
    ),
    "all attributes, by the place of the name": chain(
      (built) =>
        built.tool(getDsAttrs, {
          "List of Directory Services Attributes": v("lsNames"),
          "List of Attribute Values": v("lsValues"),
        }),
      assign("iAt", call("Find", v("lsNames"), "Mailbox", 0)),
      send(call("GetAt", v("lsValues"), v("iAt"))),
    ),
  };
  for (const [way, built] of Object.entries(carried)) {
    it(`is followed through ${way}`, () => assert.equal(found(built).length, 1));
  }

  it("is followed through a list of names that a variable starts with", () => {
    const attributes = (names: string, at: number): HandlerBuilder => {
      const built = chain(
        (made) =>
          made.tool(parseString, { "String to Parse": v("sList"), "List of Parsed Strings": v("lsNames") }),
        (made) =>
          made.tool(getAttributes, {
            "Call Attribute Names": v("lsNames"),
            "Call Attribute Values": v("lsValues"),
          }),
        send(call("GetAt", v("lsValues"), at)),
      );
      return built.variable("sList", "String", names);
    };
    assert.equal(found(attributes("FirstName|Mailbox|Extension", 1)).length, 1);
    assert.match(found(attributes("FirstName|Mailbox|Extension", 1))[0]!, /gets the value/);
    assert.deepEqual(found(attributes("FirstName|Mailbox|Extension", 0)), []);
    assert.deepEqual(found(attributes("FirstName|Extension", 1)), []);
    assert.deepEqual(found(attributes("MailboxType|VoiceMailbox", 0)), []);
  });

  it("may be there where it is one of several", () => {
    const built = chain(read("FirstName|Mailbox"), send(call("GetAt", v("lsValues"), v("iAt"))));
    assert.match(found(built)[0]!, /may get the value/);
  });

  const clean: Record<string, HandlerBuilder> = {
    "another attribute": chain(look("EmailAddress"), send(v("sAddress"))),
    "a variable that got another value since": chain(
      look("Mailbox"),
      look("EmailAddress"),
      send(v("sAddress")),
    ),
    "an argument that is no address": chain(look("Mailbox"), (built) =>
      built.tool(sendEmail, { Subject: v("sAddress") }),
    ),
    "another tool": chain(look("Mailbox"), (built) =>
      built.tool(getAttribute, { "Call Attribute Name": v("sAddress"), "Call Attribute Value": v("sCopy") }),
    ),
    "the word as a text": chain(assign("sAddress", lit("Mailbox")), send(v("sAddress"))),
    "a length": chain(
      look("Mailbox"),
      assign("iAt", call("StrLen", v("sAddress"))),
      send(call("toS", v("iAt"))),
    ),
    "a value that is read afterwards": chain(send(v("sAddress")), look("Mailbox")),
  };
  for (const [what, built] of Object.entries(clean)) {
    it(`is not found in ${what}`, () => assert.deepEqual(found(built), []));
  }

  it("is followed along every way, in circles too", () => {
    const built = handler("Ways").declare("String", "sAddress", "sKey");
    const start = built.start();
    const condition = built.condition(v("b"));
    const reader = look("Mailbox")(built);
    const other = look("EmailAddress")(built);
    const sender = send(v("sAddress"))(built);
    start.to(condition);
    condition.on("True", reader).on("False", other);
    reader.to(sender);
    other.to(sender);
    sender.to(condition);
    assert.equal(found(built).length, 1);
    reader.to(other);
    assert.deepEqual(found(built), []);
  });

  it("is not looked for in steps that nothing leads to", () => {
    const built = chain(look("Mailbox"));
    built.steps[1]!.to(null);
    send(v("sAddress"))(built);
    assert.deepEqual(found(built), []);
  });

  it("never throws and ends, with any handler", () => {
    fc.assert(
      fc.property(arbitraryHandler(), (built) => {
        const model = toModel(built);
        const steps = model.steps.map((step) =>
          step.kind === "tool" ? { ...step, tool: { module: "EmailToolsIDA", name: "GetDsAttr" } } : step,
        );
        checkHandler({ ...model, steps });
      }),
      { numRuns: 100, seed: 3 },
    );
  });
});

function lit(value: string): Expression {
  return { kind: "literal", type: "String", value };
}
