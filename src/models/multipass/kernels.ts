/**
 * Two-time functions of the mean-field equations on a grid t_k = kh (theory: multi-pass SGD, section 4): covariance C and
 * response R of the cavity field w, its overlap m with the teacher's field w*, and the factor L of
 * w_k = (m_k/√q*) z* + Σ_j L[k, j] z_j with independent standard normals z*, z_0, z_1, …
 */
import type { Problem } from './onePass.ts';

/** Share of the noise of a step that its innovation keeps at least. */
const LEAST = 0.5;

export class Kernels {
  /** Rows of all matrices have this length. */
  readonly size: number;
  /** C[k, l] for l ≤ k */
  readonly covariance: Float64Array;
  /** L[k, j] for j ≤ k */
  readonly factor: Float64Array;
  /** R[k, l] for l < k: a kick in step l is whole at its end, R[l + 1, l] = 1. */
  readonly response: Float64Array;
  /** m_k */
  readonly overlap: Float64Array;
  readonly #problem: Problem;
  readonly #h: number;

  constructor(problem: Problem, h: number, steps: number) {
    const { initNorm, initOverlap, teacherNorm } = problem;
    const size = steps + 1;
    this.#problem = problem;
    this.#h = h;
    this.size = size;
    this.covariance = new Float64Array(size * size);
    this.factor = new Float64Array(size * size);
    this.response = new Float64Array(size * size);
    this.overlap = new Float64Array(size);
    this.covariance[0] = initNorm;
    this.overlap[0] = initOverlap;
    this.factor[0] = Math.sqrt(Math.max(0, initNorm - initOverlap ** 2 / teacherNorm));
  }

  /** Factor of z* in w_k. */
  teacherFactor(k: number): number {
    return this.overlap[k] / Math.sqrt(this.#problem.teacherNorm);
  }

  /** R[k + 1, ·] from R_F[k, ·], `memory`. */
  respond(k: number, memory: Float64Array): void {
    const { size, response } = this;
    const { decay, sampleRatio } = this.#problem;
    const next = response.subarray((k + 1) * size, (k + 2) * size);
    for (let l = 0; l < k; l++) next[l] = (1 - decay * this.#h) * response[k * size + l];
    for (let u = 1; u <= k; u++) {
      const weight = sampleRatio * memory[u];
      const row = u * size;
      for (let l = 0; l < u; l++) next[l] += weight * response[row + l];
    }
    next[k] = 1;
  }

  /**
   * Row k + 1 of C and L up to column k, and m_{k+1}.
   * @param slopeField E ℓ′(r_k) r_l for l ≤ k
   * @param slopeTeacher E ℓ′(r_k) w*
   */
  correlate(k: number, slopeField: Float64Array, slopeTeacher: number): void {
    const { size, covariance, factor, overlap } = this;
    const { decay, stepSize } = this.#problem;
    const [kept, rate] = [1 - decay * this.#h, stepSize * this.#h];
    overlap[k + 1] = kept * overlap[k] - rate * slopeTeacher;
    const next = (k + 1) * size;
    const along = this.teacherFactor(k + 1);
    for (let l = 0; l <= k; l++) {
      const before = l < k ? covariance[k * size + l] : covariance[k * size + k];
      covariance[next + l] = kept * before - rate * slopeField[l];
      let rest = covariance[next + l] - along * this.teacherFactor(l);
      for (let j = 0; j < l; j++) rest -= factor[l * size + j] * factor[next + j];
      const own = factor[l * size + l];
      factor[next + l] = own > 0 ? rest / own : 0;
    }
  }

  /**
   * C[k + 1, k + 1] and L[k + 1, k + 1].
   * @param slopeNext E ℓ′(r_k) r_{k+1} without the jump of step k and without the innovation of w
   * @param noise δE dF_k², the variance that the step adds
   */
  close(k: number, slopeNext: number, noise: number): void {
    const { size, covariance, factor } = this;
    const { decay, stepSize } = this.#problem;
    const next = (k + 1) * size;
    const kept = 1 - decay * this.#h;
    covariance[next + k + 1] = kept * covariance[next + k] - stepSize * this.#h * slopeNext + noise;
    let rest = covariance[next + k + 1] - this.teacherFactor(k + 1) ** 2;
    for (let j = 0; j <= k; j++) rest -= factor[next + j] ** 2;
    // The innovation carries the noise of the step, about; with few paths errors of the row may hide it.
    const least = LEAST * noise;
    if (rest < least) covariance[next + k + 1] += least - rest;
    factor[next + k + 1] = Math.sqrt(Math.max(rest, least));
  }
}
