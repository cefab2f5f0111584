/** What a reader should know about the steps of the SDE. */
import { spectrumOf } from '../spectrum.ts';
import { signOf, startCovariance } from './instance.ts';
import { toErrors } from './loss.ts';
import type { MultiIndexConfig } from './parameters.ts';
import type { Problem } from './problem.ts';

/** Predictor and corrector follow a decay of rate ρ to a few per cent where ρ·dt is below this. */
const RESOLVED = 0.5;

/** One sentence if dt is too long for how fast the start moves along the largest eigenvalue. */
export function stepRemarks(config: MultiIndexConfig, problem: Problem): string[] {
  const { loss } = problem;
  const { students, teachers } = loss;
  const size = students + teachers;
  const moments = startCovariance(problem);
  if (signOf(problem) < 0) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) if (i < students !== j < students) moments[i * size + j]! *= -1;
    }
  }
  toErrors(loss, moments, moments);
  const mean = new Float64Array(size * students);
  loss.meanGradient(moments, mean);
  const curvature = Math.max(...mean.subarray(0, students * students).map(Math.abs));
  const largest = spectrumOf(config).quantile(1 - 0.5 / config.dimension);
  const rate = problem.stepSizeAt(0) * (largest * curvature + problem.ridge);
  if (!(rate * config.dt > RESOLVED)) return [];
  const wanted = Number((RESOLVED / rate).toPrecision(1));
  return [
    `dt: the SDE moves by a factor of ${Number((rate * config.dt).toPrecision(2))} in one step; it is accurate for dt below about ${wanted}`,
  ];
}
