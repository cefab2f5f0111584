/**
 * The limit equations with their Jacobian, for spectra whose largest eigenvalues relax much faster than the rest. Given M
 * and I every eigenvalue has a small linear system of its own; all are coupled through the few weighted means that M and
 * I depend on: block diagonal plus low rank, solved with Woodbury's formula.
 */
import { factorDense, solveFactored } from '../../math/dense.ts';
import type { Rule } from '../../math/quadrature.ts';
import type { StiffSystem } from '../../solvers/rodas5p.ts';
import type { MomentFlow } from './momentFlow.ts';
import type { Problem } from './problem.ts';

/** Relative step of differences of M and I: their error, 1e-10, is below what the method notices. */
const STEP = 1e-5;

export class StiffFlow implements StiffSystem {
  readonly size: number;
  readonly #flow: MomentFlow;
  readonly #problem: Problem;
  readonly #rule: Rule;
  /** Unknowns for each eigenvalue, n. */
  readonly #count: number;
  /** LU factors of n×n blocks, one for each eigenvalue. */
  readonly #blocks: readonly Float64Array[];
  readonly #blockPivots: readonly Int32Array[];
  /** A⁻¹U, one column for each weighted mean, and factors of 1 − VᵀA⁻¹U. */
  readonly #columns: readonly Float64Array[];
  readonly #core: Float64Array;
  readonly #corePivots: Int32Array;
  readonly #means: Float64Array;
  readonly #local: Float64Array;

  constructor(flow: MomentFlow, problem: Problem, rule: Rule) {
    const count = flow.pairs.length;
    this.size = flow.size;
    this.#flow = flow;
    this.#problem = problem;
    this.#rule = rule;
    this.#count = count;
    this.#blocks = Array.from(rule, () => new Float64Array(count * count));
    this.#blockPivots = Array.from(rule, () => new Int32Array(count));
    this.#columns = flow.pairs.map(() => new Float64Array(flow.size));
    this.#core = new Float64Array(count * count);
    this.#corePivots = new Int32Array(count);
    this.#means = new Float64Array(count);
    this.#local = new Float64Array(count);
  }

  derivative(t: number, y: Float64Array, out: Float64Array): boolean {
    this.#flow.derivative(t, y, out);
    return out.every(Number.isFinite);
  }

  linearise(t: number, y: Float64Array, shift: number, timeDerivative: Float64Array): boolean {
    const stepSize = this.#problem.stepSizeAt(t);
    const { weighted } = this.#flow.moments(y);
    this.#differentiate(stepSize, y, weighted);
    if (!this.#factorBlocks(stepSize, weighted, shift)) return false;
    const n = this.#count;
    for (let m = 0; m < n; m++) {
      this.#solveBlocks(this.#columns[m]!);
      this.#flow.weightedMeans(this.#columns[m]!, this.#means);
      for (let k = 0; k < n; k++) this.#core[k * n + m] = (k === m ? 1 : 0) - this.#means[k]!;
    }
    this.#changeInTime(t, y, timeDerivative);
    return factorDense(this.#core, this.#corePivots);
  }

  solve(x: Float64Array): void {
    this.#solveBlocks(x);
    this.#flow.weightedMeans(x, this.#means);
    solveFactored(this.#core, this.#corePivots, this.#means);
    this.#columns.forEach((column, m) => {
      const factor = this.#means[m]!;
      for (let i = 0; i < x.length; i++) x[i]! += factor * column[i]!;
    });
  }

  /** What a change of each weighted mean does to all rates, through M and I: the columns U. */
  #differentiate(stepSize: number, y: Float64Array, weighted: Float64Array): void {
    const { loss, labelNoise } = this.#problem;
    const { students } = loss;
    const size = Math.sqrt(weighted.length);
    const moved = Float64Array.from(weighted);
    const at = (i: number, j: number, value: number) => {
      moved[i * size + j] = moved[j * size + i] = value;
      const gradient = new Float64Array(size * students);
      const covariance = new Float64Array(students * students);
      loss.meanGradient(moved, gradient);
      loss.gradientCovariance(moved, labelNoise, covariance);
      return { gradient, covariance };
    };
    this.#flow.pairs.forEach(([i, j], m) => {
      const value = weighted[i * size + j]!;
      const h = STEP * Math.sqrt(weighted[i * (size + 1)]! * weighted[j * (size + 1)]!) + Number.MIN_VALUE;
      const [right, left] = [at(i, j, value + h), at(i, j, value - h)];
      at(i, j, value);
      const slope = (a: Float64Array, b: Float64Array) => a.map((x, k) => (x - b[k]!) / (2 * h));
      const gradient = slope(right.gradient, left.gradient);
      const covariance = slope(right.covariance, left.covariance);
      this.#flow.respond(stepSize, y, gradient, covariance, 0, this.#columns[m]!);
    });
  }

  /** shift − J at fixed M and I, for each eigenvalue. */
  #factorBlocks(stepSize: number, weighted: Float64Array, shift: number): boolean {
    const { loss, ridge } = this.#problem;
    const n = this.#count;
    const gradient = new Float64Array(Math.sqrt(weighted.length) * loss.students);
    loss.meanGradient(weighted, gradient);
    const [factors, shifts] = [new Float64Array(n * n), new Float64Array(n * n)];
    this.#flow.eachTerm(gradient, ridge, (k, i, j, factor, constant) => {
      const other = this.#flow.unknown(i, j);
      if (other < 0) return;
      factors[k * n + other]! += stepSize * factor;
      shifts[k * n + other]! += stepSize * constant;
    });
    for (let k = 0; k < n; k++) shifts[k * (n + 1)]! += shift;
    return this.#rule.every(({ value }, c) => {
      const block = this.#blocks[c]!;
      for (let i = 0; i < n * n; i++) block[i] = value * factors[i]! + shifts[i]!;
      return factorDense(block, this.#blockPivots[c]!);
    });
  }

  #solveBlocks(x: Float64Array): void {
    const [n, classes] = [this.#count, this.#rule.length];
    const local = this.#local;
    for (let c = 0; c < classes; c++) {
      for (let k = 0; k < n; k++) local[k] = x[k * classes + c]!;
      solveFactored(this.#blocks[c]!, this.#blockPivots[c]!, local);
      for (let k = 0; k < n; k++) x[k * classes + c] = local[k]!;
    }
  }

  /** ∂f/∂t, by the step size alone: 0 where that is constant. */
  #changeInTime(t: number, y: Float64Array, out: Float64Array): void {
    out.fill(0);
    const h = STEP * Math.max(t, 1);

    if (this.#problem.stepSizeAt(t + h) === this.#problem.stepSizeAt(t)) return;
    const later = new Float64Array(this.size);
    this.#flow.derivative(t, y, out);
    this.#flow.derivative(t + h, y, later);
    for (let i = 0; i < out.length; i++) out[i] = (later[i]! - out[i]!) / h;
  }
}
