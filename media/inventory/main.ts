import type { InventoryView as Messages } from "../../server/src/protocol";
import "../report/report.css";
import "./inventory.css";
import { InventoryPage } from "./page";

interface VsCodeApi {
  postMessage(message: Messages.ToEditor): void;
  getState(): unknown;
  setState(state: { filter: string; class: string }): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();
const saved = (vscode.getState() ?? {}) as { readonly filter?: unknown; readonly class?: unknown };
let page: InventoryPage | undefined;

window.addEventListener("message", ({ data }: MessageEvent<Messages.ToView>) => {
  switch (data.type) {
    case "strings":
      page ??= new InventoryPage(document.getElementById("inventory-view")!, data.strings, {
        post: (message) => vscode.postMessage(message),
        chosen: (filter, of) => vscode.setState({ filter, class: of }),
        filter: typeof saved.filter === "string" ? saved.filter : "",
        class: typeof saved.class === "string" ? saved.class : "",
      });
      break;
    case "show":
      page?.show(data);
      break;
    case "notes":
      page?.showNotes(data);
      break;
  }
});

vscode.postMessage({ type: "ready" });
