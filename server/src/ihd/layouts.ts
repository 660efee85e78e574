/**
 * Every class of the `.ihd` stream that is known, as worked out from real handler files written by Interaction
 * Designer 4.0 (2013-2015). Fields named `unknown...` are there in every file but their meaning is not known.
 */
import {
  always,
  always16,
  type Fields,
  flaggedObjects,
  groups,
  i32,
  layout,
  type Layout,
  literal,
  object,
  objects,
  sarr,
  str,
  u16,
  u32,
  u32Unless,
  u8,
  variant,
} from "./fields";

/** An exit path as a signature or a step declares it. */
const exits = groups({
  unknown1: always(1),
  unknown2: always(0),
  label: str,
  /** Signed when shown: 0xFFFFFFFF is a Selection's case. */
  returnValue: u32,
  /** Also 1 on every case of a Selection, which are no errors. */
  isError: u32,
});

/** What a tool, a subroutine and an initiator declare alike. */
const signature = { parameters: objects("parameter"), exits };

/** Arguments in parameter order; null = left empty. */
export const argumentBlock = { argumentsVersion: always(3), arguments: flaggedObjects("expression") };

/** What every step holds. */
export const stepBase = {
  stepVersion: always(4),
  unknown1: always(0),
  exits,
  creator: object("creator"),
  icon: u32Unless("creator", "CSubroutineCreatorInfo"),
  left: i32,
  top: i32,
  right: i32,
  bottom: i32,
  node: u32,
  label: str,
  notes: str,
  /** 0 only for initiator steps. */
  hasInput: u32,
  outgoing: objects("link"),
  incoming: objects("link"),
  unknown2: always(1),
} satisfies Fields;

/** The file itself, as one object without a tag. */
export const Root = layout("(file)", 0, "file", {
  promptTypesVersion: always(1),
  promptTypes: groups({
    unknown1: always16(1),
    module: str,
    name: str,
    label: str,
    unknown2: u32,
    unknown3: u32,
  }),
  unknown1: u32,
  unknown2: u32,
  unknown3: u32,
  unknown4: u32,
  unknown5: u32,
  unknown6: u32,
  unknown7: u32,
  unknown8: u32,
  unknown9: u32,
  compiledName: str,
  unknown10: u32,
  unknown11: u32,
  description: str,
  category: str,
  unknown12: always(3),
  types: objects("type"),
  subroutines: objects("subroutine"),
  initiators: objects("initiator"),
  tools: objects("tool"),
  nextNode: u32,
  canvasWidth: u32,
  canvasHeight: u32,
  gridX: u32,
  gridY: u32,
  unknown13: always(3),
  variables: objects("variable"),
  steps: objects("step"),
  start: object("step"),
});

export const CIdTypeDef = layout("CIdTypeDef", 6, "type", {
  unknown1: u32,
  attachFunction: str,
  unknown2: u32,
  unknown3: u32,
  name: str,
  builtIn: u32,
  description: str,
  typeBits: u32,
  runtimeModule: str,
  detachFunction: str,
  unknown4: u32,
  designModule: str,
  label: str,
});

export const CToolParm = layout("CToolParm", 5, "parameter", {
  /** 1: the default is the empty string, which is not "no default". */
  defaultIsBlank: u32,
  unknown1: str,
  unknown2: u8,
  hasDefault: u32,
  isInput: u32,
  control: object("control"),
  label: str,
  required: u32,
  unknown3: u32,
  typeName: str,
  default: str,
  defaultIsVariable: u32,
  typeModule: str,
});

export const CParmTypedComboBox = layout("CParmTypedComboBox", 0, "control", { unknown1: u32 });
export const CParmCheckBox = layout("CParmCheckBox", 0, "control", { unknown1: u32 });

export const CIdSubroutineDef = layout("CIdSubroutineDef", 0, "subroutine", {
  unknown1: always(4),
  unknown2: str,
  unknown3: str,
  unknown4: always(1),
  name: str,
  label: str,
  description: str,
  category: str,
  ...signature,
  compiledName: str,
});

export const CIdInitiator = layout("CIdInitiator", 1, "initiator", {
  unknown1: always(4),
  unknown2: str,
  unknown3: u32,
  unknown4: u32,
  unknown5: str,
  unknown6: always(1),
  label: str,
  name: str,
  description: str,
  category: str,
  ...signature,
  unknown7: u32,
  designModule: str,
  runtimeModule: str,
  unknown8: str,
  runtimeFunction: str,
  unknown9: str,
  unknown10: str,
  objectIds: sarr,
  unknown11: u32,
  eventIds: sarr,
  unknown12: u32,
  objectType: str,
  labels1: sarr,
  unknown13: u32,
  labels2: sarr,
  unknown14: u32,
  unknown15: u32,
});

export const CIdExternTool = layout("CIdExternTool", 0, "tool", {
  unknown1: always(4),
  unknown2: str,
  version: str,
  unknown3: always(1),
  label: str,
  name: str,
  description: str,
  category: str,
  ...signature,
  flags: u32,
  designModule: str,
  runtimeModule: str,
  unknown4: str,
  runtimeFunction: str,
  unknown5: str,
});

