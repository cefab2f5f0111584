/**
 * Least squares in the eigenbasis of the sample covariance (theory: multi-pass SGD, section 5). The gradient is linear,
 * so the law of the weights enters by means and variances alone, and SGD has the same ones as its modified equation.
 */
import { marchenkoPastur } from '../../math/distribution.ts';

export interface LeastSquares {
  /** δ = n/d */
  readonly sampleRatio: number;
  /** η */
  readonly stepSize: number;
  /** ρ = ηλ, rate at which the weights decay. */
  readonly decay: number;
  /** E θ₀² */
  readonly initNorm: number;
  /** E θ₀θ* */
  readonly initOverlap: number;
  /** E θ*² */
  readonly teacherNorm: number;
  /** σ */
  readonly labelNoise: number;
}

/** Eigenvalues μ of XᵀX/d in ascending order, μ = 0 first where δ < 1; weights have sum 1, the mean is δ. */
export interface Spectrum {
  readonly eigenvalue: Float64Array;
  readonly weight: Float64Array;
}

export function sampleSpectrum(sampleRatio: number, nodes: number): Spectrum {
  const scale = Math.max(1, sampleRatio);
  const mass = Math.min(1, sampleRatio);
  const rule = marchenkoPastur(Math.min(sampleRatio, 1 / sampleRatio)).rule(nodes);
  const atoms = rule.map(({ value, weight }) => ({ value: scale * value, weight: mass * weight }));
  if (mass < 1) atoms.unshift({ value: 0, weight: 1 - mass });
  return {
    eigenvalue: Float64Array.from(atoms, ({ value }) => value),
    weight: Float64Array.from(atoms, ({ weight }) => weight),
  };
}

/** What is measured at one time. */
export interface Moments {
  readonly trainLoss: number;
  readonly testRisk: number;
  /** q = E θ² */
  readonly squaredNorm: number;
  /** m = E θθ* */
  readonly overlap: number;
}

/** Mean weights of an eigenvalue: θ − θ* = e(θ₀ − Bθ*) − Aθ* + noise, e falling from 1 to 0. */
export interface Share {
  /** A: the part of the teacher that the ridge keeps from being learned. */
  readonly shrunk: number;
  /** B = 1 − A */
  readonly learned: number;
}

export function shareOf(problem: LeastSquares, eigenvalue: number): Share {
  const rate = (problem.stepSize / problem.sampleRatio) * eigenvalue;
  // Directions without data keep what they have, less the decay.
  return eigenvalue === 0
    ? { shrunk: 1, learned: 0 }
    : { shrunk: problem.decay / (problem.decay + rate), learned: rate / (problem.decay + rate) };
}

/** The train loss without gradient noise is constant + Σ linear[i] e + square[i] e². */
export interface FlowLoss {
  readonly constant: number;
  readonly linear: Float64Array;
  readonly square: Float64Array;
}

export function flowLoss(problem: LeastSquares, { eigenvalue, weight }: Spectrum): FlowLoss {
  const { sampleRatio, initNorm, initOverlap, teacherNorm, labelNoise } = problem;
  const noise = labelNoise ** 2;
  const [linear, square] = [new Float64Array(weight.length), new Float64Array(weight.length)];
  let constant = ((1 - 1 / sampleRatio) * noise) / 2;
  eigenvalue.forEach((mu, i) => {
    const { shrunk: a, learned: b } = shareOf(problem, mu);
    const factor = weight[i] / (2 * sampleRatio);
    constant += factor * a * a * (mu * teacherNorm + noise);
    linear[i] = factor * 2 * a * (mu * (b * teacherNorm - initOverlap) + b * noise);
    square[i] = factor * (mu * (initNorm - 2 * b * initOverlap + b * b * teacherNorm) + b * b * noise);
  });
  return { constant, linear, square };
}

/**
 * Test risk, q and m from the decay e of each mean and `spread`, the mean over the spectrum of the variance that
 * gradient noise leaves.
 */
export function momentsOf(
  problem: LeastSquares,
  { eigenvalue, weight }: Spectrum,
  decayed: Float64Array,
  trainLoss: number,
  spread: number,
): Moments {
  const { initNorm, initOverlap, teacherNorm, labelNoise } = problem;
  let squaredNorm = spread;
  let overlap = 0;
  for (let i = 0; i < weight.length; i++) {
    const e = decayed[i];
    const learned = shareOf(problem, eigenvalue[i]).learned * (1 - e);
    const noise = eigenvalue[i] === 0 ? 0 : (learned * learned * labelNoise ** 2) / eigenvalue[i];
    overlap += weight[i] * (e * initOverlap + learned * teacherNorm);
    squaredNorm +=
      weight[i] *
      (e * e * initNorm + 2 * e * learned * initOverlap + learned * learned * teacherNorm + noise);
  }
  const testRisk = (squaredNorm - 2 * overlap + teacherNorm + labelNoise ** 2) / 2;
  return { trainLoss, testRisk, squaredNorm, overlap };
}
