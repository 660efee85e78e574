import { callsOf, checkCalls, checkHandler } from "../../server/src/analysis/checks/checks";
import type { Callee } from "../../server/src/analysis/checks/rule";
import { dependenciesOf } from "../../server/src/analysis/dependencies/facts";
import { callGraph } from "../../server/src/analysis/dependencies/graph";
import { picture } from "../../server/src/analysis/dependencies/picture/picture";
import { pictureSvg } from "../../server/src/analysis/dependencies/picture/pictureSvg";
import { toolSummaries } from "../../server/src/analysis/hints/estate";
import { MigrationHints } from "../../server/src/analysis/hints/migrationHints";
import { SignaturePool, toolUsesOf } from "../../server/src/analysis/hints/uses";
import { readCatalogue, writeCatalogue } from "../../server/src/catalogue/catalogueFile";
import { Learner } from "../../server/src/catalogue/learn";
import type { Handler } from "../../server/src/handler/model";
import { readHandler } from "../../server/src/handler/read";
import { LayoutMemory } from "../../server/src/ihd/layoutMemory";
import { toIhd } from "../builder/ihd";
import { estate } from "../estate";
import { once } from "./measure";
import type { Row } from "./row";

/** Beside reading the same handlers from memory, which all of this comes after. */
export default async function run(): Promise<Row[]> {
  const bytes = [...estate(2000)].map((built) => toIhd(built));
  const memory = new LayoutMemory();
  const readAll = (): Handler[] => bytes.map((each, at) => readHandler(each, { file: `h${at}.ihd`, memory }));
  readAll();
  const reading = await once(readAll);
  const handlers = reading.result;
  const steps = handlers.reduce((sum, each) => sum + each.steps.length, 0);

  const target = new Learner();
  // A release of which half the tools are newer.
  for (const each of handlers.slice(0, 200)) target.add(newer(each));
  const catalogue = target.catalogue("2018 R5");
  const checking = await once(() => check(handlers, new MigrationHints(catalogue)));

  const learning = await once(() => {
    const learner = new Learner();
    for (const each of handlers.slice(0, 1000)) learner.add(each);
    const text = writeCatalogue(learner.catalogue("bench"));
    if (!("catalogue" in readCatalogue(text, "bench.json"))) throw new Error("not read back");
    return text.length;
  });

  const facts = handlers.slice(0, 500).map((each, at) => dependenciesOf(each, `h${at}.ihd`));
  const drawing = await once(() => {
    const graph = callGraph(facts);
    const drawn = picture(graph);
    if (drawn.nodes.length < 500) throw new Error("not all are drawn");
    return pictureSvg(drawn).length;
  });

  const baseline = (share: number) => ({ name: "read the handlers", value: reading.time * share });
  return [
    {
      name: `all rules on 2,000 handlers, ${steps} steps, ${checking.result} findings`,
      value: checking.time,
      unit: "ms",
      baseline: baseline(1),
      target: "2,000 ms",
    },
    {
      name: "learn from 1,000 handlers, write, read back",
      value: learning.time,
      unit: "ms",
      baseline: baseline(0.5),
      target: "500 ms",
    },
    {
      name: "graph, layout and SVG of 500 handlers",
      value: drawing.time,
      unit: "ms",
      baseline: baseline(0.25),
      target: "500 ms",
    },
  ];
}

function check(handlers: readonly Handler[], hints: MigrationHints): number {
  const pool = new SignaturePool();
  const callees = new Map<string, Callee[]>();
  for (const { name, steps } of handlers) {
    const start = steps.find(({ kind }) => kind === "start");
    callees.set(name, [{ name, where: () => name, isWhole: true, parameters: start?.parameters ?? null }]);
  }
  const estate_ = handlers.map((handler) => {
    const uses = toolUsesOf(handler, pool);
    const findings = [
      ...checkHandler(handler),
      ...checkCalls(callsOf(handler), (name) => callees.get(name) ?? []),
      ...hints.of(uses),
    ];
    return { uses, findings };
  });
  toolSummaries(estate_);
  return estate_.reduce((sum, { findings }) => sum + findings.length, 0);
}

function newer(handler: Handler): Handler {
  const tools = handler.tools.map((tool) =>
    tool.name.length % 2 === 0 ? tool : { ...tool, version: "9.0", parameters: tool.parameters.slice(1) },
  );
  return { ...handler, tools };
}
