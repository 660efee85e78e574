import type { Order } from "./rows";

/** What the view remembers while it is hidden and when the window is opened again. */
export interface SavedState {
  readonly expanded: readonly string[];
  readonly active: string;
  readonly filter: string;
  readonly order: Order | undefined;
  readonly problemsOpen: boolean;
}

/** More open folders are not remembered. */
const mostExpanded = 5000;

/** The remembered state as far as it is of the right form; another version of the view may have written it. */
export function savedState(value: unknown): SavedState {
  const { expanded, active, filter, order, problemsOpen } = isRecord(value) ? value : {};
  return {
    expanded: Array.isArray(expanded)
      ? expanded.filter((key): key is string => typeof key === "string").slice(0, mostExpanded)
      : [],
    active: typeof active === "string" ? active : "",
    filter: typeof filter === "string" ? filter : "",
    order: isOrder(order) ? order : undefined,
    problemsOpen: problemsOpen !== false,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isOrder(value: unknown): value is Order {
  return (
    isRecord(value) &&
    typeof value["descending"] === "boolean" &&
    ["name", "size", "packed", "modified", "encryption", "problems"].includes(String(value["column"]))
  );
}
