import assert from "node:assert/strict";
import { carryHandler } from "../../../../server/src/analysis/carry/carryHandler";
import type { CarryHandler, CarryItem } from "../../../../server/src/analysis/carry/model";
import type { Handler } from "../../../../server/src/handler/model";
import { noHandler } from "../../../../server/src/handler/read";
import { join, v } from "../../../builder/expression";
import { handler, type HandlerBuilder } from "../../../builder/handler";
import { toModel } from "../../../builder/model";
import { exit, getAttribute, input, pickUp, playString, subroutine, tool } from "../../../builder/signatures";
import type { StepBuilder } from "../../../builder/step";

/** What a base delivers: answer, greet, ask who calls, call a customization point, say good bye. */
class Line {
  readonly built = handler("System_Line", { category: "System" })
    .declare("CallId", "Interaction1")
    .declare("String", "sCaller", "sText");
  readonly start = this.built.start();
  readonly answer = this.built.tool(pickUp, { "Call Identifier": v("Interaction1") }).label("Answer");
  readonly greet = this.built.tool(playString, { Text: "Welcome" }).label("Greet");
  readonly ask = this.built.tool(getAttribute, { "Call Attribute Name": "Eic_Caller" }).label("Who Calls?");
  readonly custom = this.built.call(subroutine("CustomLine", "Custom", [input("Caller", "String")]), {
    Caller: v("sCaller"),
  });
  readonly known = this.built.condition(v("sCaller")).label("Known?");
  readonly bye = this.built.tool(playString, { Text: "Good bye" }).label("Bye");

  constructor() {
    this.start.to(this.answer);
    this.answer.to(this.greet);
    this.greet.to(this.ask);
    this.ask.to(this.custom);
    this.custom.to(this.known);
    this.known.on("True", this.bye);
  }

  /** Puts a step into the line that leaves `from` by its first exit. */
  insert(from: StepBuilder, label: string, value = label): StepBuilder {
    const added = this.built.assign("sText", value).label(label);
    added.to(from.exits[0]!.to);
    from.to(added);
    return added;
  }
}

type Change = (line: Line) => void;

const made = (change?: Change): Handler => {
  const line = new Line();
  change?.(line);
  return toModel(line.built);
};

/** The report on a handler that was customised by `ours` while the base became `theirs`. */
const carry = (ours?: Change, theirs?: Change, renumber = (node: number): number => node): CarryHandler =>
  carryHandler({
    name: "System_Line",
    oldBase: made(),
    custom: made(ours),
    newBase: renumbered(made(theirs), renumber),
  });

function renumbered(of: Handler, node: (old: number) => number): Handler {
  const steps = of.steps.map((step) => ({
    ...step,
    node: node(step.node),
    exits: step.exits.map((each) => ({ ...each, to: each.to === null ? null : node(each.to) })),
  }));
  return { ...of, steps, startNode: of.startNode === null ? null : node(of.startNode) };
}

const said = ({ status, items }: CarryHandler): string[] => [
  status,
  ...items.map((item) =>
    [item.id, placeText(item), ...(item.done ? ["done"] : []), ...againstText(item)].join(" | "),
  ),
];

const placeText = ({ place }: CarryItem): string =>
  place ? `${place.relation} ${place.label} (${place.node})${place.exit && ` ${place.exit}`}` : "no place";

const againstText = ({ against }: CarryItem): string[] =>
  against.map(({ kind, oldNode, label, what }) => `against ${kind} ${oldNode ?? label} ${what}`);

const greeting =
  (text: string): Change =>
  (line) =>
    void line.greet.set("Text", text);

