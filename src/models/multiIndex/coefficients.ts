/** Drift and noise of a step of the SDE from the covariance of the outputs (theory: multi-index models, section 1). */
import { runawayVariance } from './runaway.ts';
import type { MultiIndexConfig } from './parameters.ts';
import type { Problem } from './problem.ts';

/** −dE over a step is λU·drift + decay·X by the drift, and √λ·noise·z with normals z by the noise. */
export interface Coefficients {
  /** γM dt, L×l. */
  readonly drift: Float64Array;
  /** γ √(dt/B) I^½, l×l, lower triangular. */
  readonly noise: Float64Array;
  /** γδ dt, length 1. */
  readonly decay: Float64Array;
}

/** Lower triangular root of a covariance of gradients, l×l; what rounding makes of a zero pivot is 0. */
export function rootOf(covariance: Float64Array, students: number, root: Float64Array): void {
  root.fill(0);
  for (let j = 0; j < students; j++) {
    for (let i = j; i < students; i++) {
      let rest = covariance[i * students + j]!;
      for (let k = 0; k < j; k++) rest -= root[i * students + k]! * root[j * students + k]!;
      const pivot = root[j * students + j]!;
      if (i === j) root[j * students + j] = Math.sqrt(Math.max(rest, 0));
      else root[i * students + j] = pivot > 0 ? rest / pivot : 0;
    }
  }
}

/** Coefficients of one step after the other. */
export class Stepper {
  readonly #problem: Problem;
  readonly #runaway: number;
  /** γ²I at the start of the step, and the mean with that at its end. */
  readonly #start: Float64Array;
  readonly #mean: Float64Array;

  constructor(config: MultiIndexConfig, problem: Problem) {
    const { students } = problem.loss;
    this.#problem = problem;
    this.#runaway = runawayVariance(config, problem);
    this.#start = new Float64Array(students * students);
    this.#mean = new Float64Array(students * students);
  }

  /**
   * Stage 0: at the start of the step, t. Stage 1: at its predicted end, with the noise of both ends. False where the
   * run has diverged.
   *
   * @param weighted L×L moments ⟨λUUᵀ⟩ there
   */
  set(stage: number, weighted: Float64Array, t: number, dt: number, out: Coefficients): boolean {
    const { loss, batchSize, labelNoise, ridge } = this.#problem;
    const { students, teachers } = loss;
    for (let a = 0; a < students; a++) {
      if (!(weighted[a * (students + teachers + 1)]! <= this.#runaway)) return false;
    }
    const stepSize = this.#problem.stepSizeAt(stage === 0 ? t : t + dt);
    loss.meanGradient(weighted, out.drift);
    for (let i = 0; i < out.drift.length; i++) out.drift[i]! *= stepSize * dt;
    out.decay[0] = stepSize * ridge * dt;
    loss.gradientCovariance(weighted, labelNoise, this.#mean);
    const spread = (stepSize * stepSize * dt) / batchSize;
    for (let i = 0; i < this.#mean.length; i++) {
      const now = spread * this.#mean[i]!;
      if (stage === 0) this.#start[i] = this.#mean[i] = now;
      else this.#mean[i] = (this.#start[i]! + now) / 2;
    }
    rootOf(this.#mean, students, out.noise);
    return true;
  }
}
