/**
 * The SDE of SGD (theory: multi-index models, section 1), one run in float64: twin of shaders/multiIndex/sde.wgsl.
 *
 *     dE = −γ(λ U M + δX) dt + γ √(λ/B) I^½ dW,   M and I from the covariance ⟨λUUᵀ⟩ of the present state.
 *
 * Predictor and corrector with the mean of drift and of noise covariance at both ends of a step: the noise depends on
 * the state through that covariance alone, which d coordinates average, so the weak order is 2.
 */
import { fillNormals } from '../../math/normal.ts';
import { streams } from '../../math/threefry.ts';
import type { Oracle, Span } from '../model.ts';
import { initialErrors, type MultiIndexInstance } from './instance.ts';
import { momentsOver } from './moments.ts';
import type { MultiIndexConfig } from './parameters.ts';
import type { Problem } from './problem.ts';
import { runawayVariance } from './runaway.ts';
import { toStatistics } from './statistics.ts';

/** Lower triangular root of a covariance of gradients; what rounding makes of a zero pivot is 0. */
export function noiseRoot(covariance: Float64Array, students: number): Float64Array {
  const root = new Float64Array(students * students);
  for (let j = 0; j < students; j++) {
    for (let i = j; i < students; i++) {
      let rest = covariance[i * students + j]!;
      for (let k = 0; k < j; k++) rest -= root[i * students + k]! * root[j * students + k]!;
      const pivot = root[j * students + j]!;
      if (i === j) root[j * students + j] = Math.sqrt(Math.max(rest, 0));
      else root[i * students + j] = pivot > 0 ? rest / pivot : 0;
    }
  }
  return root;
}

/** @param columns as in `toStatistics` */
export function sdeOracle(
  config: MultiIndexConfig,
  problem: Problem,
  instance: MultiIndexInstance,
  columns: number,
  run: number,
): Oracle {
  const { dimension, seed } = config;
  const { loss, batchSize, labelNoise, ridge } = problem;
  const { students, teachers, matched } = loss;
  const { eigenvalue, teacher } = instance;
  const size = students + teachers;
  const errors = initialErrors(config, problem, instance, run);
  const predicted = new Float64Array(errors.length);
  const [drift, drift2] = [new Float64Array(errors.length), new Float64Array(errors.length)];
  const noise = new Float64Array(errors.length);
  const normals = Array.from({ length: students }, () => new Float64Array(4 * Math.ceil(dimension / 4)));
  const mean = new Float64Array(size * students);
  const [covariance, covariance2] = [
    new Float64Array(students * students),
    new Float64Array(students * students),
  ];
  const runaway = runawayVariance(config, problem);
  let blowUp = NaN;

  /** Drift λUM + δX of every coordinate and covariance of the gradient; false where the run has diverged. */
  function evaluate(state: Float64Array, drifts: Float64Array, gradients: Float64Array): boolean {
    const { weighted } = momentsOver(instance, state);
    for (let a = 0; a < students; a++) if (!(weighted[a * (size + 1)]! <= runaway)) return false;
    loss.meanGradient(weighted, mean);
    loss.gradientCovariance(weighted, labelNoise, gradients);
    for (let a = 0; a < students; a++) {
      for (let i = 0; i < dimension; i++) {
        let sum = 0;
        for (let b = 0; b < students; b++) sum += state[b * dimension + i]! * mean[b * students + a]!;
        for (let n = 0; n < teachers; n++) {
          sum += teacher[n * dimension + i]! * mean[(students + n) * students + a]!;
        }
        const at = a * dimension + i;
        const student = matched ? state[at]! + teacher[at]! : state[at]!;
        drifts[at] = eigenvalue[i]! * sum + ridge * student;
      }
    }
    return true;
  }

  /** √λ times root times the normals of the step. */
  function setNoise(root: Float64Array): void {
    for (let a = 0; a < students; a++) {
      for (let i = 0; i < dimension; i++) {
        let sum = 0;
        for (let b = 0; b <= a; b++) sum += root[a * students + b]! * normals[b]![i]!;
        noise[a * dimension + i] = Math.sqrt(eigenvalue[i]!) * sum;
      }
    }
  }

  function step(index: number, t: number, dt: number): boolean {
    if (!evaluate(errors, drift, covariance)) return false;
    const before = problem.stepSizeAt(t);
    const after = problem.stepSizeAt(t + dt);
    normals.forEach((z, a) => fillNormals(z, dimension, seed, streams.brownian, index, run, a));
    setNoise(noiseRoot(covariance, students));
    const spread = Math.sqrt(dt / batchSize);
    for (let i = 0; i < errors.length; i++) {
      predicted[i] = errors[i]! - before * (drift[i]! * dt + spread * noise[i]!);
    }
    if (!evaluate(predicted, drift2, covariance2)) return false;
    setNoise(
      noiseRoot(
        covariance.map((value, i) => (before ** 2 * value + after ** 2 * covariance2[i]!) / 2),
        students,
      ),
    );
    for (let i = 0; i < errors.length; i++) {
      errors[i]! -= 0.5 * dt * (before * drift[i]! + after * drift2[i]!) + spread * noise[i]!;
    }
    return true;
  }

  return {
    get blowUp() {
      return blowUp;
    },
    advance(span: Span) {
      for (let k = 0; k < span.steps && Number.isNaN(blowUp); k++) {
        const t = span.t + k * span.dt;
        if (!step(span.step + k, t, span.dt)) blowUp = t;
      }
    },
    statistics: () => toStatistics(momentsOver(instance, errors), columns),
  };
}