export const CIdVar = layout("CIdVar", 5, "variable", {
  initial: variant,
  unknown1: str,
  name: str,
  typeName: str,
  typeModule: str,
  /** What expressions and steps point to. */
  handlerVariable: object("handlerVariable"),
  unknown2: u16,
});

export const CHandlerVariable = layout("CHandlerVariable", 3, "handlerVariable", {
  watchModule: str,
  watchFunction: str,
  unknown1: str,
  unknown2: str,
  unknown3: always(0),
  typeBits: u32,
  name: str,
  unknown4: str,
  unknown5: str,
  attachModule: str,
  attachFunction: str,
  detachModule: str,
  detachFunction: str,
});

export const CCGVariableAccess = layout("CCGVariableAccess", 257, "expression", {
  typeBits: u32,
  unknown1: always(0),
  variable: object("handlerVariable"),
});

export const CCGLiteralValue = layout("CCGLiteralValue", 258, "expression", {
  typeBits: u32,
  unknown1: always(0),
  value: literal,
});

export const CCGFunctionCall = layout("CCGFunctionCall", 258, "expression", {
  typeBits: u32,
  arguments: objects("expression"),
  functionId: u32,
});

const creatorBase = { unknown1: always(0), name: str, module: str };
export const CToolCreatorInfo = layout("CToolCreatorInfo", 1, "creator", { ...creatorBase, unknown2: u32 });
export const CInitiatorCreatorInfo = layout("CInitiatorCreatorInfo", 1, "creator", {
  ...creatorBase,
  unknown2: u32,
});
export const CSubroutineCreatorInfo = layout("CSubroutineCreatorInfo", 1, "creator", creatorBase);

export const CIdLink = layout("CIdLink", 2, "link", {
  bends: groups({ x: i32, y: i32, flag: u32 }),
  from: object("step"),
  /** null = the exit is not connected. */
  to: object("step"),
  label: str,
});

export const CIdFuncExtern = layout("CIdFuncExtern", 3, "step", { ...argumentBlock, ...stepBase });
export const CIdSubroutineStep = layout("CIdSubroutineStep", 1, "step", { ...argumentBlock, ...stepBase });
export const CIdInitExtern = layout("CIdInitExtern", 3, "step", {
  ...argumentBlock,
  ...stepBase,
  unknown3: u32,
  objectId: str,
  eventId: str,
});
export const CIdInitSubroutine = layout("CIdInitSubroutine", 2, "step", {
  ...stepBase,
  unknown3: always(0),
  parameters: objects("parameter"),
  variableNames: sarr,
  unknown4: u32,
});
export const CIdAssignmentStep = layout("CIdAssignmentStep", 1, "step", {
  ...stepBase,
  variable: object("handlerVariable"),
  expression: object("expression"),
});
export const CIdConditionStep = layout("CIdConditionStep", 1, "step", {
  ...stepBase,
  expression: object("expression"),
});
export const CIdSelectionStep = layout("CIdSelectionStep", 1, "step", {
  ...stepBase,
  /** One for each exit; null for the last, `Default`. */
  cases: objects("expression"),
});
export const CIdStartDebugStep = layout("CIdStartDebugStep", 1, "step", { ...stepBase, text: str });
export const CIdListRemoveHeadStep = layout("CIdListRemoveHeadStep", 1, "step", {
  ...stepBase,
  list: object("handlerVariable"),
});
export const CIdListInsertTailStep = layout("CIdListInsertTailStep", 1, "step", {
  ...stepBase,
  list: object("handlerVariable"),
  value: object("expression"),
});
export const CIdListGetAtStep = layout("CIdListGetAtStep", 1, "step", {
  ...stepBase,
  list: object("handlerVariable"),
  target: object("handlerVariable"),
  index: object("expression"),
});
export const CIdWriteTraceMsgStep = layout("CIdWriteTraceMsgStep", 1, "step", {
  ...argumentBlock,
  ...stepBase,
  level: u32,
});

/** All classes that can stand behind a tag, by name. */
export const layouts: ReadonlyMap<string, Layout> = new Map(
  (
    [
      CIdTypeDef,
      CToolParm,
      CParmTypedComboBox,
      CParmCheckBox,
      CIdSubroutineDef,
      CIdInitiator,
      CIdExternTool,
      CIdVar,
      CHandlerVariable,
      CCGVariableAccess,
      CCGLiteralValue,
      CCGFunctionCall,
      CToolCreatorInfo,
      CInitiatorCreatorInfo,
      CSubroutineCreatorInfo,
      CIdLink,
      CIdFuncExtern,
      CIdSubroutineStep,
      CIdInitExtern,
      CIdInitSubroutine,
      CIdAssignmentStep,
      CIdConditionStep,
      CIdSelectionStep,
      CIdStartDebugStep,
      CIdListRemoveHeadStep,
      CIdListInsertTailStep,
      CIdListGetAtStep,
      CIdWriteTraceMsgStep,
    ] as Layout[]
  ).map((each) => [each.className, each]),
);
