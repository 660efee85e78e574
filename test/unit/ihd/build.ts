import { create, type IhdObject } from "../../../server/src/ihd/fields";
import {
  CCGLiteralValue,
  CCGVariableAccess,
  CHandlerVariable,
  CIdAssignmentStep,
  CIdInitSubroutine,
  CIdLink,
  CIdVar,
  CInitiatorCreatorInfo,
  CIdTypeDef,
  CIdListGetAtStep,
  CIdWriteTraceMsgStep,
  CToolCreatorInfo,
  Root,
} from "../../../server/src/ihd/layouts";

/** Fields are readonly for everybody but builders. */
type Open = Record<string, unknown>;

const promptTypes = ["Prompt", "Sequence", "InternationalString"].map((name, i) => ({
  unknown1: 1,
  module: "PromptTools",
  name,
  label: name,
  unknown2: 0,
  unknown3: i === 2 ? 32 : 0,
}));

const exit = (label: string) => ({ unknown1: 1, unknown2: 0, label, returnValue: 0, isError: 0 });

/** Links a step's only exit to the next step, as Designer stores it. */
export function connect(from: IhdObject, to: IhdObject | null, label = "Next"): void {
  const link = create(CIdLink, { from, to, label });
  (from as Open)["outgoing"] = [...(from["outgoing"] as IhdObject[]), link];
  if (to) (to as Open)["incoming"] = [...(to["incoming"] as IhdObject[]), link];
}

export interface BuiltFile {
  readonly root: IhdObject;
  readonly steps: IhdObject[];
  readonly variable: IhdObject;
}

const constants = { stepVersion: 4, unknown1: 0, unknown2: 1 };

/** A start and `steps` (made by `make`) one after the other, with one String variable `text`. */
export function chain(
  steps: number,
  make: (i: number, variable: IhdObject) => IhdObject = assignment,
): BuiltFile {
  const variable = create(CHandlerVariable, { name: "text", typeBits: 1 });
  const start = create(CIdInitSubroutine, {
    ...constants,
    exits: [exit("Start")],
    creator: create(CInitiatorCreatorInfo, { name: "Subroutine" }),
    label: "Start",
  });
  const all: IhdObject[] = [start];
  for (let i = 1; i <= steps; i++) all.push(make(i, variable));
  all.forEach((each, i) => connect(each, all[i + 1] ?? null, i === 0 ? "Start" : "Next"));
  const root = create(Root, {
    promptTypesVersion: 1,
    promptTypes,
    unknown12: 3,
    unknown13: 3,
    types: [create(CIdTypeDef, { name: "String", typeBits: 1, builtIn: 1, label: "String" })],
    nextNode: steps + 1,
    variables: [create(CIdVar, { name: "text", typeName: "String", handlerVariable: variable })],
    steps: all,
    start,
  });
  return { root, steps: all, variable };
}

/** The base fields of a native step with one exit. */
export const nativeBase = (i: number, tool: string) => ({
  ...constants,
  exits: [exit("Next")],
  creator: create(CToolCreatorInfo, { name: tool }),
  hasInput: 1,
  node: i,
  label: `Step ${i}`,
  left: 100 * i,
  right: 100 * i + 80,
  bottom: 80,
});

/** `text = text` */
export function assignment(i: number, variable: IhdObject): IhdObject {
  return create(CIdAssignmentStep, {
    ...nativeBase(i, "Assignment"),
    variable,
    expression: create(CCGVariableAccess, { typeBits: 1, variable }),
  });
}

/** GetAt with some of its three references left empty. */
export function getAt(
  i: number,
  list: IhdObject | null,
  target: IhdObject | null,
  index: IhdObject | null,
): IhdObject {
  return create(CIdListGetAtStep, { ...nativeBase(i, "GetAt"), list, target, index });
}

/** Write Trace Message with a text and a variable. */
export function traceMessage(i: number, variable: IhdObject): IhdObject {
  return create(CIdWriteTraceMsgStep, {
    argumentsVersion: 3,
    arguments: [
      create(CCGLiteralValue, { typeBits: 1, value: `message ${i}` }),
      create(CCGVariableAccess, { typeBits: 1, variable }),
    ],
    ...nativeBase(i, "Write Trace Message"),
    level: 20 * i,
  });
}
