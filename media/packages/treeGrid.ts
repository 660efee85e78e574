import type { PackageContents, PackageRow } from "../../server/src/protocol";
import { element, fill } from "../flow/elements";
import { glyph } from "./glyphs";
import { type Cell, cells, columns, rowLabel } from "./rowCells";
import { type Column, keyOf, type Line, type Order, Rows } from "./rows";
import { Selection } from "./selection";
import { say } from "./text";

/** Pixels of one line, as in VS Code's lists. */
const LINE = 22;
/** Lines beyond what is seen that are drawn, so that scrolling shows no gap. */
const SPARE = 12;
/** Keys typed within this many milliseconds belong to one word. */
const TYPING = 700;

export interface TreeGridEvents {
  readonly opened: (row: PackageRow, beside: boolean) => void;
  readonly selected: (rows: readonly PackageRow[]) => void;
  /** Lines, their order or what is open has changed. */
  readonly changed: () => void;
}

/** The tree of a package with its columns: only the lines in sight are drawn, so 200,000 rows are no burden. */
export class TreeGrid {
  readonly root = element("div", {
    class: "grid",
    role: "treegrid",
    tabindex: 0,
    "aria-multiselectable": "true",
  });
  private readonly head = element("div", { class: "row head", role: "row", "aria-rowindex": 1 });
  private readonly body = element("div", { class: "body", role: "rowgroup" });
  private readonly canvas = element("div", { class: "canvas", role: "presentation" });
  private rows = new Rows([]);
  private contents: PackageContents | undefined;
  private lines: readonly Line[] = [];
  /** Line of each row on screen. */
  private lineOf = new Map<number, number>();
  private readonly selection = new Selection();
  private expanded = new Set<string>();
  private filter = "";
  private order: Order = { column: "name", descending: false };
  private typed = { text: "", at: 0 };

  constructor(private readonly events: TreeGridEvents) {
    this.body.append(this.canvas);
    this.root.append(element("div", { role: "rowgroup", class: "heads" }, this.head), this.body);
    this.body.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(this.body);
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("click", (event) => this.click(event));
    // The menu is about what is under the pointer.
    this.canvas.addEventListener("contextmenu", (event) => {
      const row = this.rowAt(event);
      if (row >= 0 && !this.selection.chosen.has(row)) this.choose(row);
      const selected = this.selected.map(({ path }) => path);
      this.root.setAttribute("data-vscode-context", JSON.stringify({ selected }));
    });
  }

  show(contents: PackageContents): void {
    const active = this.rows.rows[this.selection.active];
    const chosen = this.selected;
    this.contents = contents;
    this.rows = new Rows(contents.rows);
    // What was chosen stays chosen, as far as it is still there.
    this.selection.only(active ? (this.rows.find(keyOf(active)) ?? -1) : -1);
    for (const row of chosen) {
      const at = this.rows.find(keyOf(row));
      if (at !== undefined) this.selection.chosen.add(at);
    }
    this.root.setAttribute("aria-label", say("contents", contents.base));
    this.root.setAttribute("aria-description", say("help"));
    this.drawHead();
    this.update();
    this.tellSelection();
  }

  setFindings(findings: Parameters<Rows["setFindings"]>[0]): void {
    this.rows.setFindings(findings);
    this.update();
  }

  /** Answers how many rows fit. */
  setFilter(filter: string): number {
    this.filter = filter;
    return this.update();
  }

  get selected(): readonly PackageRow[] {
    return [...this.selection.chosen]
      .sort((one, other) => one - other)
      .flatMap((at) => this.rows.rows[at] ?? []);
  }

  get state(): { readonly expanded: readonly string[]; readonly order: Order; readonly active: string } {
    const active = this.rows.rows[this.selection.active];
    return { expanded: [...this.expanded], order: this.order, active: active ? keyOf(active) : "" };
  }

  restore(expanded: readonly string[], order: Order | undefined, active: string): void {
    this.expanded = new Set(expanded);
    if (order) this.order = order;
    this.drawHead();
    this.update();
    const at = this.rows.find(active);
    if (at !== undefined) this.choose(at);
  }

  expandAll(): void {
    this.expanded = new Set(this.rows.expandableKeys());
    this.update();
  }

  collapseAll(): void {
    this.expanded.clear();
    this.update();
  }

  /** Opens what a row is in, and chooses it. Answers whether there is such a row. */
  reveal(path: string): boolean {
    const at = this.rows.findPath(path);
    if (at === undefined) return false;
    for (let up = this.rows.parentOf(at); up >= 0; up = this.rows.parentOf(up)) {
      this.expanded.add(keyOf(this.rows.rows[up]!));
    }
    this.update();
    this.choose(at);
    this.root.focus();
    return true;
  }

