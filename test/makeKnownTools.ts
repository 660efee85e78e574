// `tsx test/makeKnownTools.ts FACTS`: writes the product's list of known tools from a file of collected facts
// (JSON: what the vendor's public help pages and real handlers show of each tool).
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KnownToolRow } from "../server/src/catalogue/knownTools";

interface Fact {
  readonly category: string;
  readonly label: string;
  readonly module?: string;
  readonly internalName?: string;
  readonly toolVersion?: string;
  readonly versionMarkerParameter?: string;
  readonly nameOnly?: boolean;
  readonly partial?: boolean;
  readonly parameters: readonly {
    readonly name: string;
    readonly direction: "in" | "out" | "inout";
    readonly type: string;
    readonly typeModule?: string;
    readonly typeBasis?: string;
    readonly optional: boolean;
    readonly default?: string;
  }[];
  readonly exits: readonly string[];
  readonly exitDetails?: readonly { readonly label: string; readonly returnValue: number }[];
  readonly source: string;
}

const target = join(__dirname, "../server/src/catalogue/knownTools.json");
const [facts] = process.argv.slice(2);
if (facts === undefined) throw new Error("name the file of facts");

const rows = (JSON.parse(readFileSync(facts, "utf8")) as Fact[]).map(rowOf);
rows.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
writeFileSync(target, `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`);
console.log(`${rows.length} tools written to ${target}`);

function rowOf(fact: Fact): KnownToolRow {
  const version = fact.toolVersion ?? fact.versionMarkerParameter;
  return {
    category: fact.category,
    label: fact.label,
    // An empty module marks Designer's own steps.
    ...(fact.internalName === undefined ? {} : { module: fact.module ?? "", name: fact.internalName }),
    ...(version === undefined ? {} : { version }),
    depth: fact.nameOnly ? "name" : fact.partial ? "part" : "whole",
    parameters: fact.parameters.map((parameter) => ({
      // Files list a variable that a tool changes as an output, and one that Designer's own steps change as an input.
      [parameter.direction === "inout" ? (fact.module ? "out" : "in") : parameter.direction]: parameter.name,
      ...(parameter.type === "" ? {} : { type: parameter.type }),
      ...(parameter.typeModule ? { module: parameter.typeModule } : {}),
      ...(parameter.typeBasis === "inferred" ? { guessed: true } : {}),
      ...(parameter.optional ? { optional: true } : {}),
      ...defaultOf(parameter.default),
    })),
    exits: fact.exitDetails
      ? fact.exitDetails.map(({ label, returnValue }) => ({ label, returnValue }))
      : fact.exits.map((label) => ({ label })),
    ...helpOf(fact.source),
  };
}

function defaultOf(text: string | undefined): object {
  if (text === undefined) return {};
  return text.startsWith("$var:") ? { variable: text.slice("$var:".length) } : { default: text };
}

/** Only pages of the vendor's help can be opened by users. */
function helpOf(source: string): { help?: string } {
  return /^https:\/\/help\.genesys\.com\//.test(source) ? { help: source } : {};
}

function keyOf({ category, label }: KnownToolRow): string {
  return `${category}:${label}`;
}
