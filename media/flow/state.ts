import type { Viewport } from "./viewport";

/** What the view remembers while it is hidden and when the window is opened again. */
export interface SavedState {
  readonly viewport?: Viewport;
  /** Node id of the selected step. */
  readonly node?: number | null;
  readonly query?: string;
  readonly stepsShown?: boolean;
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

/** The remembered state as far as it is of the right form; another version of the view may have written it. */
export function savedState(value: unknown): SavedState {
  if (typeof value !== "object" || value === null) return {};
  const { viewport, node, query, stepsShown } = value as Record<string, unknown>;
  return {
    ...(isViewport(viewport) ? { viewport } : {}),
    ...(isNumber(node) || node === null ? { node } : {}),
    ...(typeof query === "string" ? { query } : {}),
    ...(typeof stepsShown === "boolean" ? { stepsShown } : {}),
  };
}

function isViewport(value: unknown): value is Viewport {
  if (typeof value !== "object" || value === null) return false;
  const { x, y, scale } = value as Record<string, unknown>;
  return isNumber(x) && isNumber(y) && isNumber(scale) && scale > 0;
}
