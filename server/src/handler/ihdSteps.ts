import { type IhdObject, isA, type Values } from "../ihd/fields";
import type { CToolCreatorInfo } from "../ihd/layouts";
import {
  CIdAssignmentStep,
  CIdConditionStep,
  CIdFuncExtern,
  CIdInitExtern,
  CIdInitSubroutine,
  CIdLink,
  CIdListGetAtStep,
  CIdListInsertTailStep,
  CIdListRemoveHeadStep,
  CIdSelectionStep,
  CIdStartDebugStep,
  CIdWriteTraceMsgStep,
} from "../ihd/layouts";
import type { Expression } from "./expression";
import type { IhdExpressions } from "./ihdExpressions";
import { parameters as readParameters, signedReturnValue } from "./ihdSignatures";
import type { Argument, Exit, InferredField, Parameter, Step, StepKind } from "./model";
import { isSecretLabel, nativeArgument, nativeField } from "./native";

/** What a step's arguments are labelled by. */
export interface Signatures {
  /** Parameters of an external tool or initiator by `module:name`. */
  readonly tools: ReadonlyMap<string, readonly Parameter[]>;
  readonly subroutines: ReadonlyMap<string, readonly Parameter[]>;
}

type BaseStep = IhdObject & Values<typeof CIdAssignmentStep.fields>;

const noParameters: readonly Parameter[] = [];
const noNames: readonly string[] = [];
const noInferred: readonly InferredField[] = [];

/** One step of a decoded file; a step that was read in part has what was read. */
export function step(
  value: IhdObject,
  signatures: Signatures,
  expressions: IhdExpressions,
  undecided: ReadonlySet<string>,
): Step {
  // Every step class shares the fields of the base, inferred ones too.
  const base = value as BaseStep;
  const creator = base.creator as (IhdObject & Values<typeof CToolCreatorInfo.fields>) | null;
  const kind = kindOf(value, creator);
  const toolName = creator?.name ?? "";
  const module = kind === "subroutine" ? "" : (creator?.module ?? "");
  const start = isA(value, CIdInitSubroutine) ? value : undefined;
  const event = isA(value, CIdInitExtern) ? value : undefined;
  return {
    node: base.node,
    kind,
    className: value.$class.name,
    tool: { module, name: toolName },
    label: base.label,
    notes: base.notes,
    rect: { left: base.left, top: base.top, right: base.right, bottom: base.bottom },
    arguments: argumentsOf(value, kind, module, toolName, signatures, expressions),
    exits: exitsOf(base, module === "" && toolName === "Selection", expressions),
    parameters: start ? readParameters(start.parameters) : noParameters,
    parameterVariables: start ? start.variableNames : noNames,
    objectId: event?.objectId ?? "",
    eventId: event?.eventId ?? "",
    inferred: inferredFields(value, expressions, undecided),
    complete: !value.$partial,
  };
}

function kindOf(
  value: IhdObject,
  creator: (IhdObject & { readonly module?: unknown; name?: unknown }) | null,
): StepKind {
  switch (creator?.$class.name) {
    case "CSubroutineCreatorInfo":
      return "subroutine";
    case "CInitiatorCreatorInfo":
      return creator.module === "" && creator.name === "Subroutine" ? "start" : "initiator";
    case "CToolCreatorInfo":
      return creator.module === "" ? "native" : "tool";
  }
  // Read in part, or made by something unknown: the class tells.
  switch (value.$class.name) {
    case "CIdFuncExtern":
    case "CIdWriteTraceMsgStep":
      return "tool";
    case "CIdSubroutineStep":
      return "subroutine";
    case "CIdInitExtern":
      return "initiator";
    case "CIdInitSubroutine":
      return "start";
    default:
      return "native";
  }
}

