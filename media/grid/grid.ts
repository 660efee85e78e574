import type { FromGrid, GridCell, GridShape, GridStrings } from "../../server/src/protocol";
import { element } from "../flow/elements";
import { Rows } from "./rows";
import { afterKey, rectangle, type Selected, start } from "./selection";

const rowHeight = 22;
/** Rows drawn above and below what is seen. */
const around = 6;
/** A scroll area cannot be higher than this in browsers; more rows are reached by scaling. */
const highest = 15_000_000;
const narrowest = 60;
const widest = 420;

/** A row of the page; it shows one row of the result after the other. */
interface PooledRow {
  readonly row: HTMLElement;
  readonly cells: readonly HTMLElement[];
  readonly number: HTMLElement;
  /** Something in it is selected. */
  marked: boolean;
}

/** A table of any length: only the rows that are seen are in the page. */
export class GridView {
  private shape: GridShape = { title: "", columns: [], rows: 0, total: 0 };
  private readonly rows: Rows;
  private selected: Selected = start;
  private widths: number[] = [];
  private measured = false;
  private drawing = false;
  private dragging = false;
  private readonly pool: PooledRow[] = [];
  private readonly title = element("h1");
  private readonly head = element("div", { class: "head", role: "row", "aria-rowindex": 1 });
  private readonly space = element("div", { class: "space", role: "presentation" });
  private readonly scroller: HTMLElement;
  private readonly status = element("span", { class: "status", role: "status" });

  constructor(
    root: HTMLElement,
    private readonly strings: GridStrings,
    private readonly send: (message: FromGrid) => void,
  ) {
    this.rows = new Rows((from, count) => send({ type: "fetch", from, count }));
    this.scroller = element(
      "div",
      {
        class: "scroller",
        role: "grid",
        tabindex: 0,
        "aria-label": strings.grid,
        "aria-description": strings.help,
        "aria-multiselectable": "true",
      },
      this.head,
      this.space,
    );
    root.replaceChildren(
      element(
        "header",
        {},
        this.title,
        this.button("copy", strings.copy, () => this.copy(false)),
        this.button("copy-names", strings.copyWithNames, () => this.copy(true)),
        this.button("save", strings.save, () => send({ type: "save" })),
        this.status,
      ),
      this.scroller,
    );
    this.scroller.addEventListener("scroll", () => this.soon(), { passive: true });
    this.scroller.addEventListener("keydown", (event) => this.key(event));
    this.scroller.addEventListener("mousedown", (event) => this.press(event));
    this.scroller.addEventListener("mouseover", (event) => this.drag(event));
    addEventListener("mouseup", () => (this.dragging = false));
    new ResizeObserver(() => this.soon()).observe(this.scroller);
  }

  reshape(shape: GridShape): void {
    const sameColumns = JSON.stringify(shape.columns) === JSON.stringify(this.shape.columns);
    this.shape = shape;
    this.title.textContent = shape.title;
    this.scroller.setAttribute("aria-label", `${this.strings.grid}: ${shape.title}`);
    this.scroller.setAttribute("aria-rowcount", String(shape.rows + 1));
    this.scroller.setAttribute("aria-colcount", String(shape.columns.length + 1));
    if (!sameColumns) {
      this.measured = false;
      this.measure();
    }
    this.say();
    this.soon();
  }

  take(from: number, rows: readonly (readonly GridCell[])[]): void {
    this.rows.take(from, rows);
    if (!this.measured && rows.length > 0) {
      this.measured = true;
      this.measure(rows);
    }
    this.soon();
  }

  announce(text: string): void {
    this.status.textContent = text;
  }

  focus(): void {
    this.scroller.focus();
  }

  private button(id: string, label: string, act: () => void): HTMLElement {
    const button = element("button", { id, type: "button" }, label);
    button.addEventListener("click", act);
    return button;
  }

