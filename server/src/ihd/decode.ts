import * as l10n from "@vscode/l10n";
import type { Problem } from "../problem";
import { defaultAnsi } from "./ansi";
import { isAsKnown } from "./candidates";
import type { IhdObject, Layout } from "./fields";
import type { IhdFile } from "./file";
import { infer, type Inference, type InferredLayout } from "./infer";
import { violations } from "./invariants";
import { LayoutMemory } from "./layoutMemory";
import { layouts as knownLayouts } from "./layouts";
import { limits } from "./limits";
import { type Read, read } from "./reader";
import { type RecoveredText, recoverTexts } from "./recover";
import { TypeTables } from "./typeTable";

export interface DecodeOptions {
  /** Encoding of ANSI strings (older Designers); any name iconv knows. */
  readonly ansi?: string;
  /** What inference learned from other files; share one over a folder. */
  readonly memory?: LayoutMemory;
  readonly typeTables?: TypeTables;
  /** Milliseconds inference may take; 0 = none. */
  readonly inference?: number;
  /** The classes that are taken as known; all of them unless a test says otherwise. */
  readonly layouts?: ReadonlyMap<string, Layout>;
}

export interface Decoded {
  readonly file: IhdFile;
  /** Every byte was read and every structural rule holds. */
  readonly exact: boolean;
  /** Where decoding stopped when it could not go on; what was read until then is in `file`. */
  readonly stop: { readonly offset: number; readonly where: string; readonly reason: string } | undefined;
  readonly problems: readonly Problem[];
  readonly inferred: readonly InferredLayout[];
  /** Layouts assumed for writing the file back. */
  readonly assumed: ReadonlyMap<string, Layout>;
  /** Texts behind the stop. */
  readonly recovered: readonly RecoveredText[];
}

const sharedTables = new TypeTables();
const nothingAssumed: ReadonlyMap<string, Layout> = new Map();
const nothingInferred: Inference = { assumed: nothingAssumed, layouts: [], exhaustive: true };

/**
 * Decodes an `.ihd` file. Never throws for content: the result holds what could be read, and problems that say
 * what is wrong and where (offsets in bytes from 0). Classes that are not in the table are inferred.
 */
export function decodeIhd(content: Uint8Array, options: DecodeOptions = {}): Decoded {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const ansi = options.ansi ?? defaultAnsi;
  const base = {
    ansi,
    typeTables: options.typeTables ?? sharedTables,
    layouts: options.layouts ?? knownLayouts,
  };
  const budget = options.inference ?? limits.inference;
  let result = read(bytes, { ...base, assumed: nothingAssumed, strict: true });
  let inference = nothingInferred;
  if (result.stop?.unknown && budget > 0) {
    inference = infer(bytes, base, options.memory ?? new LayoutMemory(), budget);
    const { assumed, layouts } = inference;
    if (layouts.length > 0) result = read(bytes, { ...base, assumed, strict: true });
  } else if (result.stop?.code === "constant" || result.stop?.code === "string-form") {
    const lenient = read(bytes, { ...base, assumed: nothingAssumed, strict: false });
    if (lenient.position > result.position) result = lenient;
  }
  return judge(bytes, result, inference);
}

