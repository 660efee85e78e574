import assert from "node:assert/strict";
import { dependenciesOf } from "../../../../server/src/analysis/dependencies/facts";
import { byHandler, byItem } from "../../../../server/src/analysis/dependencies/views";
import { v } from "../../../builder/expression";
import { handler } from "../../../builder/handler";
import { toModel } from "../../../builder/model";
import { customNotification, getAttribute, input, playAudioFile, tool } from "../../../builder/signatures";
import type { Handler } from "../../../../server/src/handler/model";

/** With the type of the first argument of step 1 set, for types the builder does not know. */
function retyped(model: Handler, type: string): Handler {
  const steps = model.steps.map((step) =>
    step.node !== 1
      ? step
      : {
          ...step,
          arguments: step.arguments.map((each) => ({ ...each, type: { name: type, module: "PromptTools" } })),
        },
  );
  return { ...model, steps };
}

function items(model: Handler): string[] {
  return dependenciesOf(model, "x.ihd").items.map(
    ({ kind, name, steps }) => `${kind} ${name} ${steps.join(",")}`,
  );
}

describe("what a handler depends on", () => {
  it("are subroutines, tools and the initiator, with their steps", () => {
    const built = handler("Main");
    const callee = handler("Helper");
    callee.start();
    const start = built.initiator(customNotification);
    const one = built.tool(getAttribute, { "Call Attribute Name": "eic_callidkey" });
    const call = built.call(callee);
    const other = built.tool(getAttribute, { "Call Attribute Name": v("sName") });
    start.to(one);
    one.to(call);
    call.to(other);
    assert.deepEqual(items(toModel(built)), [
      "subroutine Helper 2",
      "tool Telephony:Get Attribute 1,3",
      "initiator DsLookup:Custom Notification_13 0",
      "attribute eic_callidkey 1",
    ]);
    const { isSubroutine, isWhole } = dependenciesOf(toModel(built), "x.ihd");
    assert.deepEqual([isSubroutine, isWhole], [false, true]);
  });

  it("are names in literals, where the parameter tells what they name", () => {
    const built = handler("Data").declare("String", "sName");
    let last = built.start();
    for (const step of [
      built.native("DB Open", { DataSource: "CRM Live", UserName: "someone", Password: "CRM Secret" }),
      built.native("DB Open", { DataSource: v("sName") }),
      built.tool(playAudioFile, { "Audio File Name (.wav)": "C:\\menu.wav" }),
      built.tool(
        tool("Html:GenerateHTML", { label: "Generate HTML", category: "Internet" }, [
          input("Template Name", "String"),
          input("Title", "String"),
        ]),
        { "Template Name": "welcome", Title: "no template" },
      ),
    ]) {
      last.to(step);
      last = step;
    }
    assert.deepEqual(
      items(toModel(built)).filter((each) => !each.startsWith("tool ")),
      ["db-profile CRM Live 1", "html-template welcome 4", "audio-file C:\\menu.wav 3"],
    );
  });

  it("are resources by the type of the parameter", () => {
    for (const [type, kind] of [
      ["Prompt", "prompt"],
      ["Sequence", "sequence"],
      ["InternationalString", "international-string"],
    ]) {
      const built = handler("Say");
      built.start().to(
        built.tool(tool("PromptTools:Say", { label: "Say", category: "" }, [input("What", "String")]), {
          What: "Hello",
        }),
      );
      assert.ok(items(retyped(toModel(built), type!)).includes(`${kind} Hello 1`), type);
    }
  });
});

describe("dependency views", () => {
  const model = (name: string, attribute: string): Handler => {
    const built = handler(name);
    built.start().to(built.tool(getAttribute, { "Call Attribute Name": attribute }));
    return toModel(built);
  };
  const all = [model("b", "One"), model("A", "Two"), model("c", "One")].map((each, at) =>
    dependenciesOf(each, `${at}/${each.name}.ihd`),
  );

  it("show items with their users, by name without regard to case", () => {
    assert.deepEqual(
      byItem(all).map(({ kind, name, label, users }) => [
        kind,
        name,
        label,
        users.map((user) => user.handler),
      ]),
      [
        ["tool", "Telephony:Get Attribute", "Get Attribute", ["A", "b", "c"]],
        ["attribute", "One", "", ["b", "c"]],
        ["attribute", "Two", "", ["A"]],
      ],
    );
  });

  it("can be narrowed to kinds, and to a text", () => {
    assert.deepEqual(
      byItem(all, { kinds: new Set(["attribute"]), search: " tWO" }).map(({ name }) => name),
      ["Two"],
    );
    assert.deepEqual(
      byHandler(all, { search: "two" }).map(({ name, items }) => [name, items.length]),
      [["A", 1]],
    );
    assert.deepEqual(
      byHandler(all).map(({ name }) => name),
      ["A", "b", "c"],
    );
    assert.deepEqual(
      byItem(all, { search: "get attr" }).map(({ kind }) => kind),
      ["tool"],
    );
  });
});
