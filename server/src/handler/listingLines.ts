/** The parts of a listing, in their order; `calls`, `tool`, `initiator` and `step` are one part for each. */
export type Section =
  | "handler"
  | "parameters"
  | "initiator"
  | "variables"
  | "calls"
  | "tool"
  | "step"
  /** Strings behind the place where reading stopped: no part of the handler. */
  | "recovered";

/** A name on a line that leads somewhere; columns are UTF-16 units from 0, `end` is behind the last. */
export type NameOnLine = { readonly start: number; readonly end: number } & (
  | { readonly kind: "variable"; readonly name: string }
  /** `name` is `module:name`. */
  | { readonly kind: "tool"; readonly name: string }
  | { readonly kind: "subroutine"; readonly name: string }
  /** Where an exit leads. */
  | { readonly kind: "step"; readonly node: number }
);

/** What a line of the listing is about. Blank lines belong to the section above them. */
export interface LineInfo {
  readonly section: Section;
  /** Node id of the step; of the start step in the section `parameters`. */
  readonly node: number | undefined;
  /** Index of the step's argument, exit, parameter; or of the parameter or exit of a signature. */
  readonly argument: number | undefined;
  readonly exit: number | undefined;
  readonly parameter: number | undefined;
  /** The variable that the line declares. */
  readonly variable: string | undefined;
  /** `module:name` of the tool or initiator whose signature the line belongs to. */
  readonly tool: string | undefined;
  /** The subroutine whose signature the line belongs to. */
  readonly subroutine: string | undefined;
  readonly names: readonly NameOnLine[];
}

/**
 * The text form of a handler, and what each of its lines is about.
 *
 * The text depends on the model alone. Every line stands for itself, so that a change shows as a change of its
 * own lines: columns are fixed, never fitted to the lines around. Steps come by node id, and variables, tools and
 * subroutines by name, so that the order of the file does not matter. It holds everything the model holds but
 * - bend points of links (moving a box would change the lines of its neighbours) and the order of steps in the file
 * - the kind of line break in notes: CR LF and LF both start a new `note` line
 * - what `problems` says: that is about reading, not about the handler; only the strings found behind the place where
 *   reading stopped come last
 * - whether a Selection's Default returns 0 (as in files) or -1 (as in exports)
 * - values of secret arguments, which show as `********`.
 *
 * Strings are quoted and escaped (see `quoting.ts`), so a line never holds a control or bidi character. Names are
 * quoted where they would be ambiguous. An argument shows its type only where it differs from the signature of
 * the tool, and an exit its return value.
 */
export class Listing {
  private index: ListingIndex | undefined;

  constructor(
    /** Lines end with a line feed, the last one too. */
    readonly text: string,
    /** One entry a line of `text`. */
    readonly lines: readonly LineInfo[],
  ) {}

  /** Number (from 0) of the line that starts a step. */
  lineOfStep(node: number): number | undefined {
    return this.indexed().steps.get(node);
  }

  lineOfArgument(node: number, argument: number): number | undefined {
    return this.inStep(node, (line) => line.argument === argument);
  }

  lineOfExit(node: number, exit: number): number | undefined {
    return this.inStep(node, (line) => line.exit === exit);
  }

  /** Where a variable is declared. */
  lineOfVariable(name: string): number | undefined {
    return this.indexed().variables.get(name);
  }

  /** Where the signature of a tool or initiator starts; `key` is `module:name`. */
  lineOfTool(key: string): number | undefined {
    return this.indexed().tools.get(key);
  }

  /** Where the signature of a called subroutine starts. */
  lineOfSubroutine(name: string): number | undefined {
    return this.indexed().subroutines.get(name);
  }

  private inStep(node: number, matches: (line: LineInfo) => boolean): number | undefined {
    const first = this.lineOfStep(node);
    if (first === undefined) return undefined;
    for (let at = first; this.lines[at]?.node === node; at++) if (matches(this.lines[at]!)) return at;
    return undefined;
  }

  private indexed(): ListingIndex {
    return (this.index ??= indexOf(this.lines));
  }
}

interface ListingIndex {
  readonly steps: Map<number, number>;
  readonly variables: Map<string, number>;
  readonly tools: Map<string, number>;
  readonly subroutines: Map<string, number>;
}

/** The first line of each; steps, variables and tools are unique in all but broken files. */
function indexOf(lines: readonly LineInfo[]): ListingIndex {
  const index: ListingIndex = {
    steps: new Map(),
    variables: new Map(),
    tools: new Map(),
    subroutines: new Map(),
  };
  const put = <Key>(map: Map<Key, number>, key: Key | undefined, at: number): void => {
    if (key !== undefined && !map.has(key)) map.set(key, at);
  };
  lines.forEach((line, at) => {
    if (line.section === "step") put(index.steps, line.node, at);
    put(index.variables, line.variable, at);
    put(index.tools, line.tool, at);
    put(index.subroutines, line.subroutine, at);
  });
  return index;
}
