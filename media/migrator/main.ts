import type { MigratorForm, MigratorView } from "../../server/src/protocol";
import { savedForm } from "./form";
import "./migrator.css";
import { useStrings } from "./text";
import { View } from "./view";

interface VsCodeApi {
  postMessage(message: MigratorView.ToEditor): void;
  getState(): unknown;
  setState(state: MigratorForm): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();
const root = document.getElementById("migrator-form")!;
let view: View | undefined;

window.addEventListener("message", ({ data }: MessageEvent<MigratorView.ToView>) => {
  switch (data.type) {
    case "strings":
      useStrings(data.strings);
      view = new View(root, data.form, {
        post: (message) => vscode.postMessage(message),
        changed: (form) => vscode.setState(form),
      });
      view.form = savedForm(vscode.getState());
      break;
    case "start":
      if (view) view.form = { ...view.form, ...data.fields };
      break;
    case "command":
      view?.showCommand(data.command);
      break;
    case "copied":
      view?.showCopied();
      break;
    case "failed":
      view?.showFailure(data.message);
      break;
  }
});

vscode.postMessage({ type: "ready" });
