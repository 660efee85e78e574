import assert from "node:assert/strict";
import fc from "fast-check";
import { listing, type Listing } from "../../../server/src/handler/listing";
import type { Handler, Step } from "../../../server/src/handler/model";
import { variableName } from "../../../server/src/handler/quoting";
import { anyExpression, anyString, call, text, variable } from "./expressions";
import { eventHandler, longHandler, menuHandler } from "./handlers";
import { changes } from "./changes";

const menuText = `subroutine Main_Menu
  format       ihd
  category     "Dynamic IVR"
  description  "Asks for a digit"
  types        243
  canvas       10000 x 10000, grid 30 x 30
  next node    9
  first step   0

parameters
  in   Call: Telephony:CallId  variable Interaction1
  out  Choice: String  variable Digits

variables
  Count: Integer = 0
  Digits: String = ""
  Interaction1: Telephony:CallId
  \`Pass word\`: String

calls Log_Choice  "Log Choice"
  category     "Shared"
  compiled as  "Log__Choice_1748400787"
  in   Choice: String  default "none"
  exit Next  returns 0

tool Telephony:Get Attribute  "Get Attribute"
  category     "Telephony"
  description  "Reads an attribute of an interaction"
  runtime      "IpTelephonyU"
  function     "GetAttribute"
  in   Call Identifier: Telephony:CallId
  in   Call Attribute Name: String
  out  Call Attribute Value: String
  exit Success  returns 0
  exit Failure  returns 1  error

step 0  start Subroutine  "Subroutine"
  at   0,30 to 100,119
  note | First line
  note |
  note | \\tthird \\\\ line
  exit Start -> 2

step 2  Telephony:Get Attribute  "Get \\"Digits\\""
  at   200,30 to 300,119
  in   Call Identifier          = Interaction1
  in   Call Attribute Name      = (empty)
  out  Call Attribute Value     = Digits
  exit Success -> 3
  exit Failure -> (not connected)  error

step 3  Selection  "Selection"
  at   300,30 to 400,119
  case "1" = Digits -> 4
  case "2" = Digits -> 5  label "Two"
  exit Default -> (not connected)

step 4  call Log_Choice  "Log_Choice"
  at   400,30 to 500,119
  in   Choice                   = "Digits: " & Digits
  exit Next -> 0

step 5  DB Open  "DB Open"
  at   500,30 to 600,119
  in   DataSource               = "ODS"
  in   Password                 = ********
  exit Success -> 6  returns 1
  exit Failure -> (not connected)  returns -1

step 6  Frobnicate  "Frobnicate"
  (incomplete: the file stops making sense inside this step)
  at   600,30 to 700,119
  class CIdFrobnicateStep
  (fields inferred: what they hold is known, what they mean is not)
  field object 1: OBJ           = Count
  field number 1: u32  undecided = 0
  field objects: OBJ list       = [1, (empty)]
  field text 1: STR             = "a\\tb"
  exit Next -> (not connected)
`;

const lines = (text: string): string[] => text.slice(0, -1).split("\n");

function changedLines(before: Handler, after: Handler): [removed: string[], added: string[]] {
  const [one, other] = [lines(listing(before).text), lines(listing(after).text)];
  return [one.filter((line) => !other.includes(line)), other.filter((line) => !one.includes(line))];
}

function withStep(handler: Handler, node: number, change: (step: Step) => Partial<Step>): Handler {
  const steps = handler.steps.map((step) => (step.node === node ? { ...step, ...change(step) } : step));
  return { ...handler, steps };
}

function isEmptyAt(handler: Handler, path: string): boolean {
  const [, step, , argument] = path.split(".").map(Number);
  return handler.steps[step!]!.arguments[argument!]!.value === null;
}

/** Every name on every line stands where the line map says. */
function checkMap(result: Listing): void {
  const text = lines(result.text);
  assert.equal(text.length, result.lines.length);
  result.lines.forEach(({ names }, at) => {
    for (const name of names) {
      const shown = text[at]!.slice(name.start, name.end);
      if (name.kind === "step") assert.equal(shown, String(name.node));
      else if (name.kind === "variable")
        assert.ok([variableName(name.name), "********"].includes(shown), shown);
      else if (!shown.includes('"')) assert.equal(shown, name.name);
    }
  });
}

