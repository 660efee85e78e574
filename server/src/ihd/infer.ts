import { type Candidate, candidates, join } from "./candidates";
import type { IhdObject, Layout } from "./fields";
import type { IhdFile } from "./file";
import { violations } from "./invariants";
import type { LayoutMemory } from "./layoutMemory";
import { better, type Explained, type FieldEvidence } from "./layoutMemory";
import { read, type ReadOptions } from "./reader";
import type { Unknown } from "./stop";

/** How a class (or kind of value) that the table does not have turned out to be laid out. */
export interface InferredLayout {
  readonly key: string;
  readonly className: string;
  readonly schema: number;
  /** For example `BASE OBJ OBJ`. */
  readonly signature: string;
  readonly layout: Layout;
  readonly fields: readonly { readonly name: string; readonly kind: string; readonly undecided: boolean }[];
  /** Objects of the class in this file. */
  readonly instances: number;
  /** Other layouts with which the whole file decodes too. */
  readonly alternatives: readonly string[];
}

export interface Inference {
  readonly assumed: ReadonlyMap<string, Layout>;
  readonly layouts: readonly InferredLayout[];
  /** false: time ran out before all possibilities were tried. */
  readonly exhaustive: boolean;
}

interface Choice {
  readonly unknown: Unknown;
  readonly candidate: Candidate;
}

interface Settled {
  readonly choice: Choice;
  readonly explained: Explained;
}

type Solution = ReadonlyMap<string, Settled>;

const mostSolutions = 64;
const mostUnknowns = 12;

/**
 * Finds layouts for what the table does not know: at the first instance of each unknown class it tries one
 * candidate after the other, and keeps those with which the WHOLE file decodes and all invariants hold.
 * Bounded by `milliseconds`; undefined when nothing fits.
 */
export function infer(
  bytes: Buffer,
  options: Omit<ReadOptions, "assumed" | "strict">,
  memory: LayoutMemory,
  milliseconds: number,
): Inference | undefined {
  const deadline = performance.now() + milliseconds;
  let search = new Search(bytes, options, deadline, (unknown) =>
    memory.alive(unknown.key).map((e) => e.candidate),
  );
  search.visit(new Map());
  if (search.solutions.length === 0) {
    search = new Search(bytes, options, deadline, () => []);
    search.visit(new Map());
  }
  const { solutions } = search;
  if (solutions.length === 0) return undefined;
  return choose(solutions, memory, !search.timedOut);
}

class Search {
  readonly solutions: Solution[] = [];
  timedOut = false;

  constructor(
    private readonly bytes: Buffer,
    private readonly options: Omit<ReadOptions, "assumed" | "strict">,
    private readonly deadline: number,
    private readonly first: (unknown: Unknown) => readonly Candidate[],
  ) {}

  /** Depth: twice the number of unknown classes in the file. */
  visit(chosen: ReadonlyMap<string, Choice>): void {
    if (this.timedOut || this.solutions.length >= mostSolutions) return;
    if (performance.now() > this.deadline) {
      this.timedOut = true;
      return;
    }
    const assumed = new Map([...chosen].map(([key, { candidate }]) => [key, candidate.layout]));
    const { file, stop, position } = read(this.bytes, { ...this.options, assumed, strict: true });
    if (!stop) {
      if (position === this.bytes.length && violations(file).length === 0)
        this.solutions.push(solution(chosen, file));
      return;
    }
    const { unknown } = stop;
    if (!unknown || chosen.has(unknown.key) || chosen.size >= 2 * mostUnknowns) return;
    const remembered = this.first(unknown);
    const begun = chosen.get(unknown.key.slice(0, -1))?.candidate;
    let shortest = Infinity;
    for (const candidate of remembered.length > 0
      ? remembered
      : candidates(unknown, this.options.layouts, begun)) {
      // Once something fits, only what could be read as well as it is worth trying: no longer ones beyond three.
      if (candidate.extras.length > 3 && shortest <= 3) return;
      const before = this.solutions.length;
      this.visit(new Map(chosen).set(unknown.key, { unknown, candidate }));
      if (this.solutions.length > before) shortest = Math.min(shortest, candidate.extras.length);
      if (this.timedOut) return;
    }
  }
}

