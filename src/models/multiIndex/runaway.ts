/** When a simulated run counts as diverged (theory: multi-index models, section 3). */
import { meanEigenvalue, startCovariance } from './instance.ts';
import type { MultiIndexConfig } from './parameters.ts';
import type { Problem } from './problem.ts';

/** Past this multiple of every natural scale of an output's variance nothing comes back. */
const FACTOR = 1e4;

/**
 * Variance of an output above which a run has diverged. Its scales are the start, the label noise, and (γT/B)², where
 * steps with gradients of size 1 hold up students that grow (logistic losses).
 */
export function runawayVariance(config: MultiIndexConfig, problem: Problem): number {
  const covariance = startCovariance(problem);
  const size = problem.loss.students + problem.loss.teachers;
  const start = Math.max(...Array.from({ length: size }, (_, i) => covariance[i * (size + 1)]!));
  const step = (problem.stepSizeAt(0) * meanEigenvalue(config)) / problem.batchSize;
  return FACTOR * Math.max(start, problem.labelNoise ** 2, step ** 2);
}

/** Output above which one sample of SGD shows that a run has diverged: eight standard deviations. */
export function runawayOutput(config: MultiIndexConfig, problem: Problem): number {
  return 8 * Math.sqrt(runawayVariance(config, problem));
}
