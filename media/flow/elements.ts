const SVG = "http://www.w3.org/2000/svg";

export type Child = Node | string | null | undefined | false;
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * An HTML element. Text is set as text, never as markup; `true` sets an attribute without value, `false`,
 * null and undefined leave it out.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  assign(made, attributes);
  fill(made, ...children);
  return made;
}

export function svgElement<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  assign(made, attributes);
  fill(made, ...children);
  return made;
}

/** Replaces what an element holds. */
export function fill(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(
    ...children.filter(
      (child): child is Node | string => child !== null && child !== undefined && child !== false,
    ),
  );
}

function assign(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    target.setAttribute(name, value === true ? "" : String(value));
  }
}

/** A name that may be broken where its parts meet: `Dynamic|IVR_|Set|Call`. */
export function breakable(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  text.split(/(?<=[_.:/\\-])(?=\w)|(?<=\p{Ll})(?=\p{Lu})/u).forEach((part, index) => {
    if (index > 0) fragment.append(document.createElement("wbr"));
    fragment.append(part);
  });
  return fragment;
}

const SHAPES = {
  list: "M2.5 4h1M2.5 8h1M2.5 12h1M5.5 4h8M5.5 8h8M5.5 12h8",
  search: "M7 2.5a4.5 4.5 0 1 0 .1 0M10.3 10.3l3.4 3.4",
  up: "M3.5 9.8 8 5.3l4.5 4.5",
  down: "M3.5 6.2 8 10.7l4.5-4.5",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  close: "M4 4l8 8M12 4l-8 8",
  back: "M9.5 3.5 5 8l4.5 4.5",
  listing: "M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3",
  subroutine: "M2.5 4.5v-2h11v11h-11v-2M2 8h7M6.5 5.5 9 8l-2.5 2.5",
  help: "M8 1.8a6.2 6.2 0 1 0 .1 0M6.2 6.4c0-2.2 3.6-2.2 3.6 0 0 1.3-1.8 1.4-1.8 2.9M8 11.2v.2",
  error: "M8 1.8a6.2 6.2 0 1 0 .1 0M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8",
  warning: "M8 2 14.5 13.5h-13zM8 6v3.8M8 11.6v.2",
  information: "M8 1.8a6.2 6.2 0 1 0 .1 0M8 7.2v4M8 4.8v.2",
} as const;

export type Shape = keyof typeof SHAPES;

/** A small line drawing in the text's colour, hidden from screen readers. */
export function icon(shape: Shape): SVGSVGElement {
  return svgElement(
    "svg",
    { class: "glyph", viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" },
    svgElement("path", { d: SHAPES[shape] }),
  );
}

/** A button with an icon; the label is its name and its tooltip. */
export function iconButton(shape: Shape, label: string, click: () => void): HTMLButtonElement {
  const button = element(
    "button",
    { type: "button", class: "icon-button", title: label, "aria-label": label },
    icon(shape),
  );
  button.addEventListener("click", click);
  return button;
}