  private update(): number {
    const { lines, matches } = this.rows.lines(this.expanded, this.filter, this.order);
    this.lines = lines;
    this.lineOf = new Map(lines.map(({ at }, line) => [at, line]));
    this.canvas.style.height = `${lines.length * LINE}px`;
    this.root.setAttribute("aria-rowcount", String(lines.length + 1));
    this.draw();
    this.events.changed();
    return matches;
  }

  private drawHead(): void {
    fill(
      this.head,
      ...columns.map(({ column, label }) => {
        const isOrder = this.order.column === column;
        const direction = this.order.descending ? "descending" : "ascending";
        const button = element("button", { type: "button" }, say(label), isOrder && sortMark(this.order));
        button.addEventListener("click", () => this.sortBy(column));
        return element(
          "span",
          { role: "columnheader", class: `cell ${column}`, "aria-sort": isOrder ? direction : "none" },
          button,
        );
      }),
    );
  }

  private sortBy(column: Column): void {
    const descending = this.order.column === column ? !this.order.descending : column !== "name";
    this.order = { column, descending };
    this.drawHead();
    this.update();
    this.head.querySelector<HTMLButtonElement>(`.${column} button`)?.focus();
  }

  /** Draws the lines in sight, and the active one, which screen readers look at. */
  private draw(): void {
    const first = Math.max(0, Math.floor(this.body.scrollTop / LINE) - SPARE);
    const last = Math.min(
      this.lines.length,
      Math.ceil((this.body.scrollTop + this.body.clientHeight) / LINE) + SPARE,
    );
    const drawn = new Set<number>();
    for (let line = first; line < last; line++) drawn.add(line);
    const active = this.lineOf.get(this.selection.active);
    if (active !== undefined) drawn.add(active);
    fill(this.canvas, ...[...drawn].map((line) => this.drawLine(line)));
    if (active === undefined) this.root.removeAttribute("aria-activedescendant");
    else this.root.setAttribute("aria-activedescendant", `row-${this.selection.active}`);
  }

  private drawLine(line: number): HTMLElement {
    const { at, expandable, expanded, position, siblings } = this.lines[line]!;
    const row = this.rows.rows[at]!;
    const findings = this.rows.findingsOf(at);
    const isActive = at === this.selection.active;
    const made = element(
      "div",
      {
        id: `row-${at}`,
        role: "row",
        class: isActive ? "row active" : "row",
        "aria-level": row.depth + 1,
        "aria-posinset": position,
        "aria-setsize": siblings,
        "aria-rowindex": line + 2,
        "aria-selected": String(this.selection.chosen.has(at)),
        "aria-expanded": expandable ? String(expanded) : null,
        "aria-label": rowLabel(row, findings),
        "data-row": at,
        "data-vscode-context": this.menuContext(row),
      },
      ...cells(row, findings).map((cell) => this.drawCell(cell, row, expandable, expanded)),
    );
    made.style.transform = `translateY(${line * LINE}px)`;
    return made;
  }

  private drawCell(cell: Cell, row: PackageRow, expandable: boolean, expanded: boolean): HTMLElement {
    const attributes = { role: "gridcell", class: `cell ${cell.column}`, title: cell.title };
    if (cell.column !== "name") return element("span", attributes, ...cell.content);
    const twistie = element(
      "span",
      { class: "twistie", "aria-hidden": "true" },
      expandable && glyph(expanded ? "expanded" : "collapsed"),
    );
    const made = element("span", attributes, twistie, ...cell.content);
    made.style.paddingInlineStart = `${row.depth * 12 + 4}px`;
    return made;
  }

  /** What VS Code's own menu gives to commands. */
  private menuContext({ path, copy, kind, closed, name }: PackageRow): string {
    const isFile = kind === "file" || closed !== undefined;
    return JSON.stringify({
      webviewSection: !isFile ? "folder" : /\.ihd$/i.test(name) ? "handler" : "file",
      preventDefaultContextMenuItems: true,
      package: this.contents?.uri,
      path,
      ...(copy === undefined ? {} : { copy }),
    });
  }

  private rowAt({ target }: Event): number {
    const row = (target as Element).closest<HTMLElement>("[data-row]");
    return row ? Number(row.dataset["row"]) : -1;
  }

