import type { Point, Rect, StepKind } from "../model";
import type { Problem } from "../../problem";
import type { IconKind } from "./icon";

/** An exit path as a port on the right edge of its box, in the order of the step's exits. */
export interface Port {
  readonly label: string;
  readonly returnValue: number;
  readonly isError: boolean;
  /** Index of the box it leads to; null = not connected, drawn as a stub. */
  readonly to: number | null;
  readonly at: Point;
}

/** A step as it is drawn. */
export interface Box {
  readonly node: number;
  readonly kind: StepKind;
  readonly label: string;
  /** The tool's label as Designer's palette shows it, or its name where the label is not known. */
  readonly tool: string;
  /** `module:name`, or the name alone for Designer's own steps and subroutine calls. */
  readonly identity: string;
  readonly icon: IconKind;
  readonly rect: Rect;
  readonly ports: readonly Port[];
  readonly hasNotes: boolean;
  /** false: the reader lost its way inside this step. */
  readonly complete: boolean;
}

/** The line of a connected exit, from its port to the middle of the next box's left edge. */
export interface Link {
  /** Index of the box it leaves. */
  readonly from: number;
  /** Index of the port it leaves. */
  readonly exit: number;
  /** Index of the box it enters. */
  readonly to: number;
  readonly points: readonly Point[];
  readonly isError: boolean;
  /** It leads to the left: a loop, or the next row of a long handler. */
  readonly back: boolean;
  /** true: through the bend points of the file; false: the file has none, the line is ours. */
  readonly stored: boolean;
}

/** A handler's picture: geometry only, in Designer's units (pixels at 100 %). Indices are those of `boxes`. */
export interface Flow {
  readonly name: string;
  /** `automatic`: the source has no usable rectangles, the arrangement is ours. */
  readonly layout: "stored" | "automatic";
  /** Everything drawn, with a margin. */
  readonly bounds: Rect;
  readonly boxes: readonly Box[];
  readonly links: readonly Link[];
  /** What had to be corrected to draw it. */
  readonly problems: readonly Problem[];
}