describe("listing", () => {
  it("shows a handler", () => {
    assert.equal(listing(menuHandler()).text, menuText);
  });

  it("shows the event that starts a handler", () => {
    const { text } = listing(eventHandler());
    assert.ok(text.startsWith("handler Receiver\n"));
    assert.ok(
      text.includes(`
initiator DsLookup:TcpConnectionAccepted  "TCP/IP Connection Accepted"
  category     "Initiators"
  runtime      "IpMiscellaneousToolsU"
  function     "TcpAccept"
  object type  "TCP listener"
  objects      "{all}"
  events       "{all}", "TcpConnection"
  id labels    "All", "Connection"
  out  Client Name: String
  out  Socket handle: FileIo:SocketHandle
  exit Start  returns 0
`),
    );
    assert.ok(
      text.includes(`
step 0  initiator DsLookup:TcpConnectionAccepted  "TcpConnectionAccepted"
  at   0,30 to 100,119
  object "{all}"
  event  "TcpConnection"
  out  Client Name              = Digits
`),
    );
  });

  it("shows every fact of the model", () => {
    for (const handler of [menuHandler(), eventHandler()]) {
      const { text } = listing(handler);
      const hidden: string[] = [];
      let count = 0;
      for (const { path, changed } of changes(handler)) {
        // By design: see the doc comment of Listing.
        if (/^problems|\.bends|\.name \(of a numbered call\)/.test(path)) continue;
        if (/^steps\.4\.arguments\.1\.value/.test(path)) continue; // the password
        if (/\.secret$/.test(path) && isEmptyAt(handler, path)) continue; // nothing to hide
        count++;
        if (listing(changed).text === text) hidden.push(path);
      }
      assert.deepEqual(hidden, []);
      assert.ok(count > 150, String(count));
    }
  });

  it("changes one line when a box moves", () => {
    const handler = menuHandler();
    for (const { node, rect } of handler.steps) {
      const moved = withStep(handler, node, () => ({ rect: { ...rect, left: 7, right: 107 } }));
      const [removed, added] = changedLines(handler, moved);
      assert.deepEqual(removed, [`  at   ${rect.left},30 to ${rect.right},119`]);
      assert.deepEqual(added, ["  at   7,30 to 107,119"]);
    }
  });

  it("changes one line when an argument changes, however long its label", () => {
    const handler = menuHandler();
    const changed = withStep(handler, 2, ({ arguments: [first, second, third] }) => ({
      arguments: [first!, { ...second!, value: text("a much longer value than there was") }, third!],
    }));
    assert.deepEqual(changedLines(handler, changed), [
      ["  in   Call Attribute Name      = (empty)"],
      ['  in   Call Attribute Name      = "a much longer value than there was"'],
    ]);
    const label = "A label that is far longer than the column where values start";
    const renamed = withStep(handler, 4, ({ arguments: [first] }) => ({ arguments: [{ ...first!, label }] }));
    const [removed, added] = changedLines(handler, renamed);
    assert.equal(removed.length, 1);
    // The label is not the signature's any more, so the line also shows the type.
    assert.deepEqual(added, [`  in   ${label}: String = "Digits: " & Digits`]);
  });

  it("does not depend on the order of the file", () => {
    const handler = eventHandler();
    const more = [
      ...handler.tools,
      { ...handler.tools[0]!, name: "Get a Key" },
      { ...handler.tools[0]!, module: "ACD" },
    ];
    const turned: Handler = {
      ...handler,
      tools: more.toReversed(),
      variables: handler.variables.toReversed(),
      subroutines: handler.subroutines.toReversed(),
      steps: handler.steps.toReversed(),
    };
    assert.equal(listing(turned).text, listing({ ...handler, tools: more }).text);
  });

  it("normalises line breaks of notes, and shows any other character", () => {
    const notes = (text: string): string[] =>
      lines(listing(withStep(menuHandler(), 5, () => ({ notes: text }))).text)
        .filter((line) => /note \|/.test(line))
        .slice(3);
    assert.deepEqual(notes("a\r\nb\nc\n"), ["  note | a", "  note | b", "  note | c", "  note |"]);
    assert.deepEqual(notes("a\rb\u202ec"), ["  note | a\\rb\\u202ec"]);
  });

  it("never shows a secret, but where it uses variables", () => {
    const handler = menuHandler();
    const result = listing(handler);
    assert.doesNotMatch(result.text, /hunter2/);
    const at = result.lineOfArgument(5, 1)!;
    assert.deepEqual(result.lines[at]!.names, [{ kind: "variable", name: "Pass word", start: 34, end: 42 }]);

    const inferred = withStep(handler, 5, () => ({
      className: "CIdDBOpenStep",
      arguments: [],
      inferred: [{ name: "a", type: "OBJ", values: [text("hunter2"), variable("Digits")], undecided: false }],
    }));
    assert.match(listing(inferred).text, /field a: OBJ += "\*{8}", Digits/);
    const parameters = [{ ...handler.subroutines[0]!.parameters[0]!, label: "User password" }];
    const declared = { ...handler, subroutines: [{ ...handler.subroutines[0]!, parameters }] };
    assert.match(listing(declared).text, /User password: String {2}default "\*{8}"/);
  });

  it("finds the lines of steps, arguments, exits, variables, tools and subroutines", () => {
    const result = listing(menuHandler());
    const text = lines(result.text);
    const line = (at: number | undefined): string => text[at ?? -1] ?? "none";
    assert.equal(line(result.lineOfStep(0)), 'step 0  start Subroutine  "Subroutine"');
    assert.equal(line(result.lineOfStep(4)), 'step 4  call Log_Choice  "Log_Choice"');
    assert.equal(line(result.lineOfArgument(2, 2)), "  out  Call Attribute Value     = Digits");
    assert.equal(line(result.lineOfExit(2, 1)), "  exit Failure -> (not connected)  error");
    assert.equal(line(result.lineOfExit(3, 1)), '  case "2" = Digits -> 5  label "Two"');
    assert.equal(line(result.lineOfVariable("Pass word")), "  `Pass word`: String");
    assert.equal(
      line(result.lineOfTool("Telephony:Get Attribute")),
      'tool Telephony:Get Attribute  "Get Attribute"',
    );
    assert.equal(line(result.lineOfSubroutine("Log_Choice")), 'calls Log_Choice  "Log Choice"');
    assert.equal(result.lineOfStep(99), undefined);
    assert.equal(result.lineOfExit(2, 2), undefined);
    assert.equal(result.lineOfExit(99, 0), undefined);
    assert.equal(result.lineOfVariable("nobody"), undefined);
  });

  it("maps every line to what it is about", () => {
    const result = listing(menuHandler());
    const sections = [...new Set(result.lines.map(({ section }) => section))];
    assert.deepEqual(sections, ["handler", "parameters", "variables", "calls", "tool", "step"]);
    const about = (at: number | undefined) => result.lines[at ?? -1];
    assert.equal(about(result.lineOfStep(2))?.names[0]?.kind, "tool");
    assert.deepEqual(about(result.lineOfExit(2, 0))?.names, [{ kind: "step", node: 3, start: 18, end: 19 }]);
    assert.deepEqual(about(result.lineOfArgument(4, 0))?.names, [
      { kind: "variable", name: "Digits", start: 47, end: 53 },
    ]);
    const parameters = result.lines.filter(({ section }) => section === "parameters");
    assert.deepEqual(
      parameters.map(({ node, parameter }) => [node, parameter]),
      [
        [undefined, undefined],
        [0, 0],
        [0, 1],
        [0, undefined],
      ],
    );
    checkMap(result);
    checkMap(listing(eventHandler()));
  });

  it("keeps its form whatever strings and expressions a handler holds", () => {
    const name = fc.oneof(anyString, fc.constantFrom("a", "call x", "a: b", " = ", "-> 3", "(empty)", "  "));
    fc.assert(
      fc.property(name, name, name, name, anyExpression, (label, tool, notes, initial, value) => {
        const handler = withStep(menuHandler(), 2, ({ arguments: [first] }) => ({
          label,
          notes,
          tool: { module: tool, name: label },
          arguments: [{ ...first!, label, value }],
        }));
        const result = listing({
          ...handler,
          name: tool,
          variables: [{ ...handler.variables[0]!, name: label, initial }],
        });
        assert.doesNotMatch(result.text, /[^\P{Cc}\n]|\p{Cs}|\p{Cf}|[\u2028\u2029]/u);
        assert.equal(lines(result.text).length, result.lines.length);
        checkMap(result);
        assert.ok(result.lineOfVariable(label) !== undefined);
      }),
      { seed: 99, numRuns: 500 },
    );
  });

  it("tells names apart that look like other parts", () => {
    const heads = ["initiator DsLookup:x", "call x", "start x", "native a"].map((name) => {
      const changed = withStep(menuHandler(), 6, () => ({ tool: { module: "", name } }));
      return lines(listing(changed).text).find((line) => line.startsWith("step 6"));
    });
    assert.deepEqual(heads, [
      'step 6  "initiator DsLookup:x"  "Frobnicate"',
      'step 6  "call x"  "Frobnicate"',
      'step 6  "start x"  "Frobnicate"',
      'step 6  "native a"  "Frobnicate"',
    ]);
  });

  it("prints a limited number of expression parts", () => {
    let shared = variable("x");
    for (let level = 0; level < 40; level++) shared = call("&", shared, shared);
    const handler = withStep(menuHandler(), 3, ({ exits }) => ({
      exits: exits.map((exit) => ({ ...exit, caseOf: shared })),
    }));
    assert.ok(listing(handler).text.length < 60_000_000);
  });

  it("lists 2,000 steps", () => {
    const result = listing(longHandler(2000));
    assert.equal(result.lines.filter(({ section, exit }) => section === "step" && exit === 0).length, 2000);
    assert.equal(lines(result.text)[result.lineOfExit(1998, 0)!], "  exit Success -> 1999");
  });
});
