/** Least squares in continuous time, exactly: the Volterra equation of theory (multi-pass SGD, section 5). */
import { applyResolvent, resolvent, type Exponentials } from '../../solvers/exponentialVolterra.ts';
import {
  flowLoss,
  momentsOf,
  sampleSpectrum,
  type LeastSquares,
  type Moments,
  type Spectrum,
} from './leastSquares.ts';

export interface VolterraSolution {
  /** SGD, and its modified equation, at time t. */
  at(t: number): Moments;
  /** Gradient flow at time t. */
  flow(t: number): Moments;
  /** R(t, s) as a function of t − s. */
  response(lag: number): number;
  /** ∫K: SGD is stable below 1, and multiplies the final train loss of gradient flow by 1/(1 − ∫K). */
  readonly kernelNorm: number;
  /** Rate at which the slowest mode of the train loss decays; negative: grows. */
  readonly slowestRate: number;
}

/** K(t) = Σ kᵢ e^{−2λᵢt} and K₂, on the eigenvalues that data see. */
function kernels({ stepSize, sampleRatio, decay }: LeastSquares, { eigenvalue, weight }: Spectrum) {
  const speed = stepSize / sampleRatio;
  const seen = Array.from(eigenvalue.keys()).filter((i) => eigenvalue[i] > 0);
  const rates = Float64Array.from(seen, (i) => 2 * (decay + speed * eigenvalue[i]));
  const weights = Float64Array.from(seen, (i) => (speed * eigenvalue[i]) ** 2 * weight[i]);
  const second = Float64Array.from(seen, (i) => speed ** 2 * sampleRatio * eigenvalue[i] * weight[i]);
  return { kernel: { rates, weights }, second };
}

/** 120 nodes give 1e-10 for t up to 1000; the sums of `at` cost their square. */
export function solveVolterra(problem: LeastSquares, nodes = 120): VolterraSolution {
  const { stepSize, sampleRatio, decay } = problem;
  const spectrum = sampleSpectrum(sampleRatio, nodes);
  const rate = spectrum.eigenvalue.map((mu) => decay + (stepSize / sampleRatio) * mu);
  const { constant, linear, square } = flowLoss(problem, spectrum);
  const source: Exponentials = {
    rates: Float64Array.of(0, ...rate, ...rate.map((value) => 2 * value)),
    weights: Float64Array.of(constant, ...linear, ...square),
  };
  const { kernel, second } = kernels(problem, spectrum);
  const gamma = resolvent(kernel, second);

  const decayed = (t: number): Float64Array => rate.map((value) => Math.exp(-value * t));
  const loss = (t: number): number =>
    source.rates.reduce((sum, value, i) => sum + source.weights[i] * Math.exp(-value * t), 0);

  return {
    at(t) {
      const [fed, spread] = applyResolvent(gamma, source, t);
      return momentsOf(problem, spectrum, decayed(t), loss(t) + fed, 2 * spread);
    },
    flow: (t) => momentsOf(problem, spectrum, decayed(t), loss(t), 0),
    response: (lag) => decayed(lag).reduce((sum, value, i) => sum + spectrum.weight[i] * value, 0),
    kernelNorm: kernel.weights.reduce((sum, k, i) => sum + k / kernel.rates[i], 0),
    slowestRate: gamma.rates[0],
  };
}
