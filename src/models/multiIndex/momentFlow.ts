/**
 * The limit equations as an ODE (theory: multi-index models, section 1): moments for each eigenvalue, coupled through their
 * mean with weight λ, which M and I are functions of.
 */
import type { Rule } from '../../math/quadrature.ts';
import type { System } from '../../solvers/dop853.ts';
import { ClassMoments } from './classMoments.ts';
import type { Problem } from './problem.ts';

export class MomentFlow extends ClassMoments implements System {
  readonly #problem: Problem;
  readonly #weighted: Float64Array;
  readonly #gradient: Float64Array;
  readonly #covariance: Float64Array;

  constructor(problem: Problem, rule: Rule, sign: 1 | -1) {
    super(problem, rule, sign);
    const { students } = problem.loss;
    this.#problem = problem;
    this.#weighted = new Float64Array(this.columns * this.columns);
    this.#gradient = new Float64Array(this.columns * students);
    this.#covariance = new Float64Array(students * students);
  }

  derivative(t: number, y: Float64Array, out: Float64Array): void {
    const { labelNoise, ridge } = this.#problem;
    this.mean(y, 1, this.#weighted);
    this.loss.meanGradient(this.#weighted, this.#gradient);
    this.loss.gradientCovariance(this.#weighted, labelNoise, this.#covariance);
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
    const { students, teachers } = this.loss;
    const { columns, classes, eigenvalue } = this;
    out.fill(0);
    this.eachTerm(gradient, ridge, (k, i, j, factor, shift) => {
      if (factor === 0 && shift === 0) return;
      const fixed = i >= students && j >= students;
      const from = fixed ? this.teacherOf : y;
      const at = fixed ? ((i - students) * teachers + j - students) * classes : this.offset[i * columns + j]!;
      const [a, b] = [-stepSize * factor, -stepSize * shift];
      for (let c = 0; c < classes; c++) out[k * classes + c]! += (a * eigenvalue[c]! + b) * from[at + c]!;
    });
    this.pairs.forEach(([i, j], k) => {
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
    const { students, matched } = this.loss;
    /** Mean step of student a, as it changes its product with column j. */
    const step = (k: number, a: number, j: number, times: 1 | 2) => {
      for (let i = 0; i < this.columns; i++) {
        const own = i === a || (matched && i === students + a);
        visit(k, i, j, times * gradient[i * students + a]!, own ? times * ridge : 0);
      }
    };
    this.pairs.forEach(([i, j], k) => {
      step(k, i, j, i === j ? 2 : 1);
      if (j < students && i !== j) step(k, j, i, 1);
    });
  }

  /** Bound on the rate at which squared errors of the largest eigenvalue relax at a state and step size. */
  fastestRate(stepSize: number, y: Float64Array): number {
    const { loss } = this;
    const { ridge } = this.#problem;
    this.mean(y, 1, this.#weighted);
    loss.meanGradient(this.#weighted, this.#gradient);
    let trace = 0;
    for (let a = 0; a < loss.students; a++) trace += Math.abs(this.#gradient[a * (loss.students + 1)]!);
    const largest = this.eigenvalue.reduce((a, b) => Math.max(a, b), 0);
    return 2 * stepSize * (largest * trace + ridge);
  }
}
