import type { ReportView, ShownReport, Span } from "../../server/src/protocol";
import { element } from "../flow/elements";
import { Table } from "./table";

export interface PageHost {
  readonly open: (uri: string, span: Span) => void;
  readonly act: (id: string) => void;
  /** The filter was changed; it is to be kept. */
  readonly filtered: (filter: string) => void;
  /** What was kept. */
  readonly filter: string;
}

/** A report: its head with buttons and a filter, warnings, paragraphs, tables, lists. */
export class ReportPage {
  private tables: readonly Table[] = [];
  private filter: string;
  private readonly status: HTMLElement;

  constructor(
    private readonly root: HTMLElement,
    private readonly strings: ReportView.Strings,
    private readonly host: PageHost,
  ) {
    this.filter = host.filter;
    this.status = element("span", { class: "status", role: "status" });
    root.append(element("p", { class: "quiet" }, strings.loading));
  }

  show(report: ShownReport, actions: readonly ReportView.Action[]): void {
    const scroll = document.documentElement.scrollTop;
    const focused = document.activeElement?.id;
    this.tables = report.tables.map((table) => new Table(table, this.strings, this.host.open));
    this.root.replaceChildren(
      element(
        "header",
        {},
        element("h1", {}, report.title),
        element(
          "div",
          { class: "bar" },
          this.search(),
          this.status,
          ...actions.map((action) => this.button(action)),
        ),
      ),
      ...report.warnings.map((text) => element("p", { class: "warning" }, text)),
      ...report.paragraphs.map((text) => element("p", {}, text)),
      ...this.tables.map(({ element: table }) => table),
      ...report.lists.flatMap(({ title, items }) => [
        element("h2", {}, title),
        element("ul", {}, ...items.map((item) => element("li", {}, item))),
      ]),
    );
    this.apply();
    document.documentElement.scrollTop = scroll;
    if (focused) document.getElementById(focused)?.focus();
  }

  fail(message: string): void {
    this.root.replaceChildren(element("p", { class: "failed", role: "alert" }, message));
  }

  private search(): HTMLElement {
    const { filter, filterHelp } = this.strings;
    const input = element("input", {
      id: "filter",
      type: "search",
      placeholder: filter,
      "aria-label": filter,
      title: filterHelp,
    });
    input.value = this.filter;
    input.addEventListener("input", () => {
      this.filter = input.value;
      this.host.filtered(this.filter);
      this.apply();
    });
    return input;
  }

  private button({ id, label }: ReportView.Action): HTMLElement {
    const button = element("button", { id: `action-${id}`, type: "button" }, label);
    button.addEventListener("click", () => this.host.act(id));
    return button;
  }

  private apply(): void {
    const words = this.filter
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "");
    let shown = 0;
    let all = 0;
    for (const table of this.tables) {
      shown += table.filter(words);
      all += table.size;
    }
    const { shown: text, noMatch } = this.strings;
    const count = text.replace("{0}", String(shown)).replace("{1}", String(all));
    this.status.textContent = words.length === 0 ? "" : shown === 0 ? noMatch : count;
  }
}
