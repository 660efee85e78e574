import type { Expression } from "./expression";
import type { Argument, StepKind } from "./model";

/** One argument of a native step, under the field name Designer's XML exports use. */
export interface NativeField {
  readonly name: string;
  readonly direction: "in" | "out";
  /** true only where the step makes no sense without it; what Designer itself insists on is not documented. */
  readonly required: boolean;
  readonly secret: boolean;
  /** true: an export may hold plain text (a table's name) instead of an expression; which is not documented. */
  readonly mayBeText: boolean;
  /** Set when only one of the two sources holds the field. */
  readonly onlyIn?: "ihd" | "xml";
}

/** A step Designer brings itself: its creator has no module. */
export interface NativeTool {
  readonly name: string;
  /** MFC class in an `.ihd`; "" where no file with one has been seen. */
  readonly className: string;
  /** In Designer's order (that of its XML exports), which need not be the order in an `.ihd`. */
  readonly fields: readonly NativeField[];
}

const input = (name: string): NativeField => ({
  name,
  direction: "in",
  required: true,
  secret: false,
  mayBeText: false,
});
const output = (name: string): NativeField => ({ ...input(name), direction: "out" });
const optional = (name: string): NativeField => ({ ...input(name), required: false });
const text = (name: string): NativeField => ({ ...optional(name), mayBeText: true });
const secret = (name: string): NativeField => ({ ...text(name), secret: true });

/**
 * Every native tool seen in real handlers, by the name its creator carries. Field names and their order are
 * those of real XML exports, classes those of real `.ihd` files; RemoveHead was seen in `.ihd` files only.
 */
export const nativeTools: readonly NativeTool[] = [
  { name: "Assignment", className: "CIdAssignmentStep", fields: [output("LHS"), input("RHS")] },
  { name: "Condition", className: "CIdConditionStep", fields: [input("Condition")] },
  // Its cases belong to its exits.
  { name: "Selection", className: "CIdSelectionStep", fields: [] },
  {
    name: "Notify Debugger",
    className: "CIdStartDebugStep",
    fields: [{ ...optional("Text"), onlyIn: "ihd" }],
  },
  { name: "InsertAtTail", className: "CIdListInsertTailStep", fields: [input("List"), input("Value")] },
  { name: "InsertAtHead", className: "", fields: [input("List"), input("Value")] },
  { name: "InsertAt", className: "", fields: [input("List"), input("Value"), input("Index")] },
  { name: "SetAt", className: "", fields: [input("List"), input("Value"), input("Index")] },
  { name: "RemoveAt", className: "", fields: [input("List"), input("Index")] },
  { name: "RemoveHead", className: "CIdListRemoveHeadStep", fields: [input("List")] },
  { name: "RemoveAll", className: "", fields: [input("List")] },
  {
    name: "GetAt",
    className: "CIdListGetAtStep",
    fields: [input("List"), input("Index"), output("OutputVariable")],
  },
  {
    name: "Find",
    className: "",
    fields: [
      input("List"),
      optional("Index"),
      input("Value"),
      output("OutputVariable"),
      text("StringMatch"),
      text("CaseSensitive"),
    ],
  },
  {
    name: "DB Open",
    className: "",
    fields: [
      { ...text("DataSource"), required: true },
      text("UserName"),
      secret("Password"),
      output("DatabaseVariable"),
      text("MaxDatabaseConnections"),
    ],
  },
  {
    name: "DB Get Connection",
    className: "",
    fields: [input("DatabaseVariable"), output("DatabaseConnectionVariable"), text("Timeout")],
  },
  {
    name: "DB Query",
    className: "",
    fields: [
      text("FromTable"),
      input("DatabaseConnectionVariable"),
      text("DatabaseWhereClause"),
      text("DataSource"),
      text("TableName"),
      text("Timeout"),
    ],
  },
  { name: "DB Fetch", className: "", fields: [input("DatabaseConnection"), text("Timeout")] },
  { name: "DB Release Connection", className: "", fields: [input("DatabaseConnectionVariable")] },
  { name: "DB Close", className: "", fields: [input("DatabaseVariable")] },
];

const toolByName = new Map(nativeTools.map((tool) => [tool.name, tool]));

export function nativeTool(name: string): NativeTool | undefined {
  return toolByName.get(name);
}

/**
 * The field of that name, also for tools and names not in the table: such a field is an optional input, and
 * secret if its name speaks of a password, so that an unknown tool's password is not shown either.
 */
export function nativeField(tool: string, name: string): NativeField {
  return (
    toolByName.get(tool)?.fields.find((field) => field.name === name) ??
    (isSecretLabel(name) ? secret(name) : text(name))
  );
}

/** Whether a parameter's label speaks of a password: its value is masked wherever it is shown. */
export function isSecretLabel(label: string): boolean {
  return /passw|\bpwd\b/i.test(label);
}

/** A native step's argument. Neither source says the types of native fields. */
export function nativeArgument(field: NativeField, value: Expression | null): Argument {
  return {
    label: field.name,
    direction: field.direction,
    type: { name: "", module: "" },
    required: field.required,
    value,
    secret: field.secret,
  };
}

/** The MFC class an `.ihd` file holds such a step in; "" where none has been seen. */
export function classNameOf(kind: StepKind, tool: { module: string; name: string }): string {
  switch (kind) {
    case "initiator":
      return "CIdInitExtern";
    case "start":
      return "CIdInitSubroutine";
    case "subroutine":
      return "CIdSubroutineStep";
    case "tool":
      // Looks like any external tool, but Designer keeps it in a class of its own.
      return tool.name === "Write Trace Message" ? "CIdWriteTraceMsgStep" : "CIdFuncExtern";
    case "native":
      return toolByName.get(tool.name)?.className ?? "";
  }
}
