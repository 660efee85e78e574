import type { MigratorCommandRequest, MigratorNode } from "../../server/src/protocol";
import { element, fill } from "../flow/elements";
import { CheckBox, Choice, TextField } from "./fields";
import { typedNodes } from "./form";
import { say } from "./text";

/** The data components: all, or those that are ticked or typed. */
export class NodeChooser {
  readonly root: HTMLElement;
  private readonly all: Choice<"all" | "chosen">;
  private readonly boxes: ReadonlyMap<string, CheckBox>;
  private readonly others: TextField;
  private readonly added = element("ul", { class: "added" });
  private readonly details = element("div", { class: "nodes" });

  constructor(known: readonly MigratorNode[], changed: () => void) {
    this.all = new Choice(
      say("nodes"),
      [
        ["all", say("allNodes")],
        ["chosen", say("chosenNodes")],
      ],
      () => {
        this.details.hidden = this.all.value === "all";
        changed();
      },
    );
    this.boxes = new Map(
      known.map(({ name, printed }) => {
        const box = new CheckBox(name, changed);
        if (!printed) {
          box.root.classList.add("mentioned");
          box.root.title = say("mentioned");
        }
        return [name, box];
      }),
    );
    this.others = new TextField(say("otherNodes"), say("otherNodesHint"), false, changed);
    this.details.append(
      element("div", { class: "boxes" }, ...[...this.boxes.values()].map(({ root }) => root)),
      this.others.root,
      element("div", { role: "status" }, this.added),
    );
    this.root = element("div", {}, this.all.root, this.details);
  }

  get value(): { readonly allNodes: boolean; readonly nodes: readonly string[] } {
    const ticked = [...this.boxes].filter(([, box]) => box.value).map(([name]) => name);
    return { allNodes: this.all.value === "all", nodes: [...ticked, ...typedNodes(this.others.value)] };
  }

  set value({ allNodes, nodes }: { readonly allNodes: boolean; readonly nodes: readonly string[] }) {
    this.all.value = allNodes ? "all" : "chosen";
    this.details.hidden = allNodes;
    for (const [name, box] of this.boxes) box.value = nodes.includes(name);
    this.others.value = nodes.filter((name) => !this.boxes.has(name)).join(", ");
  }

  /** Marks what the chosen ones need: it is in the line without being ticked. */
  showAdded(added: MigratorCommandRequest.Result["added"]): void {
    for (const [name, box] of this.boxes) {
      box.root.classList.toggle(
        "needed",
        added.some(({ node }) => node === name),
      );
    }
    fill(
      this.added,
      ...added.map(({ node, because }) =>
        element("li", {}, say("neededBy", node, because.charAt(0).toUpperCase() + because.slice(1))),
      ),
    );
  }
}
