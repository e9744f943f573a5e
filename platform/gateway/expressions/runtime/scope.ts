/** The variables of one block, while it runs. A fresh one for each turn of a loop keeps captured variables apart. */
export class Scope {
  readonly slots: unknown[] = [];
  readonly parent: Scope | null;

  constructor(parent: Scope | null) {
    this.parent = parent;
  }

  /** The scope a number of blocks further out. */
  outer(depth: number): Scope {
    return depth === 0 || this.parent === null ? this : this.parent.outer(depth - 1);
  }
}
