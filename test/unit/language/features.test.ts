import assert from "node:assert/strict";
import fc from "fast-check";
import type { DocumentSymbol, Range } from "vscode-languageserver";
import {
  incomingCalls,
  outgoingCalls,
  prepareCallHierarchy,
} from "../../../server/src/language/callHierarchy";
import { definition } from "../../../server/src/language/definition";
import { foldingRanges } from "../../../server/src/language/folding";
import { hover } from "../../../server/src/language/hover";
import { handlerUri, listingUri } from "../../../server/src/language/listingUri";
import { documentSymbols } from "../../../server/src/language/outline";
import { documentHighlights, references } from "../../../server/src/language/references";
import { semanticTokens } from "../../../server/src/language/semanticTokens";
import { semanticTokensLegend } from "../../../server/src/language/semanticTokensLegend";
import { workspaceSymbols } from "../../../server/src/language/workspaceSymbols";
import type { Model } from "../../../server/src/workspace/models";
import { arbitraryHandler } from "../../builder/arbitrary";
import { call, eq, join, v } from "../../builder/expression";
import { handler, takes } from "../../builder/handler";
import { getAttribute } from "../../builder/signatures";
import { indexOf, lineOf, modelOf, place } from "./models";

/** A subroutine with an argument of each kind. */
function shared(): Model {
  const built = handler("Shared", { category: "Lib" }).declare("CallId", "Call").declare("String", "Name");
  const start = built.start(takes("Interaction", "CallId", "Call"));
  const read = built
    .tool(getAttribute, {
      "Call Identifier": v("Call"),
      "Call Attribute Name": join("StrLen(x) ", call("StrTrim", v("Name")), call("StrLeft", v("Name"), 3)),
      "Call Attribute Value": v("Name"),
    })
    .label("Read *it*");
  const which = built.condition(eq(v("Name"), "a"));
  start.to(read);
  read.to(which);
  which.on("True", read);
  return modelOf(built);
}

function caller(name = "Caller"): Model {
  const built = handler(name).declare("CallId", "Mine");
  const sub = handler("Shared", { category: "Lib" }).declare("CallId", "Call");
  sub.start(takes("Interaction", "CallId", "Call"));
  const first = built.call(sub, { Interaction: v("Mine") });
  const second = built.call(sub, { Interaction: v("Mine") });
  const missing = handler("Missing");
  missing.start();
  const third = built.call(missing);
  built.start().to(first);
  first.to(second);
  second.to(third);
  return modelOf(built);
}

const text = (model: Model, { start, end }: Range): string =>
  lineOf(model, start.line).slice(start.character, end.line === start.line ? end.character : undefined);

describe("definitions", () => {
  const model = shared();
  const index = indexOf(model, caller());
  const goes = (of: Model, wanted: string, focus?: string): string[] =>
    definition(of, place(of, wanted, focus), index).map(({ uri, range }) => `${uri} ${range.start.line}`);
  const here = (line: number | undefined): string[] => [`${listingUri(model.uri)} ${line}`];

  it("of a variable is its declaration", () => {
    assert.deepEqual(goes(model, "StrTrim(Name)", "Name"), here(model.listing.lineOfVariable("Name")));
  });

  it("of an exit is the step it leads to", () => {
    const at = place(model, "exit Next -> 2", "2");
    assert.deepEqual(
      definition(model, at, index).map(({ range }) => range.start.line),
      [model.listing.lineOfStep(2)],
    );
  });

  it("of a tool is its signature", () => {
    assert.deepEqual(
      goes(model, "step 1  Telephony:Get Attribute", "Telephony"),
      here(model.listing.lineOfTool("Telephony:Get Attribute")),
    );
  });

  it("of a call is the subroutine's listing; of one that is nowhere, the signature that was saved", () => {
    const from = caller();
    assert.deepEqual(goes(from, "call Shared", "Shared"), [`${listingUri(model.uri)} 0`]);
    assert.deepEqual(goes(from, "call Missing", "Missing"), [
      `${listingUri(from.uri)} ${from.listing.lineOfSubroutine("Missing")}`,
    ]);
  });

  it("there is none where nothing is named", () => {
    assert.deepEqual(goes(model, "variables"), []);
    assert.deepEqual(goes(model, '"Lib"'), []);
  });
});

