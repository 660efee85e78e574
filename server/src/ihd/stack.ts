import type { Draft, IhdObject } from "./fields";

/** How far the objects on a stack were at one moment. */
export interface StackMark {
  readonly drafts: readonly Draft[];
  readonly fields: readonly number[];
  readonly lists: readonly ((IhdObject | null)[] | undefined)[];
  readonly filled: readonly number[];
  readonly counts: readonly number[];
  readonly before: StackMark | undefined;
  /** How many frames of the stack are still as they were, from the bottom. */
  untouched: number;
}

/**
 * The objects that are being read, outermost first: each with how far it is. What stands behind `depth` in the lists
 * is left over: taking it away would make the engine move them again and again.
 */
export class Stack {
  depth = 0;
  readonly drafts: Draft[] = [];
  /** The next field of each. */
  readonly fields: number[] = [];
  /** The list of objects that is being read, how many of it were read, and how many it will hold. */
  readonly lists: ((IhdObject | null)[] | undefined)[] = [];
  readonly filled: number[] = [];
  readonly counts: number[] = [];
  /** Fewest frames since the last mark was set or gone back to. */
  private lowest = 0;
  private last: StackMark | undefined;

  push(draft: Draft): void {
    const at = this.depth++;
    this.drafts[at] = draft;
    this.fields[at] = 0;
    this.lists[at] = undefined;
    this.filled[at] = 0;
    this.counts[at] = 0;
  }

  pop(): void {
    if (--this.depth < this.lowest) this.lowest = this.depth;
  }

  /** The objects, outermost first. */
  open(): Draft[] {
    return this.drafts.slice(0, this.depth);
  }

  /** After a stop: takes the places of lists that were not reached. */
  cutLists(): void {
    for (let i = 0; i < this.depth; i++) {
      const list = this.lists[i];
      if (list) list.length = this.filled[i]!;
    }
  }

  mark(): StackMark {
    this.noteTouched();
    const { depth } = this;
    const mark: StackMark = {
      drafts: this.open(),
      fields: this.fields.slice(0, depth),
      lists: this.lists.slice(0, depth),
      filled: this.filled.slice(0, depth),
      counts: this.counts.slice(0, depth),
      before: this.last,
      untouched: 0,
    };
    this.stand(mark);
    return mark;
  }

  /**
   * Goes back to the last mark or one before it; marks behind it are void. Handlers are deep and most trials
   * end soon: only what was touched since is brought back.
   */
  restore(mark: StackMark): void {
    this.noteTouched();
    for (let each = this.last; each && each !== mark; each = each.before) {
      if (each.before) each.before.untouched = Math.min(each.before.untouched, each.untouched);
    }
    this.depth = mark.drafts.length;
    for (let i = mark.untouched; i < this.depth; i++) {
      const list = mark.lists[i];
      if (list) list.length = mark.filled[i]!;
      this.drafts[i] = mark.drafts[i]!;
      this.fields[i] = mark.fields[i]!;
      this.lists[i] = list;
      this.filled[i] = mark.filled[i]!;
      this.counts[i] = mark.counts[i]!;
    }
    this.stand(mark);
  }

  private noteTouched(): void {
    // The frame below those that are gone has gone on.
    if (this.last) this.last.untouched = Math.max(0, Math.min(this.last.untouched, this.lowest - 1));
  }

  private stand(mark: StackMark): void {
    mark.untouched = this.lowest = mark.drafts.length;
    this.last = mark;
  }
}
