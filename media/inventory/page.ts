import type { InventoryItem, InventoryView as Messages, TeamCell } from "../../server/src/protocol";
import { element } from "../flow/elements";
import { isShown, keyOf, wordsOf } from "./rows";

export interface PageHost {
  readonly post: (message: Messages.ToEditor) => void;
  /** The filter was changed; it is to be kept. */
  readonly chosen: (filter: string, of: string) => void;
  /** What was kept. */
  readonly filter: string;
  readonly class: string;
}

type Shown = Extract<Messages.ToView, { type: "show" }>;
type Notes = Extract<Messages.ToView, { type: "notes" }>;

/** More rows than this are drawn only when they are asked for. */
const mostAtOnce = 500;

/** The inventory: a head with filters and buttons, and a table in which the team's columns are written. */
export class InventoryPage {
  private shown: Shown | undefined;
  private notes: Notes = { type: "notes", columns: [], cells: [], problem: null };
  private cells: ReadonlyMap<string, string> = new Map();
  private filter: string;
  private class: string;
  private all = false;
  private readonly status = element("span", { class: "status", role: "status" });
  private readonly alert = element("p", { class: "failed", role: "alert" });
  private readonly table = element("table");
  private readonly more = element("button", { type: "button", class: "more" });

  constructor(
    private readonly root: HTMLElement,
    private readonly strings: Messages.Strings,
    private readonly host: PageHost,
  ) {
    this.filter = host.filter;
    this.class = host.class;
    this.more.addEventListener("click", () => {
      this.all = true;
      this.draw();
    });
    root.append(element("p", { class: "quiet" }, strings.loading));
  }

  show(shown: Shown): void {
    this.shown = shown;
    const { title, about, inventory } = shown;
    const { strings } = this;
    this.root.replaceChildren(
      element(
        "header",
        {},
        element("h1", {}, title),
        element(
          "div",
          { class: "bar" },
          this.classes(),
          this.search(),
          this.status,
          this.button(strings.columns, { type: "columns" }),
          this.button(strings.again, { type: "again" }),
          this.button(strings.export, { type: "export" }),
        ),
      ),
      element("p", { class: "quiet" }, about),
      this.alert,
      ...inventory.notes.map((note) => element("p", { class: "quiet" }, note)),
      this.table,
      this.more,
    );
    this.draw();
  }

  /** Cells that somebody is writing in keep what was typed. */
  showNotes(notes: Notes): void {
    const sameColumns = notes.columns.join("\n") === this.notes.columns.join("\n");
    this.notes = notes;
    this.cells = new Map(notes.cells.map(({ handler, column, text }) => [keyOf(handler, column), text]));
    this.alert.textContent = notes.problem ?? "";
    this.alert.hidden = notes.problem === null;
    const inputs = [...this.table.querySelectorAll<HTMLInputElement>("input[data-handler]")];
    if (!sameColumns || inputs.length === 0) return this.draw();
    for (const input of inputs) {
      if (input !== document.activeElement) input.value = this.textOf(input);
      input.disabled = notes.problem !== null;
    }
  }

  private classes(): HTMLElement {
    const select = element("select", { "aria-label": this.strings.class });
    select.append(element("option", { value: "" }, this.strings.everyClass));
    for (const { id, name, count } of this.shown?.inventory.classes ?? []) {
      if (count > 0) select.append(element("option", { value: id }, `${name} (${count})`));
    }
    select.value = this.class;
    if (select.value !== this.class) select.value = this.class = "";
    select.addEventListener("change", () => {
      this.class = select.value;
      this.chosen();
    });
    return select;
  }

  private search(): HTMLElement {
    const { filter, filterHelp } = this.strings;
    const input = element("input", {
      type: "search",
      placeholder: filter,
      "aria-label": filter,
      title: filterHelp,
    });
    input.value = this.filter;
    input.addEventListener("input", () => {
      this.filter = input.value;
      this.chosen();
    });
    return input;
  }

  private chosen(): void {
    this.host.chosen(this.filter, this.class);
    this.draw();
  }

  private button(label: string, message: Messages.ToEditor): HTMLElement {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("click", () => this.host.post(message));
    return button;
  }

  private draw(): void {
    if (!this.shown) return;
    const { rows, classes } = this.shown.inventory;
    const words = wordsOf(this.filter);
    const names = new Map(classes.map(({ id, name }) => [id, name]));
    const found = rows.filter(
      (row) =>
        (this.class === "" || row.class === this.class) &&
        isShown(row, names.get(row.class) ?? "", this.notes.columns, this.cells, words),
    );
    const drawn = this.all ? found : found.slice(0, mostAtOnce);
    this.table.replaceChildren(
      this.head(),
      element("tbody", {}, ...drawn.map((row) => this.row(row, names.get(row.class) ?? row.class))),
    );
    this.more.hidden = drawn.length === found.length;
    this.more.textContent = this.strings.showAll.replace("{0}", String(found.length));
    const count = this.strings.shown.replace("{0}", String(found.length)).replace("{1}", String(rows.length));
    this.status.textContent = found.length === 0 && rows.length > 0 ? this.strings.noMatch : count;
  }

  private head(): HTMLElement {
    const { strings, notes } = this;
    const { handler, class: of, startedBy, steps, known, path } = strings;
    const heads = [handler, of, ...notes.columns, startedBy, steps, known, path];
    return element(
      "thead",
      {},
      element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text))),
    );
  }

  private row(row: InventoryItem, className: string): HTMLElement {
    const { uri, name, startedBy, category, steps, isCustomizationPoint, note, path, base } = row;
    const known = [isCustomizationPoint ? this.strings.customizationPoint : "", note].filter(
      (text) => text !== "",
    );
    const tone = { modified: "attention", unreadable: "bad", custom: "good" }[row.class] ?? "none";
    return element(
      "tr",
      { class: `tone-${tone}` },
      element("th", { scope: "row" }, this.link(name, { type: "open", uri })),
      element(
        "td",
        { class: "class" },
        className,
        row.class === "modified" && base !== null && " ",
        row.class === "modified" &&
          base !== null &&
          this.link(this.strings.compare, { type: "compare", base, uri }),
      ),
      ...this.notes.columns.map((column) => element("td", { class: "own" }, this.input(name, column))),
      element("td", { title: category }, startedBy),
      element("td", { class: "number" }, String(steps)),
      element("td", { class: "known" }, known.join("; ")),
      element("td", { class: "quiet path" }, path),
    );
  }

  /** What is written is kept when the cell is left, or with Enter; Escape takes it back. */
  private input(handler: string, column: string): HTMLInputElement {
    const label = this.strings.cell.replace("{0}", column).replace("{1}", handler);
    const input = element("input", {
      type: "text",
      "aria-label": label,
      "data-handler": handler,
      "data-column": column,
      disabled: this.notes.problem !== null,
    });
    input.value = this.textOf(input);
    input.addEventListener("change", () => {
      const cell: TeamCell = { handler, column, text: input.value.trim() };
      this.host.post({ type: "set", cell });
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") input.blur();
      if (event.key === "Escape") input.value = this.textOf(input);
    });
    return input;
  }

  private textOf({ dataset }: HTMLInputElement): string {
    return this.cells.get(keyOf(dataset["handler"] ?? "", dataset["column"] ?? "")) ?? "";
  }

  private link(text: string, message: Messages.ToEditor): HTMLElement {
    const link = element("a", { href: "#" }, text);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.host.post(message);
    });
    return link;
  }
}
