/**
 * The limit equations as an ODE (theory: multi-index models, section 1): moments of U = [E | X*] for each eigenvalue,
 * coupled through their mean with weight λ. Unknowns are the products E_a E_b, a ≤ b, then E_a X*_n, each one an array over
 * the eigenvalues, one after the other.
 */
import type { System } from '../../solvers/dop853.ts';
import type { Rule } from '../../math/quadrature.ts';
import { toErrors, type Loss } from './loss.ts';
import type { Problem, SecondMoments } from './problem.ts';

/** Scale of errors of a class, relative to that of the mean over classes: less than this share does not matter. */
const SHARE = 1e-3;
/** Moments below this have no digits left to keep. */
const NOTHING = 1e-250;

export class MomentFlow implements System {
  readonly size: number;
  readonly start: Float64Array;
  readonly #problem: Problem;
  readonly #rule: Rule;
  readonly #columns: number;
  /** Pairs of columns of U that unknowns stand for. */
  readonly #pairs: readonly (readonly [number, number])[];
  /** L×L: where the unknown of two columns starts in the state, −1 for two teachers. */
  readonly #offset: Int32Array;
  readonly #eigenvalue: Float64Array;
  readonly #weight: Float64Array;
  readonly #meanEigenvalue: number;
  /** ⟨λ X*X*ᵀ⟩ and so on, l*×l* in the lower block of L×L, constant. */
  readonly #teacher: SecondMoments;
  /** Teacher products of every class, n·l* + m major. */
  readonly #teacherOf: Float64Array;
  readonly #weighted: Float64Array;
  readonly #gradient: Float64Array;
  readonly #covariance: Float64Array;

