/** Least squares in continuous time, exactly: the Volterra equation of theory (multi-pass SGD, section 5). */
import { gaussLegendre } from '../../math/quadrature.ts';
import { applyResolvent, resolvent, type Exponentials } from '../../solvers/exponentialVolterra.ts';
import {
  flowLoss,
  momentsOf,
  shareOf,
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
  /** C(t_i, t_j) of SGD for ascending times from 0 on, row after row. */
  covariances(times: Float64Array): Float64Array;
  /** C(t_i, t_j) of gradient flow. */
  flowCovariances(times: Float64Array): Float64Array;
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

/** Rule of a panel of time. */
const PANEL = gaussLegendre(10);

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

  const lossAt = (t: number): number => loss(t) + applyResolvent(gamma, source, t)[0];

  /** Variance that gradient noise leaves in each eigendirection, at all times, time after time. */
  function variances(times: Float64Array): Float64Array {
    const n = rate.length;
    const out = new Float64Array(times.length * n);
    const fed = spectrum.eigenvalue.map((mu) => ((2 * stepSize ** 2) / sampleRatio) * mu);
    for (let j = 1; j < times.length; j++) {
      const now = out.subarray(j * n, (j + 1) * n);
      now.set(out.subarray((j - 1) * n, j * n));
      const panels = Math.ceil((times[j] - times[j - 1]) * rate[n - 1]);
      const width = (times[j] - times[j - 1]) / panels;
      for (let panel = 0; panel < panels; panel++) {
        now.forEach((value, i) => (now[i] = value * Math.exp(-2 * rate[i] * width)));
        for (const { value, weight } of PANEL) {
          const source = width * weight * lossAt(times[j - 1] + (panel + value) * width);
          for (let i = 0; i < n; i++)
            now[i] += fed[i] * source * Math.exp(-2 * rate[i] * width * (1 - value));
        }
      }
    }
    return out;
  }

  function covariancesOf(times: Float64Array, variance: Float64Array): Float64Array {
    const n = rate.length;
    const out = new Float64Array(times.length ** 2);
    const e = Array.from(times, decayed);
    const { initNorm, initOverlap, teacherNorm, labelNoise } = problem;
    times.forEach((t, i) => {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) {
          const mu = spectrum.eigenvalue[k];
          const { learned } = shareOf(problem, mu);
          const [a, b] = [learned * (1 - e[i][k]), learned * (1 - e[j][k])];
          const noise = mu === 0 ? 0 : (labelNoise ** 2 * a * b) / mu;
          const fixed = e[i][k] * e[j][k] * initNorm + (e[i][k] * b + e[j][k] * a) * initOverlap;
          const left = variance[j * n + k] * Math.exp(-rate[k] * (t - times[j]));
          sum += spectrum.weight[k] * (fixed + a * b * teacherNorm + noise + left);
        }
        out[i * times.length + j] = sum;
        out[j * times.length + i] = sum;
      }
    });
    return out;
  }

  return {
    covariances: (times) => covariancesOf(times, variances(times)),
    flowCovariances: (times) => covariancesOf(times, new Float64Array(times.length * rate.length)),
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