describe("hover", () => {
  const model = shared();
  const from = caller();
  const index = indexOf(model, from);
  const shown = async (of: Model, wanted: string, focus?: string): Promise<string> => {
    const found = await hover(of, place(of, wanted, focus), index, () => Promise.resolve(model));
    return (found?.contents as { value: string } | undefined)?.value ?? "";
  };

  it("of a variable: its type, and the steps that use it, as text and not as Markdown", async () => {
    const value = await shown(model, "  Name: String", "Name");
    assert.match(value, /^```handler-listing\n {2}Name: String\n```/);
    assert.match(value, /Used by Read \\\*it\\\* \\\(1\\\), Condition \\\(2\\\)\./);
  });

  it("of an exit's target: the step", async () => {
    const found = await hover(model, place(model, "exit Next -> 2", "2"), index, () =>
      Promise.resolve(model),
    );
    assert.match(JSON.stringify(found?.contents), /step 2 {2}Condition/);
  });

  it("of a tool: its signature", async () => {
    assert.match(
      await shown(model, "step 1  Telephony:Get Attribute", "Telephony"),
      /tool Telephony:Get Attribute[^]*in {3}Call Identifier/,
    );
  });

  it("of a call: the subroutine as it is; of one that is nowhere, as it was saved", async () => {
    assert.match(
      await shown(from, "call Shared", "Shared"),
      /subroutine Shared[^]*Interaction: Telephony:CallId {2}variable Call/,
    );
    assert.match(await shown(from, "call Missing", "Missing"), /calls Missing[^]*Not in the workspace/);
  });

  it("of the handler's name: who calls it", async () => {
    assert.match(await shown(model, "subroutine Shared"), /Called by Caller\./);
    assert.match(await shown(from, "subroutine Caller"), /No handler of the workspace calls Caller/);
  });

  it("of a function: its signature; not of what looks like one in a string", async () => {
    assert.match(await shown(model, "StrTrim"), /StrTrim\(text: String\): String/);
    assert.equal(await shown(model, "StrLen(x"), "");
    assert.equal(await shown(model, "StrLeft(Name, 3)", "3"), "", "nor of its arguments");
  });
});

describe("references", () => {
  const model = shared();
  const callers = [caller("One"), caller("Two")];
  const index = indexOf(model, ...callers);

  it("of a variable: every place in its listing; the declaration if asked for", () => {
    const at = place(model, "  Name: String", "Name");
    const all = references(model, at, index, true);
    assert.ok(all.every(({ uri, range }) => uri === listingUri(model.uri) && text(model, range) === "Name"));
    assert.equal(all.length, 5);
    assert.equal(references(model, at, index, false).length, 4);
    assert.equal(documentHighlights(model, at).length, 5);
  });

  it("of a subroutine: every call in every handler", () => {
    const all = references(callers[0]!, place(callers[0]!, "call Shared", "Shared"), index, false);
    assert.deepEqual(
      all.map(({ uri }) => handlerUri(uri)),
      [callers[0]!.uri, callers[0]!.uri, callers[1]!.uri, callers[1]!.uri],
    );
    assert.ok(all.every(({ range }) => text(callers[0]!, range) === "Shared"));
    assert.deepEqual(
      references(model, { line: 0, character: 3 }, index, false),
      all,
      "also from its own name",
    );
  });

  it("of a tool: every step that uses it", () => {
    const found = references(model, place(model, "tool Telephony:Get Attribute", "Telephony"), index, false);
    assert.deepEqual(
      found.map(({ range }) => text(model, range)),
      ["Telephony:Get Attribute"],
    );
  });

  it("of a step: the exits that lead to it", () => {
    const found = references(model, place(model, "exit Start -> 1", "1"), index, true);
    assert.deepEqual(
      found.map(({ range }) => lineOf(model, range.start.line).trim()),
      [
        "exit Start -> 1  returns 1",
        "exit True -> 1  returns 1",
        'step 1  Telephony:Get Attribute  "Read *it*"',
      ],
    );
  });
});

