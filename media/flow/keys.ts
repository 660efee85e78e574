import type { Direction } from "./navigation";

/** What a key does while the picture has the focus. */
export type Action =
  | { readonly does: "follow" | "pan"; readonly direction: Direction }
  /** Counted from 0 among the exits that lead somewhere. */
  | { readonly does: "exit"; readonly position: number }
  | {
      readonly does:
        | "zoomIn"
        | "zoomOut"
        | "fit"
        | "search"
        | "list"
        | "start"
        | "open"
        | "openSubroutine"
        | "back"
        | "pageDown"
        | "pageUp";
    };

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowRight: "right",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowUp: "up",
};

const PLAIN: Readonly<Record<string, Extract<Action, { does: string }>["does"]>> = {
  "+": "zoomIn",
  "=": "zoomIn",
  "-": "zoomOut",
  "0": "fit",
  "/": "search",
  l: "list",
  L: "list",
  Home: "start",
  Enter: "open",
  s: "openSubroutine",
  S: "openSubroutine",
  Escape: "back",
  PageDown: "pageDown",
  PageUp: "pageUp",
};

/** Null for keys that mean nothing here: the editor gets them. */
export function actionOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyPress): Action | null {
  if (ctrlKey || metaKey || altKey) return null;
  const direction = ARROWS[key];
  if (direction) return { does: shiftKey ? "pan" : "follow", direction };
  if (/^[1-9]$/.test(key)) return { does: "exit", position: Number(key) - 1 };
  const does = PLAIN[key];
  return does === undefined ? null : ({ does } as Action);
}
