/** Which lines are chosen, by the positions of their rows; as lists in VS Code do it. */
export class Selection {
  readonly chosen = new Set<number>();
  /** The row that keys start from; -1 = none. */
  active = -1;
  private anchor = -1;

  /** This one alone. */
  only(row: number): void {
    this.chosen.clear();
    if (row >= 0) this.chosen.add(row);
    this.active = this.anchor = row;
  }

  toggle(row: number): void {
    if (!this.chosen.delete(row)) this.chosen.add(row);
    this.active = this.anchor = row;
  }

  /** All from where the selection began to this one, in the order on screen. */
  extend(row: number, order: readonly number[]): void {
    const from = order.indexOf(this.anchor);
    const to = order.indexOf(row);
    if (from < 0 || to < 0) {
      this.only(row);
      return;
    }
    this.chosen.clear();
    for (let at = Math.min(from, to); at <= Math.max(from, to); at++) this.chosen.add(order[at]!);
    this.active = row;
  }

  all(order: readonly number[]): void {
    for (const row of order) this.chosen.add(row);
  }

  clear(): void {
    this.chosen.clear();
    this.anchor = this.active;
  }
}