describe("Carrying one handler to a new base", () => {
  it("drops one that nobody customised", () => {
    assert.deepEqual(said(carry(undefined, greeting("Hello"))), ["not-customised"]);
    assert.deepEqual(said(carry()), ["not-customised"]);
    const moved = carry((line) => line.greet.place({ left: 0, top: 0, right: 100, bottom: 90 }));
    assert.deepEqual([moved.status, moved.note], ["not-customised", ""]);
    const triple = { name: "x", oldBase: made(), custom: undefined, newBase: made() };
    assert.deepEqual(said(carryHandler(triple)), ["not-customised"]);
    assert.equal(carryHandler(triple).note, "Not among the customised handlers.");
    assert.equal(carryHandler({ ...triple, oldBase: undefined }).note, "New in the new base.");
    assert.equal(carryHandler({ ...triple, newBase: undefined }).note, "The new base has no such handler.");
  });

  it("drops one that was saved with other tools and nothing else, and says so", () => {
    const old = made();
    const custom = { ...old, tools: old.tools.map((each) => ({ ...each, version: "9.9" })) };
    const result = carryHandler({ name: "x", oldBase: old, custom, newBase: made(greeting("Hello")) });
    assert.equal(result.status, "not-customised");
    assert.match(result.note, /^Only what it keeps of tools and subroutines differs .*\(3 differences\)/);
  });

  it("takes one over when the base did not change", () => {
    assert.deepEqual(said(carry(greeting("Hello"))), ["take-over", "2:step-changed | at Greet (2)"]);
  });

  it("does not take one over when the base brings another release of a tool", () => {
    const old = made();
    const newBase = { ...old, tools: old.tools.map((each) => ({ ...each, version: "9.9" })) };
    const result = carryHandler({ name: "x", oldBase: old, custom: made(greeting("Hi")), newBase });
    assert.equal(result.status, "re-apply");
  });

  it("lists what to apply to a base that changed in other places", () => {
    const result = carry(
      (line) => {
        line.greet.set("Text", "Hello").note("ours");
        line.built.variable("sOurs", "String", "x");
        line.known.on("False", line.greet);
      },
      (line) => {
        line.bye.set("Text", "See you");
        line.built.variable("sTheirs", "String");
        line.insert(line.answer, "Theirs");
      },
    );
    assert.deepEqual(said(result), [
      "re-apply",
      "variable-added:sOurs:variable added | no place",
      "2:step-changed | at Greet (2)",
      '5:exit "False" leads to | at Known? (5) False',
    ]);
    assert.deepEqual([result.customChanges, result.baseChanges], [4, 4]);
    assert.deepEqual(
      result.items[1]!.changes.map(({ kind }) => kind),
      ["notes", "arguments"],
    );
  });

  it("places added steps behind the nearest step that the new base has too", () => {
    const result = carry(
      (line) => {
        const first = line.insert(line.ask, "First");
        line.insert(first, "Second");
      },
      (line) => line.insert(line.answer, "Theirs"),
    );
    assert.deepEqual(said(result), [
      "re-apply",
      '3:exit "Next" leads to | at Who Calls? (3) Next',
      "7:step-added | after Who Calls? (3) Next",
      "8:step-added | after Who Calls? (3) Next",
    ]);
  });

  it("places a step before the nearest one when nothing leads to it, and nowhere when nothing is near", () => {
    const result = carry(
      (line) => {
        line.built.assign("sText", "1").label("Loose").to(line.bye);
        line.built.assign("sText", "2").label("Alone");
      },
      (line) => line.insert(line.answer, "Theirs"),
    );
    assert.deepEqual(said(result), ["re-apply", "7:step-added | before Bye (6)", "8:step-added | no place"]);
  });

  it("finds the places when the new base was rebuilt with other node ids", () => {
    const result = carry(
      (line) => {
        line.greet.set("Text", "Hello");
        line.insert(line.ask, "Ours");
      },
      (line) => line.insert(line.known, "Theirs"),
      (node) => 3 * node + 20,
    );
    assert.deepEqual(said(result), [
      "re-apply",
      "2:step-changed | at Greet (26)",
      '3:exit "Next" leads to | at Who Calls? (29) Next',
      "7:step-added | after Who Calls? (29) Next",
    ]);
    assert.match(result.note, /7 in the new base/);
    assert.equal(result.baseChanges, 2);
  });

  it("finds a conflict where both changed the same step", () => {
    assert.deepEqual(said(carry(greeting("Hello"), greeting("Good day"))), [
      "conflict",
      '2:step-changed | at Greet (2) | against arguments 2 argument "Text"',
    ]);
    assert.deepEqual(
      said(
        carry(
          (line) => line.greet.note("ours"),
          (line) => line.greet.label("Theirs"),
        ),
      ),
      ["conflict", "2:step-changed | at Theirs (2) | against label 2 label"],
    );
  });

  it("finds a conflict where both put something into the same line", () => {
    const result = carry(
      (line) => line.insert(line.ask, "Ours"),
      (line) => line.insert(line.ask, "Theirs"),
    );
    assert.deepEqual(said(result), [
      "conflict",
      '3:exit "Next" leads to | at Who Calls? (3) Next | against connections 3 exit "Next" leads to',
      "7:step-added | after Who Calls? (3) Next",
    ]);
    // Other exits of the same step are no conflict.
    const apart = carry(
      (line) => void line.known.on("True", line.greet),
      (line) => void line.known.on("False", line.greet),
    );
    assert.equal(apart.status, "re-apply");
  });

  it("finds a conflict where one removed what the other changed or leads to", () => {
    const removed: Change = (line) => line.built.remove(line.bye);
    assert.deepEqual(said(carry((line) => line.bye.note("ours"), removed)), [
      "conflict",
      "6:step-changed | no place | against step-removed 6 step removed",
    ]);
    assert.deepEqual(said(carry(removed, (line) => line.bye.note("theirs"))), [
      "conflict",
      '5:exit "True" leads to | at Known? (5) True',
      "6:step-removed | at Bye (6) | against notes 6 notes",
    ]);
    assert.deepEqual(said(carry((line) => line.known.on("False", line.bye), removed)), [
      "conflict",
      '5:exit "False" leads to | at Known? (5) False | against step-removed 6 step removed',
    ]);
    assert.deepEqual(said(carry((line) => line.insert(line.known, "Ours"), removed)).slice(2), [
      "7:step-added | after Known? (5) True | against step-removed 6 step removed",
    ]);
  });

  it("finds a conflict of variables", () => {
    const typed =
      (type: string, initial: string | null = null): Change =>
      ({ built }) =>
        void built.variable("sNew", type, initial);
    assert.deepEqual(said(carry(typed("String"), typed("Integer"))), [
      "conflict",
      "variable-added:sNew:variable added | no place | against variable-added sNew variable added",
    ]);
    const initial =
      (text: string): Change =>
      ({ built }) => {
        built.variables[2] = { ...built.variables[2]!, initial: text };
      };
    assert.deepEqual(said(carry(initial("ours"), initial("theirs"))), [
      "conflict",
      "variable-initial:sText:initial value | no place | against variable-initial sText initial value",
    ]);
    const gone: Change = ({ built }) => void built.variables.splice(2, 1);
    assert.deepEqual(said(carry(greeting("Hello"), gone)), ["re-apply", "2:step-changed | at Greet (2)"]);
    const used: Change = (line) => line.greet.set("Text", join("Hello ", v("sText")));
    assert.deepEqual(said(carry(used, gone)), [
      "conflict",
      "2:step-changed | at Greet (2) | against variable-removed sText variable removed",
    ]);
  });

  it("counts what the new base did itself as done", () => {
    const both: Change = (line) => {
      line.greet.set("Text", "Hello");
      line.insert(line.ask, "Same");
      line.built.variable("sSame", "String");
      line.known.on("False", line.bye);
      line.built.remove(line.custom);
    };
    const result = carry(both, both);
    assert.deepEqual(
      [result.status, result.note],
      ["not-customised", "The new base has made the same changes itself."],
    );
    assert.ok(result.items.length >= 6 && result.items.every(({ done }) => done));
    // The same step under another id, and one more thing of ours.
    const more = carry(
      (line) => {
        both(line);
        line.bye.note("ours");
      },
      (line) => {
        line.built.assign("sText", "x").label("Theirs");
        both(line);
      },
    );
    assert.equal(more.status, "re-apply");
    assert.deepEqual(
      more.items.filter(({ done }) => !done).map(({ id }) => id),
      ["6:step-changed"],
    );
  });

  it("does not take steps for the same that lead to different places", () => {
    const inserted =
      (back: boolean): Change =>
      (line) => {
        const added = line.insert(line.ask, "Same");
        if (back) added.to(line.greet);
      };
    assert.deepEqual(said(carry(inserted(true), inserted(false))), [
      "conflict",
      '3:exit "Next" leads to | at Who Calls? (3) Next | done',
      "7:step-added | after Who Calls? (3) Next | against step-added Same step added",
    ]);
  });

  it("does not take two masked passwords for the same", () => {
    const login = tool(
      "Net:Login",
      { label: "Login", category: "Net" },
      [input("Password", "String")],
      [exit("Next", 1)],
    );
    const withPassword = (password: string): Handler => {
      const built = handler("Login");
      built.start().to(built.tool(login, { Password: password }));
      return toModel(built);
    };
    const triple = { name: "Login", oldBase: withPassword("a"), custom: withPassword("b") };
    const result = carryHandler({ ...triple, newBase: withPassword("c") });
    assert.equal(result.status, "conflict");
    assert.equal(result.items[0]!.changes[0]!.new, "********");
  });

  it("reports a base that is gone, and handlers of one's own, with a clash of names", () => {
    const triple = { name: "x", oldBase: made(), custom: made(greeting("Hi")), newBase: undefined };
    assert.deepEqual(said(carryHandler(triple)), ["base-gone", "2:step-changed | no place"]);
    const same = carryHandler({ ...triple, custom: made() });
    assert.deepEqual([same.status, same.note], ["not-customised", "The new base has no such handler."]);
    const own = carryHandler({ ...triple, oldBase: undefined });
    assert.deepEqual([own.status, own.note], ["custom-written", ""]);
    const clash = carryHandler({ ...triple, oldBase: undefined, newBase: made() });
    assert.equal(clash.status, "custom-written");
    assert.match(clash.note, /handler of the same name/);
  });

  it("names the side that cannot be read", () => {
    const broken = noHandler("x.ihd", "It is empty.");
    for (const [side, name] of [
      ["oldBase", "old base"],
      ["custom", "customised"],
      ["newBase", "new base"],
    ] as const) {
      const triple = { name: "x", oldBase: made(), custom: made(), newBase: made(), [side]: broken };
      const result = carryHandler(triple);
      assert.deepEqual([result.status, result.note], ["unreadable", `The ${name} handler: It is empty.`]);
    }
  });

  it("names the customization points near a place, nearest first", () => {
    const points = (label: string, theirs?: Change): string[] => {
      const change = (line: Line): void => {
        line.built.steps.find((step) => step.labelText === label)!.note("ours");
      };
      const result = carry(change, (line) => {
        line.insert(line.answer, "Theirs");
        theirs?.(line);
      });
      return result.items[0]!.points.map(({ name, node, distance }) => `${name} (${node}) ${distance}`);
    };
    assert.deepEqual(points("Who Calls?"), ["CustomLine (4) 1"]);
    assert.deepEqual(points("Greet"), ["CustomLine (4) 2"]);
    const far = (built: HandlerBuilder, from: StepBuilder): StepBuilder =>
      ["1", "2", "3", "4", "5", "6"].reduce((last, text) => {
        const next = built.assign("sText", text);
        last.to(next);
        return next;
      }, from);
    // Too far away, and one that is nearer.
    const moved: Change = (line) => {
      line.ask.to(null);
      far(line.built, line.ask).to(line.custom);
      line.answer.on("Failure", line.built.call(subroutine("customOther", "Custom", [])));
    };
    assert.deepEqual(points("Answer", moved), ["customOther (14) 1"]);
  });
});
