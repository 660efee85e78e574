import * as l10n from "@vscode/l10n";
import type { Picture, PictureEdge, PictureNode } from "./picture";
import type { Spot } from "./place";

/** Colours by variables, so that a view can give its theme's and a file follows the reader's system. */
const style = `
.calls { --calls-back: #ffffff; --calls-box: #f3f5f8; --calls-border: #8a94a3; --calls-text: #1f2328; --calls-line: #8a94a3; --calls-entry: #1a7f4b; --calls-missing: #c72e2e; --calls-cycle: #b25e00; }
@media (prefers-color-scheme: dark) { .calls { --calls-back: #1e1f22; --calls-box: #2b2d31; --calls-border: #7d8590; --calls-text: #e6e8eb; --calls-line: #7d8590; --calls-entry: #4fc38a; --calls-missing: #ff7b72; --calls-cycle: #f0a050; } }
.calls .back { fill: var(--calls-back); }
.calls text { font: 12px "Segoe UI", system-ui, sans-serif; fill: var(--calls-text); }
.calls rect.box { fill: var(--calls-box); stroke: var(--calls-border); }
.calls .handler rect.box { stroke: var(--calls-entry); stroke-width: 2; }
.calls .missing rect.box { stroke: var(--calls-missing); stroke-dasharray: 4 3; }
.calls .cycle rect.box { stroke: var(--calls-cycle); }
.calls .dead { opacity: 0.55; }
.calls .badge { text-anchor: end; font-weight: 600; }
.calls path { fill: none; stroke: var(--calls-line); }
.calls path.back-call { stroke: var(--calls-cycle); stroke-dasharray: 5 3; }
.calls marker path { fill: var(--calls-line); stroke: none; }
`.trim();

/** The picture as an SVG document of its own. */
export function pictureSvg(picture: Picture): string {
  const { width, height, nodes, edges, leftOut } = picture;
  const title =
    leftOut.handlers > 0
      ? l10n.t(
          "Calls of {0} handlers and subroutines. {1} handlers with few calls are left out.",
          nodes.length,
          leftOut.handlers,
        )
      : l10n.t("Calls of {0} handlers and subroutines.", nodes.length);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="calls" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">`,
    `<title>${escape(title)}</title>`,
    `<style>${style}</style>`,
    `<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z"/></marker></defs>`,
    `<rect class="back" width="${width}" height="${height}"/>`,
    ...edges.map((edge) => edgeSvg(edge)),
    ...nodes.map((node) => nodeSvg(node)),
    "</svg>",
    "",
  ].join("\n");
}

function nodeSvg(node: PictureNode): string {
  const { x, y, width, height, kind, label, path, isDead, isInCycle, isHub, callers, callees } = node;
  const classes = [kind, ...(isDead ? ["dead"] : []), ...(isInCycle ? ["cycle"] : [])].join(" ");
  const about = [
    label,
    path,
    kind === "missing" ? l10n.t("not found") : "",
    l10n.t("called by {0}, calls {1}", callers, callees),
    isDead ? l10n.t("never called") : "",
    isInCycle ? l10n.t("calls in a circle") : "",
  ].filter((text) => text !== "");
  const room = Math.floor((width - 20) / 6.6) - (isHub ? String(callers).length + 3 : 0);
  const shown = label.length <= room ? label : `${label.slice(0, Math.max(1, room - 1))}…`;
  const badge = isHub ? `<text class="badge" x="${x + width - 8}" y="${y + 17}">← ${callers}</text>` : "";
  return `<g class="${classes}"><title>${escape(about.join("\n"))}</title><rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/><text x="${x + 10}" y="${y + 17}">${escape(shown)}</text>${badge}</g>`;
}

function edgeSvg({ points, isBack }: PictureEdge): string {
  return `<path${isBack ? ' class="back-call"' : ""} d="${curve(points)}" marker-end="url(#head)"/>`;
}

/** Soft bends between columns, straight where an edge passes one. */
export function curve(points: readonly Spot[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let before = first;
  let text = `M${first.x},${first.y}`;
  for (const point of rest) {
    const half = Math.round((before.x + point.x) / 2);
    text +=
      before.y === point.y
        ? ` L${point.x},${point.y}`
        : ` C${half},${before.y} ${half},${point.y} ${point.x},${point.y}`;
    before = point;
  }
  return text;
}

function escape(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- XML has no way to write them
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, "\ufffd")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}