describe("the call hierarchy", () => {
  const model = shared();
  const from = caller();
  const index = indexOf(model, from);

  it("leads from a call to the subroutine, and back to the calls", () => {
    const [item] = prepareCallHierarchy(from, place(from, "call Shared", "Shared"), index);
    assert.equal(item?.name, "Shared");
    const [incoming, ...more] = incomingCalls(item!, index);
    assert.deepEqual([incoming?.from.name, incoming?.fromRanges.length, more.length], ["Caller", 2, 0]);
    assert.ok(incoming!.fromRanges.every((range) => text(from, range) === "Shared"));
  });

  it("shows what a handler calls, and says what is missing", () => {
    const [item] = prepareCallHierarchy(from, { line: 0, character: 0 }, index);
    const outgoing = outgoingCalls(item!, index);
    assert.deepEqual(
      outgoing.map(({ to, fromRanges }) => [to.name, to.detail, fromRanges.length]),
      [
        ["Shared", "Lib", 2],
        ["Missing", "not in the workspace", 1],
      ],
    );
    const missing = outgoing[1]!.to;
    assert.deepEqual(
      incomingCalls(missing, index).map((each) => each.from.name),
      ["Caller"],
    );
    assert.deepEqual(outgoingCalls(missing, index), []);
  });
});

describe("workspace symbols", () => {
  const index = indexOf(shared(), caller());

  it("are the handlers, and with a query the steps too", () => {
    assert.deepEqual(
      workspaceSymbols("", index).map(({ name }) => name),
      ["Shared", "Caller"],
    );
    assert.deepEqual(
      workspaceSymbols("shad", index)
        .slice(0, 1)
        .map(({ name, containerName }) => `${name} in ${containerName}`),
      ["Shared in Lib"],
    );
    assert.deepEqual(
      workspaceSymbols("read", index).map(({ name, containerName }) => `${name} in ${containerName}`),
      ["Read *it* (1) in Shared"],
    );
  });
});

describe("what is said about any listing", () => {
  it("outline, folding, tokens and names fit the text", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHandler(), async (built) => {
        const model = modelOf(built);
        const lines = model.listing.text.split("\n");
        const inside = ({ start, end }: Range): void => {
          assert.ok(start.line < end.line || (start.line === end.line && start.character <= end.character));
          assert.ok(end.line < lines.length && end.character <= lines[end.line]!.length);
        };
        const walk = (symbols: readonly DocumentSymbol[], parent?: Range): void => {
          for (const { name, range, selectionRange, children = [] } of symbols) {
            inside(range);
            inside(selectionRange);
            assert.ok(name.trim() !== "");
            assert.ok(
              selectionRange.start.line >= range.start.line && selectionRange.end.line <= range.end.line,
            );
            if (parent) assert.ok(range.start.line >= parent.start.line && range.end.line <= parent.end.line);
            walk(children, range);
          }
        };
        walk(documentSymbols(model));
        for (const { startLine, endLine } of foldingRanges(model)) {
          assert.ok(startLine < endLine && endLine < lines.length && lines[endLine] !== "");
        }
        const { data } = semanticTokens(model);
        let [line, column] = [0, 0];
        for (let at = 0; at < data.length; at += 5) {
          column = data[at]! === 0 ? column + data[at + 1]! : data[at + 1]!;
          line += data[at]!;
          assert.ok(data[at + 2]! > 0 && column + data[at + 2]! <= lines[line]!.length);
          assert.ok(data[at + 3]! < semanticTokensLegend.tokenTypes.length);
        }
        const index = indexOf(model);
        for (let at = 0; at < lines.length; at += 7) {
          const content = lines[at]!;
          const position = { line: at, character: content.length >> 1 };
          await hover(model, position, index, () => Promise.resolve(model));
          definition(model, position, index);
          references(model, position, index, true);
        }
      }),
      { seed: 11, numRuns: 15 },
    );
  });

  it("a listing's URI is one and the same for a handler, and leads back to it", () => {
    const uris = [
      "file:///w/Main%20Menu.ihd",
      "file:///c%3A/Handlers/%C3%9Cbergabe.ihd",
      "file://server/share/a%23b.ihd",
      "git:/w/Old.ihd?%7B%22path%22%3A%22/w/Old.ihd%22%2C%22ref%22%3A%22HEAD%22%7D",
      "vscode-vfs://github/o/r/A%2525.ihd",
    ];
    for (const uri of uris) {
      assert.equal(handlerUri(listingUri(uri)), uri);
      assert.equal(handlerUri(uri), uri);
      assert.match(listingUri(uri), /^handler-listing:\/[^?]*\.ihd\.listing\?/);
    }
    assert.equal(new Set(uris.map(listingUri)).size, uris.length);
  });
});