/** The choices made, with beginnings and continuations joined. */
function solution(chosen: ReadonlyMap<string, Choice>, file: IhdFile): Solution {
  const joined: [string, Settled][] = [];
  for (const [key, choice] of chosen) {
    if (choice.unknown.kind === "tail") continue;
    const rest = chosen.get(`${key}+`);
    const candidate = rest ? join(choice.unknown, choice.candidate, rest.candidate) : choice.candidate;
    joined.push([
      key,
      { choice: { ...choice, candidate }, explained: explain(candidate, choice.candidate.layout, file) },
    ]);
  }
  return new Map(joined);
}

function explain(candidate: Candidate, readAs: Layout, file: IhdFile): Explained {
  const instances = file.table.filter((each): each is IhdObject => each?.$class.layout === readAs);
  const evidence = candidate.extras.map(({ name, kind }): FieldEvidence => {
    let speaks = false;
    let filled = false;
    for (const instance of instances) {
      const value = instance[name];
      // An empty list leaves no trace on an object that was read beyond its layout.
      if (value === undefined) continue;
      if (typeof value === "string") {
        // A Unicode string carries its mark even when it is empty; an empty ANSI one is any zero byte.
        speaks ||= value !== "" || (file.form === "unicode" && kind === "STR");
        filled ||= speaks;
      } else if (Array.isArray(value)) {
        speaks ||= value.length > 0;
        filled ||= value.length > 0;
      } else if (typeof value === "number") filled ||= value !== 0;
      else {
        speaks ||= value !== null;
        filled ||= value !== null;
      }
    }
    return { speaks, filled };
  });
  return { candidate, evidence, instances: instances.length };
}

function choose(solutions: readonly Solution[], memory: LayoutMemory, exhaustive: boolean): Inference {
  const keys = new Set(solutions.flatMap((solution) => [...solution.keys()]));
  for (const key of keys) {
    const bySignature = new Map<string, Explained>();
    for (const solution of solutions) {
      const explained = solution.get(key)?.explained;
      if (explained) bySignature.set(explained.candidate.signature, explained);
    }
    memory.learn(key, [...bySignature.values()]);
  }
  // With what other files showed added, so that a choice does not depend on this file alone.
  const known = (key: string, explained: Explained): Explained =>
    memory.alive(key).find((entry) => entry.candidate.signature === explained.candidate.signature) ??
    explained;
  const best = [...solutions].sort((a, b) => {
    for (const key of keys) {
      const ofA = a.get(key);
      const ofB = b.get(key);
      if (!ofA || !ofB) return (ofA ? 1 : 0) - (ofB ? 1 : 0);
      const order = better(known(key, ofA.explained), known(key, ofB.explained));
      if (order !== 0) return order;
    }
    return 0;
  })[0]!;
  const layouts = [...best].map(([key, { choice, explained }]): InferredLayout => {
    const { evidence } = known(key, explained);
    const { candidate, unknown } = choice;
    const others = solutions.map((solution) => solution.get(key)?.explained.candidate.signature);
    const alternatives = [...new Set(others)].filter(
      (other): other is string => other !== undefined && other !== candidate.signature,
    );
    const undecided = (i: number): boolean =>
      unknown.kind === "class" ? !evidence[i]!.filled : alternatives.length > 0;
    return {
      key,
      className: unknown.className,
      schema: unknown.schema,
      signature: candidate.signature,
      layout: candidate.layout,
      fields: candidate.extras.map(({ name, kind }, i) => ({ name, kind, undecided: undecided(i) })),
      instances: explained.instances,
      alternatives,
    };
  });
  return { assumed: new Map(layouts.map((each) => [each.key, each.layout])), layouts, exhaustive };
}