  private click(event: MouseEvent): void {
    const row = this.rowAt(event);
    if (row < 0) return;
    const onTwistie = (event.target as Element).closest(".twistie") !== null;
    if (event.shiftKey) this.extendTo(row);
    else if (event.ctrlKey || event.metaKey) this.toggleChosen(row);
    else {
      this.choose(row);
      // Not `dblclick`: the first click has drawn the line anew.
      const isSecond = event.detail === 2;
      if (!this.rows.isExpandable(row)) {
        if (isSecond) this.open(row, false);
      } else if (onTwistie || !isSecond) this.toggle(row);
    }
    this.root.focus();
  }

  private choose(row: number): void {
    this.selection.only(row);
    this.selectionChanged();
  }

  private extendTo(row: number): void {
    this.selection.extend(
      row,
      this.lines.map(({ at }) => at),
    );
    this.selectionChanged();
  }

  private toggleChosen(row: number): void {
    this.selection.toggle(row);
    this.selectionChanged();
  }

  private selectionChanged(): void {
    const line = this.lineOf.get(this.selection.active);
    if (line !== undefined) {
      const top = line * LINE;
      const { scrollTop, clientHeight } = this.body;
      if (top < scrollTop) this.body.scrollTop = top;
      else if (top + LINE > scrollTop + clientHeight) this.body.scrollTop = top + LINE - clientHeight;
    }
    this.draw();
    this.tellSelection();
  }

  private tellSelection(): void {
    this.events.selected(this.selected);
  }

  private toggle(row: number): void {
    const key = keyOf(this.rows.rows[row]!);
    if (!this.expanded.delete(key)) this.expanded.add(key);
    this.update();
  }

  private open(row: number, beside: boolean): void {
    this.events.opened(this.rows.rows[row]!, beside);
  }

  private key(event: KeyboardEvent): void {
    if (event.altKey || event.target !== this.root) return;
    const handled = this.move(event) || this.act(event);
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private move(event: KeyboardEvent): boolean {
    const line = this.lineOf.get(this.selection.active) ?? -1;
    const page = Math.max(1, Math.floor(this.body.clientHeight / LINE) - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: line + 1,
      ArrowUp: line - 1,
      PageDown: line + page,
      PageUp: line - page,
      Home: 0,
      End: this.lines.length - 1,
    };
    const to = moves[event.key];
    if (to === undefined || this.lines.length === 0) return false;
    const target = this.lines[Math.max(0, Math.min(this.lines.length - 1, to))]!.at;
    if (event.shiftKey) this.extendTo(target);
    else if (event.ctrlKey || event.metaKey) {
      this.selection.active = target;
      this.selectionChanged();
    } else this.choose(target);
    return true;
  }

  private act(event: KeyboardEvent): boolean {
    const { active } = this.selection;
    const line = this.lines[this.lineOf.get(active) ?? -1];
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "a") {
      this.selection.all(this.lines.map(({ at }) => at));
      this.selectionChanged();
      return true;
    }
    if (event.key === "Escape" && this.selection.chosen.size > 0) {
      this.selection.clear();
      this.selectionChanged();
      return true;
    }
    if (line) {
      switch (event.key) {
        case "ArrowRight":
          if (line.expandable && !line.expanded) this.toggle(active);
          else if (line.expandable) this.choose(this.lines[(this.lineOf.get(active) ?? 0) + 1]!.at);
          return true;
        case "ArrowLeft":
          if (line.expanded && this.expanded.has(keyOf(this.rows.rows[active]!))) this.toggle(active);
          else if (this.rows.parentOf(active) >= 0) this.choose(this.rows.parentOf(active));
          return true;
        case "Enter":
          if (line.expandable) this.toggle(active);
          else this.open(active, command);
          return true;
        case " ":
          this.toggleChosen(active);
          return true;
      }
    }
    if (command || event.key.length !== 1 || event.key === " ") return false;
    this.type(event.key, event.timeStamp);
    return true;
  }

  /** Goes to the next line whose name begins with what was typed. */
  private type(key: string, at: number): void {
    const text = (at - this.typed.at < TYPING ? this.typed.text : "") + key.toLowerCase();
    this.typed = { text, at };
    const here = this.lineOf.get(this.selection.active) ?? -1;
    const from = text.length === 1 ? here + 1 : Math.max(0, here);
    const fits = ({ at: row }: Line): boolean => this.rows.rows[row]!.name.toLowerCase().startsWith(text);
    const found = this.lines.slice(from).find(fits) ?? this.lines.find(fits);
    if (found) this.choose(found.at);
  }
}

function sortMark({ descending }: Order): SVGSVGElement {
  const mark = glyph("expanded");
  if (!descending) mark.classList.add("up");
  return mark;
}
