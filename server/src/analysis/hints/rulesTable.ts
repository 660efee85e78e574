import { rules } from "../checks/checks";
import type { Certainty, RuleInfo } from "../checks/rule";
import { cell } from "./markdown";

const words: Readonly<Record<Certainty, string>> = {
  certain: "certain",
  likely: "likely",
  possible: "possible: look",
  habit: "a matter of habit",
};

/** The page that lists every rule: what a finding means, how sure it is, where the rule comes from. */
export function rulesTable(all: readonly RuleInfo[] = rules): string {
  const rows = all.map(({ id, meaning, severity, certainty, source }) => [
    `\`${id}\``,
    severity,
    words[certainty],
    escape(meaning),
    escape(source ?? "The handlers themselves"),
  ]);
  return [
    ["Rule", "Default", "How sure", "What it means", "Where it comes from"],
    Array(5).fill("---"),
    ...rows,
  ]
    .map((cells: string[]) => `| ${cells.join(" | ")} |\n`)
    .join("");
}

/** Our own texts need less than those of handlers. */
function escape(text: string): string {
  return /[<>|*]/.test(text) ? cell(text) : text;
}
