/** Paths of a single sample at the start, drawn so that few of them represent their law (theory: section 4). */
import { normalQuantile } from '../../math/gaussian.ts';
import { RandomWords, Ranking, stratifiedNormals } from '../../math/randomWords.ts';
import type { Rows } from '../../math/rows.ts';
import { SOBOL_DIMENSIONS, sobol } from '../../math/sobol.ts';
import { streams } from '../../math/threefry.ts';

/** Neighbouring paths take numbers from this many strata of equal probability. */
export const GROUP = 16;

/** Classes of similar labels, in each of which paths are ordered by r. */
const CLASSES = 16;

/** Mean of the products. */
export function meanProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum / a.length;
}

/** Takes the mean away and makes the mean square 1. */
export function standardise(values: Float64Array): void {
  const n = values.length;
  let mean = 0;
  for (const value of values) mean += value / n;
  for (let i = 0; i < n; i++) values[i] -= mean;
  const scale = 1 / Math.sqrt(meanProduct(values, values));
  for (let i = 0; i < n; i++) values[i] *= scale;
}

/** Takes away what is along the standardised vector `other`. */
function orthogonalise(values: Float64Array, other: Float64Array): void {
  const product = meanProduct(values, other);
  for (let i = 0; i < values.length; i++) values[i] -= product * other[i];
}

/** One batch of paths; entry i of every vector belongs to path i. */
export class PathStart {
  readonly paths: number;
  /** Orthonormal standard normals behind w*, one of each teacher, the label noise, and what each w(0) has besides w*. */
  readonly teachers: readonly Float64Array[];
  readonly label: Float64Array;
  readonly starts: readonly Float64Array[];
  readonly random: RandomWords;
  readonly #ranking: Ranking;
  readonly #class: Uint8Array;
  readonly #key: Float64Array;
  #dimension = 0;

  /** `students` and `teachers` count the preactivations of a sample. */
  constructor(paths: number, seed: number, batch: number, students = 1, teachers = 1) {
    this.paths = paths;
    this.random = new RandomWords(seed, streams.meanField, batch);
    this.#ranking = new Ranking(paths);
    this.#class = new Uint8Array(paths);
    this.#key = new Float64Array(paths);
    const vectors = Array.from({ length: teachers + 1 + students }, () => this.#points());
    vectors.forEach((vector, n) => {
      for (const before of vectors.slice(0, n)) orthogonalise(vector, before);
      standardise(vector);
    });
    this.teachers = vectors.slice(0, teachers);
    this.label = vectors[teachers];
    this.starts = vectors.slice(teachers + 1);
  }

  /** Of the only teacher, or of the first one. */
  get teacher(): Float64Array {
    return this.teachers[0];
  }

  /** Of the only student, or of the first one. */
  get start(): Float64Array {
    return this.starts[0];
  }

  #points(): Float64Array {
    const points = new Float64Array(this.paths);
    sobol(this.#dimension++, this.random.word(), points);
    return points.map(normalQuantile);
  }

  /** Takes away what is along the teachers and `label`. */
  orthogonalise(values: Float64Array): void {
    for (const teacher of this.teachers) orthogonalise(values, teacher);
    orthogonalise(values, this.label);
  }

  /** Paths of similar labels y and preactivations are alike: randomness is spread evenly among those. */
  classify(y: Float64Array, teacher = this.teacher): void {
    // Labels that are signs leave the order to the teacher.
    const order = this.#ranking.sort(y.map((value, i) => value + 1e-3 * teacher[i]));
    order.forEach((path, n) => (this.#class[path] = Math.floor((n * CLASSES) / this.paths)));
  }

  /** Ascending. */
  orderBy(values: Float64Array): Uint32Array {
    return this.#ranking.sort(values);
  }

  /** Class after class, by `field` within each, up and down in turns. */
  order(field: Float64Array): Uint32Array {
    let largest = 1e-300;
    for (const value of field) largest = Math.max(largest, Math.abs(value));
    const scale = 0.499 / largest;
    for (let i = 0; i < field.length; i++) {
      const at = this.#class[i];
      this.#key[i] = at + (at % 2 ? -scale : scale) * field[i];
    }
    return this.#ranking.sort(this.#key);
  }

  /** Standard normals that are independent of all before; for the first ones `smooth` takes another Sobol' coordinate. */
  normals(field: Float64Array, out: Float64Array, smooth: boolean): void {
    if (smooth && this.#dimension < SOBOL_DIMENSIONS) out.set(this.#points());
    else stratifiedNormals(this.random, this.order(field), GROUP, out);
  }

  /** Makes `values` standard and orthogonal to teachers, label and the first `count` rows of `past`. */
  whiten(values: Float64Array, past: Rows, count: number, product: Float64Array): void {
    past.dots(values, count, product);
    for (let j = 0; j < count; j++) product[j] /= -this.paths;
    past.addTo(values, product, count);
    this.orthogonalise(values);
    standardise(values);
  }
}
