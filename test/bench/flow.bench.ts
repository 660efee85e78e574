import { expressionText } from "../../server/src/handler/expressionText";
import { flow } from "../../server/src/handler/flow/flow";
import { flowSvg } from "../../server/src/handler/flow/flowSvg";
import type { Handler } from "../../server/src/handler/model";
import { flowResult } from "../../server/src/language/flow";
import { largeHandler } from "../flowHandlers";
import { median } from "./measure";
import type { Row } from "./row";

const few = { runs: 11, warmUp: 5 };

/** The handler as an XML export holds it: no bend points, every line is routed. */
function withoutBends(handler: Handler): Handler {
  const steps = handler.steps.map((step) => ({
    ...step,
    exits: step.exits.map((exit) => ({ ...exit, bends: [] })),
  }));
  return { ...handler, source: "xml", steps };
}

/** The handler as a generator without a screen writes it: no rectangles either. */
function withoutPlaces(handler: Handler): Handler {
  const rect = { left: 0, top: 0, right: 0, bottom: 0 };
  return { ...handler, steps: handler.steps.map((step) => ({ ...step, rect })) };
}

export default async function run(): Promise<Row[]> {
  const handler = largeHandler(2000);
  const exported = withoutBends(handler);
  const bare = withoutPlaces(exported);
  const picture = flow(handler);
  const result = flowResult(handler);
  // What no picture can do without: to touch every step and print its texts once.
  const texts = {
    name: "print its arguments",
    value: median(() => {
      for (const { arguments: given } of handler.steps) for (const { value } of given) expressionText(value);
    }, few),
  };
  const json = { name: "JSON of the answer", value: median(() => JSON.stringify(result), few) };
  const row = (name: string, value: number, more: Partial<Row> = {}): Row => ({
    name,
    value,
    unit: "ms",
    ...more,
  });
  return [
    row(
      "flow of 2,000 steps, stored lines",
      median(() => flow(handler), few),
      { baseline: texts },
    ),
    row(
      "flow of 2,000 steps, routed lines (XML)",
      median(() => flow(exported), few),
      { baseline: texts },
    ),
    row(
      "flow of 2,000 steps, automatic layout",
      median(() => flow(bare), few),
      { baseline: texts },
    ),
    row(
      "SVG of 2,000 steps",
      median(() => flowSvg(picture), few),
      { baseline: texts },
    ),
    row(
      "flow request of 2,000 steps: the server's answer",
      median(() => flowResult(handler), few),
      {
        baseline: json,
      },
    ),
    { name: "size of that answer", value: JSON.stringify(result).length / 1024 / 1024, unit: "MB" },
  ];
}
