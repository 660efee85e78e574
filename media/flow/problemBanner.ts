import type { FlowRequest, ShownProblem } from "../../server/src/protocol";
import { element, icon, type Shape } from "./elements";
import { say } from "./text";

const RANK: readonly ShownProblem["severity"][] = ["error", "warning", "information", "hint"];

/** What the reader had to say, above the picture: the count, and the list on demand. */
export class ProblemBanner {
  readonly root = element("div", { class: "problems" });

  constructor(private readonly goTo: (node: number) => void) {}

  show(flow: FlowRequest.Result): void {
    const { problems } = flow;
    this.root.hidden = problems.length === 0;
    if (problems.length === 0) {
      this.root.replaceChildren();
      return;
    }
    const sorted = [...problems].sort((a, b) => RANK.indexOf(a.severity) - RANK.indexOf(b.severity));
    const worst = sorted[0]!;
    const count = problems.length === 1 ? say("oneProblem") : say("problems", problems.length);
    const details = element(
      "details",
      { open: worst.severity === "error" },
      element(
        "summary",
        { class: worst.severity },
        icon(shapeOf(worst.severity)),
        element("strong", {}, count),
        element("span", { class: "first" }, worst.message),
      ),
      element(
        "ul",
        { "aria-label": say("problemList") },
        ...sorted.map((problem) => this.item(problem, flow)),
      ),
    );
    this.root.replaceChildren(details);
  }

  private item(problem: ShownProblem, flow: FlowRequest.Result): HTMLElement {
    const { severity, message, offset, line, node } = problem;
    const place =
      line !== undefined ? say("atLine", line) : offset !== undefined ? say("atOffset", offset) : undefined;
    const known = node !== undefined && flow.steps.some((step) => step.node === node);
    const go = known && element("button", { type: "button", class: "link" }, say("toStep", node));
    if (go) go.addEventListener("click", () => this.goTo(node));
    return element(
      "li",
      { class: severity },
      icon(shapeOf(severity)),
      element("span", { class: "hidden" }, severityText(severity)),
      element("span", { class: "message" }, message),
      place !== undefined && element("span", { class: "place" }, place),
      go,
    );
  }
}

const shapeOf = (severity: ShownProblem["severity"]): Shape =>
  severity === "hint" ? "information" : severity;

export function severityText(severity: ShownProblem["severity"]): string {
  return say(severity === "hint" ? "information" : severity);
}
