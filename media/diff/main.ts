import type { FlowDiffView } from "../../server/src/protocol";
import "../flow/flow.css";
import { useStrings } from "../flow/text";
import "./diff.css";
import { type SavedState, savedState } from "./state";
import { useDiffStrings } from "./text";
import { DiffView } from "./view";

interface VsCodeApi {
  postMessage(message: FlowDiffView.ToEditor): void;
  getState(): unknown;
  setState(state: SavedState): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();
const root = document.getElementById("diff-view")!;
let view: DiffView | undefined;
let saving: ReturnType<typeof setTimeout> | undefined;

function start({ flow, strings }: Extract<FlowDiffView.ToView, { type: "strings" }>): DiffView {
  useStrings(flow);
  useDiffStrings(strings);
  return new DiffView(
    root,
    {
      openListing: (change) =>
        vscode.postMessage({
          type: "openListing",
          node: change?.kind === "step-removed" ? null : (change?.node ?? null),
          oldNode: change?.oldNode ?? null,
        }),
      retry: () => vscode.postMessage({ type: "retry" }),
      stateChanged: (state) => {
        clearTimeout(saving);
        saving = setTimeout(() => vscode.setState(state), 150);
      },
    },
    savedState(vscode.getState()),
  );
}

window.addEventListener("message", ({ data }: MessageEvent<FlowDiffView.ToView>) => {
  switch (data.type) {
    case "strings":
      view ??= start(data);
      break;
    case "show":
      // Without a pause the state has the source at once, so that the window can bring it back.
      vscode.setState({ ...savedState(vscode.getState()), source: data.sides.source });
      view?.show(data.diff, data.sides);
      vscode.postMessage({ type: "shown" });
      break;
    case "failed":
      view?.fail(data.message);
      vscode.postMessage({ type: "shown" });
      break;
    case "reveal":
      view?.reveal(data.node);
      break;
  }
});

vscode.postMessage({ type: "ready" });
