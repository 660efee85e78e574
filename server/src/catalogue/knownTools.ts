import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DefaultValue, Parameter } from "../handler/model";
import type { ToolName } from "../handler/toolKey";
import type { ToolSignature } from "./signature";

/** A tool as `knownTools.json` holds it; `test/makeKnownTools.ts` writes that file. */
export interface KnownToolRow {
  readonly category: string;
  readonly label: string;
  /** Only where a real handler showed the identity; `module` "" = one of Designer's own steps. */
  readonly module?: string;
  readonly name?: string;
  readonly version?: string;
  readonly depth: "whole" | "part" | "name";
  readonly parameters: readonly KnownParameterRow[];
  /** The help pages name exits without return values. */
  readonly exits: readonly { readonly label: string; readonly returnValue?: number }[];
  readonly help?: string;
}

export interface KnownParameterRow {
  readonly in?: string;
  readonly out?: string;
  readonly type?: string;
  readonly module?: string;
  /** true: the type was concluded from a description. */
  readonly guessed?: boolean;
  readonly optional?: boolean;
  readonly default?: string;
  readonly variable?: string;
}

/** A tool of the product's own list: what the vendor's public help and real handlers show of it. */
export interface KnownTool {
  readonly category: string;
  readonly label: string;
  /** Page of the vendor's help; "" = the tool was only seen in handlers. */
  readonly help: string;
  /** How much of the parameters and exits is known: all, a part, or the tool's name alone. */
  readonly depth: KnownToolRow["depth"];
  /** Only where real handlers hold the definition and all of it is known: good for comparisons. */
  readonly signature: ToolSignature | null;
  /** For people, also where only the help knows the tool; types may be guesses. */
  readonly parameters: readonly (Parameter & { readonly guessed: boolean })[];
  readonly exits: readonly string[];
}

/** The product's list, read when it is first needed: it is a file beside the program. */
export class KnownTools {
  private readonly byKey = new Map<string, KnownTool>();
  private readonly byLabel = new Map<string, KnownTool[]>();
  readonly all: readonly KnownTool[];

  constructor(rows: readonly KnownToolRow[]) {
    this.all = rows.map(knownTool);
    rows.forEach((row, at) => {
      const tool = this.all[at]!;
      if (row.name !== undefined) this.byKey.set(keyOf(row.module ?? "", row.name), tool);
      const label = plain(row.label);
      const others = this.byLabel.get(label);
      if (others) others.push(tool);
      else this.byLabel.set(label, [tool]);
    });
  }

  /**
   * The tool by its identity; else by label and category, or by a label that only one known tool has. The help says
   * labels, never identities, so a tool found by its label may be another of the same name.
   */
  find(tool: ToolName & { readonly label?: string; readonly category?: string }): KnownTool | undefined {
    const known = this.byKey.get(keyOf(tool.module, tool.name));
    if (known) return known;
    const others = this.byLabel.get(plain(tool.label || tool.name)) ?? [];
    return (
      others.find(({ category }) => category === tool.category) ??
      (others.length === 1 ? others[0] : undefined)
    );
  }

  /** Tools whose definitions real handlers showed, of one module. */
  ofModule(module: string): ToolSignature[] {
    return this.all.flatMap(({ signature }) => (signature?.module === module ? [signature] : []));
  }
}

let tools: KnownTools | undefined;

export function knownTools(): KnownTools {
  const path = join(__dirname, "knownTools.json");
  return (tools ??= new KnownTools(JSON.parse(readFileSync(path, "utf8")) as KnownToolRow[]));
}

/** A label or name as people compare them: letters and digits, without regard to case. */
export function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function keyOf(module: string, name: string): string {
  return `${module}:${name}`;
}

function knownTool(row: KnownToolRow): KnownTool {
  const { category, label, module = "", name, version = "", depth, help = "" } = row;
  const parameters = row.parameters.map(parameterOf);
  const exits = row.exits.flatMap(({ label, returnValue }) =>
    returnValue === undefined ? [] : [{ label, returnValue }],
  );
  const isComparable =
    depth === "whole" && name !== undefined && module !== "" && exits.length === row.exits.length;
  const signature: ToolSignature | null = isComparable
    ? { kind: kindOf(category), module, name, label, category, version, parameters, exits }
    : null;
  return { category, label, help, depth, signature, parameters, exits: row.exits.map((exit) => exit.label) };
}

function kindOf(category: string): ToolSignature["kind"] {
  return category === "Initiators" ? "initiator" : "tool";
}

function parameterOf(row: KnownParameterRow): Parameter & { guessed: boolean } {
  return {
    label: row.in ?? row.out ?? "",
    direction: row.in === undefined ? "out" : "in",
    type: { name: row.type ?? "", module: row.module ?? "" },
    required: !row.optional,
    default: defaultOf(row),
    guessed: row.guessed ?? false,
  };
}

function defaultOf({ default: text, variable }: KnownParameterRow): DefaultValue {
  if (variable !== undefined) return { kind: "variable", name: variable };
  if (text === undefined) return { kind: "none" };
  return text === "" ? { kind: "blank" } : { kind: "value", text };
}
