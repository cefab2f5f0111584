import { describe, expect, test } from 'vitest';
import { riskOf, toStudents, type Loss } from '../../../src/models/multiIndex/loss.ts';
import { losses, type LossName } from '../../../src/models/multiIndex/losses.ts';
import { errorsOf, mean, states } from './planarQuadrature.ts';

const names = Object.keys(losses) as LossName[];
const NOISE = 0.4;

/** The loss itself, as theory states it, in outputs of W; `draw` is σε or the label. */
const values: Record<LossName, (r: number, teacher: number, draw: number) => number> = {
  leastSquares: (r, t, noise) => (r - t - noise) ** 2 / 2,
  phaseRetrieval: (r, t, noise) => (r * r - t * t - noise) ** 2 / 2,
  amplitudeRetrieval: (r, t, noise) => (Math.abs(r) - Math.abs(t) - noise) ** 2 / 2,
  relu: (r, t, noise) => (Math.max(r, 0) - Math.max(t, 0) - noise) ** 2 / 2,
  logistic: (r, _, y) => Math.max(r, 0) + Math.log1p(Math.exp(-Math.abs(r))) - y * r,
  logisticSign: (r, _, y) => Math.max(r, 0) + Math.log1p(Math.exp(-Math.abs(r))) - y * r,
};

/** Labels and their probabilities given r*: Gauss–Hermite's two points are exact for what is quadratic in noise. */
function labels(loss: Loss, teacher: number): readonly (readonly [number, number])[] {
  if (loss.label === 'normal') return [[NOISE, 0.5], [-NOISE, 0.5]]; // prettier-ignore
  const share = loss.label === 'none' ? Number(teacher > 0) : 1 / (1 + Math.exp(-teacher));
  return [[1, share], [0, 1 - share]]; // prettier-ignore
}

/** What `gradient` draws for a label. */
const drawOf = (loss: Loss, y: number) => (loss.label === 'uniform' ? (y === 1 ? 0 : 1) : y);

function gradientOf(loss: Loss, r: number, teacher: number, y: number): number {
  const out = new Float64Array(1);
  loss.gradient(Float64Array.of(loss.matched ? r - teacher : r, teacher), drawOf(loss, y), out);
  return out[0]!;
}

describe.each(names)('%s', (name) => {
  const loss: Loss = losses[name];

  test('risk, mean gradient and its covariance are those of independent quadrature', () => {
    for (const b of states) {
      const moments = errorsOf(loss, b);
      const over = (f: (r: number, t: number, y: number) => number) =>
        mean(b, (r, t) => labels(loss, t).reduce((sum, [y, share]) => sum + share * f(r, t, y), 0));
      expect(riskOf(loss, moments, NOISE) / over(values[name])).toBeCloseTo(1, 11);
      const covariance = new Float64Array(1);
      loss.gradientCovariance(moments, NOISE, covariance);
      expect(covariance[0]! / over((r, t, y) => gradientOf(loss, r, t, y) ** 2)).toBeCloseTo(1, 11);
      // E[ρ∇f] = BM
      const gradient = new Float64Array(2);
      loss.meanGradient(moments, gradient);
      toStudents(loss, gradient);
      const [m1, m2] = [gradient[0]!, gradient[1]!];
      const [own, other] = [
        over((r, t, y) => r * gradientOf(loss, r, t, y)),
        over((r, t, y) => t * gradientOf(loss, r, t, y)),
      ];
      expect(b[0] * m1 + b[1] * m2).toBeCloseTo(own, 11);
      expect(b[1] * m1 + b[3] * m2).toBeCloseTo(other, 11);
    }
  });

  test('the gradient of a sample is the derivative of its loss', () => {
    for (const [r, t] of [
      [0.7, 1.1],
      [-0.6, 0.4],
      [0.3, -0.9],
    ] as const) {
      // prettier-ignore
      for (const [y] of labels(loss, t).filter(([, share]) => share > 0)) {
        const slope = (values[name](r + 1e-6, t, y) - values[name](r - 1e-6, t, y)) / 2e-6;
        expect(gradientOf(loss, r, t, y)).toBeCloseTo(slope, 8);
      }
    }
  });

  test('the mean gradient is twice the derivative of the risk by the moments', () => {
    for (const b of states) {
      const gradient = new Float64Array(2);
      loss.meanGradient(errorsOf(loss, b), gradient);
      toStudents(loss, gradient);
      const by = (direction: readonly number[]) => {
        const at = (h: number) =>
          riskOf(loss, errorsOf(loss, b.map((value, i) => value + h * direction[i]!)), 0); // prettier-ignore
        return (8 * (at(1e-3) - at(-1e-3)) - (at(2e-3) - at(-2e-3))) / 12e-3;
      };
      expect(gradient[0]).toBeCloseTo(2 * by([1, 0, 0, 0]), 9);
      expect(gradient[1]).toBeCloseTo(by([0, 1, 1, 0]), 9);
    }
  });
});

/** Error of size ε in a direction that is neither along X* nor across it. */
const nearby = (epsilon: number) => Float64Array.of(epsilon ** 2, 0.6 * epsilon, 0.6 * epsilon, 1.3);

test.each(names.filter((name) => losses[name].matched))(
  '%s: what vanishes with the error keeps its digits, however small that is',
  (name) => {
    const loss: Loss = losses[name];
    const at = (epsilon: number) => {
      const gradient = new Float64Array(2);
      const covariance = new Float64Array(1);
      loss.meanGradient(nearby(epsilon), gradient);
      loss.gradientCovariance(nearby(epsilon), 0, covariance);
      const noise = loss.label === 'normal' ? covariance[0]! : NaN;
      // With kinks at most second order.
      const order = name === 'relu' || name === 'amplitudeRetrieval' ? 2 : 1;
      return [
        loss.excessRisk(nearby(epsilon)) / epsilon ** 2,
        gradient[1]! / epsilon ** order,
        noise / epsilon ** 2,
      ];
    };
    // Leading orders: the next one is smaller by ε.
    const [small, tiny] = [at(1e-6), at(1e-40)];
    const ratios = small.map((value, i) => value / tiny[i]!).filter((ratio) => !Number.isNaN(ratio));
    expect(ratios.length).toBeGreaterThan(0);
    for (const ratio of ratios) expect(ratio).toBeCloseTo(1, 4);
    // Where both are exact, they agree with B to the digits that B has.
    expect(at(1e-2)[0]! / tiny[0]!).toBeGreaterThan(0.9);
    expect(at(1e-2)[0]! / tiny[0]!).toBeLessThan(1.1);
  },
);
