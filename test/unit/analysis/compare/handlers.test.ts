import assert from "node:assert/strict";
import { compareHandlers } from "../../../../server/src/analysis/compare/compareHandlers";
import { defaultKinds, diffKinds, isDiffKind } from "../../../../server/src/analysis/compare/kinds";
import type { Expression } from "../../../../server/src/handler/expression";
import type { Handler, Step } from "../../../../server/src/handler/model";
import { v } from "../../../builder/expression";
import { handler, takes } from "../../../builder/handler";
import { toModel } from "../../../builder/model";
import { customNotification, exit, getKey, incomingCall, input, tool } from "../../../builder/signatures";

const everyKind = new Set(diffKinds.map(({ id }) => id));

const said = (old: Handler, now: Handler): string[] =>
  compareHandlers(old, now, everyKind).changes.map(
    ({ kind, node, label, what, old: from, new: to }) =>
      `${kind} | ${node ?? label} | ${what} | ${from} -> ${to}`,
  );

const withStep = (of: Handler, node: number, change: Partial<Step>): Handler => ({
  ...of,
  steps: of.steps.map((step) => (step.node === node ? { ...step, ...change } : step)),
});

describe("Comparing two handlers", () => {
  it("reports the kinds that were asked for, and by default all but the volatile ones", () => {
    const old = toModel(handler("A", { category: "x", compiledName: "I3_1" }));
    const now = toModel(handler("A", { category: "y", compiledName: "I3_2" }));
    const kinds = (chosen?: typeof everyKind): string[] =>
      compareHandlers(old, now, chosen).changes.map(({ kind }) => kind);
    assert.deepEqual(kinds(), ["properties"]);
    assert.deepEqual(kinds(new Set(["compiled-name"])), ["compiled-name"]);
    assert.deepEqual(kinds(new Set()), []);
    const volatile = diffKinds.filter(({ id }) => !defaultKinds.has(id)).map(({ id }) => id);
    assert.deepEqual(volatile, ["position", "compiled-name", "type-table"]);
    assert.equal(isDiffKind("label"), true);
    assert.equal(isDiffKind("toString"), false);
  });

  it("has a name and a description for every kind, and no id twice", () => {
    assert.equal(everyKind.size, diffKinds.length);
    for (const { id, name, description } of diffKinds)
      assert.ok(name.length > 3 && description.length > 10, id);
  });

  it("never shows a password: arguments, defaults, inferred fields", () => {
    const login = (password: string, start: string): Handler => {
      const of = tool(
        "Net:Login",
        { label: "Login", category: "Net" },
        [input("Password", "String", { default: start })],
        [exit("Next", 1)],
      );
      const built = handler("Login");
      const first = built.start(takes("User Password", "String", "p", { default: start }));
      first.to(built.tool(of, { Password: password }));
      const fields = [{ name: "f", type: "STR" as const, values: [password], undecided: false }];
      const step = { tool: { module: "", name: "DB Open" }, kind: "native" as const, inferred: fields };
      const open = { ...toModel(built).steps[1]!, ...step, node: 9, arguments: [], label: "Open" };
      return { ...toModel(built), steps: [...toModel(built).steps, open] };
    };
    const changes = said(login("hunter2", "secret3"), login("other4", "start5"));
    assert.deepEqual(changes, [
      'parameters |  | default of parameter "User Password" | ******** -> ********',
      'tool-signature | Net:Login | default of parameter "Password" | ******** -> ********',
      'arguments | 1 | argument "Password" | ******** -> ********',
      'arguments | 9 | field f | "********" -> "********"',
    ]);
  });

  it("reports another initiator as that, with the values that went with it", () => {
    const started = (by: "call" | "event" | "none"): Handler => {
      const built = handler("Started").declare("CallId", "Interaction1").declare("String", "x", "LineId");
      built.declare(
        "String",
        "CalledNumber",
        "CallingNumber",
        "CallingName",
        "CustomObjectId",
        "CustomEventId",
      );
      built.variable("CustomDataList", "List of String");
      const first =
        by === "call"
          ? built.initiator(incomingCall)
          : by === "event"
            ? built.initiator(customNotification)
            : built.start(takes("Interaction", "CallId", "Interaction1"));
      first.to(built.assign("x", "1").label("One"));
      return toModel(built);
    };
    const kinds = (old: Handler, now: Handler): string[] => [
      ...new Set(compareHandlers(old, now).changes.map(({ kind }) => kind)),
    ];
    assert.deepEqual(kinds(started("call"), started("event")), ["initiator", "label", "arguments"]);
    assert.deepEqual(kinds(started("none"), started("event")), [
      "initiator",
      "parameters",
      "label",
      "initiator-ids",
      "arguments",
    ]);
    assert.match(
      said(started("none"), started("event"))[0]!,
      /^initiator \| {2}\| initiator \| Subroutine -> DsLookup:Custom Notification_13$/,
    );
  });

  it("reports nothing between a damaged handler and itself: ids twice, lines that lead nowhere", () => {
    const built = handler("Damaged").declare("String", "x");
    const steps = [built.start(), built.assign("x", "1"), built.assign("x", "2"), built.assign("x", "3")];
    steps.forEach((step, at) => step.to(steps[at + 1] ?? null));
    const whole = toModel(built);
    const twice = {
      ...whole,
      steps: whole.steps.map((step) => (step.node === 3 ? { ...step, node: 2 } : step)),
    };
    assert.deepEqual(said(twice, twice), []);
    const lost = withStep(whole, 3, { exits: [{ ...whole.steps[3]!.exits[0]!, to: 99 }] });
    assert.deepEqual(said(lost, lost), []);
    assert.deepEqual(said(whole, lost), [
      'connections | 3 | exit "Next" leads to | not connected -> a step that is not there (99)',
    ]);
  });

  it("ends on expressions that are deeper than the stack and share their parts", () => {
    const shared = (inner: string): Expression => {
      let expression: Expression = v(inner);
      for (let depth = 0; depth < 100; depth++) {
        expression = { kind: "call", name: "&", id: 0x29, args: [expression, expression] };
      }
      for (let depth = 0; depth < 50_000; depth++) {
        expression = { kind: "call", name: "StrTrim", id: 0x25, args: [expression] };
      }
      return expression;
    };
    const deep = (inner: string, count: number): Handler => {
      const built = handler("Deep").declare("String", "x", "y");
      let last = built.start();
      const value = shared(inner);
      for (let at = 0; at < count; at++) {
        const next = built.assign("x", null).label(`step ${at}`);
        last.to(next);
        last = next;
        next.fields.set("RHS", value);
      }
      return toModel(built);
    };
    assert.deepEqual(said(deep("x", 2), deep("x", 2)), []);
    const found = compareHandlers(deep("x", 2), deep("y", 2)).changes;
    assert.deepEqual(
      found.map(({ kind, node }) => `${kind} ${node}`),
      ["arguments 1", "arguments 2"],
    );
    const length = found.reduce((sum, { old, new: now }) => sum + old!.length + now!.length, 0);
    assert.ok(length < 20_000_000, `${length} characters`);
  });

  it("takes a whole Numeric for an Integer between an export and a file, and only there", () => {
    const key = (type: "Integer" | "Numeric", source: "ihd" | "xml"): Handler => {
      const built = handler("Keys").declare("CallId", "Interaction1");
      const literal: Expression = { kind: "literal", type, value: 20 };
      built.start().to(built.tool(getKey, { "Timeout (seconds)": literal }));
      return { ...toModel(built), source };
    };
    const values = (old: Handler, now: Handler): string[] =>
      said(old, now).filter((each) => each.startsWith("arguments"));
    assert.deepEqual(values(key("Numeric", "ihd"), key("Integer", "xml")), []);
    assert.deepEqual(values(key("Numeric", "ihd"), key("Integer", "ihd")), [
      'arguments | 1 | argument "Timeout (seconds)" | 20.0 -> 20',
    ]);
  });

  it("counts a renamed parameter, argument or exit once", () => {
    const build = (parameter: string, exitLabel: string): Handler => {
      const of = tool(
        "Net:Send",
        { label: "Send", category: "Net" },
        [input("First", "String"), input(parameter, "String"), input("Last", "String")],
        [exit("Success", 1), exit(exitLabel, 0)],
      );
      const built = handler("Send").declare("String", "x");
      built.start().to(built.tool(of, { First: "1", [parameter]: v("x"), Last: "3" }));
      return toModel(built);
    };
    assert.deepEqual(said(build("Text", "Failure"), build("Message", "Error")), [
      'tool-signature | Net:Send | label of parameter "Message" | Text -> Message',
      'tool-signature | Net:Send | exit "Error" | Failure (0) -> Error (0)',
    ]);
  });

  it("reports parameters in another order, once for the signature", () => {
    const build = (...labels: string[]): Handler => {
      const of = tool(
        "Net:Send",
        { label: "Send", category: "Net" },
        labels.map((label) => input(label, "String")),
        [exit("Success", 1)],
      );
      const built = handler("Send");
      built.start().to(built.tool(of, Object.fromEntries(labels.map((label) => [label, label]))));
      return toModel(built);
    };
    assert.deepEqual(said(build("A", "B", "C"), build("C", "A", "B")), [
      "tool-signature | Net:Send | order of parameters | A, B, C -> C, A, B",
    ]);
  });
});
