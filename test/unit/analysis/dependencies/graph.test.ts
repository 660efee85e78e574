import assert from "node:assert/strict";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import fc from "fast-check";
import {
  dependenciesDot,
  dependenciesJson,
  dependenciesXml,
} from "../../../../server/src/analysis/dependencies/exports";
import type { HandlerDependencies } from "../../../../server/src/analysis/dependencies/facts";
import { callGraph, strongComponents } from "../../../../server/src/analysis/dependencies/graph";
import { calling } from "./make";

function graphOf(...all: HandlerDependencies[]) {
  const graph = callGraph(all);
  const name = (at: number): string => graph.handlers[at]!.name;
  return {
    calls: graph.calls.map(
      ({ from, to, isAmbiguous }) => `${name(from)} ${graph.handlers[to]!.path}${isAmbiguous ? " ?" : ""}`,
    ),
    unresolved: graph.unresolved.map(({ from, name: callee }) => `${name(from)} ${callee}`),
    cycles: graph.cycles.map((members) => members.map(name)),
    dead: graph.dead.map(
      ({ handler, isCalledByDead }) => `${name(handler)}${isCalledByDead ? " by dead" : ""}`,
    ),
  };
}

describe("the call graph", () => {
  it("knows who calls whom, in any case, and what is not there", () => {
    assert.deepEqual(graphOf(calling("!Main", ["HELPER", "Gone"]), calling("Helper")), {
      calls: ["Main Helper.ihd"],
      unresolved: ["Main Gone"],
      cycles: [],
      dead: [],
    });
  });

  it("takes the handler that is nearest to the caller", () => {
    const { calls } = graphOf(
      calling("!Main", ["Sub"], "new/Main.ihd"),
      calling("Sub", [], "new/Sub.ihd"),
      calling("Sub", [], "old/Sub.ihd"),
      calling("!Other", ["Sub"], "Other.ihd"),
    );
    assert.deepEqual(calls, ["Main new/Sub.ihd", "Other new/Sub.ihd ?", "Other old/Sub.ihd ?"]);
  });

  it("finds circles and handlers that call themselves, each once", () => {
    const { cycles } = graphOf(
      calling("!A", ["B"]),
      calling("B", ["C"]),
      calling("C", ["B", "D"]),
      calling("D", ["D"]),
      calling("E", ["A"]),
    );
    assert.deepEqual(cycles, [["B", "C"], ["D"]]);
  });

  it("calls dead what nothing starts, and only that", () => {
    const { dead } = graphOf(
      calling("!Main", ["Used"]),
      calling("Used", ["Deep"]),
      calling("Deep"),
      calling("Alone", ["AlsoAlone"]),
      calling("AlsoAlone"),
      calling("Round1", ["Round2"]),
      calling("Round2", ["Round1"]),
      calling("Self", ["Self"]),
      calling("CustomAcdInitiateProcessing", ["CalledByCustom"]),
      calling("CalledByCustom"),
      { ...calling("Broken", ["CalledByBroken"]), isWhole: false },
      calling("CalledByBroken"),
    );
    assert.deepEqual(dead, ["Alone", "AlsoAlone by dead", "Round1 by dead", "Round2 by dead", "Self"]);
  });

  it("does not depend on the order of the handlers", () => {
    const all = [
      calling("!A", ["B", "x"]),
      calling("B", ["C"]),
      calling("C", ["A", "B"]),
      calling("D", ["C"]),
    ];
    assert.deepEqual(graphOf(...all), graphOf(...[...all].reverse()));
  });

  it("follows chains of any length", () => {
    const chain = Array.from({ length: 50_000 }, (_, at) => [at + 1]);
    chain.push([0]);
    assert.equal(strongComponents(chain).length, 1);
  });

  it("finds the same circles as trying all ways", () => {
    const graphs = fc.array(fc.array(fc.nat({ max: 7 }), { maxLength: 3 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(graphs, (graph) => {
        const reaches = (from: number): Set<number> => {
          const found = new Set<number>();
          const open = [...graph[from]!];
          for (let next = open.pop(); next !== undefined; next = open.pop()) {
            if (found.has(next)) continue;
            found.add(next);
            open.push(...graph[next]!);
          }
          return found;
        };
        const together = (a: number, b: number): boolean =>
          a === b || (reaches(a).has(b) && reaches(b).has(a));
        const component = new Map<number, number>();
        strongComponents(graph).forEach((members, at) => members.forEach((each) => component.set(each, at)));
        for (let a = 0; a < 8; a++) {
          for (let b = 0; b < 8; b++) assert.equal(component.get(a) === component.get(b), together(a, b));
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe("exports of dependencies", () => {
  const odd = 'A "quoted" <b> & \\ back\nslash';
  const graph = callGraph([
    calling(`!${odd}`, ["Sub", "Gone"]),
    calling("Sub", ["Sub"], "a/Sub.ihd"),
    calling("Dead", [], "a/Dead.ihd"),
  ]);

  it("as JSON hold callers, items, what is not there, circles and dead handlers", () => {
    const json = JSON.parse(JSON.stringify(dependenciesJson(graph))) as {
      handlers: { name: string; callers: { name: string }[] }[];
      items: { name: string }[];
      unresolved: object[];
      cycles: object[];
      dead: object[];
    };
    assert.deepEqual(
      json.handlers.map(({ name, callers }) => [name, callers.map((each) => each.name)]),
      [
        [odd, []],
        ["Dead", []],
        ["Sub", [odd, "Sub"]],
      ],
    );
    assert.deepEqual(json.unresolved, [
      { from: { name: odd, path: `${odd}.ihd` }, name: "Gone", steps: [2] },
    ]);
    assert.deepEqual([json.items.length, json.cycles.length, json.dead.length], [2, 1, 1]);
  });

  it("as XML are well-formed, whatever handlers are called", () => {
    const xml = dependenciesXml(graph);
    assert.equal(XMLValidator.validate(xml), true);
    const read = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" }).parse(xml) as {
      Dependencies: { Handlers: { Handler: { Name: string }[] }; Calls: { Call: { To: string }[] } };
    };
    assert.equal(read.Dependencies.Handlers.Handler[0]!.Name.replace(/\s/g, " "), odd.replace(/\s/g, " "));
    assert.deepEqual(
      read.Dependencies.Calls.Call.map(({ To }) => To),
      ["a/Sub.ihd", "a/Sub.ihd"],
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (name) => {
        const made = dependenciesXml(callGraph([calling(name, [name, "x"])]));
        assert.equal(XMLValidator.validate(made), true);
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  it("as DOT quote names and draw what is not there", () => {
    const dot = dependenciesDot(graph);
    assert.ok(dot.includes('h0 [label="A \\"quoted\\" <b> & \\\\ back slash"'));
    assert.match(dot, /m0 \[label="Gone", style=dashed/);
    assert.match(dot, /h0 -> m0 /);
    assert.match(dot, /h1 \[.*color="gray60"/);
    for (const line of dot.split("\n"))
      assert.equal((line.replace(/\\./g, "").match(/"/g) ?? []).length % 2, 0, line);
  });
});
