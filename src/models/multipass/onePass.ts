/**
 * The limit of many samples per dimension, δ → ∞ at fixed t (theory: multi-pass SGD, section 3): every sample is fresh,
 * and q and m obey a closed ODE. Least squares have it in closed form; this is for all losses.
 */
import { normalCumulative, normalDensity } from '../../math/gaussian.ts';
import { gradedRule } from '../../math/quadrature.ts';
import type { System } from '../../solvers/dop853.ts';
import { integrate } from './adaptive.ts';
import type { LeastSquares, Moments } from './leastSquares.ts';
import { losses, type LossName } from './losses.ts';
import { risks } from './risk.ts';

export interface Problem extends LeastSquares {
  readonly loss: LossName;
}

/** E ℓ′w, E ℓ′w*, E ℓ′² for a fresh preactivation w. */
type Slopes = readonly [number, number, number];

const HALF_NORMAL = gradedRule(60, 8.3, 0.02, normalDensity);

/** Signs are integrated over exactly, given w. */
function signSlopes({ teacherNorm, labelNoise }: Problem, q: number, m: number): Slopes {
  const spread = teacherNorm - (m * m) / q;
  const deviation = Math.sqrt(Math.max(spread, 0) + labelNoise ** 2);
  let along = 0;
  let square = 0;
  for (const { value, weight } of HALF_NORMAL) {
    const w = Math.sqrt(q) * value;
    const agree = deviation > 0 ? normalCumulative((m * w) / (q * deviation)) : Number(m > 0);
    const wrong = 1 / (1 + Math.exp(w));
    along += weight * w * ((1 - agree) * (1 - wrong) - agree * wrong);
    square += weight * (agree * wrong ** 2 + (1 - agree) * (1 - wrong) ** 2);
  }
  const across = Math.max(spread, 0) / Math.sqrt(2 * Math.PI * (teacherNorm + labelNoise ** 2));
  return [along, (m / q) * along - across, square];
}

/** Linear slopes. */
function leastSquaresSlopes({ teacherNorm, labelNoise }: Problem, q: number, m: number): Slopes {
  return [q - m, m - teacherNorm, q - 2 * m + teacherNorm + labelNoise ** 2];
}

/** Smooth labels: product trapezoidal rule, fine enough for the poles of tanh beside the real axis. */
function smoothSlopes({ loss, teacherNorm, labelNoise }: Problem, q: number, m: number): Slopes {
  const [scale, along] = [Math.sqrt(q), m / Math.sqrt(q)];
  const across = Math.sqrt(Math.max(0, teacherNorm - along ** 2));
  const fineness = (size: number): number => 0.2 / Math.max(1, size);
  const [h, k] = [fineness(Math.max(scale, Math.abs(along))), fineness(across)];
  const columns = 2 * Math.ceil(7.5 / k) + 1;
  const [r, y] = [new Float64Array(columns), new Float64Array(columns)];
  const [slope, curvature] = [new Float64Array(columns), new Float64Array(columns)];
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = -Math.ceil(7.5 / h); i * h <= 7.5; i++) {
    r.fill(scale * i * h);
    for (let j = 0; j < columns; j++) {
      y[j] = losses[loss].label(along * i * h + across * k * (j - (columns - 1) / 2), 0);
    }
    losses[loss].derivatives(r, y, slope, curvature);
    for (let j = 0; j < columns; j++) {
      const z = k * (j - (columns - 1) / 2);
      const weight = h * k * normalDensity(i * h) * normalDensity(z);
      sums[0] += weight * slope[j] * r[j];
      sums[1] += weight * slope[j] * (along * i * h + across * z);
      sums[2] += weight * slope[j] ** 2;
    }
    // ℓ′ is linear in the label, so that noise adds σ² times the square of its slope in y.
    y[0] = 0;
    y[1] = labelNoise;
    losses[loss].derivatives(r, y, slope, curvature);
    sums[2] += h * normalDensity(i * h) * (slope[1] - slope[0]) ** 2;
  }
  return sums;
}

const slopesOf: Readonly<Record<LossName, (problem: Problem, q: number, m: number) => Slopes>> = {
  leastSquares: leastSquaresSlopes,
  logisticSign: signSlopes,
  tanh: smoothSlopes,
  phase: smoothSlopes,
};

/** Relative error of the means over fresh samples. */
const QUADRATURE = 1e-9;

/** Error of a step, relative to q and m. */
const TOLERANCE = 1e-9;

/** q and m at the ascending times `saveAt`, with the train loss and test risk that they make. */
export function solveOnePass(problem: Problem, saveAt: Float64Array, tolerance = TOLERANCE): Moments[] {
  const { stepSize, decay, loss, initNorm, initOverlap, teacherNorm, labelNoise } = problem;
  const slopes = slopesOf[loss];
  const system: System = {
    size: 2,
    derivative(_t, [q, m], out) {
      const [along, teacher, square] = slopes(problem, Math.max(q, 1e-12), m);
      out[0] = -2 * decay * q - 2 * stepSize * along + stepSize ** 2 * square;
      out[1] = -decay * m - stepSize * teacher;
    },
  };
  const start = Float64Array.of(initNorm, initOverlap);
  return integrate(system, start, saveAt, tolerance, 1e-3 * teacherNorm).map(([q, m]) => {
    const risk = risks[loss](q, m, teacherNorm, labelNoise);
    // Every sample is fresh: the train loss is the test risk.
    return { trainLoss: risk, testRisk: risk, squaredNorm: q, overlap: m };
  });
}

/** Largest relative error of the risk: what a tolerance a hundred times as large changes, and what quadrature leaves. */
export function onePassError(problem: Problem, saveAt: Float64Array, own: readonly Moments[]): number {
  const other = solveOnePass(problem, saveAt, 100 * TOLERANCE);
  return own.reduce(
    (most, { testRisk }, i) => Math.max(most, Math.abs(other[i].testRisk / testRisk - 1)),
    QUADRATURE,
  );
}
