/**
 * How a flow looks. The rules name variables only, so that a picture of its own, a report and the editor's
 * view (which fills them with theme colours) share one drawing.
 */
export const FLOW_STYLE = `
.flow text { font-family: var(--flow-font); text-rendering: geometricPrecision; }
.flow .box { fill: var(--flow-box); stroke: var(--flow-border); stroke-width: 1; }
.flow .label { fill: var(--flow-text); font-weight: 600; }
.flow .tool, .flow .id { fill: var(--flow-muted); font-size: 10px; }
.flow .id, .flow .exit { text-anchor: end; }
.flow .exit { fill: var(--flow-text); font-size: 10px; }
.flow .exit.error { fill: var(--flow-error); }
.flow .tile { fill: var(--hue); fill-opacity: 0.15; }
.flow .icon { fill: none; stroke: var(--hue); stroke-width: 1.3; stroke-linecap: round; stroke-linejoin: round; }
.flow .bars { fill: none; stroke: var(--hue); stroke-opacity: 0.55; stroke-width: 1; }
.flow .port { fill: var(--flow-link); stroke: var(--flow-box); stroke-width: 1; }
.flow .port.error { fill: var(--flow-error); }
.flow .stub { fill: var(--flow-box); stroke: var(--flow-link); stroke-width: 1.2; }
.flow .stub.error { stroke: var(--flow-error); }
.flow .notes { fill: none; stroke: var(--flow-muted); stroke-width: 1; }
.flow .line { fill: none; stroke: var(--flow-link); stroke-width: 1.3; stroke-linejoin: round; }
.flow .head { fill: var(--flow-link); stroke: none; }
.flow .way { fill: none; stroke: var(--flow-link); stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.flow .error > .line { stroke: var(--flow-error); stroke-dasharray: 5 3; }
.flow .error > .head { fill: var(--flow-error); }
.flow .error > .way { stroke: var(--flow-error); }
.flow .k-initiator > .box, .flow .k-start > .box { stroke: var(--hue); stroke-width: 2; }
.flow .incomplete > .box { stroke: var(--flow-error); stroke-dasharray: 4 3; }
.flow .f-entry { --hue: var(--flow-entry); }
.flow .f-logic { --hue: var(--flow-logic); }
.flow .f-call { --hue: var(--flow-call); }
.flow .f-phone { --hue: var(--flow-phone); }
.flow .f-data { --hue: var(--flow-data); }
.flow .f-outside { --hue: var(--flow-outside); }
.flow .f-system { --hue: var(--flow-system); }
.flow .s-added { --mark: var(--flow-added); }
.flow .s-removed { --mark: var(--flow-removed); }
.flow .s-changed { --mark: var(--flow-changed); }
.flow .status { fill: var(--mark); fill-opacity: 0.16; stroke: var(--mark); stroke-width: 2.5; }
.flow .badge { fill: var(--mark); }
.flow .sign { fill: none; stroke: var(--flow-box); stroke-width: 1.8; stroke-linecap: round; }
.flow .s-added > .line, .flow .s-removed > .line, .flow .s-changed > .line { stroke: var(--mark); stroke-width: 2.5; }
.flow .s-added > .head, .flow .s-removed > .head, .flow .s-changed > .head { fill: var(--mark); }
.flow .s-removed > .line { stroke-dasharray: 2 3; }
`.trim();

/** Which colours a picture of its own has; `auto` follows the reader's system. */
export type FlowTheme = "light" | "dark" | "auto";

const FONT = `"Segoe UI", system-ui, -apple-system, Roboto, "Helvetica Neue", Arial, sans-serif`;

const LIGHT: Readonly<Record<string, string>> = {
  background: "#f7f8fa",
  box: "#ffffff",
  border: "#c3c8d0",
  text: "#1f2328",
  muted: "#646c78",
  link: "#7b8492",
  error: "#c72e2e",
  entry: "#1a7f4b",
  logic: "#a05a00",
  call: "#0b62c4",
  phone: "#0f7d86",
  data: "#7a3fbd",
  outside: "#2f55d4",
  system: "#5b6470",
  added: "#1a7f37",
  removed: "#c72e2e",
  changed: "#b06000",
};

const DARK: Readonly<Record<string, string>> = {
  background: "#1b1d21",
  box: "#26292e",
  border: "#4b515b",
  text: "#e6e8eb",
  muted: "#a0a7b1",
  link: "#8d96a3",
  error: "#f47067",
  entry: "#57c98a",
  logic: "#e0a458",
  call: "#6cb2ff",
  phone: "#4cc3cd",
  data: "#c49bf5",
  outside: "#8ea8ff",
  system: "#a9b1bc",
  added: "#57c98a",
  removed: "#f47067",
  changed: "#e3b341",
};

const variables = (colours: Readonly<Record<string, string>>): string =>
  Object.entries(colours)
    .map(([name, value]) => `--flow-${name}: ${value};`)
    .join(" ");

/** Values for the variables of `FLOW_STYLE`, for pictures outside the editor. */
export function themeStyle(theme: FlowTheme): string {
  const first = theme === "dark" ? DARK : LIGHT;
  const base = `.flow { --flow-font: ${FONT}; ${variables(first)} }`;
  return theme === "auto"
    ? `${base}\n@media (prefers-color-scheme: dark) { .flow { ${variables(DARK)} } }`
    : base;
}
