import type { PageField } from "../../server/src/protocol";
import { element } from "../flow/elements";

/** The fields of a page: what is filled in, which are there, and what is warned of. */
export class Fields {
  private readonly shown: {
    field: PageField;
    input: HTMLInputElement | HTMLSelectElement;
    row: HTMLElement;
  }[] = [];

  /** Builds a group; `kept`: values that were filled in before. */
  group(title: string, fields: readonly PageField[], kept: ReadonlyMap<string, string>): HTMLElement {
    const rows = fields.map((field) => this.row(field, kept.get(field.id) ?? field.value));
    return element("fieldset", {}, element("legend", {}, title), ...rows);
  }

  clear(): void {
    this.shown.length = 0;
  }

  values(): Record<string, string> {
    return Object.fromEntries(this.shown.map(({ field, input }) => [field.id, valueOf(input)]));
  }

  /** Shows and hides what depends on values. */
  update(): void {
    const values = this.values();
    for (const { field, row, input } of this.shown) {
      const { when, warnings } = field;
      row.hidden = when !== undefined && !when.is.includes(values[when.field] ?? "");
      const warning = row.querySelector<HTMLElement>(".warning");
      if (!warning) continue;
      const text = warnings?.[valueOf(input)] ?? "";
      if (warning.textContent !== text) warning.textContent = text;
      warning.hidden = text === "";
    }
  }

  private row(field: PageField, value: string): HTMLElement {
    const id = `field-${field.id}`;
    const described = [field.help && `${id}-help`, field.warnings && `${id}-warning`]
      .filter(Boolean)
      .join(" ");
    const input = inputOf(field, id, value);
    if (described) input.setAttribute("aria-describedby", described);
    input.addEventListener("input", () => this.update());
    const label = element("label", { for: id }, field.label);
    const row = element(
      "div",
      { class: `field ${field.kind}` },
      ...(field.kind === "check" ? [input, label] : [label, input]),
      field.help ? element("p", { id: `${id}-help`, class: "quiet" }, field.help) : null,
      field.warnings ? element("p", { id: `${id}-warning`, class: "warning", role: "alert" }) : null,
    );
    this.shown.push({ field, input, row });
    return row;
  }
}

function inputOf(field: PageField, id: string, value: string): HTMLInputElement | HTMLSelectElement {
  if (field.kind === "choice") {
    const select = element(
      "select",
      { id },
      ...(field.options ?? []).map((option) => element("option", { value: option.value }, option.label)),
    );
    select.value = value;
    return select;
  }
  const input = element("input", {
    id,
    type: field.kind === "check" ? "checkbox" : field.kind,
    placeholder: field.placeholder,
    autocomplete: "off",
    spellcheck: "false",
  });
  if (field.kind === "check") input.checked = value === "yes";
  else input.value = value;
  return input;
}

function valueOf(input: HTMLInputElement | HTMLSelectElement): string {
  return input instanceof HTMLInputElement && input.type === "checkbox"
    ? input.checked
      ? "yes"
      : ""
    : input.value;
}
