import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { decodeText } from "../../../server/src/config/decode";
import type { ConfigDocument } from "../../../server/src/config/format";
import { readConfig } from "../../../server/src/config/formats";

export const fixtures = resolve(__dirname, "../../fixtures/config");

/** A fixture read by the format that fits it. */
export function fixture(name: string): ConfigDocument & { text: string } {
  const { text, encoding, bom } = decodeText(readFileSync(resolve(fixtures, name)));
  const siblings = new Set(readdirSync(fixtures).map((sibling) => sibling.toLowerCase()));
  return { ...read(name, text, { encoding, bom, siblings }), text };
}

export function read(
  name: string,
  text: string,
  more: { encoding?: string; bom?: boolean; siblings?: ReadonlySet<string> } = {},
): ConfigDocument {
  const document = readConfig({ name, text, ...more });
  if (!document) throw new Error(`no format for ${name}`);
  return document;
}

/** Codes without their format, each with the text it points at. */
export function found(document: ConfigDocument, text: string): [string, string][] {
  return document.problems.map(({ code, start, end }) => [code.split("/")[1] ?? "", text.slice(start, end)]);
}

export function codes(document: ConfigDocument): string[] {
  return document.problems.map(({ code }) => code.split("/")[1] ?? "");
}
