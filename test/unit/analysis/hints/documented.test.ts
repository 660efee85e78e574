import assert from "node:assert/strict";
import { notices, parameterNotices } from "../../../../server/src/catalogue/notices";
import { checkAgainstBase } from "../../../../server/src/analysis/hints/baseRules";
import type { Parameter } from "../../../../server/src/handler/model";
import { handler } from "../../../builder/handler";
import { toModel } from "../../../builder/model";
import { exit, initiator, input, output, playString, tool } from "../../../builder/signatures";
import { v } from "../../../builder/expression";
import { findings, using } from "./estate";

const noticeRules = ["tool-deprecated", "tool-host-interface", "tool-renamed", "tool-restricted"];
const named = (label: string, category = "System") =>
  tool(`X:${label}`, { label, category }, [input("A", "String")]);

describe("rules from the vendor's help", () => {
  it("have one finding for each tool they know, and none for a note", () => {
    for (const { kind, labels, allowedIn } of notices) {
      for (const label of labels) {
        const found = findings(using(named(label)), ...noticeRules);
        assert.equal(found.length, kind === "note" ? 0 : 1, label);
        if (found[0]) assert.match(found[0], /^tool-[\w-]+(?: information)?: Mine \(0\): X:/);
        if (allowedIn) {
          const base = using(named(label), {}, "System_InitiateCallRequest");
          assert.deepEqual(findings(base, ...noticeRules), [], label);
        }
      }
    }
  });

  it("name the page, and weigh what is only concluded less", () => {
    assert.deepEqual(findings(using(named("Host Connect")), ...noticeRules), [
      "tool-host-interface: Mine (0): X:Host Connect is a Host Interface tool: they got no SSL support since CIC 4.0, and later releases come without the Host Server licence they need. Plan to reach the host with SOAP or REST tools instead. (Interaction Designer help, page hid_overview_of_host_interface_tools.htm)",
    ]);
    assert.match(
      findings(using(named("ACD Process Item")), ...noticeRules).join(),
      /^tool-renamed information: .*seems to be/,
    );
  });

  it("allow the restricted transfer in its two base handlers only", () => {
    const transfer = named("Complete External Blind Transfer");
    for (const name of ["System_InitiateManualDialing", "system_initiatecallrequest"]) {
      assert.deepEqual(findings(using(transfer, {}, name), "tool-restricted"), []);
    }
    for (const name of ["System_IncomingCall", "MyHandler", "My_System_InitiateCallRequest"]) {
      assert.equal(findings(using(transfer, {}, name), "tool-restricted").length, 1, name);
    }
  });

  it("know initiators too", () => {
    const built = handler("Held");
    built.initiator(event("Held Call Timer"));
    assert.match(
      findings(toModel(built), "tool-renamed").join(),
      /superseded by the initiator Held Interaction Timer/,
    );
  });
});

describe("documented limits of inputs and outputs", () => {
  const limits = (tool_: ReturnType<typeof tool>, values: Parameters<typeof using>[1]): string[] =>
    findings(using(tool_, values), "tool-documented-limit");
  const single = (label: string, parameter: string) =>
    tool(`X:${label}`, { label, category: "" }, [input(parameter, "String")]);

  it("are found where the input has such a value, and only there", () => {
    const cases: [string, string, string | number | null, boolean][] = [
      ["Play String Extended", "Load Controller Timeout (milliseconds)", 100, true],
      ["Play String Extended", "Load Controller Timeout (milliseconds)", null, false],
      ["Play String Extended", "Text", "hello", false],
      ["Tracker VoiceMail Data", "User Organization(not used)", "x", true],
      ["Send Fax Now", "Cover Page Type", 0, false],
      ["Send Fax Now", "Cover Page Type", 1, true],
      ["Open Folder", "Mailbox", "someone@example.org", true],
      ["Open Folder", "Mailbox", "ININ.Mail.ObjectMoniker:<x-inin-mail.ex.ews.store:/s=a@b.c>", false],
      ["XML Select Single Node", "Pattern", "//SOAP-ENV:Body", true],
      ["XML Select Single Node", "Pattern", "//SOAP:Body", false],
    ];
    for (const [label, parameter, value, isFound] of cases) {
      assert.equal(
        limits(single(label, parameter), { [parameter]: value }).length,
        isFound ? 1 : 0,
        `${label} ${value}`,
      );
    }
    // What a variable holds is not known.
    assert.deepEqual(limits(single("Open Folder", "Mailbox"), { Mailbox: v("x") }), []);
    assert.equal(new Set(cases.map(([label]) => label)).size + 2, parameterNotices.length);
  });

  it("are found for an output that another step reads", () => {
    const timer = event(
      "Held Interaction Timer",
      output("Interaction was parked?", "Boolean", { variable: "bParked" }),
    );
    const build = (isRead: boolean) => {
      const built = handler("Held").declare("Boolean", "bParked", "bOther");
      built.initiator(timer).to(built.condition(v(isRead ? "bParked" : "bOther")));
      return toModel(built);
    };
    assert.equal(findings(build(true), "tool-documented-limit").length, 1);
    assert.deepEqual(findings(build(false), "tool-documented-limit"), []);
  });
});

describe("handlers beside base handlers", () => {
  const built = (name: string, text: string, steps = 1) => {
    const made = handler(name);
    let last = made.start();
    for (let at = 0; at < steps; at++) {
      const step = made.tool(playString, { Text: text });
      last.to(step);
      last = step;
    }
    return toModel(made);
  };

  it("are found when they differ, by what differs", () => {
    const found = checkAgainstBase(built("IntAttIncomingCall", "b", 2), built("IntAttIncomingCall", "a"));
    assert.deepEqual(
      found.map(({ rule, at }) => [rule, at]),
      [["handler-protected-edited", {}]],
    );
    assert.match(
      found[0]!.message,
      /: 1 step added, 1 step changed\. Handlers of Interaction Attendant must not be changed: /,
    );
    const base = checkAgainstBase(built("System_IncomingCall", "b"), built("System_IncomingCall", "a"));
    assert.deepEqual([base[0]?.rule, base.length], ["handler-base-edited", 1]);
    assert.match(base[0]!.message, /1 step changed\. The next batch publish/);
  });

  it("are not when they are the same, are customization points, or were not read whole", () => {
    assert.deepEqual(checkAgainstBase(built("System_X", "a"), built("System_X", "a")), []);
    assert.deepEqual(checkAgainstBase(built("CustomAcdInitiate", "b"), built("CustomAcdInitiate", "a")), []);
    const broken = {
      ...built("System_X", "b"),
      problems: [{ code: "partly-read", severity: "error" as const, message: "cut" }],
    };
    assert.deepEqual(checkAgainstBase(broken, built("System_X", "a")), []);
    assert.deepEqual(checkAgainstBase(built("System_X", "a"), broken), []);
  });

  it("may have moved boxes and other compiled names", () => {
    const one = handler("System_X", { compiledName: "a" });
    one.start().to(one.tool(customTool).at(1, 1));
    const other = handler("System_X", { compiledName: "b" });
    other.start().to(other.tool(customTool).at(5, 5));
    assert.deepEqual(checkAgainstBase(toModel(one), toModel(other)), []);
  });
});

const customTool = named("Any");

function event(label: string, ...outputs: Parameter[]) {
  const base = tool(`Telephony:${label}`, { label, category: "" }, outputs, [exit("Start", 1)]);
  return initiator(base, { objectType: "Call", objectIds: ["{all}"], eventIds: ["{all}"], idLabels: [] });
}
