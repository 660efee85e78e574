import type {
  MigratorCommandRequest,
  MigratorForm,
  MigratorFormRequest,
  MigratorView,
} from "../../server/src/protocol";
import { element, fill } from "../flow/elements";
import { glyph } from "../packages/glyphs";
import { CheckBox, Choice, TextField } from "./fields";
import { NodeChooser } from "./nodes";
import { say } from "./text";

export interface ViewEvents {
  readonly post: (message: MigratorView.ToEditor) => void;
  readonly changed: (form: MigratorForm) => void;
}

/** How long "Copied" stands on the button. */
const COPIED = 1500;

/** The form, and below it the line that it makes. */
export class View {
  private readonly mode: Choice<"export" | "import">;
  private readonly nodes: NodeChooser;
  private readonly exportFolder: TextField;
  private readonly customHandlerPath: TextField;
  private readonly importFile: TextField;
  private readonly extractionFolder: TextField;
  private readonly importMode: Choice<"0" | "1">;
  private readonly devMode: CheckBox;
  private readonly program: TextField;
  private readonly passwordVariable: TextField;
  private readonly noPrompt: CheckBox;
  private readonly exporting = element("div", {});
  private readonly importing = element("div", {});
  private readonly line = element("code", {
    class: "line",
    tabindex: 0,
    role: "textbox",
    "aria-readonly": "true",
    "aria-multiline": "true",
  });
  private readonly findings = element("div", { class: "findings", "aria-live": "polite" });
  private readonly copy = element("button", { type: "button", class: "action primary" }, say("copy"));
  private readonly script = element("button", { type: "button", class: "action" }, say("script"));

  constructor(
    root: HTMLElement,
    { nodes, options }: MigratorFormRequest.Result,
    private readonly events: ViewEvents,
  ) {
    const changed = (): void => this.changed();
    const textOf = (name: string): string => options.find((option) => option.name === name)?.text ?? "";
    const path = (label: string, option: string, example: string, required: boolean): TextField =>
      new TextField(label, `${textOf(option)}. ${say("pathHint", example)}`, required, changed);
    this.mode = new Choice(
      say("mode"),
      [
        ["export", say("export")],
        ["import", say("import")],
      ],
      changed,
    );
    this.nodes = new NodeChooser(nodes, changed);
    this.exportFolder = path(say("exportFolder"), "exportFolder", "D:\\Migration", true);
    this.customHandlerPath = path(
      say("customHandlerPath"),
      "customHandlerPath",
      "D:\\I3\\IC\\Handlers\\Custom",
      false,
    );
    this.importFile = path(
      say("importFile"),
      "importfile",
      "D:\\Migration\\SERVER_12062011091650.ininmigr",
      true,
    );
    this.extractionFolder = path(say("extractionFolder"), "extractionfolder", "D:\\Migration\\Files", true);
    this.importMode = new Choice(
      say("importMode"),
      [
        ["0", say("migration")],
        ["1", say("recovery")],
      ],
      changed,
    );
    this.devMode = new CheckBox(say("devMode"), changed);
    this.program = new TextField(say("program"), say("programHint"), false, changed);
    this.passwordVariable = new TextField(say("passwordVariable"), say("passwordHint"), false, changed);
    this.noPrompt = new CheckBox(say("noPrompt"), changed, element("span", { class: "note" }));
    this.noPrompt.root.title = textOf("noprompt");
    this.line.setAttribute("aria-label", say("command"));
    this.exporting.append(this.exportFolder.root, this.customHandlerPath.root);
    this.importing.append(
      this.importFile.root,
      this.extractionFolder.root,
      this.importMode.root,
      this.devMode.root,
    );
    this.copy.addEventListener("click", () => {
      events.post({ type: "copy", line: this.line.textContent ?? "" });
    });
    this.script.addEventListener("click", () => {
      events.post({ type: "script", form: this.form, line: this.line.textContent ?? "" });
    });
    fill(
      root,
      element(
        "main",
        {},
        element("h1", {}, say("title")),
        element("p", { class: "intro" }, say("intro")),
        this.mode.root,
        this.nodes.root,
        element("h2", {}, say("folders")),
        this.exporting,
        this.importing,
        element("h2", {}, say("running")),
        this.passwordVariable.root,
        this.program.root,
        this.noPrompt.root,
      ),
      element(
        "section",
        { class: "result", "aria-label": say("command") },
        element(
          "div",
          { class: "result-head" },
          element("h2", {}, say("command")),
          element("span", { class: "space" }),
          this.copy,
          this.script,
        ),
        this.line,
        this.findings,
      ),
    );
  }

  get form(): MigratorForm {
    return {
      mode: this.mode.value,
      program: this.program.value,
      ...this.nodes.value,
      exportFolder: this.exportFolder.value,
      customHandlerPath: this.customHandlerPath.value,
      importFile: this.importFile.value,
      extractionFolder: this.extractionFolder.value,
      importMode: this.importMode.value === "1" ? 1 : 0,
      devMode: this.devMode.value,
      passwordVariable: this.passwordVariable.value,
      noPrompt: this.noPrompt.value,
    };
  }

  set form(form: MigratorForm) {
    this.mode.value = form.mode;
    this.program.value = form.program;
    this.nodes.value = form;
    this.exportFolder.value = form.exportFolder;
    this.customHandlerPath.value = form.customHandlerPath;
    this.importFile.value = form.importFile;
    this.extractionFolder.value = form.extractionFolder;
    this.importMode.value = form.importMode === 1 ? "1" : "0";
    this.devMode.value = form.devMode;
    this.passwordVariable.value = form.passwordVariable;
    this.noPrompt.value = form.noPrompt;
    this.changed();
  }

  showCommand({ line, findings, added }: MigratorCommandRequest.Result): void {
    this.line.textContent = line;
    this.nodes.showAdded(added);
    fill(
      this.findings,
      findings.length === 0
        ? element("p", { class: "none" }, glyph("verify"), say("noMistakes"))
        : element(
            "ul",
            { "aria-label": say("mistakes") },
            ...findings.map(({ severity, message }) =>
              element(
                "li",
                { class: severity },
                glyph(severity),
                element("span", { class: "hidden" }, `${say(severity)}: `),
                element("span", {}, message.charAt(0).toUpperCase() + message.slice(1)),
              ),
            ),
          ),
    );
  }

  showCopied(): void {
    this.copy.textContent = say("copied");
    setTimeout(() => (this.copy.textContent = say("copy")), COPIED);
  }

  showFailure(message: string): void {
    fill(this.findings, element("p", { class: "error" }, glyph("error"), message));
  }

  private changed(): void {
    const { form } = this;
    this.exporting.hidden = form.mode !== "export";
    this.importing.hidden = form.mode !== "import";
    this.events.changed(form);
    this.events.post({ type: "changed", form });
  }
}
