/** What a difference is about. Users choose the kinds a comparison reports ("Diffs to Perform"). */
export interface DiffKind {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** true: changes without anybody changing the handler's logic, so off unless asked for. */
  readonly volatile: boolean;
}

const kind = <Id extends string>(id: Id, name: string, description: string, volatile = false) =>
  ({ id, name, description, volatile }) as const satisfies DiffKind;

/** All kinds, in the order reports show them. */
export const diffKinds = [
  kind("properties", "Handler properties", "Category, description, and which step is the first"),
  kind("initiator", "Initiator", "The event that starts the handler, or that it became a subroutine"),
  kind("initiator-ids", "Initiator ids", "The object and event ids the initiator listens to"),
  kind(
    "parameters",
    "Parameters",
    "The subroutine's own parameters: added, removed, moved, type, direction, default, variable",
  ),
  kind("variable-added", "Variables added", "Variables that only the new handler has"),
  kind("variable-removed", "Variables removed", "Variables that only the old handler has"),
  kind("variable-type", "Variable types", "Variables whose type changed"),
  kind("variable-initial", "Initial values", "Variables whose initial value changed"),
  kind("uses", "Tools and subroutines used", "External tools and subroutines newly used or no longer used"),
  kind("step-added", "Steps added", "Steps that only the new handler has"),
  kind("step-removed", "Steps removed", "Steps that only the old handler has"),
  kind("tool", "Tool of a step", "The same step now uses another tool or calls another subroutine"),
  kind("label", "Labels", "The label of a step"),
  kind("notes", "Notes", "The notes of a step"),
  kind("arguments", "Arguments", "Values given to a step: expressions, conditions, variables, cases"),
  kind("exits", "Exits", "Exit paths a step has: added, removed, renamed, return value"),
  kind("connections", "Connections", "Where an exit path leads"),
  kind("tool-version", "Tool versions", "The version stamp of an external tool"),
  kind(
    "tool-signature",
    "Tool signatures",
    "Parameters and exits that a tool or initiator declares, and what runs it",
  ),
  kind(
    "subroutine-signature",
    "Subroutine signatures",
    "Parameters and exits that a called subroutine declares",
  ),
  kind("position", "Positions", "Where a step stands on the canvas, and the bend points of its links", true),
  kind(
    "compiled-name",
    "Compiled names",
    "Names that publishing gives to the handler and to subroutines",
    true,
  ),
  kind("type-table", "Type table", "How many variable types the saving Designer knew", true),
] as const;

export type DiffKindId = (typeof diffKinds)[number]["id"];

/** The kinds a comparison reports unless the user chose others. */
export const defaultKinds: ReadonlySet<DiffKindId> = new Set(
  diffKinds.filter(({ volatile }) => !volatile).map(({ id }) => id),
);

export const isDiffKind = (id: string): id is DiffKindId => diffKinds.some((each) => each.id === id);
