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
import type { Oracle } from '../model.ts';
import { stepByStep } from '../stepByStep.ts';
import { Stepper, type Coefficients } from './coefficients.ts';
import { initialErrors, type MultiIndexInstance } from './instance.ts';
import { momentsOver } from './moments.ts';
import type { MultiIndexConfig } from './parameters.ts';
import type { Problem } from './problem.ts';
import { toStatistics } from './statistics.ts';

/** @param columns as in `toStatistics` */
export function sdeOracle(
  config: MultiIndexConfig,
  problem: Problem,
  instance: MultiIndexInstance,
  columns: number,
  run: number,
): Oracle {
  const { dimension, seed } = config;
  const { students, teachers, matched } = problem.loss;
  const { eigenvalue, teacher } = instance;
  const errors = initialErrors(config, problem, instance, run);
  const [predicted, start, end, noise] = [errors.slice(), errors.slice(), errors.slice(), errors.slice()];
  const normals = Array.from({ length: students }, () => new Float64Array(4 * Math.ceil(dimension / 4)));
  const stepper = new Stepper(config, problem);
  const coefficients: Coefficients = {
    drift: new Float64Array((students + teachers) * students),
    noise: new Float64Array(students * students),
    decay: new Float64Array(1),
  };

  /** −dE by the drift and by the noise at a state; false where the run has diverged. */
  function evaluate(stage: number, state: Float64Array, moves: Float64Array, t: number, dt: number): boolean {
    const { weighted } = momentsOver(instance, state);
    if (!stepper.set(stage, weighted, t, dt, coefficients)) return false;
    for (let a = 0; a < students; a++) {
      for (let i = 0; i < dimension; i++) {
        const at = a * dimension + i;
        let sum = 0;
        for (let b = 0; b < students; b++) {
          sum += state[b * dimension + i]! * coefficients.drift[b * students + a]!;
        }
        for (let n = 0; n < teachers; n++) {
          sum += teacher[n * dimension + i]! * coefficients.drift[(students + n) * students + a]!;
        }
        const student = matched ? state[at]! + teacher[at]! : state[at]!;
        moves[at] = eigenvalue[i]! * sum + coefficients.decay[0]! * student;
        let random = 0;
        for (let b = 0; b <= a; b++) random += coefficients.noise[a * students + b]! * normals[b]![i]!;
        noise[at] = Math.sqrt(eigenvalue[i]!) * random;
      }
    }
    return true;
  }

  function step(index: number, t: number, dt: number): boolean {
    normals.forEach((z, a) => fillNormals(z, dimension, seed, streams.brownian, index, run, a));
    if (!evaluate(0, errors, start, t, dt)) return false;
    for (let i = 0; i < errors.length; i++) predicted[i] = errors[i]! - start[i]! - noise[i]!;
    if (!evaluate(1, predicted, end, t, dt)) return false;
    for (let i = 0; i < errors.length; i++) errors[i]! -= (start[i]! + end[i]!) / 2 + noise[i]!;
    return true;
  }

  return stepByStep(step, {
    statistics: () => toStatistics(momentsOver(instance, errors), columns),
  });
}
