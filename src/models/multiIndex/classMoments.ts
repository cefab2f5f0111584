/**
 * Moments of U = [E | X*] for each eigenvalue, as the state of an ODE: the products E_aE_b, a ≤ b, then E_aX*_n, each one an
 * array over the eigenvalues, one after the other. Products of teachers are constant.
 */
import type { Rule } from '../../math/quadrature.ts';
import { toErrors, type Loss } from './loss.ts';
import type { Problem, SecondMoments } from './problem.ts';

/** Scale of errors of a class, relative to that of the mean over classes: less than this share does not matter. */
const SHARE = 1e-3;
/** Moments below this have no digits left to keep. */
const NOTHING = 1e-250;

export class ClassMoments {
  readonly size: number;
  readonly start: Float64Array;
  /** Pairs of columns of U that unknowns stand for. */
  readonly pairs: readonly (readonly [number, number])[];
  protected readonly loss: Loss;
  protected readonly columns: number;
  protected readonly classes: number;
  protected readonly eigenvalue: Float64Array;
  /** L×L: where the unknown of two columns starts in the state, −1 for two teachers. */
  protected readonly offset: Int32Array;
  /** Teacher products of every class, n·l* + m major. */
  protected readonly teacherOf: Float64Array;
  /** Weights, and those times λ and λ². */
  readonly #weights: readonly [Float64Array, Float64Array, Float64Array];
  readonly #meanEigenvalue: number;
  /** ⟨λX*X*ᵀ⟩ and so on in the lower block of L×L. */
  readonly #teacher: SecondMoments;
  readonly #mean: Float64Array;

  /** `sign` −1: errors are X + X*, for an even loss. */
  constructor({ loss, start }: Pick<Problem, 'loss' | 'start'>, rule: Rule, sign: 1 | -1) {
    const { students, teachers } = loss;
    const columns = students + teachers;
    const classes = rule.length;
    this.loss = loss;
    this.columns = columns;
    this.classes = classes;
    this.eigenvalue = Float64Array.from(rule, ({ value }) => value);
    const weights = (power: number) =>
      Float64Array.from(rule, ({ value, weight }) => weight * value ** power);
    this.#weights = [weights(0), weights(1), weights(2)];
    this.#meanEigenvalue = rule.reduce((sum, { value, weight }) => sum + weight * value, 0);
    const indices = (length: number) => Array.from({ length }, (_, i) => i);
    this.pairs = [
      ...indices(students).flatMap((a) => indices(students - a).map((k) => [a, a + k] as const)),
      ...indices(students).flatMap((a) => indices(teachers).map((n) => [a, students + n] as const)),
    ];
    this.offset = new Int32Array(columns * columns).fill(-1);
    this.pairs.forEach(([i, j], k) => {
      this.offset[i * columns + j] = this.offset[j * columns + i] = k * classes;
    });
    this.size = this.pairs.length * classes;
    this.start = new Float64Array(this.size);
    this.teacherOf = new Float64Array(teachers * teachers * classes);
    this.#mean = new Float64Array(columns * columns);
    rule.forEach(({ value }, c) => this.#begin(start(value), c, sign));
    this.#teacher = {
      plain: this.#teacherMean(0),
      weighted: this.#teacherMean(1),
      squared: this.#teacherMean(2),
    };
  }

