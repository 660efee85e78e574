import { SymbolKind, type WorkspaceSymbol } from "vscode-languageserver";
import type { HandlerIndex } from "../workspace/handlerIndex";
import { stepSymbolKind } from "./outline";
import { firstLine, location } from "./ranges";

/** Most symbols that are sent; who sees more types another letter. */
const most = 1000;

/** Handlers, then steps, whose name holds the letters of the query in their order. */
export function workspaceSymbols(query: string, index: HandlerIndex): WorkspaceSymbol[] {
  const letters = query.toLowerCase().replace(/\s+/g, "");
  const handlers: WorkspaceSymbol[] = [];
  const steps: WorkspaceSymbol[] = [];
  for (const { uri, summary } of index.all()) {
    if (matches(summary.name, letters)) {
      const kind = summary.parameters ? SymbolKind.Function : SymbolKind.Event;
      const containerName = summary.category || summary.initiator;
      handlers.push({ name: summary.name, kind, containerName, location: location(uri, firstLine) });
    }
    if (letters === "") continue;
    for (const { node, label, kind, range } of summary.steps) {
      if (steps.length >= most) break;
      const name = `${label} (${node})`;
      if (!matches(name, letters)) continue;
      steps.push({
        name,
        kind: stepSymbolKind(kind),
        containerName: summary.name,
        location: location(uri, range),
      });
    }
  }
  return [...handlers, ...steps].slice(0, most);
}

function matches(name: string, letters: string): boolean {
  const text = name.toLowerCase();
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
