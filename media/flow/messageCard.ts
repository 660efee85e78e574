import type { FlowRequest } from "../../server/src/protocol";
import { element } from "./elements";
import { say } from "./text";

/** What stands in the place of a picture that cannot be shown: why, and what to do. */
export class MessageCard {
  readonly root = element("div", { class: "message-card", role: "alert" }, say("loading"));

  constructor(private readonly retry: () => void) {}

  /** Nothing came that could be shown. */
  fail(message: string): void {
    this.unreadable([message]);
  }

  /** Says what is wrong with a handler that has nothing to show; false when it has. */
  judge(flow: FlowRequest.Result): boolean {
    this.root.hidden = flow.steps.length > 0;
    if (this.root.hidden) return false;
    if (flow.problems.some(({ severity }) => severity === "error"))
      this.unreadable(flow.problems.map(({ message }) => message));
    else this.root.replaceChildren(element("h2", {}, say("noSteps")));
    return true;
  }

  private unreadable(messages: readonly string[]): void {
    const again = element("button", { type: "button", class: "primary" }, say("retry"));
    again.addEventListener("click", this.retry);
    this.root.hidden = false;
    this.root.replaceChildren(
      element("h2", {}, say("unreadable")),
      ...messages.slice(0, 5).map((message) => element("p", {}, message)),
      element("p", { class: "sub" }, say("unreadableHelp")),
      again,
    );
  }
}
