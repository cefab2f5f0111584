/**
 * Two-time functions of the mean-field equations of a two-layer network on a grid t_k = kh (theory: multi-pass SGD,
 * sections 4 and 6): those of `Kernels` with a block of K×K for every pair of times. Row kK + a of a matrix belongs to
 * unit a at step k, and w_k = T_k z* + Σ_j L[k, j] z_j with independent standard normals z* of K*, z_j of K components.
 */
import { positivePart, rootsOf } from '../../math/symmetric.ts';
import type { NetworkProblem } from './networkProblem.ts';

/** Share of the noise of a step that its innovation keeps at least. */
const LEAST = 0.5;

/** Variances below this multiple of the largest of their step count as rounding. */
const ROUNDING = 1e-9;

/** The same of the largest variance of the fields. */
const EXACT = 1e-14;

export class NetworkKernels {
  /** Times. */
  readonly size: number;
  /** K */
  readonly units: number;
  /** size·K, length of the rows of all square matrices. */
  readonly width: number;
  /** C, up to the block of the diagonal, which is whole. */
  readonly covariance: Float64Array;
  /** L, up to the block of the diagonal, which is symmetric. */
  readonly factor: Float64Array;
  /** R, below the block of the diagonal: a kick in step l is whole at its end, R[l + 1, l] = 1. */
  readonly response: Float64Array;
  /** m, K* columns. */
  readonly overlap: Float64Array;
  /** T, K* columns. */
  readonly along: Float64Array;
  /** Symmetric root of Q*: w* = S z*. */
  readonly teacherRoot: Float64Array;
  readonly #teacherInverse: Float64Array;
  /** Pseudo-inverses of the blocks on the diagonal of L, one after the other. */
  readonly #inverse: Float64Array;
  readonly #before: Float64Array;
  readonly #problem: NetworkProblem;
  readonly #h: number;

  constructor(problem: NetworkProblem, h: number, steps: number) {
    const { students, teachers, moments } = problem.network;
    const size = steps + 1;
    const width = size * students;
    this.#problem = problem;
    this.#h = h;
    this.size = size;
    this.units = students;
    this.width = width;
    [this.covariance, this.factor, this.response] = [1, 2, 3].map(() => new Float64Array(width * width));
    [this.overlap, this.along] = [1, 2].map(() => new Float64Array(width * teachers));
    this.#inverse = new Float64Array(width * students);
    this.#before = new Float64Array(students);

    const all = students + teachers;
    const block = (row: number, column: number, rows: number, columns: number) =>
      Float64Array.from({ length: rows * columns }, (_, n) => {
        return moments[(row + Math.floor(n / columns)) * all + column + (n % columns)];
      });
    const norm = block(students, students, teachers, teachers);
    const { root, inverse } = rootsOf(norm, teachers, ROUNDING * Math.max(...norm));
    [this.teacherRoot, this.#teacherInverse] = [root, inverse];
    this.overlap.set(block(0, students, students, teachers));
    const start = block(0, 0, students, students);
    for (let a = 0; a < students; a++)
      this.covariance.set(start.subarray(a * students, (a + 1) * students), a * width);
    this.project(0);
    for (let a = 0; a < students; a++) {
      for (let b = 0; b < students; b++) start[a * students + b] -= this.alongBoth(a, b);
    }
    this.#innovate(0, start, ROUNDING * Math.max(...moments));
  }

  /** Rows of T at step k. */
  project(k: number): void {
    const { units, overlap, along } = this;
    const { teachers } = this.#problem.network;
    for (let row = k * units; row < (k + 1) * units; row++) {
      for (let n = 0; n < teachers; n++) {
        let sum = 0;
        for (let m = 0; m < teachers; m++)
          sum += overlap[row * teachers + m] * this.#teacherInverse[m * teachers + n];
        along[row * teachers + n] = sum;
      }
    }
  }

  /** What rows of T contribute to an entry of C. */
  alongBoth(row: number, other: number): number {
    const { teachers } = this.#problem.network;
    let sum = 0;
    for (let n = 0; n < teachers; n++)
      sum += this.along[row * teachers + n] * this.along[other * teachers + n];
    return sum;
  }

  /** Block k on the diagonal of L: the root of `variance`, K×K. */
  #innovate(k: number, variance: Float64Array, least: number): void {
    const { units, width, factor } = this;
    const { root, inverse } = rootsOf(variance, units, least);
    this.#inverse.set(inverse, k * units * units);
    for (let a = 0; a < units; a++) {
      factor.set(root.subarray(a * units, (a + 1) * units), (k * units + a) * width + k * units);
    }
  }

