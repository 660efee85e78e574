import type { Expression } from "../../server/src/handler/expression";
import { create, type IhdObject } from "../../server/src/ihd/fields";
import * as layouts from "../../server/src/ihd/layouts";
import { ihdExit, ihdParameter } from "./ihdSignature";
import { classNameOf } from "./model";
import type { StepBuilder } from "./step";

/** The lists of links of a step, empty until all steps are there. */
export interface Links {
  readonly outgoing: IhdObject[];
  readonly incoming: IhdObject[];
}

/** How a handler's names and expressions become objects. */
export interface Scope {
  variable(name: string): IhdObject;
  expression(value: Expression | null): IhdObject | null;
}

/** A step as an object of the stream, without its links. */
export function ihdStep(step: StepBuilder, scope: Scope): IhdObject & Links {
  const links: Links = { outgoing: [], incoming: [] };
  return Object.assign(specific(step, scope, { ...baseOf(step), ...links }), links);
}

/** Pictures that real files give the native tools; others take any. */
const icons: Readonly<Record<string, number>> = {
  Assignment: 1,
  Condition: 0,
  Selection: 2,
  InsertAtTail: 12,
  "Notify Debugger": 23,
};

function baseOf(step: StepBuilder) {
  const { left, top, right, bottom } = step.rect;
  const isSelection = step.tool.name === "Selection";
  return {
    // Every case of a Selection carries the error mark, though none is an error.
    exits: step.exits.map((exit) =>
      ihdExit({ ...exit, isError: exit.isError || (isSelection && exit.caseOf !== null) }),
    ),
    creator: creator(step),
    icon: step.kind === "subroutine" ? 0 : (icons[step.tool.name] ?? 100),
    ...{ left, top, right, bottom },
    ...{ node: step.node, label: step.labelText, notes: step.noteText },
    hasInput: step.kind === "start" || step.kind === "initiator" ? 0 : 1,
  };
}

function creator(step: StepBuilder): IhdObject {
  const { name, module } = step.tool;
  if (step.kind === "subroutine") return create(layouts.CSubroutineCreatorInfo, { name, module: "" });
  const isFirst = step.kind === "start" || step.kind === "initiator";
  const of = isFirst ? layouts.CInitiatorCreatorInfo : layouts.CToolCreatorInfo;
  return create(of as typeof layouts.CToolCreatorInfo, { name, module, unknown2: 1 });
}

function specific(step: StepBuilder, scope: Scope, base: ReturnType<typeof baseOf> & Links): IhdObject {
  const field = (name: string) => step.fields.get(name) ?? null;
  const expression = (name: string) => scope.expression(field(name));
  const variable = (name: string) => {
    const value = field(name);
    return value?.kind === "variable" ? scope.variable(value.name) : null;
  };
  const args = step.signature
    ? { arguments: step.signature.of.parameters.map((_, at) => scope.expression(step.arguments[at] ?? null)) }
    : {};
  switch (classNameOf(step)) {
    case "CIdInitSubroutine":
      return create(layouts.CIdInitSubroutine, {
        ...base,
        parameters: step.parameters.map(ihdParameter),
        variableNames: step.parameterVariables,
      });
    case "CIdInitExtern":
      return create(layouts.CIdInitExtern, {
        ...{ ...base, ...args },
        objectId: step.objectId,
        eventId: step.eventId,
      });
    case "CIdFuncExtern":
      return create(layouts.CIdFuncExtern, { ...base, ...args });
    case "CIdWriteTraceMsgStep":
      return create(layouts.CIdWriteTraceMsgStep, { ...base, ...args, level: 100 });
    case "CIdSubroutineStep":
      return create(layouts.CIdSubroutineStep, { ...base, ...args });
    case "CIdAssignmentStep": {
      const fields = { variable: variable("LHS"), expression: expression("RHS") };
      return create(layouts.CIdAssignmentStep, { ...base, ...fields });
    }
    case "CIdConditionStep":
      return create(layouts.CIdConditionStep, { ...base, expression: expression("Condition") });
    case "CIdSelectionStep":
      return create(layouts.CIdSelectionStep, {
        ...base,
        cases: step.exits.map((exit) => scope.expression(exit.caseOf)),
      });
    case "CIdStartDebugStep": {
      const text = field("Text");
      return create(layouts.CIdStartDebugStep, {
        ...base,
        text: text?.kind === "literal" ? String(text.value) : "",
      });
    }
    case "CIdListRemoveHeadStep":
      return create(layouts.CIdListRemoveHeadStep, { ...base, list: variable("List") });
    case "CIdListInsertTailStep": {
      const fields = { list: variable("List"), value: expression("Value") };
      return create(layouts.CIdListInsertTailStep, { ...base, ...fields });
    }
    case "CIdListGetAtStep": {
      const fields = { target: variable("OutputVariable"), index: expression("Index") };
      return create(layouts.CIdListGetAtStep, { ...base, list: variable("List"), ...fields });
    }
    default:
      throw new Error(`${step.tool.name}: no .ihd class is known for it; write this handler as XML`);
  }
}
