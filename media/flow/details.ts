import type { FlowRequest } from "../../server/src/protocol";
import { breakable, type Child, element, iconButton, svgElement } from "./elements";
import type { Incoming } from "./navigation";
import { say } from "./text";

export interface DetailsEvents {
  readonly goTo: (index: number) => void;
  readonly openListing: (node: number) => void;
  readonly openSubroutine: (name: string) => void;
  readonly back: () => void;
  readonly close: () => void;
}

const KINDS = {
  initiator: "kindInitiator",
  start: "kindStart",
  tool: "kindTool",
  subroutine: "kindSubroutine",
  native: "kindNative",
} as const;

/** What the selected step holds: notes, arguments, exits, what leads to it, and its signature. */
export class Details {
  readonly root = element("aside", { class: "details", "aria-label": say("details"), tabindex: -1 });

  constructor(private readonly events: DetailsEvents) {
    this.root.hidden = true;
  }

  clear(): void {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  show(flow: FlowRequest.Result, index: number, incoming: readonly Incoming[], canGoBack: boolean): void {
    const step = flow.steps[index]!;
    this.root.hidden = false;
    this.root.scrollTop = 0;
    this.root.replaceChildren(
      this.head(step, canGoBack),
      element(
        "div",
        { class: "scroll" },
        !step.complete && element("p", { class: "note warning" }, say("incomplete")),
        step.notes.trim() !== "" && section(say("notes"), element("p", { class: "notes-text" }, step.notes)),
        step.listensTo && listens(step.listensTo),
        step.kind !== "start" && section(say("arguments"), ...argumentRows(step)),
        step.inferred.length > 0 && inferred(step),
        section(say("exits"), this.exits(flow, step)),
        section(say("incoming"), this.incoming(flow, incoming)),
        step.signature !== null && signature(flow.signatures[step.signature]!, step.kind === "start"),
      ),
    );
  }

  private head(step: FlowRequest.Step, canGoBack: boolean): HTMLElement {
    const back = iconButton("back", say("back"), this.events.back);
    back.disabled = !canGoBack;
    return element(
      "header",
      { class: `f-${step.family}` },
      svgElement(
        "svg",
        { class: "flow tile-picture", width: 30, height: 30, viewBox: "0 0 22 22", "aria-hidden": "true" },
        svgElement("rect", { class: "tile", width: 22, height: 22, rx: 4 }),
        svgElement("path", { class: "icon", transform: "translate(3 3)", d: step.icon }),
      ),
      element("h2", {}, breakable(step.label)),
      element(
        "div",
        { class: "buttons" },
        back,
        step.kind === "subroutine" &&
          iconButton("subroutine", say("openSubroutine"), () => this.events.openSubroutine(step.tool)),
        iconButton("listing", say("openListing"), () => this.events.openListing(step.node)),
        iconButton("close", say("close"), this.events.close),
      ),
      element(
        "p",
        { class: "sub" },
        [step.kind === "start" ? "" : step.tool, say(KINDS[step.kind]), say("node", step.node)]
          .filter((part) => part !== "")
          .join(" · "),
      ),
    );
  }

  private exits(flow: FlowRequest.Result, step: FlowRequest.Step): HTMLElement {
    return element(
      "ul",
      { class: "ways" },
      ...step.exits.map(({ label, returnValue, isError, to, case: caseOf }) => {
        const target = to === null ? undefined : flow.steps[to];
        return element(
          "li",
          { class: isError ? "error" : null },
          element("span", { class: "way-label", title: say("returns", returnValue) }, label),
          caseOf !== undefined && element("span", { class: "type" }, caseOf),
          isError && element("span", { class: "tag" }, say("errorExit")),
          target
            ? this.link(to!, say("exitTo", target.label, target.node))
            : element("span", { class: "none" }, say("notConnected")),
        );
      }),
    );
  }

  private incoming(flow: FlowRequest.Result, incoming: readonly Incoming[]): HTMLElement {
    if (incoming.length === 0) return element("p", { class: "none" }, say("noIncoming"));
    return element(
      "ul",
      { class: "ways" },
      ...incoming.map(({ from, exit }) => {
        const step = flow.steps[from]!;
        return element(
          "li",
          {},
          element("span", { class: "way-label" }, step.exits[exit]!.label),
          this.link(from, say("incomingFrom", step.label, step.node)),
        );
      }),
    );
  }

  private link(index: number, text: string): HTMLElement {
    const button = element("button", { type: "button", class: "link" }, text);
    button.addEventListener("click", () => this.events.goTo(index));
    return button;
  }
}

function section(title: string, ...children: readonly Child[]): HTMLElement {
  return element("section", {}, element("h3", {}, title), ...children);
}

function listens({ objectId, eventId }: { objectId: string; eventId: string }): HTMLElement {
  return section(
    say("listensTo"),
    element("p", { class: "value" }, [objectId, eventId].filter((id) => id !== "").join(", ") || "–"),
  );
}

function argumentRows(step: FlowRequest.Step): HTMLElement[] {
  if (step.arguments.length === 0) return [element("p", { class: "none" }, say("noArguments"))];
  return [
    element(
      "dl",
      { class: "rows" },
      ...step.arguments.flatMap(({ label, direction, type, required, value }) => [
        element(
          "dt",
          {},
          element("span", { class: `direction ${direction}` }, say(direction)),
          named(label, type),
        ),
        value === null
          ? element("dd", { class: required ? "missing" : "none" }, say(required ? "emptyRequired" : "empty"))
          : element("dd", { class: "value" }, value),
      ]),
    ),
  ];
}

function named(label: string, type: string): HTMLElement {
  return element(
    "span",
    { class: "row-label" },
    label,
    type !== "" && " ",
    type !== "" && element("span", { class: "type" }, type),
  );
}

function inferred(step: FlowRequest.Step): HTMLElement {
  return section(
    say("inferred"),
    element(
      "dl",
      { class: "rows" },
      ...step.inferred.flatMap(({ name, value, undecided }) => [
        element(
          "dt",
          {},
          element("span", { class: "row-label" }, name),
          undecided && element("span", { class: "tag" }, say("undecided")),
        ),
        element("dd", { class: "value" }, value),
      ]),
    ),
  );
}

function signature(of: FlowRequest.Signature, open: boolean): HTMLElement {
  const facts: readonly (readonly [string, string])[] = [
    [say("category"), of.category],
    [say("version"), of.version],
    [say("runtime"), of.runtime],
  ];
  return element(
    "details",
    { class: "signature", open },
    element("summary", {}, element("h3", {}, say("signature"))),
    of.description !== "" && element("p", { class: "notes-text" }, of.description),
    ...facts
      .filter(([, value]) => value !== "")
      .map(([name, value]) =>
        element(
          "p",
          { class: "fact" },
          element("span", { class: "row-label" }, name),
          element("span", { class: "value" }, value),
        ),
      ),
    of.parameters.length > 0 && section(say("parameters"), parameterRows(of.parameters)),
    of.exits.length > 0 &&
      section(
        say("exits"),
        element(
          "ul",
          { class: "ways" },
          ...of.exits.map(({ label, returnValue, isError }) =>
            element(
              "li",
              { class: isError ? "error" : null },
              element("span", { class: "way-label" }, label),
              element("span", { class: "type" }, String(returnValue)),
              isError && element("span", { class: "tag" }, say("errorExit")),
            ),
          ),
        ),
      ),
  );
}

function parameterRows(parameters: readonly FlowRequest.Parameter[]): HTMLElement {
  return element(
    "dl",
    { class: "rows" },
    ...parameters.flatMap((one) => [
      element(
        "dt",
        {},
        element("span", { class: `direction ${one.direction}` }, say(one.direction)),
        named(one.label, one.type),
      ),
      element(
        "dd",
        { class: "sub" },
        [
          say(one.required ? "required" : "optional"),
          one.default === null ? "" : say("default", one.default),
          one.variable === undefined ? "" : say("carriedBy", one.variable),
        ]
          .filter((part) => part !== "")
          .join(" · "),
      ),
    ]),
  );
}
