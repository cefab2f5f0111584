/** Where least squares settle, and the step size beyond which they do not (theory: multi-pass SGD, section 5). */
import { sampleSpectrum, type LeastSquares, type Moments } from './leastSquares.ts';
import { solveVolterra } from './volterra.ts';

const NODES = 120;

/** η at which ∫K = 1; `decay` is proportional to it. */
export function stabilityEdge({ sampleRatio, stepSize, decay }: LeastSquares): number {
  const { eigenvalue, weight } = sampleSpectrum(sampleRatio, NODES);
  const ridge = (sampleRatio * decay) / stepSize;
  let sum = 0;
  for (let i = 0; i < weight.length; i++) {
    if (eigenvalue[i] > 0) sum += (weight[i] * eigenvalue[i] ** 2) / (eigenvalue[i] + ridge);
  }
  return (2 * sampleRatio) / sum;
}

/** Moments of SGD as t → ∞; undefined where it has no stationary state. */
export function stationaryMoments(problem: LeastSquares): Moments | undefined {
  if (!(problem.stepSize < stabilityEdge(problem))) return undefined;
  return solveVolterra(problem, NODES).at(1e9);
}
