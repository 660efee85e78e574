import { type Candidate, candidates, isAsKnown, join } from "./candidates";
import { type IhdObject, type Layout, Op } from "./fields";
import type { IhdFile } from "./file";
import { violations } from "./invariants";
import type { LayoutMemory } from "./layoutMemory";
import { better, type Explained, type FieldEvidence } from "./layoutMemory";
import { type Mark, type ReadOptions, Trials } from "./reader";
import type { Stop, Unknown } from "./stop";

/** How a class (or kind of value) that the table does not have turned out to be laid out. */
export interface InferredLayout {
  readonly key: string;
  readonly className: string;
  readonly schema: number;
  /** For example `BASE OBJ OBJ`, or `as schema 1` where it could be read as the class is known. */
  readonly signature: string;
  /** The known schema of the class that it was read as; `fields` are what follows. */
  readonly knownSchema: number | undefined;
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
  /** false: not all possibilities were tried, because time ran out or there are too many; nothing is decided. */
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
 * candidate after the other, and keeps those with which the WHOLE file decodes and all invariants hold. Another
 * schema of a known class with which that holds when it is read as the known one is taken to be laid out as it.
 * Bounded by `milliseconds`; without layouts when nothing fits.
 */
export function infer(
  bytes: Buffer,
  options: Omit<ReadOptions, "assumed" | "strict">,
  memory: LayoutMemory,
  milliseconds: number,
): Inference {
  const deadline = performance.now() + milliseconds;
  let search = new Search(bytes, options, deadline, (unknown) =>
    memory.alive(unknown.key).map((e) => e.candidate),
  );
  search.run();
  if (search.solutions.length === 0) {
    search = new Search(bytes, options, deadline, () => []);
    search.run();
  }
  const { solutions, exhaustive } = search;
  if (solutions.length === 0) return { assumed: new Map(), layouts: [], exhaustive };
  return choose(solutions, memory, exhaustive);
}

class Search {
  readonly solutions: Solution[] = [];
  exhaustive = true;
  private readonly trials: Trials;

  constructor(
    private readonly bytes: Buffer,
    private readonly options: Omit<ReadOptions, "assumed" | "strict">,
    private readonly deadline: number,
    private readonly first: (unknown: Unknown) => readonly Candidate[],
  ) {
    this.trials = new Trials(bytes, options);
  }

  run(): void {
    this.visit(new Map(), undefined);
  }

  /** Depth: twice the number of unknown classes in the file. */
  private visit(chosen: ReadonlyMap<string, Choice>, from: Mark | undefined): void {
    if (this.solutions.length >= mostSolutions || performance.now() > this.deadline) {
      this.exhaustive = false;
      return;
    }
    const assumed = new Map([...chosen].map(([key, { candidate }]) => [key, candidate.layout]));
    const { file, stop, position } = this.trials.read(from, assumed);
    if (stop) this.branch(chosen, stop);
    else if (position === this.bytes.length && violations(file).length === 0)
      this.solutions.push(solution(chosen, file));
  }

  private branch(chosen: ReadonlyMap<string, Choice>, stop: Stop): void {
    const { unknown } = stop;
    if (!unknown || chosen.has(unknown.key) || chosen.size >= 2 * mostUnknowns) return;
    const mark = this.trials.mark(stop);
    const remembered = this.first(unknown);
    const begun = chosen.get(unknown.key.slice(0, -1))?.candidate;
    let shortest = Infinity;
    for (const candidate of remembered.length > 0
      ? remembered
      : candidates(unknown, this.options.layouts, begun)) {
      // Once something fits, only what could be read as well as it is worth trying: no longer ones beyond three.
      if (candidate.extras.length > 3 && shortest <= 3) return;
      const before = this.solutions.length;
      this.visit(new Map(chosen).set(unknown.key, { unknown, candidate }), mark);
      const found = this.solutions.slice(before);
      if (found.length > 0) shortest = Math.min(shortest, candidate.extras.length);
      if (!this.exhaustive || found.some((each) => readsAsKnown(each, unknown))) return;
    }
  }
}

/** Whether the class (also while its continuation is being found) turned out to be as its known schema is. */
function readsAsKnown(found: Solution, { key }: Unknown): boolean {
  const settled = found.get(key.endsWith("+") ? key.slice(0, -1) : key);
  return settled !== undefined && isAsKnown(settled.explained.candidate);
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
  const evidence = candidate.layout.ops.map(({ name, code }): FieldEvidence => {
    let speaks = false;
    let filled = false;
    for (const instance of instances) {
      const value = instance[name];
      // An empty list leaves no trace on an object that was read beyond its layout.
      if (value === undefined) continue;
      if (typeof value === "string") {
        // A Unicode string carries its mark even when it is empty; an empty ANSI one is any zero byte.
        speaks ||= value !== "" || (file.form === "unicode" && code === Op.str);
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
    // What was not tried has not failed.
    if (exhaustive) memory.learn(key, [...bySignature.values()]);
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
    const order = memory.alive(key).map((entry) => entry.candidate.signature);
    const alternatives = [...new Set(others)]
      .filter((other): other is string => other !== undefined && other !== candidate.signature)
      .sort((a, b) => order.indexOf(a) - order.indexOf(b));
    const ofExtras = evidence.slice(evidence.length - candidate.extras.length);
    const undecided = (i: number): boolean =>
      !exhaustive || (unknown.kind === "class" ? !ofExtras[i]!.filled : alternatives.length > 0);
    return {
      key,
      className: unknown.className,
      schema: unknown.schema,
      signature: candidate.signature,
      knownSchema: candidate.knownSchema,
      layout: candidate.layout,
      fields: candidate.extras.map(({ name, kind }, i) => ({ name, kind, undecided: undecided(i) })),
      instances: explained.instances,
      alternatives,
    };
  });
  return { assumed: new Map(layouts.map((each) => [each.key, each.layout])), layouts, exhaustive };
}
