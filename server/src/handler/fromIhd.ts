import { basename, extname } from "node:path";
import * as l10n from "@vscode/l10n";
import type { Decoded } from "../ihd/decode";
import { type IhdObject, isA, type Values } from "../ihd/fields";
import { CIdVar } from "../ihd/layouts";
import { mostRecovered } from "../ihd/recover";
import type { Problem } from "../problem";
import { IhdExpressions } from "./ihdExpressions";
import { initiator, subroutine, tool } from "./ihdSignatures";
import { step } from "./ihdSteps";
import type { Handler, Parameter, Variable } from "./model";

/** The name of the handler a file holds: the file's own name, an `.ihd` file does not repeat it inside. */
export const handlerName = (file: string): string => basename(file, extname(file));

/** The handler model of a decoded `.ihd` file, also of one that was read in part. */
export function handlerFromIhd(decoded: Decoded, file: string): Handler {
  const { root, steps } = decoded.file;
  const tools = defined(root.tools.map(tool));
  const initiators = defined(root.initiators.map(initiator));
  const subroutines = defined(root.subroutines.map(subroutine));
  const signatures = {
    tools: new Map<string, readonly Parameter[]>(
      [...tools, ...initiators].map((each) => [`${each.module}:${each.name}`, each.parameters]),
    ),
    subroutines: new Map(subroutines.map((each) => [each.name, each.parameters])),
  };
  const expressions = new IhdExpressions(2 * decoded.file.table.length);
  const undecided = new Set(
    decoded.inferred.flatMap(({ key, fields }) =>
      fields.filter((field) => field.undecided).map(({ name }) => `${key}.${name}`),
    ),
  );
  // The list of steps comes last in a file: one that stopped before has its steps in the order they were met.
  const listed = root.$partial ? steps : defined(root.steps);
  const modelSteps = listed.map((each) => step(each, signatures, expressions, undecided));
  const problems: Problem[] = decoded.problems.map((problem) => ({
    ...problem,
    ...(problem.code === "partly-read" && decoded.recovered.length > 0
      ? { message: `${problem.message} ${foundBehind(decoded.recovered.length)}` }
      : {}),
    place: { ...problem.place, file },
  }));
  if (expressions.cut > 0) {
    problems.push({
      code: "inconsistent",
      severity: "error",
      message: l10n.t(
        "{0} expression(s) are nested too deep or refer to each other; they are shown as '?' there. The file may be damaged; open it in Interaction Designer and save it again.",
        expressions.cut,
      ),
      place: { file },
    });
  }
  return {
    name: handlerName(file),
    source: "ihd",
    description: root.description,
    category: root.category,
    compiledName: root.compiledName,
    typeCount: root.types.length,
    canvas: {
      nextNode: root.nextNode,
      width: root.canvasWidth,
      height: root.canvasHeight,
      gridX: root.gridX,
      gridY: root.gridY,
    },
    subroutines,
    initiators,
    tools,
    variables: defined(root.variables.map(variable)),
    steps: modelSteps,
    startNode: (root.start?.["node"] as number | undefined) ?? null,
    problems,
    ...(decoded.recovered.length > 0 ? { recovered: decoded.recovered } : {}),
  };
}

const foundBehind = (count: number): string =>
  count < mostRecovered
    ? l10n.t("{0} string(s) were found behind that place; they stand at the end of the listing.", count)
    : l10n.t(
        "More than {0} strings are behind that place; the first of them stand at the end of the listing.",
        count - 1,
      );

function variable(value: IhdObject | null): Variable | undefined {
  if (!isA(value, CIdVar)) return undefined;
  return {
    name: value.name,
    type: { name: value.typeName, module: value.typeModule },
    initial: initialValue(value.initial),
  };
}

function initialValue({ type, value }: Values<typeof CIdVar.fields>["initial"]): Variable["initial"] {
  return type === 11 ? value !== 0 : value;
}

const defined = <T>(values: readonly (T | null | undefined)[]): T[] =>
  values.filter((value): value is T => value != null);