function exitsOf(base: BaseStep, isSelection: boolean, expressions: IhdExpressions): Exit[] {
  const cases = isA(base as IhdObject, CIdSelectionStep)
    ? (base as unknown as Values<typeof CIdSelectionStep.fields>).cases
    : undefined;
  return base.exits.map(({ label, returnValue, isError }, i) => {
    const link = base.outgoing[i];
    const to = isA(link, CIdLink) ? link : undefined;
    return {
      label,
      returnValue: signedReturnValue(returnValue),
      // Designer sets the mark on every case of a Selection too, and those are no errors.
      isError: !isSelection && isError !== 0,
      to: to?.to ? (to.to["node"] as number) : null,
      bends: to && to.bends.length > 0 ? to.bends.map(({ x, y }) => ({ x, y })) : noBends,
      caseOf: expressions.of(cases?.[i]),
    };
  });
}

const noBends: readonly never[] = [];
const noArguments: readonly Argument[] = [];

function argumentsOf(
  value: IhdObject,
  kind: StepKind,
  module: string,
  tool: string,
  signatures: Signatures,
  expressions: IhdExpressions,
): readonly Argument[] {
  const values = value["arguments"] as readonly (IhdObject | null)[] | undefined;
  if (values) {
    const declared =
      (kind === "subroutine"
        ? signatures.subroutines.get(tool)
        : signatures.tools.get(`${module}:${tool}`)) ?? noParameters;
    return values.map((each, i) => argument(declared[i], i, expressions.of(each)));
  }
  return nativeArguments(value, tool, expressions);
}

function argument(declared: Parameter | undefined, index: number, value: Expression | null): Argument {
  return {
    label: declared?.label ?? `Argument ${index + 1}`,
    direction: declared?.direction ?? "in",
    type: declared?.type ?? { name: "", module: "" },
    required: declared?.required ?? false,
    value,
    secret: declared !== undefined && isSecretLabel(declared.label),
  };
}

function nativeArguments(value: IhdObject, tool: string, expressions: IhdExpressions): readonly Argument[] {
  const named = (entries: readonly (readonly [string, Expression | null])[]): Argument[] =>
    entries.map(([name, each]) => nativeArgument(nativeField(tool, name), each));
  const of = (each: IhdObject | null): Expression | null => expressions.of(each);
  if (isA(value, CIdAssignmentStep)) {
    return named([
      ["LHS", of(value.variable)],
      ["RHS", of(value.expression)],
    ]);
  }
  if (isA(value, CIdConditionStep)) return named([["Condition", of(value.expression)]]);
  if (isA(value, CIdStartDebugStep)) {
    return named([
      ["Text", value.text === "" ? null : { kind: "literal", type: "String", value: value.text }],
    ]);
  }
  if (isA(value, CIdListRemoveHeadStep)) return named([["List", of(value.list)]]);
  if (isA(value, CIdListInsertTailStep)) {
    return named([
      ["List", of(value.list)],
      ["Value", of(value.value)],
    ]);
  }
  if (isA(value, CIdListGetAtStep)) {
    return named([
      ["List", of(value.list)],
      ["Index", of(value.index)],
      ["OutputVariable", of(value.target)],
    ]);
  }
  return noArguments;
}

function inferredFields(
  value: IhdObject,
  expressions: IhdExpressions,
  undecided: ReadonlySet<string>,
): readonly InferredField[] {
  if (isA(value, CIdWriteTraceMsgStep)) {
    return [{ name: "level", type: "u32", values: [value.level], undecided: false }];
  }
  const { layout, name: className, schema } = value.$class;
  if (layout.inferred.length === 0) return noInferred;
  return layout.inferred.map((name): InferredField => {
    const field = value[name];
    const list = Array.isArray(field) ? (field as unknown[]) : [field];
    return {
      name,
      type: Array.isArray(field)
        ? "OBJ list"
        : typeof field === "string"
          ? "STR"
          : typeof field === "number"
            ? "u32"
            : "OBJ",
      values: list.map((each) =>
        typeof each === "string" || typeof each === "number"
          ? each
          : expressions.of(each as IhdObject | null),
      ),
      undecided: undecided.has(`${className}/${schema}.${name}`),
    };
  });
}

/** Whether a class has the argument block that external tools, calls and event initiators have. */
export const hasArgumentBlock = (className: string): boolean =>
  className === CIdFuncExtern.className ||
  className === "CIdSubroutineStep" ||
  className === CIdInitExtern.className ||
  className === CIdWriteTraceMsgStep.className;
