import * as l10n from "@vscode/l10n";
import { escaped } from "../../handler/flow/text";
import { FLOW_STYLE, themeStyle } from "../../handler/flow/style";
import { languageCode } from "../../languageCode";
import type { Hunk } from "../compare/listings";
import { visible } from "./text";

/** Text for the content of a page. */
export const html = (text: string): string => escaped(visible(text));

/**
 * The beginning of a page that needs nothing else: no scripts, no files, no network, in light or dark as the
 * reader's system is, light on paper. `pageEnd` closes it.
 */
export const pageStart = (title: string): string => `<!DOCTYPE html>
<html lang="${languageCode()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${html(title)}</title>
<style>
${STYLE}
${themeStyle("auto")}
${FLOW_STYLE}
@media print { ${themeStyle("light")} }
</style>
</head>
<body>
<main>
`;

export const pageEnd = "</main>\n</body>\n</html>\n";

/** A picture in a frame that scrolls, by keyboard too. */
export const picture = (svg: string, caption: string): string =>
  `<figure><figcaption>${html(caption)}</figcaption><div class="picture" tabindex="0" role="group" aria-label="${html(caption)}">\n${svg}</div></figure>\n`;

/** A unified diff; every line keeps its sign, so that colour is not all that tells. */
export function unifiedDiff(hunks: readonly Hunk[]): string {
  const lines = hunks.flatMap(({ oldStart, newStart, lines }) => [
    `<span class="at">${html(l10n.t("Lines {0} (old), {1} (new)", oldStart, newStart))}</span>`,
    ...lines.map((line) => {
      if (line.startsWith("+")) return `<ins>${html(line)}</ins>`;
      return line.startsWith("-") ? `<del>${html(line)}</del>` : html(line);
    }),
  ]);
  return `<pre class="listing" tabindex="0">${lines.join("\n")}</pre>\n`;
}

/** A value in a cell; nothing is said to be nothing. */
export const value = (text: string | null): string =>
  text === null
    ? `<i class="none">${html(l10n.t("none"))}</i>`
    : text === ""
      ? `<i class="none">${html(l10n.t("empty"))}</i>`
      : `<code>${html(text)}</code>`;

const LIGHT = `--page: #ffffff; --text: #1f2328; --muted: #59636e; --edge: #d1d9e0; --head: #f3f5f8; --link: #0b62c4;
  --added: #116329; --removed: #a40e26; --changed: #7d4e00; --bad: #a40e26; --added-back: #dff5e3; --removed-back: #fde3e5;`;
const DARK = `--page: #1b1d21; --text: #e6e8eb; --muted: #a0a7b1; --edge: #4b515b; --head: #26292e; --link: #6cb2ff;
  --added: #57c98a; --removed: #ff8d85; --changed: #e3b341; --bad: #ff8d85; --added-back: #17351f; --removed-back: #43191c;`;

const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media screen and (prefers-color-scheme: dark) { :root { ${DARK} } }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 "Segoe UI", system-ui, -apple-system, Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 80rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--edge); overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; overflow-wrap: anywhere; }
p, ul, dl { margin: .4rem 0; }
a { color: var(--link); }
dl.about { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .9rem; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
.muted, .none { color: var(--muted); }
.note { border-left: 3px solid var(--changed); padding: .2rem .7rem; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; }
th, td { border: 1px solid var(--edge); padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: break-word; }
thead th { background: var(--head); }
tbody th { font-weight: 600; }
td.number, th.number { text-align: right; }
table.short { width: auto; }
code, pre { font: 13px/1.45 "Cascadia Mono", Consolas, "DejaVu Sans Mono", Menlo, monospace; }
td code { white-space: pre-wrap; overflow-wrap: anywhere; }
.status { font-weight: 600; white-space: nowrap; }
.is-added, .is-take-over { color: var(--added); }
.is-removed, .is-base-gone { color: var(--removed); }
.is-changed, .is-re-apply { color: var(--changed); }
.is-unreadable, .is-conflict { color: var(--bad); }
figure { margin: .6rem 0; }
figcaption, summary { font-weight: 600; margin: .3rem 0; }
.picture { overflow: auto; max-height: 75vh; border: 1px solid var(--edge); border-radius: 4px; }
.picture svg { display: block; }
pre.listing { border: 1px solid var(--edge); border-radius: 4px; padding: .5rem; overflow: auto; max-height: 75vh; margin: .3rem 0; }
.listing ins, .listing del { text-decoration: none; display: inline-block; min-width: 100%; }
.listing ins { background: var(--added-back); }
.listing del { background: var(--removed-back); }
.listing .at { color: var(--muted); }
.tick { display: inline-block; width: .9em; height: .9em; border: 1.5px solid currentColor; vertical-align: -.1em; margin-right: .4em; }
.tick.done { background: currentColor; }
@media print {
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  tr, figure { break-inside: avoid; }
  .picture, pre.listing { max-height: none; overflow: visible; }
  .picture svg { width: 100%; height: auto; max-height: 95vh; }
  pre.listing { white-space: pre-wrap; }
  .picture, .listing ins, .listing del { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`.trim();