  /** `sign` −1: errors are X + X*, for an even loss. */
  constructor(problem: Problem, rule: Rule, sign: 1 | -1) {
    const { loss } = problem;
    const { students, teachers } = loss;
    const columns = students + teachers;
    const classes = rule.length;
    this.#problem = problem;
    this.#rule = rule;
    this.#columns = columns;
    this.#eigenvalue = Float64Array.from(rule, ({ value }) => value);
    this.#weight = Float64Array.from(rule, ({ weight }) => weight);
    this.#meanEigenvalue = rule.reduce((sum, { value, weight }) => sum + weight * value, 0);
    const indices = (length: number) => Array.from({ length }, (_, i) => i);
    this.#pairs = [
      ...indices(students).flatMap((a) => indices(students - a).map((k) => [a, a + k] as const)),
      ...indices(students).flatMap((a) => indices(teachers).map((n) => [a, students + n] as const)),
    ];
    this.#offset = new Int32Array(columns * columns).fill(-1);
    this.#pairs.forEach(([i, j], k) => {
      this.#offset[i * columns + j] = this.#offset[j * columns + i] = k * classes;
    });
    this.size = this.#pairs.length * classes;
    this.start = new Float64Array(this.size);
    this.#teacherOf = new Float64Array(teachers * teachers * classes);
    this.#weighted = new Float64Array(columns * columns);
    this.#gradient = new Float64Array(columns * students);
    this.#covariance = new Float64Array(students * students);
    rule.forEach(({ value }, c) => this.#begin(value, c, sign));
    this.#teacher = {
      plain: this.#teacherMean(0),
      weighted: this.#teacherMean(1),
      squared: this.#teacherMean(2),
    };
  }

  #begin(eigenvalue: number, c: number, sign: 1 | -1): void {
    const { loss } = this.#problem;
    const { students, teachers } = loss;
    const [columns, classes] = [this.#columns, this.#rule.length];
    const moments = Float64Array.from(this.#problem.start(eigenvalue));
    if (sign < 0) {
      for (let a = 0; a < students; a++) {
        for (let n = students; n < columns; n++) {
          moments[a * columns + n]! *= -1;
          moments[n * columns + a]! *= -1;
        }
      }
    }
    toErrors(loss, moments, moments);
    this.#pairs.forEach(([i, j], k) => (this.start[k * classes + c] = moments[i * columns + j]!));
    for (let n = 0; n < teachers; n++) {
      for (let m = 0; m < teachers; m++) {
        this.#teacherOf[(n * teachers + m) * classes + c] = moments[(students + n) * columns + students + m]!;
      }
    }
  }

  #teacherMean(power: number): Float64Array {
    const { students, teachers } = this.#problem.loss;
    const mean = new Float64Array(this.#columns ** 2);
    for (let n = 0; n < teachers; n++) {
      for (let m = 0; m < teachers; m++) {
        const from = (n * teachers + m) * this.#rule.length;
        this.#rule.forEach(({ value, weight }, c) => {
          mean[(students + n) * this.#columns + students + m]! +=
            weight * value ** power * this.#teacherOf[from + c]!;
        });
      }
    }
    return mean;
  }

  /** ⟨λ^power U Uᵀ⟩ of a state, L×L. */
  #moments(y: Float64Array, power: 0 | 1 | 2, out: Float64Array): void {
    const [columns, classes] = [this.#columns, this.#rule.length];
    const kind = (['plain', 'weighted', 'squared'] as const)[power];
    out.set(this.#teacher[kind]);
    for (let k = 0; k < this.#pairs.length; k++) {
      const [i, j] = this.#pairs[k]!;
      let sum = 0;
      for (let c = 0; c < classes; c++) {
        const lambda = this.#eigenvalue[c]!;
        const factor = power === 0 ? 1 : power === 1 ? lambda : lambda * lambda;
        sum += this.#weight[c]! * factor * y[k * classes + c]!;
      }
      out[i * columns + j] = out[j * columns + i] = sum;
    }
  }

  /** The state of errors X − X* from a state of X, of the same size; `loss` is matched. */
  centre(y: Float64Array, loss: Loss): Float64Array {
    const { students, teachers } = loss;
    const [columns, classes] = [this.#columns, this.#rule.length];
    const out = new Float64Array(this.size);
    const moments = new Float64Array(columns * columns);
    for (let c = 0; c < classes; c++) {
      for (let n = 0; n < teachers; n++) {
        for (let m = 0; m < teachers; m++) {
          moments[(students + n) * columns + students + m] =
            this.#teacherOf[(n * teachers + m) * classes + c]!;
        }
      }
      this.#pairs.forEach(([i, j], k) => {
        moments[i * columns + j] = moments[j * columns + i] = y[k * classes + c]!;
      });
      toErrors(loss, moments, moments);
      this.#pairs.forEach(([i, j], k) => (out[k * classes + c] = moments[i * columns + j]!));
    }
    return out;
  }

  /** Σ_a ⟨λE_a²⟩ of a state, or its growth from a derivative. */
  studentVariance(y: Float64Array): number {
    const classes = this.#rule.length;
    let sum = 0;
    for (let a = 0; a < this.#problem.loss.students; a++) {
      const from = this.#offset[a * (this.#columns + 1)]!;
      for (let c = 0; c < classes; c++) sum += this.#weight[c]! * this.#eigenvalue[c]! * y[from + c]!;
    }
    return sum;
  }

  /** Σ_n ⟨λX*_n²⟩ */
  get teacherVariance(): number {
    let sum = 0;
    for (let i = 0; i < this.#columns; i++) sum += this.#teacher.weighted[i * (this.#columns + 1)]!;
    return sum;
  }

  /** All moments of U of a state. */
  moments(y: Float64Array): SecondMoments {
    const of = (power: 0 | 1 | 2) => {
      const out = new Float64Array(this.#columns ** 2);
      this.#moments(y, power, out);
      return out;
    };
    return { plain: of(0), weighted: of(1), squared: of(2) };
  }

  /**
   * Scale of every unknown ⟨U_iU_j⟩ of a class: √(⟨U_i²⟩⟨U_j²⟩), not less than a share of its mean. An even loss in
   * coordinates E = X multiplies overlaps, so that these are their own scale however small they are.
   */
  scale(y: Float64Array, relative: number, out: Float64Array): void {
    const { students, teachers, matched, even } = this.#problem.loss;
    const [columns, classes] = [this.#columns, this.#rule.length];
    // A mean with weight λ: what no feature sees must not hide what features see.
    this.#moments(y, 1, this.#weighted);
    const unit = 1 / this.#meanEigenvalue;
    // Roots before products: squares of tiny moments are not numbers any more.
    const root = (i: number, c: number) => {
      if (i < students) return Math.sqrt(Math.abs(y[this.#offset[i * columns + i]! + c]!));
      return Math.sqrt(this.#teacherOf[(i - students) * (teachers + 1) * classes + c]!);
    };
    const meanRoot = (i: number) => Math.sqrt(unit * Math.abs(this.#weighted[i * (columns + 1)]!));
    for (let k = 0; k < this.#pairs.length; k++) {
      const [i, j] = this.#pairs[k]!;
      const own = even && !matched && j >= students;
      const mean = own ? unit * Math.abs(this.#weighted[i * columns + j]!) : meanRoot(i) * meanRoot(j);
      for (let c = 0; c < classes; c++) {
        const size = own ? Math.abs(y[k * classes + c]!) : root(i, c) * root(j, c);
        out[k * classes + c] = relative * (size + SHARE * mean) + NOTHING;
      }
    }
  }

  derivative(t: number, y: Float64Array, out: Float64Array): void {
    const { loss, labelNoise, ridge } = this.#problem;
    this.#moments(y, 1, this.#weighted);
    loss.meanGradient(this.#weighted, this.#gradient);
    loss.gradientCovariance(this.#weighted, labelNoise, this.#covariance);
    this.respond(this.#problem.stepSizeAt(t), y, this.#gradient, this.#covariance, ridge, out);
  }

  /** Rates of change of a state under a mean gradient (L×l) and gradient noise (l×l) that are given: linear in both. */
  respond(
    stepSize: number,
    y: Float64Array,
    gradient: Float64Array,
    covariance: Float64Array,
    ridge: number,
    out: Float64Array,
  ): void {
    const { students, teachers } = this.#problem.loss;
    const [columns, classes] = [this.#columns, this.#rule.length];
    const eigenvalue = this.#eigenvalue;
    out.fill(0);
    this.eachTerm(gradient, ridge, (k, i, j, factor, shift) => {
      const fixed = i >= students && j >= students;
      const from = fixed ? this.#teacherOf : y;
      const at = fixed
        ? ((i - students) * teachers + j - students) * classes
        : this.#offset[i * columns + j]!;
      const [a, b] = [-stepSize * factor, -stepSize * shift];
      for (let c = 0; c < classes; c++) out[k * classes + c]! += (a * eigenvalue[c]! + b) * from[at + c]!;
    });
    this.#pairs.forEach(([i, j], k) => {
      if (j >= students) return;
      const noise = (stepSize ** 2 / this.#problem.batchSize) * covariance[i * students + j]!;
      for (let c = 0; c < classes; c++) out[k * classes + c]! += noise * eigenvalue[c]!;
    });
  }

  /** The drift term by term: unknown k changes by −γ(λ·factor + shift) times the product of columns i and j. */
  eachTerm(
    gradient: Float64Array,
    ridge: number,
    visit: (k: number, i: number, j: number, factor: number, shift: number) => void,
  ): void {
    const { students, matched } = this.#problem.loss;
    /** Mean step of student a, as it changes its product with column j. */
    const step = (k: number, a: number, j: number, times: 1 | 2) => {
      for (let i = 0; i < this.#columns; i++) {
        const own = i === a || (matched && i === students + a);
        visit(k, i, j, times * gradient[i * students + a]!, own ? times * ridge : 0);
      }
    };
    this.#pairs.forEach(([i, j], k) => {
      step(k, i, j, i === j ? 2 : 1);
      if (j < students && i !== j) step(k, j, i, 1);
    });
  }

  /** The pairs of columns that unknowns stand for. */
  get pairs(): readonly (readonly [number, number])[] {
    return this.#pairs;
  }

  /** Number of the unknown of columns i and j, −1 for two teachers. */
  unknown(i: number, j: number): number {
    const at = this.#offset[i * this.#columns + j]!;
    return at < 0 ? -1 : at / this.#rule.length;
  }

  /** Bound on the rate at which squared errors of the largest eigenvalue relax at a state and step size. */
  fastestRate(stepSize: number, y: Float64Array): number {
    const { loss, ridge } = this.#problem;
    this.#moments(y, 1, this.#weighted);
    loss.meanGradient(this.#weighted, this.#gradient);
    let trace = 0;
    for (let a = 0; a < loss.students; a++) trace += Math.abs(this.#gradient[a * (loss.students + 1)]!);
    const largest = this.#eigenvalue.reduce((a, b) => Math.max(a, b), 0);
    return 2 * stepSize * (largest * trace + ridge);
  }

  /** Means with weight λ of every unknown of a state, or of a change of state. */
  weightedMeans(y: Float64Array, out: Float64Array): void {
    const classes = this.#rule.length;
    for (let k = 0; k < this.#pairs.length; k++) {
      let sum = 0;
      for (let c = 0; c < classes; c++) sum += this.#weight[c]! * this.#eigenvalue[c]! * y[k * classes + c]!;
      out[k] = sum;
    }
  }
}