  /** L×L moments of W at t = 0 in class c. */
  #begin(start: Float64Array, c: number, sign: 1 | -1): void {
    const { students, teachers } = this.loss;
    const { columns, classes } = this;
    const moments = Float64Array.from(start);
    if (sign < 0) {
      for (let a = 0; a < students; a++) {
        for (let n = students; n < columns; n++) {
          moments[a * columns + n]! *= -1;
          moments[n * columns + a]! *= -1;
        }
      }
    }
    toErrors(this.loss, moments, moments);
    this.pairs.forEach(([i, j], k) => (this.start[k * classes + c] = moments[i * columns + j]!));
    for (let n = 0; n < teachers; n++) {
      for (let m = 0; m < teachers; m++) {
        this.teacherOf[(n * teachers + m) * classes + c] = moments[(students + n) * columns + students + m]!;
      }
    }
  }

  #teacherMean(power: 0 | 1 | 2): Float64Array {
    const { students, teachers } = this.loss;
    const mean = new Float64Array(this.columns ** 2);
    for (let n = 0; n < teachers; n++) {
      for (let m = 0; m < teachers; m++) {
        const from = (n * teachers + m) * this.classes;
        this.#weights[power].forEach((weight, c) => {
          mean[(students + n) * this.columns + students + m]! += weight * this.teacherOf[from + c]!;
        });
      }
    }
    return mean;
  }

  /** ⟨λ^power U Uᵀ⟩ of a state, L×L. */
  mean(y: Float64Array, power: 0 | 1 | 2, out: Float64Array): void {
    const { columns, classes } = this;
    const kind = (['plain', 'weighted', 'squared'] as const)[power];
    const weights = this.#weights[power];
    out.set(this.#teacher[kind]);
    for (let k = 0; k < this.pairs.length; k++) {
      const [i, j] = this.pairs[k]!;
      let sum = 0;
      for (let c = 0; c < classes; c++) sum += weights[c]! * y[k * classes + c]!;
      out[i * columns + j] = out[j * columns + i] = sum;
    }
  }

  /** The state of errors X − X* from a state of X, of the same size; `loss` is matched. */
  centre(y: Float64Array, loss: Loss): Float64Array {
    const { students, teachers } = loss;
    const { columns, classes } = this;
    const out = new Float64Array(this.size);
    const moments = new Float64Array(columns * columns);
    for (let c = 0; c < classes; c++) {
      for (let n = 0; n < teachers; n++) {
        for (let m = 0; m < teachers; m++) {
          moments[(students + n) * columns + students + m] =
            this.teacherOf[(n * teachers + m) * classes + c]!;
        }
      }
      this.pairs.forEach(([i, j], k) => {
        moments[i * columns + j] = moments[j * columns + i] = y[k * classes + c]!;
      });
      toErrors(loss, moments, moments);
      this.pairs.forEach(([i, j], k) => (out[k * classes + c] = moments[i * columns + j]!));
    }
    return out;
  }

  /** Σ_a ⟨λE_a²⟩ of a state, or its growth from a derivative. */
  studentVariance(y: Float64Array): number {
    const { classes } = this;
    const weights = this.#weights[1];
    let sum = 0;
    for (let a = 0; a < this.loss.students; a++) {
      const from = this.offset[a * (this.columns + 1)]!;
      for (let c = 0; c < classes; c++) sum += weights[c]! * y[from + c]!;
    }
    return sum;
  }

  /** Σ_n ⟨λX*_n²⟩ */
  get teacherVariance(): number {
    let sum = 0;
    for (let i = 0; i < this.columns; i++) sum += this.#teacher.weighted[i * (this.columns + 1)]!;
    return sum;
  }

  /** All moments of U of a state. */
  moments(y: Float64Array): SecondMoments {
    const of = (power: 0 | 1 | 2) => {
      const out = new Float64Array(this.columns ** 2);
      this.mean(y, power, out);
      return out;
    };
    return { plain: of(0), weighted: of(1), squared: of(2) };
  }

  /**
   * Scale of every unknown ⟨U_iU_j⟩ of a class: √(⟨U_i²⟩⟨U_j²⟩), not less than a share of its mean. An even loss in
   * coordinates E = X multiplies overlaps, so that these are their own scale however small they are.
   */
  scale(y: Float64Array, relative: number, out: Float64Array): void {
    const { students, teachers, matched, even } = this.loss;
    const { columns, classes } = this;
    // A mean with weight λ: what no feature sees must not hide what features see.
    this.mean(y, 1, this.#mean);
    const unit = 1 / this.#meanEigenvalue;
    // Roots before products: squares of tiny moments are not numbers any more.
    const root = (i: number, c: number) => {
      if (i < students) return Math.sqrt(Math.abs(y[this.offset[i * columns + i]! + c]!));
      return Math.sqrt(this.teacherOf[(i - students) * (teachers + 1) * classes + c]!);
    };
    const meanRoot = (i: number) => Math.sqrt(unit * Math.abs(this.#mean[i * (columns + 1)]!));
    for (let k = 0; k < this.pairs.length; k++) {
      const [i, j] = this.pairs[k]!;
      const own = even && !matched && j >= students;
      const mean = own ? unit * Math.abs(this.#mean[i * columns + j]!) : meanRoot(i) * meanRoot(j);
      for (let c = 0; c < classes; c++) {
        const size = own ? Math.abs(y[k * classes + c]!) : root(i, c) * root(j, c);
        out[k * classes + c] = relative * (size + SHARE * mean) + NOTHING;
      }
    }
  }

  /** Number of the unknown of columns i and j, −1 for two teachers. */
  unknown(i: number, j: number): number {
    const at = this.offset[i * this.columns + j]!;
    return at < 0 ? -1 : at / this.classes;
  }

  /** Means with weight λ of every unknown of a state, or of a change of state. */
  weightedMeans(y: Float64Array, out: Float64Array): void {
    const { classes } = this;
    const weights = this.#weights[1];
    for (let k = 0; k < this.pairs.length; k++) {
      let sum = 0;
      for (let c = 0; c < classes; c++) sum += weights[c]! * y[k * classes + c]!;
      out[k] = sum;
    }
  }
}
