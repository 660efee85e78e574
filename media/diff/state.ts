import type { Viewport } from "../flow/viewport";

export type Arrangement = "side" | "overlaid";

/** What the view remembers while it is hidden and when the window is opened again. */
export interface SavedState {
  /** For the editor: what is compared. */
  readonly source?: unknown;
  readonly arrangement?: Arrangement;
  /** Position of the selected change. */
  readonly change?: number | null;
  /** Of the new picture, or of the overlaid one. */
  readonly viewport?: Viewport;
}

/** The remembered state as far as it is of the right form; another version of the view may have written it. */
export function savedState(value: unknown): SavedState {
  if (typeof value !== "object" || value === null) return {};
  const { source, arrangement, change, viewport } = value as Record<string, unknown>;
  return {
    source,
    ...(arrangement === "side" || arrangement === "overlaid" ? { arrangement } : {}),
    ...(typeof change === "number" || change === null ? { change } : {}),
    ...(isViewport(viewport) ? { viewport } : {}),
  };
}

function isViewport(value: unknown): value is Viewport {
  if (typeof value !== "object" || value === null) return false;
  const { x, y, scale } = value as Record<string, unknown>;
  return [x, y, scale].every((each) => Number.isFinite(each)) && (scale as number) > 0;
}
