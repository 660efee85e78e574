import { type Candidate, isAsKnown } from "./candidates";

/** What the values of one field showed, over all instances met. */
export interface FieldEvidence {
  /** Some instance is a pointer that leads somewhere, a string with its mark, or a list with elements. */
  readonly speaks: boolean;
  /** Some instance is not all zero bytes. */
  readonly filled: boolean;
}

/** One candidate's record over the files it explained. */
export interface Explained {
  readonly candidate: Candidate;
  /** By field of the candidate's layout. */
  readonly evidence: readonly FieldEvidence[];
  readonly instances: number;
}

interface Entry extends Explained {
  readonly files: number;
}

/**
 * What inference has learned from the files at hand. A layout that explained a class in other files is tried
 * first; a candidate that fails in any file is out. Evidence adds up, so that a field that is zero in one
 * handler can be decided by another.
 */
export class LayoutMemory {
  private readonly entries = new Map<string, Map<string, Entry>>();
  private changes = 0;

  /** Grows whenever a choice made earlier, or what was said about it, might be different now. */
  get generation(): number {
    return this.changes;
  }

  /** Candidates that explained every file so far, best first; empty for something new. */
  alive(key: string): readonly Entry[] {
    return [...(this.entries.get(key)?.values() ?? [])].sort(better);
  }

  /** The candidates that explained one more file; others that were alive are dropped, unless none is left. */
  learn(key: string, explained: readonly Explained[]): void {
    if (explained.length === 0) return;
    const before = this.entries.get(key);
    const shown = this.shown(key);
    const merged = new Map<string, Entry>();
    const bySignature = new Map(explained.map((one) => [one.candidate.signature, one]));
    // In the order of trial, whatever order this file's came in: it decides between equals.
    for (const signature of (before ?? bySignature).keys()) {
      const one = bySignature.get(signature);
      if (!one) continue;
      const old = before?.get(signature);
      merged.set(signature, {
        candidate: one.candidate,
        evidence: one.evidence.map((each, i) => ({
          speaks: each.speaks || (old?.evidence[i]?.speaks ?? false),
          filled: each.filled || (old?.evidence[i]?.filled ?? false),
        })),
        instances: one.instances + (old?.instances ?? 0),
        files: 1 + (old?.files ?? 0),
      });
    }
    if (merged.size === 0) return;
    this.entries.set(key, merged);
    if (before && this.shown(key) !== shown) this.changes++;
  }

  /** What a file's reading depends on: what is possible, in which order, and which added fields hold something. */
  private shown(key: string): string {
    const entries = this.alive(key).map(({ candidate, evidence }) => [
      candidate.signature,
      evidence.slice(evidence.length - candidate.extras.length).map(({ filled }) => filled),
    ]);
    return JSON.stringify(entries);
  }
}

/**
 * The class as it is known first, then references that lead somewhere and marked strings (in all fields, so that
 * what a known schema begins with counts as well), then the shortest layout, then the order of trial.
 */
export function better(a: Explained, b: Explained): number {
  const known = Number(isAsKnown(b.candidate)) - Number(isAsKnown(a.candidate));
  return known || speaking(b) - speaking(a) || a.candidate.extras.length - b.candidate.extras.length;
}

const speaking = ({ evidence }: Explained): number => evidence.filter(({ speaks }) => speaks).length;