function judge(bytes: Buffer, result: Read, { assumed, layouts: inferred, exhaustive }: Inference): Decoded {
  const { file, stop, position } = result;
  const problems: Problem[] = [];
  const rest = bytes.length - position;
  if (stop) problems.push(stopProblem(result, exhaustive));
  else {
    if (rest > 0) {
      problems.push({
        code: "partly-read",
        severity: "error",
        message: l10n.t(
          "The handler ends at offset {0}, but {1} more byte(s) follow. The file may be damaged; open it in Interaction Designer and save it again.",
          position,
          rest,
        ),
        place: { offset: position },
      });
    }
    for (const { message, step } of violations(file)) {
      problems.push({
        code: "inconsistent",
        severity: "error",
        message: l10n.t(
          "The handler's structure is not consistent: {0}. The file may be damaged; open it in Interaction Designer and save it again.",
          message,
        ),
        place: step ? placeOf(step) : undefined,
      });
    }
  }
  const exact = problems.length === 0;
  for (const { offset, field, expected, found } of result.surprises) {
    problems.push({
      code: "unusual-value",
      severity: "information",
      message: l10n.t(
        "The number at offset {0} is {1}; it is {2} in every handler seen so far. The rest was read as usual: hold it against Interaction Designer before you rely on it, and please report which release of Designer saved the file (the number's name here: {3}).",
        offset,
        found,
        expected,
        field,
      ),
      place: { offset },
    });
  }
  for (const each of inferred) problems.push(inferredProblem(each, exhaustive));
  const uncertain = exhaustive ? [] : inferred.filter((each) => !isAsKnown(each));
  if (uncertain.length > 0) {
    const message = l10n.t(
      "The search for {0} was given up before every possible layout was tried; another one may be right, so nothing that it holds is certain. Compare these steps with Interaction Designer.",
      uncertain.map(({ key }) => key).join(", "),
    );
    problems.push({ code: "uncertain-layout", severity: "warning", message });
  }
  return {
    file,
    exact,
    stop: stop && { offset: stop.offset, where: stop.where, reason: stop.message },
    problems,
    inferred,
    assumed,
    recovered: stop || rest > 0 ? recoverTexts(bytes, stop?.offset ?? position, file) : [],
  };
}

function stopProblem({ stop, open, file }: Read, exhaustive: boolean): Problem {
  const step = open.findLast((each) => each.$class.layout.slot === "step" && each["label"] !== "");
  const where = step
    ? l10n.t('{0}, in step "{1}" ({2})', stop!.where, String(step["label"]), String(step["node"]))
    : stop!.where;
  const next = !exhaustive
    ? l10n.t(
        "Its layout could not be inferred in the time there is for a file. What was read is shown; please report the class and, if you may, the file.",
      )
    : stop!.unknown
      ? l10n.t(
          "Its layout could not be inferred either. What was read is shown; please report the class and, if you may, the file.",
        )
      : l10n.t(
          "What was read is shown. If Interaction Designer opens the file, save it there again and please report this.",
        );
  return {
    code: "partly-read",
    severity: "error",
    message: l10n.t(
      "Reading stopped at offset {0} ({1}): {2}; {3} step(s) were met before. {4}",
      stop!.offset,
      where,
      stop!.message,
      file.steps.length,
      next,
    ),
    place: { offset: stop!.offset, ...(step ? placeOf(step) : {}) },
  };
}

function inferredProblem(each: InferredLayout, exhaustive: boolean): Problem {
  const undecided = each.fields.filter((field) => field.undecided).map(({ name }) => name);
  const sentences = [
    layoutSentence(each),
    ...(undecided.length > 0 && exhaustive
      ? [l10n.t("What {0} hold(s) stays undecided (empty everywhere).", undecided.join(", "))]
      : []),
    ...(each.alternatives.length > 0 ? [l10n.t("Also possible: {0}.", each.alternatives.join("; "))] : []),
  ];
  return { code: "inferred-layout", severity: "information", message: sentences.join(" ") };
}

function layoutSentence({
  key,
  className,
  schema,
  signature,
  knownSchema,
  fields,
  instances,
}: InferredLayout): string {
  if (knownSchema !== undefined) {
    return fields.length === 0
      ? l10n.t(
          "Schema {0} of class {1} was not seen before; its {2} instance(s) were read as schema {3}, and the whole file decodes that way.",
          schema,
          className,
          instances,
          knownSchema,
        )
      : l10n.t(
          "Schema {0} of class {1} was not seen before; its {2} instance(s) were read as schema {3} with {4} behind it, and the whole file decodes that way.",
          schema,
          className,
          instances,
          knownSchema,
          fields.map(({ kind }) => kind).join(" "),
        );
  }
  return key.includes("Step") || fields.length > 0
    ? l10n.t(
        "{0} is not a known class; its layout was inferred as {1} from {2} instance(s), and the whole file decodes with it.",
        key,
        signature,
        instances,
      )
    : l10n.t(
        "{0} is not a known class; its layout was inferred from {1} instance(s), and the whole file decodes with it.",
        key,
        instances,
      );
}

const placeOf = (step: IhdObject) => ({ node: step["node"] as number, label: step["label"] as string });
