import * as l10n from "@vscode/l10n";
import type { Hover, Position } from "vscode-languageserver";
import { shorten, stepName } from "../analysis/checks/rule";
import { toolMarkdown } from "../analysis/hints/markdown";
import type { MigrationHints } from "../analysis/hints/migrationHints";
import { toolUsesOf } from "../analysis/hints/uses";
import { functions } from "../handler/functions";
import { toolKey } from "../handler/toolKey";
import type { Indexed } from "../workspace/handlerIndex";
import type { HandlerIndex } from "../workspace/handlerIndex";
import type { Model } from "../workspace/models";
import { type Named, namedAt, placesOf, stepOf } from "./names";
import { range } from "./ranges";
import { sectionsOf } from "./sections";

/** What a listing's own lines say about a name, with its uses. `read` gives another handler in full. */
export async function hover(
  model: Model,
  position: Position,
  index: HandlerIndex,
  read: (uri: string) => Promise<Model>,
  hints: MigrationHints | null = null,
): Promise<Hover | null> {
  const named = namedAt(model, position);
  if (!named) return functionHover(model, position);
  const parts = await about(model, named, index, read);
  if (named.kind === "tool") parts.unshift(...comparedTool(model, position.line, named.name, hints));
  if (parts.length === 0) return null;
  return { contents: { kind: "markdown", value: parts.join("\n\n") }, range: range(named.range) };
}

/** The tool of a step beside that of the migration's target, with what the vendor's help says of it. */
function comparedTool(
  { handler, listing }: Model,
  line: number,
  tool: string,
  hints: MigrationHints | null,
): string[] {
  const node = listing.lines[line]?.node;
  const found = toolUsesOf(handler).find(
    ({ signature, steps }) =>
      toolKey(signature) === tool && (node === undefined || steps.some((step) => step.node === node)),
  );
  if (!found) return [];
  const { signature } = found;
  return [toolMarkdown(signature, hints?.counterpart(signature) ?? { kind: "unknown" })];
}

/** Longer sections are cut: the place itself is one key away. */
const mostLines = 30;
const mostUses = 12;

async function about(
  model: Model,
  named: Named,
  index: HandlerIndex,
  read: (uri: string) => Promise<Model>,
): Promise<string[]> {
  const { listing } = model;
  switch (named.kind) {
    case "variable": {
      const line = listing.lineOfVariable(named.name);
      const declared = line === undefined ? [] : [code(linesOf(model, line, line))];
      return [...declared, usesOf(model, named)];
    }
    case "step": {
      const line = listing.lineOfStep(named.node);
      return line === undefined ? [l10n.t("There is no such step.")] : [code(sectionAt(model, line))];
    }
    case "tool": {
      const line = listing.lineOfTool(named.name);
      return line === undefined ? [] : [code(sectionAt(model, line))];
    }
    case "subroutine": {
      if (named.range.line === 0) return [callersOf(model, index)];
      const found = index.resolve(named.name, model.uri);
      if (found.length > 0)
        return [...(await Promise.all(found.slice(0, 3).map(async (each) => signature(each, read))))];
      const line = listing.lineOfSubroutine(named.name);
      const saved = line === undefined ? [] : [code(sectionAt(model, line))];
      return [...saved, l10n.t("Not in the workspace; this is the signature the caller was saved with.")];
    }
  }
}

/** The head and the parameters of another handler, from its own listing. */
async function signature({ uri }: Indexed, read: (uri: string) => Promise<Model>): Promise<string> {
  const model = await read(uri);
  const lines = sectionsOf(model.listing)
    .filter(({ info }) => info.section === "handler" || info.section === "parameters")
    .flatMap(({ first, last }) => linesOf(model, first, last));
  return code(lines);
}

function usesOf(model: Model, named: Named): string {
  const nodes = new Set<number>();
  for (const { line } of placesOf(model, named)) {
    const info = model.listing.lines[line]!;
    if ((info.section === "step" || info.section === "parameters") && info.node !== undefined)
      nodes.add(info.node);
  }
  if (nodes.size === 0) return l10n.t("Not used by any step.");
  const names = [...nodes].slice(0, mostUses).map((node) => plain(stepName(stepOf(model, node)!)));
  return nodes.size > names.length
    ? l10n.t("Used by {0} and {1} more.", names.join(", "), nodes.size - names.length)
    : l10n.t("Used by {0}.", names.join(", "));
}

function callersOf({ uri, handler }: Model, index: HandlerIndex): string {
  const own = index.get(uri);
  const callers = own ? [...index.callersOf(own)].map(({ summary }) => plain(summary.name)) : [];
  if (callers.length === 0) return l10n.t("No handler of the workspace calls {0}.", plain(handler.name));
  const named = callers.slice(0, mostUses).join(", ");
  return callers.length > mostUses
    ? l10n.t("Called by {0} and {1} more.", named, callers.length - mostUses)
    : l10n.t("Called by {0}.", named);
}

/** A function's signature, as far as it is known. */
function functionHover({ listing }: Model, { line, character }: Position): Hover | null {
  const info = listing.lines[line];
  if (info?.section !== "step" || (info.argument === undefined && info.exit === undefined)) return null;
  const text = listing.text.split("\n", line + 1)[line] ?? "";
  // Strings and quoted names are stepped over, so that what looks like a call in them is none.
  for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|([\p{L}_]\w*)(?=\()/gu)) {
    const [whole, name] = match;
    const end = match.index + whole.length;
    if (character < match.index || character > end || name === undefined) continue;
    const known = functions.filter((each) => each.name === name && !each.operator);
    if (known.length === 0) return null;
    const value = known.map(({ signature }) => code([`${name}${signature}`])).join("\n");
    return {
      contents: { kind: "markdown", value },
      range: range({ line, start: match.index, end }),
    };
  }
  return null;
}

function sectionAt(model: Model, line: number): string[] {
  const section = sectionsOf(model.listing).find(({ first, last }) => first <= line && line <= last);
  return section ? linesOf(model, section.first, section.last) : [];
}

function linesOf({ listing }: Model, first: number, last: number): string[] {
  const lines = listing.text.split("\n").slice(first, last + 1);
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines), "..."];
}

/** A block in the language of listings; the fence is longer than any the text could hold. */
function code(lines: readonly string[]): string {
  const text = lines.filter((line) => line !== "").join("\n");
  const ticks = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(ticks + 1);
  return `${fence}handler-listing\n${text}\n${fence}`;
}

/** Text from a handler that is no Markdown. */
function plain(text: string): string {
  return shorten(text).replace(/[\\`*_{}[\]()#+\-.!<>|~&]/g, "\\$&");
}
