import type { ReportView, ShownReport, ShownRow, Span } from "../../server/src/protocol";
import { element } from "../flow/elements";

/** More rows than this are drawn only when they are asked for. */
const mostAtOnce = 500;

/** One table of a report. */
export class Table {
  readonly element: HTMLElement;
  private readonly body = element("tbody");
  private readonly more = element("button", { type: "button", class: "more" });
  private readonly texts: readonly string[];
  private all = false;
  private words: readonly string[] = [];

  constructor(
    private readonly table: ShownReport["tables"][number],
    private readonly strings: ReportView.Strings,
    private readonly open: (uri: string, span: Span) => void,
  ) {
    this.texts = table.rows.map(({ cells }) => cells.join("\n").toLowerCase());
    this.more.addEventListener("click", () => {
      this.all = true;
      this.draw();
    });
    this.element = element(
      "section",
      {},
      element("h2", {}, table.title),
      element(
        "table",
        { "aria-label": table.title },
        element(
          "thead",
          {},
          element("tr", {}, ...table.head.map((cell) => element("th", { scope: "col" }, cell))),
        ),
        this.body,
      ),
      this.more,
    );
  }

  get size(): number {
    return this.table.rows.length;
  }

  /** Shows the rows that have all words; a table without one goes away. Answers how many there are. */
  filter(words: readonly string[]): number {
    this.words = words;
    return this.draw();
  }

  private draw(): number {
    const { rows } = this.table;
    const found = rows.filter((_, index) => this.words.every((word) => this.texts[index]?.includes(word)));
    const drawn = this.all ? found : found.slice(0, mostAtOnce);
    this.body.replaceChildren(...drawn.map((row) => this.row(row)));
    this.more.hidden = drawn.length === found.length;
    this.more.textContent = this.strings.showAll.replace("{0}", String(found.length));
    this.element.hidden = found.length === 0 && this.words.length > 0;
    return found.length;
  }

  private row({ cells, at, tone }: ShownRow): HTMLElement {
    const { linked } = this.table;
    return element(
      "tr",
      { class: `tone-${tone}` },
      ...cells.map((cell, index) => element("td", {}, at && index === linked ? this.link(cell, at) : cell)),
    );
  }

  private link(text: string, { uri, span }: NonNullable<ShownRow["at"]>): HTMLElement {
    const link = element("a", { href: "#" }, text);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.open(uri, span);
    });
    return link;
  }
}