  /** Widths from the names and the first rows. */
  private measure(rows: readonly (readonly GridCell[])[] = []): void {
    const context = element("canvas").getContext("2d");
    const style = getComputedStyle(document.body);
    if (context) context.font = `${style.fontSize} ${style.fontFamily}`;
    const width = (text: string): number =>
      (context?.measureText(text.slice(0, 80)).width ?? text.length * 8) + 18;
    this.widths = this.shape.columns.map(({ name }, column) => {
      const cells = rows.slice(0, 100).map((row) => width(row[column] ?? this.strings.null));
      // Names are bold.
      return Math.min(widest, Math.max(narrowest, width(name) * 1.15, ...cells));
    });
    const corner = element(
      "div",
      { class: "number", role: "columnheader", "aria-colindex": 1 },
      this.strings.row,
    );
    this.head.replaceChildren(
      corner,
      ...this.shape.columns.map(({ name, type, right }, column) => {
        const cell = element(
          "div",
          {
            class: right ? "cell right" : "cell",
            role: "columnheader",
            "aria-colindex": column + 2,
            title: type,
          },
          name,
        );
        cell.style.width = `${this.widths[column] ?? narrowest}px`;
        return cell;
      }),
    );
    for (const { row } of this.pool) row.remove();
    this.pool.length = 0;
    const total = this.widths.reduce((sum, each) => sum + each, 0);
    this.space.style.width = this.head.style.width = `${total + 80}px`;
  }

