import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { checkDialerConfigurationAtOnce } from "../../../server/src/dialer/check";
import type { DialerConfiguration } from "../../../server/src/dialer/model";
import { readDialerConfigurationAtOnce, type ReadOptions } from "../../../server/src/dialer/read";
import type { Surroundings } from "../../../server/src/dialer/surroundings";
import type { TextProblem } from "../../../server/src/problem";

export const fixtures = resolve(__dirname, "../../fixtures/dialer");

export function fixture(name: string, options?: ReadOptions): DialerConfiguration {
  return readDialerConfigurationAtOnce(readFileSync(resolve(fixtures, name), "utf8"), options);
}

export function id(number: number): string {
  return `{${number.toString(16).toUpperCase().padStart(8, "0")}-0000-4000-8000-00000000ABCD}`;
}

/** A DIALEROBJECT with its properties; `inside` follows them. */
export function object(
  type: number,
  number: number,
  name: string,
  properties: Record<string, string> = {},
  inside = "",
): string {
  const body = Object.entries(properties).map(
    ([key, value]) => `\t\t<${key}>${value}</${key.split(" ")[0]}>\n`,
  );
  return `<DIALEROBJECT id="${id(number)}" type="${type}" name="${name}" rev="1">\n\t<PROPERTIES>\n${body.join("")}\t</PROPERTIES>\n${inside}</DIALEROBJECT>`;
}

export function configuration(...objects: string[]): DialerConfiguration {
  return readDialerConfigurationAtOnce(`<DIALERCONFIG2>\n${objects.join("")}\n</DIALERCONFIG2>\n`);
}

/** The problems of a code, without its room. */
export function problems(
  model: DialerConfiguration,
  code: string,
  surroundings: Surroundings = {},
): TextProblem[] {
  return checkDialerConfigurationAtOnce(model, surroundings).filter(
    (problem) => problem.code === `dialer/${code}`,
  );
}

/** The text a problem or range points at. */
export function at(model: DialerConfiguration, range: { start: number; end: number }): string {
  return model.text.slice(range.start, range.end);
}

/** The offset of a text, in its middle, so that it is on it and not beside. */
export function on(model: DialerConfiguration, text: string, from = ""): number {
  const start = model.text.indexOf(text, from === "" ? 0 : model.text.indexOf(from));
  if (start < 0) throw new Error(`${text} is not in the fixture`);
  return start + (text.length >> 1);
}
