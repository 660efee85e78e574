import type { PackageContents, PackageFinding, PackageRow, PackageView } from "../../server/src/protocol";
import { element, fill } from "../flow/elements";
import { FindingList } from "./findingList";
import { Header } from "./header";
import type { SavedState } from "./state";
import { say, size } from "./text";
import { Toolbar } from "./toolbar";
import { TreeGrid } from "./treeGrid";

export interface ViewEvents {
  readonly post: (message: PackageView.ToEditor) => void;
  readonly stateChanged: (state: SavedState) => void;
}

/** The view of one package. */
export class View {
  private readonly header = new Header();
  private readonly grid: TreeGrid;
  private readonly toolbar: Toolbar;
  private readonly findings: FindingList;
  private readonly card = element("section", { class: "card", role: "status" });
  private readonly content = element("div", { class: "content" });
  private readonly selection = element("footer", { class: "selection", role: "status" });
  private readonly nothing = element("p", { class: "nothing", role: "status", hidden: true });
  private isRestored = false;

  constructor(
    root: HTMLElement,
    private readonly events: ViewEvents,
    private readonly saved: SavedState,
  ) {
    const { post } = events;
    this.grid = new TreeGrid({
      opened: ({ path, copy }, beside) =>
        post({ type: "open", path, beside, ...(copy === undefined ? {} : { copy }) }),
      selected: (rows) => this.selected(rows),
      changed: () => this.save(),
    });
    this.toolbar = new Toolbar({
      run: (action) => post({ type: "run", action }),
      extract: () => post({ type: "extract", paths: this.grid.selected.map(({ path }) => path) }),
      filter: () => this.filter(),
      expandAll: () => this.grid.expandAll(),
      collapseAll: () => this.grid.collapseAll(),
      leave: () => this.grid.root.focus(),
    });
    this.findings = new FindingList(
      (path) => this.reveal(path),
      () => this.save(),
    );
    this.findings.open = saved.problemsOpen;
    this.content.append(
      this.header.root,
      this.toolbar.root,
      this.grid.root,
      this.nothing,
      this.selection,
      this.findings.root,
    );
    fill(root, this.card, this.content);
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f") {
        this.toolbar.focusFilter();
        event.preventDefault();
        event.stopPropagation();
      }
    });
    this.wait(say("reading"));
  }

  show(contents: PackageContents): void {
    this.card.hidden = true;
    this.content.hidden = false;
    this.header.show(contents);
    this.toolbar.show(contents);
    this.grid.show(contents);
    this.showFindings(contents.findings, undefined);
    if (!this.isRestored) {
      this.isRestored = true;
      this.toolbar.filter = this.saved.filter;
      this.grid.restore(this.saved.expanded, this.saved.order, this.saved.active);
    }
    this.filter();
  }

  showFindings(
    findings: readonly PackageFinding[],
    verification: { readonly text: string; readonly good: boolean } | undefined,
  ): void {
    this.grid.setFindings(findings);
    this.findings.show(findings);
    this.header.setStatus(verification);
  }

  fail(message: string): void {
    this.content.hidden = true;
    this.card.hidden = false;
    const retry = element("button", { type: "button", class: "action primary" }, say("retry"));
    retry.addEventListener("click", () => {
      this.wait(say("reading"));
      this.events.post({ type: "retry" });
    });
    fill(this.card, element("h2", {}, say("cannotShow")), element("p", {}, message), retry);
  }

  private wait(text: string): void {
    this.content.hidden = true;
    this.card.hidden = false;
    fill(this.card, element("p", {}, text));
  }

  private filter(): void {
    const text = this.toolbar.filter;
    const matches = this.grid.setFilter(text);
    this.toolbar.showMatches(matches);
    this.grid.root.hidden = matches === 0;
    this.nothing.hidden = matches > 0;
    this.nothing.textContent = say(text.trim() === "" ? "empty" : "filterNone");
    this.save();
  }

  private reveal(path: string): void {
    if (this.toolbar.filter !== "") {
      this.toolbar.filter = "";
      this.filter();
    }
    this.grid.reveal(path);
  }

  private selected(rows: readonly PackageRow[]): void {
    this.toolbar.select(rows);
    // What is in a chosen folder counts with the folder.
    const chosen = new Set(rows.map(({ path }) => path));
    const bytes = rows
      .filter(({ path }) => !isInside(path, chosen))
      .reduce((sum, row) => sum + (row.size ?? 0), 0);
    this.selection.textContent = rows.length > 1 ? say("selectedCount", rows.length, size(bytes)) : "";
    this.save();
  }

  private save(): void {
    if (!this.isRestored) return;
    this.events.stateChanged({
      ...this.grid.state,
      filter: this.toolbar.filter,
      problemsOpen: this.findings.open,
    });
  }
}

function isInside(path: string, folders: ReadonlySet<string>): boolean {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    if (folders.has(path.slice(0, end))) return true;
  }
  return false;
}
