/** Streaming SGD (theory: multi-index models, section 0), one run in float64: twin of shaders/multiIndex/sgd.wgsl. */
import { normalAt, uniform } from '../../math/normal.ts';
import { streams, threefry } from '../../math/threefry.ts';
import { drawsOf } from '../dataSpectrum.ts';
import type { Oracle } from '../model.ts';
import { stepByStep } from '../stepByStep.ts';
import { initialErrors, type MultiIndexInstance } from './instance.ts';
import { momentsOver } from './moments.ts';
import type { MultiIndexConfig } from './parameters.ts';
import type { Problem } from './problem.ts';
import { runawayOutput } from './runaway.ts';
import { toStatistics } from './statistics.ts';

const words = new Uint32Array(4);

/** The draw that a sample's label needs (see loss.ts). */
export function labelOf(
  { loss, labelNoise }: Problem,
  seed: number,
  step: number,
  run: number,
  sample: number,
): number {
  if (loss.label === 'normal') {
    return labelNoise > 0 ? labelNoise * normalAt(seed, streams.labelNoise, step, run, sample) : 0;
  }
  if (loss.label === 'none') return 0;
  threefry(words, 0, step, run, streams.labels, seed, 0, sample, 0);
  return uniform(words[0]!);
}

/** @param columns as in `toStatistics` */
export function sgdOracle(
  config: MultiIndexConfig,
  problem: Problem,
  instance: MultiIndexInstance,
  columns: number,
  run: number,
): Oracle {
  const { dimension, seed } = config;
  const { loss, batchSize, ridge } = problem;
  const { students, teachers, matched } = loss;
  const { teacher } = instance;
  const errors = initialErrors(config, problem, instance, run);
  const draw = drawsOf(config, run);
  const x = new Float64Array(4 * Math.ceil(dimension / 4));
  const outputs = new Float64Array(students + teachers);
  const slope = new Float64Array(students);
  const gradient = new Float64Array(students * dimension);
  const largest = runawayOutput(config, problem);

  /** Outputs of a fresh sample, which is left in x; false where they show that the run has diverged. */
  function present(step: number, sample: number): boolean {
    draw(x, step, sample);
    for (let a = 0; a < students + teachers; a++) {
      const [vectors, at] = a < students ? [errors, a * dimension] : [teacher, (a - students) * dimension];
      let sum = 0;
      for (let i = 0; i < dimension; i++) sum += x[i]! * vectors[at + i]!;
      outputs[a] = sum / Math.sqrt(dimension);
      if (!(Math.abs(outputs[a]) <= largest)) return false;
    }
    return true;
  }

  function step(index: number, t: number): boolean {
    gradient.fill(0);
    for (let sample = 0; sample < batchSize; sample++) {
      if (!present(index, sample)) return false;
      loss.gradient(outputs, labelOf(problem, seed, index, run, sample), slope);
      for (let a = 0; a < students; a++) {
        for (let i = 0; i < dimension; i++) gradient[a * dimension + i]! += slope[a]! * x[i]!;
      }
    }
    const stepSize = problem.stepSizeAt(t);
    const factor = stepSize / (batchSize * Math.sqrt(dimension));
    const shrink = (stepSize * ridge) / dimension;
    for (let i = 0; i < errors.length; i++) {
      const student = matched ? errors[i]! + teacher[i]! : errors[i]!;
      errors[i]! -= factor * gradient[i]! + shrink * student;
    }
    return true;
  }

  return stepByStep(step, {
    statistics: () => toStatistics(momentsOver(instance, errors), columns),
  });
}
