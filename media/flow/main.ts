import type { FlowView } from "../../server/src/protocol";
import "./flow.css";
import { renderPng } from "./png";
import { type SavedState, savedState } from "./state";
import { useStrings } from "./text";
import { View } from "./view";

interface VsCodeApi {
  postMessage(message: FlowView.ToEditor): void;
  getState(): unknown;
  setState(state: SavedState): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();
const root = document.getElementById("flow-view")!;
let view: View | undefined;
let saving: ReturnType<typeof setTimeout> | undefined;

function start(strings: FlowView.Strings): View {
  useStrings(strings);
  return new View(
    root,
    {
      openListing: (node) => vscode.postMessage({ type: "openListing", node }),
      openSubroutine: (name) => vscode.postMessage({ type: "openSubroutine", name }),
      retry: () => vscode.postMessage({ type: "retry" }),
      stateChanged: (state) => {
        clearTimeout(saving);
        saving = setTimeout(() => vscode.setState(state), 150);
      },
    },
    savedState(vscode.getState()),
  );
}

async function drawPng(id: number, image: Parameters<typeof renderPng>[0]): Promise<void> {
  try {
    vscode.postMessage({ type: "png", id, bytes: await renderPng(image) });
  } catch (error) {
    vscode.postMessage({
      type: "pngFailed",
      id,
      message: error instanceof Error ? error.message : String(error),
    });
  }
}

window.addEventListener("message", ({ data }: MessageEvent<FlowView.ToView>) => {
  switch (data.type) {
    case "strings":
      view ??= start(data.strings);
      break;
    case "show":
      view?.show(data.flow);
      vscode.postMessage({ type: "shown" });
      break;
    case "failed":
      view?.fail(data.message);
      vscode.postMessage({ type: "shown" });
      break;
    case "reveal":
      view?.reveal(data.node);
      break;
    case "png":
      void drawPng(data.id, data.image);
      break;
  }
});

vscode.postMessage({ type: "ready" });
