import type { PackageView } from "../../server/src/protocol";
import "./packages.css";
import "./tree.css";
import "./messages.css";
import { type SavedState, savedState } from "./state";
import { useStrings } from "./text";
import { View } from "./view";

interface VsCodeApi {
  postMessage(message: PackageView.ToEditor): void;
  getState(): unknown;
  setState(state: SavedState): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();
const root = document.getElementById("package-view")!;
let view: View | undefined;
let saving: ReturnType<typeof setTimeout> | undefined;

function start({ strings, language }: Extract<PackageView.ToView, { type: "strings" }>): View {
  useStrings(strings, language);
  return new View(
    root,
    {
      post: (message) => vscode.postMessage(message),
      stateChanged: (state) => {
        clearTimeout(saving);
        saving = setTimeout(() => vscode.setState(state), 150);
      },
    },
    savedState(vscode.getState()),
  );
}

window.addEventListener("message", ({ data }: MessageEvent<PackageView.ToView>) => {
  switch (data.type) {
    case "strings":
      view ??= start(data);
      break;
    case "show":
      view?.show(data.contents);
      break;
    case "findings":
      view?.showFindings(data.findings, data.verification);
      break;
    case "failed":
      view?.fail(data.message);
      break;
  }
});

vscode.postMessage({ type: "ready" });
