/** What a difference is about. Users choose the kinds a comparison reports ("Diffs to Perform"). */
import * as l10n from "@vscode/l10n";

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
  kind(
    "properties",
    l10n.t("Handler properties"),
    l10n.t("Category, description, and which step is the first"),
  ),
  kind(
    "initiator",
    l10n.t("Initiator"),
    l10n.t("The event that starts the handler, or that it became a subroutine"),
  ),
  kind("initiator-ids", l10n.t("Initiator ids"), l10n.t("The object and event ids the initiator listens to")),
  kind(
    "parameters",
    l10n.t("Parameters"),
    l10n.t("The subroutine's own parameters: added, removed, moved, type, direction, default, variable"),
  ),
  kind("variable-added", l10n.t("Variables added"), l10n.t("Variables that only the new handler has")),
  kind("variable-removed", l10n.t("Variables removed"), l10n.t("Variables that only the old handler has")),
  kind("variable-type", l10n.t("Variable types"), l10n.t("Variables whose type changed")),
  kind("variable-initial", l10n.t("Initial values"), l10n.t("Variables whose initial value changed")),
  kind(
    "uses",
    l10n.t("Tools and subroutines used"),
    l10n.t("External tools and subroutines newly used or no longer used"),
  ),
  kind("step-added", l10n.t("Steps added"), l10n.t("Steps that only the new handler has")),
  kind("step-removed", l10n.t("Steps removed"), l10n.t("Steps that only the old handler has")),
  kind(
    "tool",
    l10n.t("Tool of a step"),
    l10n.t("The same step now uses another tool or calls another subroutine"),
  ),
  kind("label", l10n.t("Labels"), l10n.t("The label of a step")),
  kind("notes", l10n.t("Notes"), l10n.t("The notes of a step")),
  kind(
    "arguments",
    l10n.t("Arguments"),
    l10n.t("Values given to a step: expressions, conditions, variables, cases"),
  ),
  kind("exits", l10n.t("Exits"), l10n.t("Exit paths a step has: added, removed, renamed, return value")),
  kind("connections", l10n.t("Connections"), l10n.t("Where an exit path leads")),
  kind("tool-version", l10n.t("Tool versions"), l10n.t("The version stamp of an external tool")),
  kind(
    "tool-signature",
    l10n.t("Tool signatures"),
    l10n.t("Parameters and exits that a tool or initiator declares, and what runs it"),
  ),
  kind(
    "subroutine-signature",
    l10n.t("Subroutine signatures"),
    l10n.t("Parameters and exits that a called subroutine declares"),
  ),
  kind(
    "position",
    l10n.t("Positions"),
    l10n.t("Where a step stands on the canvas, and the bend points of its links"),
    true,
  ),
  kind(
    "compiled-name",
    l10n.t("Compiled names"),
    l10n.t("Names that publishing gives to the handler and to subroutines"),
    true,
  ),
  kind("type-table", l10n.t("Type table"), l10n.t("How many variable types the saving Designer knew"), true),
] as const;

export type DiffKindId = (typeof diffKinds)[number]["id"];

/** The kinds a comparison reports unless the user chose others. */
export const defaultKinds: ReadonlySet<DiffKindId> = new Set(
  diffKinds.filter(({ volatile }) => !volatile).map(({ id }) => id),
);

export const isDiffKind = (id: string): id is DiffKindId => diffKinds.some((each) => each.id === id);
