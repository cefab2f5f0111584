/**
 * Least squares with batches that hold each sample with probability p = h/δ, in discrete time (theory: multi-pass SGD,
 * section 5): exactly what the mean-field equations on a grid of step h describe, so that it tests their solver.
 */
import { flowLoss, momentsOf, sampleSpectrum, type LeastSquares, type Moments } from './leastSquares.ts';

/** Moments at t = 0, h, 2h, …, `steps` h. */
export function batchRecursion(problem: LeastSquares, h: number, steps: number, nodes = 120): Moments[] {
  const { sampleRatio, stepSize, decay } = problem;
  const p = h / sampleRatio;
  const spectrum = sampleSpectrum(sampleRatio, nodes);
  const { eigenvalue, weight } = spectrum;
  const { constant, linear, square } = flowLoss(problem, spectrum);
  const factor = eigenvalue.map((mu) => 1 - decay * h - stepSize * p * mu);
  const decayed = new Float64Array(weight.length).fill(1);
  const variance = new Float64Array(weight.length);
  return Array.from({ length: steps + 1 }, () => {
    let trainLoss = constant;
    let spread = 0;
    for (let i = 0; i < weight.length; i++) {
      const e = decayed[i];
      trainLoss += linear[i] * e + square[i] * e * e;
      trainLoss += (weight[i] * eigenvalue[i] * variance[i]) / (2 * sampleRatio);
      spread += weight[i] * variance[i];
    }
    const moments = momentsOf(problem, spectrum, decayed, trainLoss, spread);
    for (let i = 0; i < weight.length; i++) {
      variance[i] =
        factor[i] ** 2 * variance[i] + stepSize ** 2 * p * (1 - p) * eigenvalue[i] * 2 * trainLoss;
      decayed[i] *= factor[i];
    }
    return moments;
  });
}
