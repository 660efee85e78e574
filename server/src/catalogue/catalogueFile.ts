import * as l10n from "@vscode/l10n";
import type { DefaultValue, Parameter } from "../handler/model";
import type { Problem } from "../problem";
import { byTrust, Catalogue, type LearnedTool, type LearnedVariant } from "./catalogue";
import type { ToolSignature } from "./signature";

/** Stands at the start of every catalogue file; what has another is foreign. */
const FORMAT = "handler-workbench catalogue";
const VERSION = 1;
/** Far above what a release's tools need. */
const limits = { characters: 64 * 1024 * 1024, tools: 50_000, variants: 5_000, parts: 5_000 };

/** The catalogue as a JSON document, one form of a tool a line, so that versions of it can be compared. */
export function writeCatalogue({ target, handlers, tools }: Catalogue): string {
  const head = JSON.stringify({ format: FORMAT, version: VERSION, target, handlers }).slice(0, -1);
  const lines = tools.map(({ kind, module, name, handlers: users, variants }) => {
    const of = JSON.stringify({ kind, module, name, handlers: users }).slice(0, -1);
    return `${of},"variants":[\n${variants.map((each) => ` ${variantText(each)}`).join(",\n")}]}`;
  });
  return `${head},"tools":[\n${lines.join(",\n")}\n]}\n`;
}

function variantText({ signature, handlers }: LearnedVariant): string {
  const { label, category, version, parameters, exits } = signature;
  return JSON.stringify({ handlers, version, label, category, parameters, exits });
}

export type ReadCatalogue = { readonly catalogue: Catalogue } | { readonly problem: Problem };

/**
 * Reads a catalogue file. One that is damaged anywhere, foreign, or made by a later version is refused as a whole:
 * half a catalogue would make findings of what is only missing in it. Fields it does not know are passed over.
 */
export function readCatalogue(text: string, file: string): ReadCatalogue {
  try {
    if (text.length > limits.characters)
      throw new Refused(l10n.t("it is larger than {0} characters", limits.characters));
    return { catalogue: catalogueOf(parse(text)) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const message = l10n.t("The tool catalogue {0} is not used: {1}. {2}", file, error.message, error.advice);
    return { problem: { code: "catalogue", severity: "error", message, place: { file } } };
  }
}

class Refused extends Error {
  constructor(
    message: string,
    readonly advice = l10n.t('Name a file that "catalogue learn" wrote, or learn it again.'),
  ) {
    super(message);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new Refused(l10n.t("it is no JSON ({0})", error instanceof Error ? error.message : String(error)));
  }
}

function catalogueOf(value: unknown): Catalogue {
  if (!isRecord(value) || value["format"] !== FORMAT) throw new Refused(l10n.t("it is no tool catalogue"));
  const version = value["version"];
  if (version !== VERSION) {
    throw new Refused(
      l10n.t("its version is {0}, this program reads version {1}", JSON.stringify(version), VERSION),
      l10n.t("Learn it again with this version, or update Handler Workbench."),
    );
  }
  const tools = list(value, "tools", "", limits.tools).map((each, at) => toolOf(each, `tools[${at}]`));
  return new Catalogue(text(value, "target", ""), count(value, "handlers", ""), tools);
}

function toolOf(value: unknown, where: string): LearnedTool {
  const record = recordAt(value, where);
  const kind = record["kind"];
  if (kind !== "tool" && kind !== "initiator")
    throw new Refused(l10n.t('{0}.kind is neither "tool" nor "initiator"', where));
  const module = text(record, "module", where);
  const name = text(record, "name", where);
  const variants = list(record, "variants", where, limits.variants).map((each, at) =>
    variantOf(each, { kind, module, name }, `${where}.variants[${at}]`),
  );
  if (variants.length === 0) throw new Refused(l10n.t("{0}.variants is empty", where));
  return { kind, module, name, handlers: count(record, "handlers", where), variants: variants.sort(byTrust) };
}

function variantOf(
  value: unknown,
  identity: Pick<ToolSignature, "kind" | "module" | "name">,
  where: string,
): LearnedVariant {
  const record = recordAt(value, where);
  return {
    handlers: count(record, "handlers", where),
    signature: {
      ...identity,
      label: text(record, "label", where),
      category: text(record, "category", where),
      version: text(record, "version", where),
      parameters: list(record, "parameters", where, limits.parts).map((each, at) =>
        parameterOf(each, `${where}.parameters[${at}]`),
      ),
      exits: list(record, "exits", where, limits.parts).map((each, at) => {
        const exit = recordAt(each, `${where}.exits[${at}]`);
        const returnValue = exit["returnValue"];
        if (!Number.isInteger(returnValue))
          throw new Refused(l10n.t("{0}.exits[{1}].returnValue is no integer", where, at));
        return { label: text(exit, "label", `${where}.exits[${at}]`), returnValue: returnValue as number };
      }),
    },
  };
}

function parameterOf(value: unknown, where: string): Parameter {
  const record = recordAt(value, where);
  const direction = record["direction"];
  if (direction !== "in" && direction !== "out")
    throw new Refused(l10n.t('{0}.direction is neither "in" nor "out"', where));
  if (typeof record["required"] !== "boolean")
    throw new Refused(l10n.t("{0}.required is neither true nor false", where));
  const type = recordAt(record["type"], `${where}.type`);
  return {
    label: text(record, "label", where),
    direction,
    type: { name: text(type, "name", `${where}.type`), module: text(type, "module", `${where}.type`) },
    required: record["required"],
    default: defaultOf(record["default"], `${where}.default`),
  };
}

function defaultOf(value: unknown, where: string): DefaultValue {
  const record = recordAt(value, where);
  switch (record["kind"]) {
    case "none":
    case "blank":
      return { kind: record["kind"] };
    case "value":
      return { kind: "value", text: text(record, "text", where) };
    case "variable":
      return { kind: "variable", name: text(record, "name", where) };
    default:
      throw new Refused(l10n.t('{0}.kind is none of "none", "blank", "value" and "variable"', where));
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function recordAt(value: unknown, where: string): Fields {
  if (!isRecord(value)) throw new Refused(l10n.t("{0} is no object", where));
  return value;
}

function text(record: Fields, field: string, where: string): string {
  const value = record[field];
  if (typeof value !== "string") throw new Refused(l10n.t("{0} is no text", path(where, field)));
  return value;
}

function count(record: Fields, field: string, where: string): number {
  const value = record[field];
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new Refused(l10n.t("{0} is no count", path(where, field)));
  return value as number;
}

function list(record: Fields, field: string, where: string, most: number): readonly unknown[] {
  const value = record[field];
  if (!Array.isArray(value)) throw new Refused(l10n.t("{0} is no list", path(where, field)));
  if (value.length > most)
    throw new Refused(l10n.t("{0} has more than {1} entries", path(where, field), most));
  return value;
}

function path(where: string, field: string): string {
  return where === "" ? field : `${where}.${field}`;
}