  private soon(): void {
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => {
      this.drawing = false;
      this.draw();
    });
  }

  private get scale(): number {
    return Math.max(1, (this.shape.rows * rowHeight) / highest);
  }

  private get visible(): number {
    return Math.max(1, Math.floor((this.scroller.clientHeight - rowHeight) / rowHeight));
  }

  private draw(): void {
    const { rows: count } = this.shape;
    const height = Math.min(highest, count * rowHeight);
    this.space.style.height = `${height}px`;
    const top = this.scroller.scrollTop;
    const firstSeen = Math.floor((top * this.scale) / rowHeight);
    const first = Math.max(0, firstSeen - around);
    const last = Math.min(count - 1, firstSeen + this.visible + around);
    const needed = Math.max(0, last - first + 1);
    while (this.pool.length < needed) this.grow();
    if (count > 0) this.rows.want(first, last, count);
    const used = new Set<number>();
    for (let index = first; index <= last; index++) {
      const slot = index % this.pool.length;
      used.add(slot);
      this.place(slot, index, this.scale === 1 ? index * rowHeight : top + (index - firstSeen) * rowHeight);
    }
    this.pool.forEach(({ row }, slot) => (row.hidden = !used.has(slot)));
    this.mark();
  }

  private grow(): void {
    const number = element("div", { class: "number", role: "rowheader", "aria-colindex": 1 });
    const cells = this.shape.columns.map(({ right }, column) => {
      const cell = element("div", {
        class: right ? "cell right" : "cell",
        role: "gridcell",
        "aria-colindex": column + 2,
      });
      cell.style.width = `${this.widths[column] ?? narrowest}px`;
      cell.dataset.column = String(column);
      return cell;
    });
    const row = element("div", { class: "row", role: "row" }, number, ...cells);
    this.space.append(row);
    this.pool.push({ row, cells, number, marked: false });
    // Slots are by index: with another number of them every row moves.
    for (const each of this.pool) each.row.dataset.index = "";
  }

  private place(slot: number, index: number, top: number): void {
    const pooled = this.pool[slot];
    if (!pooled) return;
    const { row, cells, number } = pooled;
    row.style.transform = `translateY(${top}px)`;
    const values = this.rows.get(index);
    const state = `${index}${values ? "" : "?"}`;
    if (row.dataset.index === state) return;
    row.dataset.index = state;
    row.setAttribute("aria-rowindex", String(index + 2));
    row.setAttribute("aria-busy", String(values === undefined));
    number.textContent = String(index + 1);
    // The cells of a busy row are hidden: while the scroll bar is dragged, filling them would cost every frame.
    if (!values) return;
    for (const [column, cell] of cells.entries()) {
      const value = values[column] ?? null;
      cell.id = `cell-${index}-${column}`;
      cell.textContent = value ?? this.strings.null;
      if (cell.classList.contains("null") !== (value === null)) cell.classList.toggle("null");
    }
  }

  /** Shows what is selected, and where the keyboard is. */
  private mark(): void {
    const { top, bottom, left, right } = rectangle(this.selected);
    const { active } = this.selected;
    for (const pooled of this.pool) {
      const index = Number.parseInt(pooled.row.dataset.index ?? "", 10);
      const inRows = index >= top && index <= bottom;
      // Nearly all rows have nothing to show, and showed nothing before.
      if (!inRows && !pooled.marked) continue;
      pooled.marked = inRows;
      for (const [column, cell] of pooled.cells.entries()) {
        const isSelected = inRows && column >= left && column <= right;
        cell.classList.toggle("selected", isSelected);
        cell.setAttribute("aria-selected", String(isSelected));
        cell.classList.toggle("active", index === active.row && column === active.column);
      }
    }
    this.scroller.setAttribute("aria-activedescendant", `cell-${active.row}-${active.column}`);
  }

  private key(event: KeyboardEvent): void {
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === "c") {
      event.preventDefault();
      this.copy(event.shiftKey);
      return;
    }
    const { rows, columns } = this.shape;
    const size = { rows, columns: columns.length, page: this.visible };
    const next = afterKey(this.selected, { key: event.key, shift: event.shiftKey, control }, size);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    const all = control && event.key.toLowerCase() === "a";
    this.select(next, !all);
  }

  private select(next: Selected, reveal = true): void {
    this.selected = next;
    if (reveal) this.reveal();
    this.say();
    this.soon();
  }

  private reveal(): void {
    const { row, column } = this.selected.active;
    const { scroller, scale } = this;
    const top = (row * rowHeight) / scale;
    const page = scroller.clientHeight - rowHeight;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + rowHeight > scroller.scrollTop + page) scroller.scrollTop = top + rowHeight - page;
    const left = this.widths.slice(0, column).reduce((sum, each) => sum + each, 0);
    const width = this.widths[column] ?? narrowest;
    const room = scroller.clientWidth - 72;
    if (left < scroller.scrollLeft) scroller.scrollLeft = left;
    else if (left + width > scroller.scrollLeft + room) scroller.scrollLeft = left + width - room;
  }

  private say(): void {
    const { shape, strings } = this;
    const { top, bottom, left, right } = rectangle(this.selected);
    const count = strings.rows.replace("{0}", shape.rows.toLocaleString());
    const several = bottom > top || right > left;
    const where = several
      ? strings.selected.replace("{0}", String(bottom - top + 1)).replace("{1}", String(right - left + 1))
      : strings.position
          .replace("{0}", (this.selected.active.row + 1).toLocaleString())
          .replace("{1}", shape.columns[left]?.name ?? "");
    this.status.textContent = shape.rows === 0 ? strings.empty : `${count} · ${where}`;
  }

  private copy(withNames: boolean): void {
    if (this.shape.rows > 0) this.send({ type: "copy", selection: rectangle(this.selected), withNames });
  }

  private press(event: MouseEvent): void {
    const place = this.placeOf(event.target);
    if (!place || event.button !== 0) return;
    this.dragging = !place.whole;
    const last = this.shape.columns.length - 1;
    const active = { row: place.row, column: place.whole ? last : place.column };
    const anchor = event.shiftKey
      ? this.selected.anchor
      : place.whole
        ? { row: place.row, column: 0 }
        : active;
    this.select({ anchor, active }, false);
  }

  private drag(event: MouseEvent): void {
    const place = this.dragging ? this.placeOf(event.target) : undefined;
    if (place && !place.whole) this.select({ anchor: this.selected.anchor, active: place }, false);
  }

  private placeOf(target: EventTarget | null): { row: number; column: number; whole: boolean } | undefined {
    if (!(target instanceof HTMLElement)) return undefined;
    const row = Number.parseInt(target.closest<HTMLElement>(".row")?.dataset.index ?? "", 10);
    if (Number.isNaN(row)) return undefined;
    const column = target.dataset.column;
    return { row, column: Number(column ?? 0), whole: column === undefined };
  }
}
