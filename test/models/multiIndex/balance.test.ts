import { describe, expect, test } from 'vitest';
import {
  distanceBalance,
  edgeOf,
  rateOf,
  riskBalance,
  type Balance,
} from '../../../src/models/multiIndex/balance.ts';
import { riskOf } from '../../../src/models/multiIndex/loss.ts';
import { losses } from '../../../src/models/multiIndex/losses.ts';
import type { SecondMoments } from '../../../src/models/multiIndex/problem.ts';
import { meanOver } from '../../../src/models/multiIndex/thresholds.ts';
import { pairProblem, problemOf, references, solved } from './problems.ts';

/** Slope of a function of the moments at the middle of five equal steps. */
function slope(states: readonly SecondMoments[], h: number, f: (state: SecondMoments) => number): number {
  const [a, b, , d, e] = states.map(f);
  return (8 * (d! - b!) - (e! - a!)) / (12 * h);
}

const h = 1e-2;

describe.each(references)('$name', (reference) => {
  const problem = problemOf(reference);
  const rule = problem.spectrum.rule(1);
  const stepSize = reference.gamma;

  test.each([0.3, 2])('the risk changes as drift, ridge and noise say, t = %s', (t) => {
    const { recorded } = solved(problem, [-2, -1, 0, 1, 2].map((k) => t + k * h)); // prettier-ignore
    const balance = riskBalance(
      problem,
      recorded[2]!,
      meanOver(rule, (value) => value * value),
    );
    const measured = slope(recorded, h, ({ weighted }) => riskOf(problem.loss, weighted, problem.labelNoise));
    expect(rateOf(balance, stepSize) / measured).toBeCloseTo(1, 6);
  });
});

test('the distance to the teacher changes as drift and noise say', () => {
  for (const loss of [losses.relu, losses.phaseRetrieval, losses.leastSquares]) {
    const problem = pairProblem(loss, 0.1, [0.5, 0.2, 1], { labelNoise: 0.4, batchSize: 2 });
    const { recorded } = solved(problem, [-2, -1, 0, 1, 2].map((k) => 1 + k * h)); // prettier-ignore
    const balance = distanceBalance(problem, recorded[2]!, 1);
    expect(rateOf(balance, 0.1) / slope(recorded, h, ({ plain }) => plain[0]!)).toBeCloseTo(1, 7);
  }
});

test('ReLU without noise: the distance falls from every start if and only if γ ≤ 2B/T lets it', () => {
  const moments = (p: number, angle: number): SecondMoments => {
    const q = Math.sqrt(p) * Math.cos(angle);
    const weighted = Float64Array.of(p - 2 * q + 1, q - 1, q - 1, 1);
    return { plain: weighted, weighted, squared: weighted };
  };
  const problem = pairProblem(losses.relu, 1, [1, 0, 1], { batchSize: 3 });
  const edge = (p: number, angle: number) =>
    edgeOf(distanceBalance(problem, moments(p, angle), 1) as Balance);
  for (const p of [0.01, 0.5, 1, 4]) {
    for (const angle of [0.01, 0.5, 1.5, 3]) expect(edge(p, angle)).toBeGreaterThan(6);
  }
  expect(edge(1, 1e-4)).toBeCloseTo(6, 3);
});
