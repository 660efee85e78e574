import type { PackageFinding } from "../../server/src/protocol";
import { element, fill } from "../flow/elements";
import { glyph } from "./glyphs";
import { countText } from "./rowCells";
import { say } from "./text";

const order = ["error", "warning", "information", "hint"] as const;

/** All messages about a package; those about an entry lead to it. */
export class FindingList {
  readonly root = element("section", { class: "findings", "aria-labelledby": "findings-title" });
  private readonly title = element("h2", { id: "findings-title" });
  private readonly toggle = element("button", { type: "button", class: "findings-toggle" });
  private readonly list = element("ul");
  private findings: readonly PackageFinding[] = [];
  private isOpen = true;

  constructor(
    private readonly chosen: (path: string) => void,
    private readonly toggled: () => void,
  ) {
    this.toggle.append(this.title);
    this.root.append(this.toggle, this.list);
    this.toggle.addEventListener("click", () => {
      this.open = !this.isOpen;
      this.toggled();
    });
  }

  get open(): boolean {
    return this.isOpen;
  }

  set open(open: boolean) {
    this.isOpen = open;
    this.list.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    this.toggle.title = say(open ? "hideProblems" : "showProblems");
    this.showTitle();
  }

  show(findings: readonly PackageFinding[]): void {
    this.findings = [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
    fill(this.list, ...this.findings.map((finding) => this.item(finding)));
    if (findings.length === 0) fill(this.list, element("li", { class: "none" }, say("noProblems")));
    this.open = this.isOpen;
  }

  private showTitle(): void {
    const counts = order
      .map(
        (severity) => [severity, this.findings.filter((each) => each.severity === severity).length] as const,
      )
      .filter(([, count]) => count > 0);
    fill(
      this.title,
      glyph(this.isOpen ? "expanded" : "collapsed"),
      say("problems"),
      ...counts.map(([severity, count]) =>
        element(
          "span",
          { class: "tally", title: `${say(severity)}: ${count}` },
          glyph(severity),
          element("span", { class: "hidden" }, say(severity)),
          String(count),
        ),
      ),
      this.findings.length > 0 && element("span", { class: "hidden" }, countText(this.findings.length)),
    );
  }

  private item({ severity, message, path }: PackageFinding): HTMLLIElement {
    const content = [
      glyph(severity),
      element("span", { class: "hidden" }, `${say(severity)}: `),
      element("span", { class: "message" }, sentence(message)),
    ];
    if (path === undefined) return element("li", { class: severity }, element("div", {}, ...content));
    const button = element("button", { type: "button", title: say("goTo", path) }, ...content);
    button.addEventListener("click", () => this.chosen(path));
    return element("li", { class: severity }, button);
  }
}

/** Messages of the reader begin in lower case, because a name may stand before them. */
function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}
