import type { TreeItem } from "vscode";

/**
 * Has screen readers read a row's label, its description, and what else only its icon tells. Without it they read a
 * row's tooltip instead, where it is a text.
 */
export function spoken<Item extends TreeItem>(item: Item, ...more: readonly string[]): Item {
  const label = typeof item.label === "string" ? item.label : item.label?.label;
  const parts = [label, item.description, ...more];
  const texts = parts.filter((part) => typeof part === "string" && part !== "");
  item.accessibilityInformation = { label: texts.join(", ") };
  return item;
}
