import type { FlowRequest } from "../../server/src/protocol";
import { element } from "../flow/elements";
import { Minimap } from "../flow/minimap";
import { overviewOf } from "../flow/overview";
import { Stage } from "../flow/stage";
import type { ChangeStatus } from "./order";
import { centred, opening, showing } from "../flow/viewport";

const READING_SCALE = 0.85;

export interface PaneEvents {
  readonly clicked: (step: number | null) => void;
  readonly doubleClicked: (step: number) => void;
  readonly moved: () => void;
  /** The user is about to move this picture. */
  readonly taken: () => void;
}

/** One picture with its heading and minimap. */
export class Pane {
  readonly root: HTMLElement;
  readonly stage: Stage;
  private readonly heading = element("h2", { class: "pane-title" });
  private readonly minimap: Minimap;
  private flow: FlowRequest.Result | null = null;

  constructor(name: string, events: PaneEvents) {
    this.stage = new Stage(
      {
        clicked: events.clicked,
        doubleClicked: events.doubleClicked,
        moved: () => {
          this.minimap.follow(this.stage.viewport, this.stage.size);
          events.moved();
        },
      },
      true,
    );
    this.minimap = new Minimap((x, y) => {
      events.taken();
      this.stage.set(centred([x, y, x, y], this.stage.viewport.scale, this.stage.size));
    });
    this.root = element(
      "section",
      { class: `pane ${name}` },
      this.heading,
      element("div", { class: "picture" }, this.stage.root, this.minimap.root),
    );
    for (const type of ["pointerdown", "wheel", "keydown"])
      this.root.addEventListener(type, events.taken, { capture: true, passive: true });
  }

  /** `statuses`: of steps that differ. */
  show(
    flow: FlowRequest.Result,
    statuses: ReadonlyMap<number, ChangeStatus>,
    title: string,
    help: string,
  ): void {
    // Seen from far, and in the minimap, only what differs has a colour.
    const steps = flow.steps.map((step, at) => ({ ...step, family: statuses.get(at) ?? "same" }));
    const overview = overviewOf({ ...flow, steps });
    this.flow = flow;
    this.heading.textContent = title;
    this.stage.root.setAttribute("aria-label", title);
    this.stage.root.setAttribute("aria-description", help);
    this.stage.show(flow, overview);
    this.minimap.show(flow, overview);
  }

  /** Where the flow begins, or all of it. */
  open(): void {
    const { flow } = this;
    if (!flow) return;
    this.stage.measure();
    const start = flow.start === null ? null : flow.steps[flow.start]!.rect;
    this.stage.set(opening(flow.bounds, start, this.stage.size));
  }

  select(step: number | null): void {
    this.stage.mark({ selected: step, matches: [] });
  }

  /** Moves as little as needed to have the step in view, at a size to read. */
  reveal(step: number): void {
    const rect = this.flow?.steps[step]?.rect;
    if (!rect) return;
    this.stage.measure();
    const { viewport, size } = this.stage;
    const next = viewport.scale < 0.5 ? centred(rect, READING_SCALE, size) : showing(viewport, rect, size);
    this.stage.set(next, true);
  }
}
