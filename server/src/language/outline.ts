import * as l10n from "@vscode/l10n";
import { type DocumentSymbol, type Position, SymbolKind } from "vscode-languageserver";
import type { Step } from "../handler/model";
import { toolKey } from "../handler/toolKey";
import type { Model } from "../workspace/models";
import { type SectionLines, sectionsOf } from "./sections";

/** The outline: what the handler declares, whom it calls, which tools it uses, and its steps. */
export function documentSymbols(model: Model): DocumentSymbol[] {
  const { handler, listing } = model;
  const texts = listing.text.split("\n");
  const endOf = (line: number): Position => ({ line, character: texts[line]?.length ?? 0 });
  const symbol = (
    name: string,
    kind: SymbolKind,
    first: number,
    last = first,
    detail = "",
  ): DocumentSymbol => {
    const start = { line: first, character: 0 };
    return {
      // Empty names are refused by the editor.
      name: name.trim() === "" ? l10n.t("(no name)") : name,
      detail,
      kind,
      range: { start, end: endOf(last) },
      selectionRange: { start, end: endOf(first) },
    };
  };
  const steps = new Map(handler.steps.map((step) => [step.node, step]));
  const top: DocumentSymbol[] = [];
  const groups = new Map<string, DocumentSymbol>();
  const intoGroup = (name: string, { last }: SectionLines, child: DocumentSymbol): void => {
    let group = groups.get(name);
    if (!group) {
      group = { ...symbol(name, SymbolKind.Namespace, child.range.start.line), children: [] };
      groups.set(name, group);
      top.push(group);
    }
    group.children!.push(child);
    group.range = { start: group.range.start, end: endOf(last) };
  };
  for (const section of sectionsOf(listing)) {
    const { info, first, last } = section;
    switch (info.section) {
      case "handler": {
        const kind = handler.initiators.length > 0 ? SymbolKind.Event : SymbolKind.Function;
        top.push(symbol(handler.name, kind, first, last, handler.category));
        break;
      }
      case "parameters": {
        const own = handler.steps.find(({ kind }) => kind === "start")?.parameters ?? [];
        const children = listing.lines.slice(first, last + 1).flatMap(({ parameter }, at) => {
          const declared = parameter === undefined ? undefined : own[parameter];
          if (!declared) return [];
          return [symbol(declared.label, SymbolKind.Field, first + at, first + at, declared.type.name)];
        });
        top.push({ ...symbol(l10n.t("parameters"), SymbolKind.Namespace, first, last), children });
        break;
      }
      case "variables": {
        const children = listing.lines.slice(first, last + 1).flatMap(({ variable }, at) => {
          if (variable === undefined) return [];
          const type = handler.variables.find(({ name }) => name === variable)?.type.name;
          return [symbol(variable, SymbolKind.Variable, first + at, first + at, type)];
        });
        top.push({ ...symbol(l10n.t("variables"), SymbolKind.Namespace, first, last), children });
        break;
      }
      case "recovered":
        top.push(symbol(l10n.t("strings behind the stop"), SymbolKind.String, first, last));
        break;
      case "initiator":
        top.push(symbol(l10n.t("initiator {0}", info.tool ?? ""), SymbolKind.Event, first, last));
        break;
      case "calls":
        intoGroup(l10n.t("calls"), section, symbol(info.subroutine ?? "", SymbolKind.Function, first, last));
        break;
      case "tool":
        intoGroup(l10n.t("tools"), section, symbol(info.tool ?? "", SymbolKind.Class, first, last));
        break;
      case "step": {
        const step = steps.get(info.node ?? -1);
        if (!step) break;
        const name = `${step.label} (${step.node})`;
        intoGroup(
          l10n.t("steps"),
          section,
          symbol(name, stepSymbolKind(step.kind), first, last, detailOf(step)),
        );
      }
    }
  }
  return top;
}

function detailOf({ kind, tool }: Step): string {
  return kind === "tool" || kind === "initiator" ? toolKey(tool) : tool.name;
}

export function stepSymbolKind(kind: Step["kind"]): SymbolKind {
  switch (kind) {
    case "initiator":
    case "start":
      return SymbolKind.Event;
    case "subroutine":
      return SymbolKind.Function;
    case "tool":
      return SymbolKind.Method;
    case "native":
      return SymbolKind.Operator;
  }
}
