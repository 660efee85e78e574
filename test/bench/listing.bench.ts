import { readFileSync } from "node:fs";
import { expressionText } from "../../server/src/handler/expressionText";
import { parseExpression } from "../../server/src/handler/expressionParser";
import { listing } from "../../server/src/handler/listing";
import type { Handler } from "../../server/src/handler/model";
import { readHandler } from "../../server/src/handler/read";
import { corpus } from "../corpus";
import { longHandler } from "../unit/handler/handlers";
import { median, middle } from "./measure";
import type { Row } from "./row";

/** Beside `JSON.stringify` of the same model: the least work that walks all of it and makes text. */
export default async function run(): Promise<Row[]> {
  const rows = [
    row("listing, 20 built steps", longHandler(20), 400, "0.1 ms"),
    row("listing, 2,000 built steps", longHandler(2000), 15),
  ];
  const real = corpus().map(({ path }) => readHandler(readFileSync(path), { file: path }));
  const handlers = real.length > 0 ? real : [longHandler(12)];
  rows.push({
    name: `listing, median of ${handlers.length} handlers`,
    value: middle(handlers.map((handler) => median(() => list(handler), { runs: 200, warmUp: 50 }))),
    unit: "ms",
    baseline: {
      name: "JSON.stringify",
      value: middle(
        handlers.map((handler) => median(() => JSON.stringify(handler), { runs: 200, warmUp: 50 })),
      ),
    },
    target: "0.1 ms",
  });

  const texts = longHandler(2000).steps.flatMap((step) =>
    step.arguments.map(({ value }) => expressionText(value)),
  );
  const expressions = texts.map((text) => parseExpression(text).expression);
  rows.push({
    name: `parsing ${texts.length} expressions`,
    value: median(() => texts.forEach((text) => parseExpression(text)), { runs: 11, warmUp: 5 }),
    unit: "ms",
    baseline: {
      name: "printing them",
      value: median(() => expressions.forEach((each) => expressionText(each)), { runs: 11, warmUp: 5 }),
    },
  });
  return rows;
}

/** Reads a character, so that the engine really builds the text. */
function list(handler: Handler): number {
  return listing(handler).text.charCodeAt(1);
}

function row(name: string, handler: Handler, runs: number, target?: string): Row {
  const options = { runs, warmUp: runs };
  return {
    name,
    value: median(() => list(handler), options),
    unit: "ms",
    baseline: { name: "JSON.stringify", value: median(() => JSON.stringify(handler), options) },
    ...(target === undefined ? {} : { target }),
  };
}
