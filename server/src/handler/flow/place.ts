import * as l10n from "@vscode/l10n";
import type { Canvas, Handler, Rect, Step } from "../model";
import type { Problem } from "../../problem";
import { PORT_PITCH } from "./ports";
import type { FlowCode } from "./rules";

/**
 * Designer draws on a Windows device context, whose coordinates have 16 bits; its own canvas is 10,000 x 10,000
 * (seen in real files). A coordinate beyond is damage.
 */
export const COORDINATE_LIMIT = 32_767;

const WIDEST = 4_000;
const TALLEST = 16_000;
/** A step narrower or lower than this cannot be seen or hit; the smallest box in real files is 36 x 89. */
const SMALLEST = 30;

/** Sizes Designer gives new steps (seen in real files): 100 x 89, with two exits 101, each further one 23 more. */
export function usualSize(step: Step): { width: number; height: number } {
  const exits = step.exits.length;
  const text = Math.max(step.label.length, ...step.exits.map(({ label }) => Math.min(label.length, 22) + 3));
  return {
    width: Math.min(220, Math.max(100, Math.round(24 + text * 6.2))),
    height: Math.min(TALLEST, Math.max(89, 55 + PORT_PITCH * exits)),
  };
}

export interface Placement {
  /** In the order of the handler's steps. Empty when the handler needs an automatic layout. */
  readonly rects: readonly Rect[];
  readonly problems: readonly Problem[];
}

/**
 * The rectangles of the file, made drawable: edges in order, sizes and positions within bounds, and a place for
 * steps that have none. Null when the source has no usable rectangles at all.
 */
export function storedRects(handler: Handler): Placement | null {
  const { steps } = handler;
  if (steps.length === 0) return { rects: [], problems: [] };
  const places = new Set(steps.map(({ rect }) => `${rect.left} ${rect.top}`));
  if (steps.every((step) => !hasSize(step.rect)) && places.size === 1) return null;
  if (steps.length > 1 && places.size === 1) return null;

  const clamped: Step[] = [];
  const sized: Step[] = [];
  const homeless: number[] = [];
  const far = limits(handler.canvas);
  const rects = steps.map((step, index) => {
    const rect = ordered(step.rect);
    if (!hasSize(rect)) {
      // What is missing in a step that was read in part is said by the reader.
      if (step.complete) sized.push(step);
      if (!isFinitePlace(rect) || (rect.left === 0 && rect.top === 0)) homeless.push(index);
    }
    const { width, height } = sizeOf(step, rect);
    const left = clamp(rect.left, -far, far);
    const top = clamp(rect.top, -far, far);
    if (left !== rect.left || top !== rect.top || width < rect.right - rect.left - 1) clamped.push(step);
    return { left, top, right: left + width, bottom: top + height };
  });
  if (homeless.length === steps.length) return null;
  settle(rects, homeless);
  return {
    rects,
    problems: [
      ...said(clamped, "flow/out-of-bounds", (names) =>
        l10n.t(
          "{0}: the stored position or size is not on Designer's canvas; drawn at the nearest place or smaller. The file may be damaged: open it in Designer and move the step.",
          names,
        ),
      ),
      ...said(sized, "flow/no-size", (names) =>
        l10n.t("{0}: the stored rectangle is empty; drawn with the usual size.", names),
      ),
    ],
  };
}

function limits(canvas: Canvas | null): number {
  const stored = canvas ? Math.max(canvas.width, canvas.height) : 0;
  return Math.min(COORDINATE_LIMIT, Math.max(10_000, Number.isFinite(stored) ? stored * 2 : 0));
}

function sizeOf(step: Step, rect: Rect): { width: number; height: number } {
  if (!hasSize(rect)) return usualSize(step);
  return {
    width: clamp(rect.right - rect.left, SMALLEST, WIDEST),
    height: clamp(rect.bottom - rect.top, SMALLEST, TALLEST),
  };
}

/** Puts steps without a place into a row below the others. */
function settle(rects: Rect[], homeless: readonly number[]): void {
  if (homeless.length === 0) return;
  const without = new Set(homeless);
  const others = rects.filter((_, index) => !without.has(index));
  let left = others.reduce((least, rect) => Math.min(least, rect.left), Infinity);
  const top = others.reduce((most, rect) => Math.max(most, rect.bottom), -Infinity) + 60;
  for (const index of homeless) {
    const rect = rects[index]!;
    const width = rect.right - rect.left;
    rects[index] = { left, top, right: left + width, bottom: top + rect.bottom - rect.top };
    left += width + 60;
  }
}

const isFinitePlace = (rect: Rect): boolean => Number.isFinite(rect.left) && Number.isFinite(rect.top);

function hasSize(rect: Rect): boolean {
  const width = Math.abs(rect.right - rect.left);
  const height = Math.abs(rect.bottom - rect.top);
  return Number.isFinite(width) && Number.isFinite(height) && width > 0 && height > 0;
}

function ordered(rect: Rect): Rect {
  return {
    left: Math.min(rect.left, rect.right),
    top: Math.min(rect.top, rect.bottom),
    right: Math.max(rect.left, rect.right),
    bottom: Math.max(rect.top, rect.bottom),
  };
}

/** NaN becomes 0. */
export function clamp(value: number, least: number, most: number): number {
  return Number.isNaN(value) ? 0 : Math.min(most, Math.max(least, value));
}

/** One problem for all steps with the same defect: a damaged file has it often. */
function said(steps: readonly Step[], code: FlowCode, message: (names: string) => string): Problem[] {
  const first = steps[0];
  if (!first) return [];
  const names = steps.slice(0, 3).map((step) => `"${step.label}" (${step.node})`);
  const rest = steps.length - names.length;
  return [
    {
      code,
      severity: "warning",
      message: message(rest > 0 ? l10n.t("{0} and {1} more", names.join(", "), rest) : names.join(", ")),
      place: { node: first.node, label: first.label },
    },
  ];
}
