/** Which paths were one before they were split: they have the rows of that time in common. */
export class Ancestry {
  /** Stretches between splits: the rows drawn in each, and the path that each path was then. */
  readonly #stretches: { readonly rows: number; readonly path: Uint32Array }[] = [];
  readonly #sum: Float64Array;
  #rows = 0;

  constructor(paths: number) {
    this.#sum = new Float64Array(paths);
  }

  /** Paths go on from where paths `from` were, which have drawn so many rows in all. */
  split(rows: number, from: Uint32Array): void {
    for (const { path } of this.#stretches) {
      const before = path.slice();
      for (let i = 0; i < from.length; i++) path[i] = before[from[i]];
    }
    this.#stretches.push({ rows: rows - this.#rows, path: from.slice() });
    this.#rows = rows;
  }

  /** To each path the sum of the values, row by row of so many, over all paths that have the row in common. */
  share(rows: number, values: Float64Array): void {
    const own = values.slice();
    for (let i = 0; i < values.length; i++) values[i] *= rows - this.#rows;
    for (const stretch of this.#stretches) {
      this.#sum.fill(0);
      for (let i = 0; i < own.length; i++) this.#sum[stretch.path[i]] += own[i];
      for (let i = 0; i < own.length; i++) values[i] += stretch.rows * this.#sum[stretch.path[i]];
    }
  }
}
