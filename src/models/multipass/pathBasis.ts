/**
 * Rows over the paths of a batch that are orthonormal as their law says: what paths start from, the innovations of w, and
 * the noise of each sample's own visits. Made so over the paths too, they leave the equations of least squares without
 * sampling noise; for other losses what is linear in them is exact (theory: multi-pass SGD, section 4, variance reduction).
 */
import { cholesky } from '../../math/cholesky.ts';
import type { Rows } from '../../math/rows.ts';

/** Rows of one kind: those so far are the first `count` ones. */
interface Family {
  readonly rows: Rows;
  count: number;
}

/** What is left of a row's mean square below which it counts as spanned by the others. */
const SPANNED = 1e-9;

/** Error of mean products of rows in float32. */
const ROUNDING = 1e-5;

/** Share of all rows that there could be up to which noise is kept as rows: innovations of w need the others. */
const ROOM = 0.25;

/** Share of a path that stays free at least: others would be left with noise of few. */
const FREE = 0.1;

/** x with C Cᵀ x = b, to `b`; where C has no pivot, x is 0. */
function solve(root: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    const pivot = root[i * n + i];
    let rest = b[i];
    for (let j = 0; j < i; j++) rest -= root[i * n + j] * b[j];
    b[i] = pivot > 0 ? rest / pivot : 0;
  }
  for (let i = n - 1; i >= 0; i--) {
    const pivot = root[i * n + i];
    b[i] = pivot > 0 ? b[i] / pivot : 0;
    for (let j = 0; j < i; j++) b[j] -= root[i * n + j] * b[i];
  }
}

export class PathBasis {
  /** Of each path, 1 on average. */
  readonly weight: Float64Array;
  /** Mean squares of all rows at each path: the share of it, over its weight, that they span. */
  readonly #spanned: Float64Array;
  readonly #families: readonly Family[];
  readonly #weighed: Float64Array;
  readonly #row: Float64Array;
  /** Rows of each family that were there when weights changed: products of ones and of these are `root` rootᵀ. */
  #gauged: number[];
  #root: Float64Array = Float64Array.of(1);

  constructor(paths: number, ...stores: readonly Rows[]) {
    const vector = (): Float64Array => new Float64Array(paths);
    this.weight = vector().fill(1);
    [this.#spanned, this.#weighed, this.#row] = [vector().fill(1 / paths), vector(), vector()];
    this.#families = stores.map((rows) => ({ rows, count: 0 }));
    this.#gauged = stores.map(() => 0);
  }

  /** Whether noise may be appended. */
  get hasRoom(): boolean {
    return this.#families.reduce((sum, { count }) => sum + count, 0) < ROOM * this.weight.length;
  }

  /** Appends an orthonormal row to a family. */
  append(family: number, values: Float64Array): void {
    const { rows, count } = this.#families[family];
    rows.set(count, values);
    this.#families[family].count++;
    for (let i = 0; i < values.length; i++) this.#spanned[i] += values[i] ** 2 / values.length;
  }

  /**
   * Makes `values` a row that is orthogonal to all so far, of mean 0 and mean square 1; 0 where they span it. What a path
   * loses by that is made up for beforehand: paths of large rows, which few others share, would be left with less noise.
   */
  complete(values: Float64Array): void {
    const n = values.length;
    const { weight } = this;
    let before = 0;
    for (let i = 0; i < n; i++) {
      values[i] /= Math.sqrt(Math.max(FREE, 1 - weight[i] * this.#spanned[i]));
      before += (weight[i] * values[i] ** 2) / n;
    }
    const factors = this.#factors(values);
    const [mean] = factors;
    for (let i = 0; i < n; i++) values[i] -= mean;
    let first = 1;
    for (const { rows, count } of this.#families) {
      rows.addTo(
        values,
        factors.subarray(first, first + count).map((factor) => -factor),
        count,
      );
      first += count;
    }
    let after = 0;
    for (let i = 0; i < n; i++) after += (weight[i] * values[i] ** 2) / n;
    const scale = after > SPANNED * before ? 1 / Math.sqrt(after) : 0;
    for (let i = 0; i < n; i++) values[i] *= scale;
  }

  /** Paths go on from where paths `from` were, with other weights: rows are no longer orthonormal. */
  split(from: Uint32Array, weight: Float64Array): void {
    this.weight.set(weight);
    this.#row.set(this.#spanned);
    for (let i = 0; i < from.length; i++) this.#spanned[i] = this.#row[from[i]];
    for (const { rows, count } of this.#families) {
      for (let l = 0; l < count; l++) {
        rows.get(l, this.#row);
        for (let i = 0; i < from.length; i++) this.#weighed[i] = this.#row[from[i]];
        rows.set(l, this.#weighed);
      }
    }
    this.#gauge();
  }

  /** Products of all rows with each other, that of ones first. */
  #gauge(): void {
    this.#gauged = this.#families.map(({ count }) => count);
    const n = 1 + this.#gauged.reduce((sum, count) => sum + count, 0);
    const gram = new Float64Array(n * n);
    gram.set(this.#products(this.#row.fill(1)));
    let at = 1;
    for (const { rows, count } of this.#families) {
      for (let l = 0; l < count; l++, at++) {
        rows.get(l, this.#row);
        gram.set(this.#products(this.#row), at * n);
      }
    }
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) gram[j * n + i] = gram[i * n + j];
    let root = cholesky(gram, n);
    // Rounding of products leaves no root of what is nearly singular.
    for (let ridge = ROUNDING; !root && ridge < 1; ridge *= 10) {
      for (let i = 0; i < n; i++) gram[i * n + i] += ridge;
      root = cholesky(gram, n);
    }
    if (!root) throw new RangeError('rows of paths: expected finite numbers');
    this.#root = root;
  }

  /** Weighted mean of the values, and of their products with all rows. */
  #products(values: Float64Array): Float64Array {
    const n = values.length;
    let mean = 0;
    for (let i = 0; i < n; i++) {
      this.#weighed[i] = (this.weight[i] * values[i]) / n;
      mean += this.#weighed[i];
    }
    const counts = this.#families.map(({ count }) => count);
    const out = new Float64Array(1 + counts.reduce((sum, count) => sum + count, 0));
    out[0] = mean;
    let first = 1;
    this.#families.forEach(({ rows, count }) => {
      rows.dots(this.#weighed, count, out.subarray(first, first + count));
      first += count;
    });
    return out;
  }

  /** Factors of ones and of all rows that make up what of the values they span. */
  #factors(values: Float64Array): Float64Array {
    const factors = this.#products(values);
    const joint = new Float64Array(1 + this.#gauged.reduce((sum, count) => sum + count, 0));
    /** Calls back with the places of a row in `factors` and in `joint`. */
    const each = (visit: (place: number, at: number) => void): void => {
      visit(0, 0);
      let [place, at] = [1, 1];
      this.#families.forEach(({ count }, f) => {
        for (let l = 0; l < this.#gauged[f]; l++) visit(place + l, at++);
        place += count;
      });
    };
    each((place, at) => (joint[at] = factors[place]));
    solve(this.#root, joint.length, joint);
    each((place, at) => (factors[place] = joint[at]));
    return factors;
  }
}
