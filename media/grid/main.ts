import type { FromGrid, ToGrid } from "../../server/src/protocol";
import { GridView } from "./grid";
import "./grid.css";

declare function acquireVsCodeApi(): { postMessage(message: FromGrid): void };

const vscode = acquireVsCodeApi();
let view: GridView | undefined;

window.addEventListener("message", ({ data }: MessageEvent<ToGrid>) => {
  switch (data.type) {
    case "strings":
      view ??= new GridView(document.getElementById("grid-view")!, data.strings, (message) =>
        vscode.postMessage(message),
      );
      view.focus();
      break;
    case "shape":
      view?.reshape(data.shape);
      break;
    case "rows":
      view?.take(data.from, data.rows);
      break;
    case "said":
      view?.announce(data.text);
  }
});

vscode.postMessage({ type: "ready" });
