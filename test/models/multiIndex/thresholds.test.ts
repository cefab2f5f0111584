import { describe, expect, test } from 'vitest';
import { discrete, logUniform, twoPoint } from '../../../src/math/distribution.ts';
import { erfCommittee } from '../../../src/models/multiIndex/erfCommittee.ts';
import type { Loss } from '../../../src/models/multiIndex/loss.ts';
import { losses } from '../../../src/models/multiIndex/losses.ts';
import { MomentFlow } from '../../../src/models/multiIndex/momentFlow.ts';
import type { Problem } from '../../../src/models/multiIndex/problem.ts';
import { criticalStepSize } from '../../../src/models/multiIndex/thresholds.ts';
import { pairProblem, risksOf } from './problems.ts';

const S = 1.7;
const erf11 = erfCommittee([1], [1]);
const erfEdge = (s: number) => (Math.PI * Math.sqrt(1 + 4 * s)) / Math.sqrt(1 + 2 * s);

test.each([
  ['leastSquares', losses.leastSquares, 2],
  ['phaseRetrieval', losses.phaseRetrieval, 1 / (6 * S)],
  ['amplitudeRetrieval', losses.amplitudeRetrieval, 2],
  ['relu', losses.relu, 2],
  ['erf', erf11, erfEdge(S)],
] as const)('%s: γ_c is the closed form, for any spectrum and batch', (_, loss, unit) => {
  for (const [spectrum, mean] of [
    [discrete([{ value: 1, weight: 1 }]), 1],
    [twoPoint(8), 1],
    [logUniform(50), 1],
    [discrete([{ value: 3, weight: 1 }]), 3],
  ] as const) {
    // s = ⟨λX*²⟩ is what counts.
    const problem = pairProblem(loss, 1, [1, 0, S / mean], { spectrum, batchSize: 3 });
    expect(criticalStepSize(problem)! / ((3 * unit) / mean)).toBeCloseTo(1, 9);
  }
});

test('least squares with ridge', () => {
  const problem = pairProblem(losses.leastSquares, 1, [1, 0, 1], { spectrum: twoPoint(3), ridge: 0.4 });
  const mean = (0.5 * 0.5 ** 2) / 0.9 + (0.5 * 1.5 ** 2) / 1.9;
  expect(criticalStepSize(problem)).toBeCloseTo(2 / mean, 12);
});

test('logistic losses, and committees of another size than their teacher, have none', () => {
  for (const loss of [losses.logistic, losses.logisticSign]) {
    expect(criticalStepSize(pairProblem(loss, 1, [1, 0, 1]))).toBeUndefined();
  }
  const wide = { ...pairProblem(erfCommittee([1, 1], [1]), 1, [1, 0, 1]) };
  expect(
    criticalStepSize({ ...wide, start: () => Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1) }),
  ).toBeUndefined();
});

test('teachers that coincide leave a direction without curvature, and no threshold', () => {
  const loss = erfCommittee([1, 1], [1, 1]);
  const start = new Float64Array(16).fill(1);
  expect(criticalStepSize({ ...pairProblem(loss, 1, [1, 0, 1]), start: () => start })).toBeUndefined();
});

/** Growth of small squared errors E of l students, all else at X = X*: largest eigenvalue of the flow by its powers. */
function growth(problem: Problem): number {
  const rule = problem.spectrum.rule(8);
  const l = problem.loss.students;
  const flow = new MomentFlow(problem, rule, 1);
  const count = ((l * (l + 1)) / 2) * rule.length;
  // exp(τJ) by many small Euler steps keeps the cone of positive matrices, where the leading eigenvector is.
  const y = new Float64Array(flow.size);
  for (let a = 0, k = 0; a < l; a++) {
    for (let b = a; b < l; b++, k++) {
      for (let c = 0; c < rule.length; c++) y[k * rule.length + c] = a === b ? 1e-24 : 0;
    }
  }
  const slope = new Float64Array(flow.size);
  let rate = NaN;
  for (let step = 0; step < 20000; step++) {
    flow.derivative(0, y, slope);
    let [before, after] = [0, 0];
    for (let i = 0; i < count; i++) {
      before += Math.abs(y[i]!);
      y[i]! += 0.02 * slope[i]!;
      after += Math.abs(y[i]!);
    }
    const next = (after / before - 1) / 0.02;
    for (let i = 0; i < count; i++) y[i]! *= before / after;
    if (Math.abs(next - rate) < 1e-13) break;
    rate = next;
  }
  return rate;
}

/** Growth rates at 0.98 γ_c and γ_c, in units of that at 1.02 γ_c. */
function growthsAround(problem: Problem): number[] {
  const edge = criticalStepSize(problem)!;
  const [below, at, above] = [0.98, 1, 1.02].map((share) =>
    growth({ ...problem, stepSizeAt: () => share * edge }),
  );
  return [below! / above!, at! / above!];
}

describe('the Jacobian of the flow at X* turns unstable at γ_c', () => {
  test.each(['phaseRetrieval', 'relu', 'amplitudeRetrieval'] as const)('%s, anisotropic', (name) => {
    const problem = pairProblem(losses[name], 1, [1, 0, 1], { spectrum: twoPoint(4) });
    const [below, at] = growthsAround(problem);
    expect(Math.abs(at!)).toBeLessThan(1e-6);
    expect(below).toBeLessThan(-0.1);
  });

  test.each([
    ['equal', [1, 1], [1, 0.3, 0.3, 1]],
    ['unequal', [1, -0.6], [1.4, -0.5, -0.5, 0.8]],
  ] as const)('erf 2–2, %s weights', (_, weights, [a, b, c, d]) => {
    const loss: Loss = erfCommittee([...weights], [...weights]);
    const start = Float64Array.of(a, b, a, b, c, d, c, d, a, b, a, b, c, d, c, d);
    const problem = pairProblem(loss, 1, [1, 0, 1], { spectrum: twoPoint(3), start: () => start });
    const [below, at] = growthsAround(problem);
    expect(Math.abs(at!)).toBeLessThan(1e-6);
    expect(below).toBeLessThan(-0.1);
  });
});

test.each([
  ['leastSquares', losses.leastSquares],
  ['phaseRetrieval', losses.phaseRetrieval],
  ['amplitudeRetrieval', losses.amplitudeRetrieval],
  ['relu', losses.relu],
  ['erf', erf11],
] as const)('%s: the limit converges at 0.8 γ_c and does not at 1.25 γ_c', (_, loss) => {
  const edge = criticalStepSize(pairProblem(loss, 1, [1, 0.97, 1]))!;
  const end = (share: number) => risksOf(pairProblem(loss, share * edge, [1, 0.97, 1]), [0, 40]);
  const [below, above] = [end(0.8), end(1.25)];
  expect(below[1]!).toBeLessThan(1e-2 * below[0]!);
  // It either stays up or has blown up before t = 40.
  expect(above[1] ?? Infinity).toBeGreaterThan(0.5 * above[0]!);
});