  /** row[lK …] ← row[lK …] L[l, l]⁺ */
  divide(row: Float64Array, l: number): void {
    const { units } = this;
    const at = l * units;
    const [inverse, before] = [this.#inverse, this.#before];
    for (let a = 0; a < units; a++) before[a] = row[at + a];
    for (let a = 0; a < units; a++) {
      let sum = 0;
      for (let b = 0; b < units; b++) sum += before[b] * inverse[(at + b) * units + a];
      row[at + a] = sum;
    }
  }

  /**
   * Row (k + 1)K + a of R from the row of R_F[k, ·] of unit a, `memory`.
   */
  respond(k: number, a: number, memory: Float64Array): void {
    const { units, width, response } = this;
    const { decay, sampleRatio } = this.#problem;
    const row = ((k + 1) * units + a) * width;
    const next = response.subarray(row, row + width);
    const now = (k * units + a) * width;
    for (let l = 0; l < k * units; l++) next[l] = (1 - decay * this.#h) * response[now + l];
    for (let u = units; u < (k + 1) * units; u++) {
      const weight = sampleRatio * memory[u];
      const end = Math.floor(u / units) * units;
      const source = u * width;
      for (let l = 0; l < end; l++) next[l] += weight * response[source + l];
    }
    next[k * units + a] = 1;
  }

  /**
   * Row (k + 1)K + a of C and L up to column (k + 1)K, and of m and T.
   * @param slopeField E ℓ_r(r_k)_a r_l, entry lK + b of unit b at step l ≤ k
   * @param slopeTeacher E ℓ_r(r_k)_a z*
   */
  correlate(k: number, a: number, slopeField: Float64Array, slopeTeacher: Float64Array): void {
    const { units, width, covariance, factor, overlap, teacherRoot } = this;
    const { decay, stepSize, network } = this.#problem;
    const { teachers } = network;
    const [kept, rate] = [1 - decay * this.#h, stepSize * this.#h];
    const [now, next] = [k * units + a, (k + 1) * units + a];
    for (let n = 0; n < teachers; n++) {
      let product = 0;
      for (let m = 0; m < teachers; m++) product += teacherRoot[n * teachers + m] * slopeTeacher[m];
      overlap[next * teachers + n] = kept * overlap[now * teachers + n] - rate * product;
    }
    this.project(k + 1);
    const row = factor.subarray(next * width, (next + 1) * width);
    for (let l = 0; l <= k; l++) {
      for (let b = 0; b < units; b++) {
        const at = l * units + b;
        covariance[next * width + at] = kept * covariance[now * width + at] - rate * slopeField[at];
        let rest = covariance[next * width + at] - this.alongBoth(next, at);
        for (let j = 0; j < l * units; j++) rest -= factor[at * width + j] * row[j];
        row[at] = rest;
      }
      this.divide(row, l);
    }
  }

  /**
   * Blocks k + 1 on the diagonals of C and L.
   * @param slopeNext E ℓ_r(r_k)_b r_{k+1,a} at aK + b, without the jump of step k and without the innovation of w
   * @param noise δE dF_k dF_kᵀ, the covariance that the step adds
   */
  close(k: number, slopeNext: Float64Array, noise: Float64Array): void {
    const { units, width, covariance, factor } = this;
    const { decay, stepSize } = this.#problem;
    const kept = 1 - decay * this.#h;
    const first = (k + 1) * units;
    const square = units * units;
    const raw = Float64Array.from({ length: square }, (_, n) => {
      const [a, b] = [Math.floor(n / units), n % units];
      return (
        kept * covariance[(first + a) * width + k * units + b] - stepSize * this.#h * slopeNext[n] + noise[n]
      );
    });
    const explained = new Float64Array(square);
    const excess = new Float64Array(square);
    for (let a = 0; a < units; a++) {
      for (let b = 0; b < units; b++) {
        const [row, other] = [(first + a) * width, (first + b) * width];
        let sum = this.alongBoth(first + a, first + b);
        for (let j = 0; j < first; j++) sum += factor[row + j] * factor[other + j];
        const n = a * units + b;
        explained[n] = sum;
        excess[n] = (raw[n] + raw[b * units + a]) / 2 - sum - LEAST * noise[n];
      }
    }
    // The innovation carries the noise of the step, about; with few paths errors of the row may hide it.
    const variance = positivePart(excess, units).map((value, n) => value + LEAST * noise[n]);
    for (let n = 0; n < square; n++) {
      covariance[(first + Math.floor(n / units)) * width + first + (n % units)] = explained[n] + variance[n];
    }
    const [largest, total] = [noise, explained].map((values) => values.reduce((a, b) => Math.max(a, b), 0));
    this.#innovate(k + 1, variance, Math.max(ROUNDING * largest, EXACT * total));
  }
}
