import type { Draft, IhdObject } from "./fields";

/** How far the objects on a stack were at one moment. */
export interface StackMark {
  readonly drafts: readonly Draft[];
  readonly fields: readonly number[];
  readonly lists: readonly ((IhdObject | null)[] | undefined)[];
  /** Of the lists, then. */
  readonly lengths: readonly number[];
  readonly counts: readonly number[];
  readonly before: StackMark | undefined;
  /** How many frames of the stack are still as they were, from the bottom. */
  untouched: number;
}

/** The objects that are being read, outermost first: each with how far it is. */
export class Stack {
  readonly drafts: Draft[] = [];
  /** The next field of each. */
  readonly fields: number[] = [];
  /** The list of objects that is being read, and how many it will hold. */
  readonly lists: ((IhdObject | null)[] | undefined)[] = [];
  readonly counts: number[] = [];
  /** Fewest frames since the last mark was set or gone back to; who pops keeps it. */
  lowest = 0;
  private last: StackMark | undefined;

  push(draft: Draft): void {
    this.drafts.push(draft);
    this.fields.push(0);
    this.lists.push(undefined);
    this.counts.push(0);
  }

  mark(): StackMark {
    this.noteTouched();
    const mark: StackMark = {
      drafts: this.drafts.slice(),
      fields: this.fields.slice(),
      lists: this.lists.slice(),
      lengths: this.lists.map((list) => list?.length ?? 0),
      counts: this.counts.slice(),
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
    const { untouched } = mark;
    for (const part of [this.drafts, this.fields, this.lists, this.counts]) part.length = untouched;
    for (let i = untouched; i < mark.drafts.length; i++) {
      const list = mark.lists[i];
      if (list) list.length = mark.lengths[i]!;
      this.drafts.push(mark.drafts[i]!);
      this.fields.push(mark.fields[i]!);
      this.lists.push(list);
      this.counts.push(mark.counts[i]!);
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
