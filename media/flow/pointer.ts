/** A press that moves less than this many pixels is a click. */
const STILL = 4;
const LINE = 16;

/** Wheel: pans; with Ctrl (which is also what a pinch on a touchpad sends) zooms about the pointer. */
export function wheel(
  target: HTMLElement,
  does: { pan(dx: number, dy: number): void; zoom(factor: number, x: number, y: number): void },
): void {
  target.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const unit =
        event.deltaMode === WheelEvent.DOM_DELTA_LINE
          ? LINE
          : event.deltaMode === WheelEvent.DOM_DELTA_PAGE
            ? target.clientHeight
            : 1;
      const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
      if (event.ctrlKey || event.metaKey) {
        const box = target.getBoundingClientRect();
        const step = Math.max(-60, Math.min(60, dy));
        does.zoom(Math.exp(-step * 0.006), event.clientX - box.left, event.clientY - box.top);
      } else if (event.shiftKey && dx === 0) does.pan(dy, 0);
      else does.pan(dx, dy);
    },
    { passive: false },
  );
}

/** Drag with the first or middle button; clicks are told from drags, places are pixels of the target. */
export function drag(
  target: HTMLElement,
  does: {
    move(dx: number, dy: number): void;
    click?(x: number, y: number): void;
    doubleClick?(x: number, y: number): void;
  },
): void {
  let last: { id: number; x: number; y: number; startX: number; startY: number; moved: boolean } | null =
    null;
  const local = (event: MouseEvent): [number, number] => {
    const box = target.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  target.addEventListener("pointerdown", (event) => {
    if (event.button > 1) return;
    if (event.button === 1) event.preventDefault();
    last = {
      id: event.pointerId,
      x: event.clientX,
      y: event.clientY,
      startX: event.clientX,
      startY: event.clientY,
      moved: false,
    };
    target.setPointerCapture(event.pointerId);
  });
  target.addEventListener("pointermove", (event) => {
    if (!last || event.pointerId !== last.id) return;
    if (!last.moved && Math.hypot(event.clientX - last.startX, event.clientY - last.startY) < STILL) return;
    last.moved = true;
    target.classList.add("dragging");
    does.move(event.clientX - last.x, event.clientY - last.y);
    last.x = event.clientX;
    last.y = event.clientY;
  });
  const end = (event: PointerEvent): void => {
    if (!last || event.pointerId !== last.id) return;
    const click = !last.moved && event.type === "pointerup" && event.button === 0;
    last = null;
    target.classList.remove("dragging");
    if (click) does.click?.(...local(event));
  };
  target.addEventListener("pointerup", end);
  target.addEventListener("pointercancel", end);
  target.addEventListener("dblclick", (event) => does.doubleClick?.(...local(event)));
}
