import { element } from "../flow/elements";
import { say } from "./text";

let ids = 0;

/** A text field under its label, with a hint below it. */
export class TextField {
  readonly root: HTMLElement;
  private readonly input: HTMLInputElement;

  constructor(label: string, hint: string, required: boolean, changed: () => void) {
    const id = `field-${++ids}`;
    this.input = element("input", {
      id,
      type: "text",
      spellcheck: "false",
      autocomplete: "off",
      "aria-describedby": hint === "" ? null : `${id}-hint`,
      "aria-required": required ? "true" : null,
    });
    this.input.addEventListener("input", changed);
    this.root = element(
      "div",
      { class: "field" },
      element(
        "label",
        { for: id },
        label,
        required && element("span", { class: "required" }, ` (${say("required")})`),
      ),
      this.input,
      hint !== "" && element("p", { id: `${id}-hint`, class: "hint" }, hint),
    );
  }

  get value(): string {
    return this.input.value;
  }

  set value(value: string) {
    this.input.value = value;
  }
}

export class CheckBox {
  readonly root: HTMLElement;
  private readonly input = element("input", { type: "checkbox" });

  constructor(
    label: string,
    changed: () => void,
    /** What is said beside the label. */
    readonly note = element("span", { class: "note" }),
  ) {
    this.input.addEventListener("change", changed);
    this.root = element("label", { class: "check" }, this.input, element("span", {}, label), note);
  }

  get value(): boolean {
    return this.input.checked;
  }

  set value(value: boolean) {
    this.input.checked = value;
  }
}

/** One of several, each with its label; in a group of its own. */
export class Choice<Value extends string> {
  readonly root: HTMLElement;
  private readonly inputs = new Map<Value, HTMLInputElement>();

  constructor(legend: string, options: readonly (readonly [Value, string])[], changed: () => void) {
    const name = `choice-${++ids}`;
    this.root = element(
      "fieldset",
      {},
      element("legend", {}, legend),
      ...options.map(([value, label]) => {
        const input = element("input", { type: "radio", name });
        input.addEventListener("change", changed);
        this.inputs.set(value, input);
        return element("label", { class: "check" }, input, element("span", {}, label));
      }),
    );
  }

  get value(): Value {
    for (const [value, input] of this.inputs) if (input.checked) return value;
    return [...this.inputs.keys()][0]!;
  }

  set value(value: Value) {
    const input = this.inputs.get(value);
    if (input) input.checked = true;
  }
}
