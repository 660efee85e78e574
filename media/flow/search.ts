import type { FlowRequest } from "../../server/src/protocol";

type Step = FlowRequest.Step;
type Signature = FlowRequest.Signature;

/**
 * What a search looks at, lower case: label, tool, arguments, exits, cases, notes, and the parameters of the
 * signature with the variables that carry them.
 */
export function searchText(step: Step, signature: Signature | undefined): string {
  const parts = [step.label, step.tool, step.toolLabel, step.notes];
  for (const { label, value } of step.arguments) parts.push(label, value ?? "");
  for (const each of step.exits) parts.push(each.label, each.case ?? "");
  for (const { label, variable } of signature?.parameters ?? []) parts.push(label, variable ?? "");
  for (const { value } of step.inferred) parts.push(value);
  if (step.listensTo) parts.push(step.listensTo.objectId, step.listensTo.eventId);
  return parts.join("\n").toLowerCase();
}

/** Search over the steps of one flow; the texts are made once. */
export class Search {
  /** Made when the first search wants them. */
  private texts: readonly string[] | undefined;

  constructor(
    private readonly steps: readonly Step[],
    /** Positions of the steps in the order matches are visited. */
    private readonly order: readonly number[],
    private readonly signatures: readonly Signature[] = [],
  ) {}

  /**
   * The steps that hold all words of the query, in any case. A number alone also finds the step with that node
   * id, and finds it first; `#12` finds nothing else.
   */
  find(query: string): number[] {
    const wanted = query.trim().toLowerCase();
    if (wanted === "") return [];
    const node = /^#?(\d+)$/.exec(wanted)?.[1];
    const byNode =
      node === undefined ? [] : this.order.filter((index) => String(this.steps[index]!.node) === node);
    if (wanted.startsWith("#") && node !== undefined) return byNode;
    const texts = (this.texts ??= this.steps.map((step) =>
      searchText(step, this.signatures[step.signature ?? -1]),
    ));
    const words = wanted.split(/\s+/);
    const byText = this.order.filter((index) => words.every((word) => texts[index]!.includes(word)));
    return [...byNode, ...byText.filter((index) => !byNode.includes(index))];
  }
}

/** The match to go to next: the first one after the current step in the order of the matches, around the end. */
export function stepped(matches: readonly number[], current: number | null, forward: boolean): number | null {
  if (matches.length === 0) return null;
  const at = current === null ? -1 : matches.indexOf(current);
  if (at < 0) return (forward ? matches[0] : matches.at(-1))!;
  return matches[(at + (forward ? 1 : matches.length - 1)) % matches.length]!;
}
