import { svgElement } from "../flow/elements";

const shapes = {
  collapsed: "M6 3.5 10.5 8 6 12.5",
  expanded: "M3.5 6 8 10.5 12.5 6",
  folder: "M1.8 4.2c0-.6.4-1 1-1h3.4l1.4 1.6h5.6c.6 0 1 .4 1 1v6c0 .6-.4 1-1 1H2.8c-.6 0-1-.4-1-1z",
  zip: "M2.5 2.5h11v11h-11zM8 2.5v1.6M8 5.6v1.6M6.6 9h2.8v2.6H6.6z",
  file: "M4 1.8h5L12.2 5v9.2H4zM9 1.8V5h3.2",
  handler: "M3 2.5h4v3H3zM9 10.5h4v3H9zM5 5.5V12h4M7 4h4v6.5",
  text: "M4 1.8h5L12.2 5v9.2H4zM9 1.8V5h3.2M6 7.6h4.2M6 9.6h4.2M6 11.6h2.6",
  link: "M6.6 9.4 9.4 6.6M7 4.6l1.4-1.4a2.6 2.6 0 0 1 3.7 3.7L10.7 8.3M9 11.4l-1.4 1.4a2.6 2.6 0 0 1-3.7-3.7L5.3 7.7",
  lock: "M4 7.2h8v6.3H4zM5.5 7.2V5a2.5 2.5 0 0 1 5 0v2.2M8 9.6v1.6",
  unlock: "M4 7.2h8v6.3H4zM5.5 7.2V5a2.5 2.5 0 0 1 4.9-.8M8 9.6v1.6",
  verify: "M8 1.8 13 3.6v4c0 3.2-2 5.4-5 6.6-3-1.2-5-3.4-5-6.6v-4zM5.6 7.8l1.8 1.8 3-3.2",
  extract: "M8 2v7.5M4.8 6.6 8 9.8l3.2-3.2M2.5 11v2.5h11V11",
  compare: "M2.5 3h4.5v10H2.5zM9 3h4.5v10H9zM4 6h1.5M10.5 6H12M10.5 8.5H12",
  expandAll: "M3 3h10v10H3zM8 5.5v5M5.5 8h5",
  collapseAll: "M3 3h10v10H3zM5.5 8h5",
  search: "M7 2.5a4.5 4.5 0 1 0 .1 0M10.3 10.3l3.4 3.4",
  close: "M4 4l8 8M12 4l-8 8",
  error: "M8 1.8a6.2 6.2 0 1 0 .1 0M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8",
  warning: "M8 2 14.5 13.5h-13zM8 6v3.8M8 11.6v.2",
  information: "M8 1.8a6.2 6.2 0 1 0 .1 0M8 7.2v4M8 4.8v.2",
  hint: "M8 1.8a4.2 4.2 0 0 0-2.4 7.6v2h4.8v-2A4.2 4.2 0 0 0 8 1.8M6 13.8h4",
} as const;

export type Glyph = keyof typeof shapes;

/** A small line drawing in the text's colour, hidden from screen readers. */
export function glyph(name: Glyph): SVGSVGElement {
  return svgElement(
    "svg",
    { class: `glyph glyph-${name}`, viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" },
    svgElement("path", { d: shapes[name] }),
  );
}
