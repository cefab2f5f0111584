import { describe, expect, test } from 'vitest';
import { discrete, powerLaw, twoPoint } from '../../../src/math/distribution.ts';
import { difference, levels } from '../../../src/models/multiIndex/limit.ts';
import { losses } from '../../../src/models/multiIndex/losses.ts';
import { MomentFlow } from '../../../src/models/multiIndex/momentFlow.ts';
import type { Problem } from '../../../src/models/multiIndex/problem.ts';
import { StiffFlow } from '../../../src/models/multiIndex/stiffFlow.ts';
import { pairProblem, problemOf, references, solved } from './problems.ts';

const committee = problemOf(references.find(({ name }) => name === 'Erf22_iso')!);

describe('the linear systems of the implicit method', () => {
  test.each([
    ['ReLU with ridge', pairProblem(losses.relu, 0.8, [0.5, 0.2, 1], { spectrum: twoPoint(7), ridge: 0.3 })],
    ['logistic', pairProblem(losses.logistic, 2, [0.5, 0.2, 1], { spectrum: twoPoint(7), batchSize: 2 })],
    ['committee', { ...committee, spectrum: twoPoint(5), ridge: 0.2 }],
  ] as const)('%s: solve(x) inverts shift − J, J by differences of the rates', (_, problem: Problem) => {
    const rule = problem.spectrum.rule(2);
    const flow = new MomentFlow(problem, rule, 1);
    const stiff = new StiffFlow(flow, problem, rule);
    const y = flow.start.map((value, i) => value * (1 + 0.01 * Math.cos(i)));
    const shift = 3.7;
    expect(stiff.linearise(0, y, shift, new Float64Array(flow.size))).toBe(true);
    const right = y.map((_value, i) => Math.sin(1 + 3 * i));
    const x = Float64Array.from(right);
    stiff.solve(x);
    const rates = (h: number) => {
      const out = new Float64Array(flow.size);
      flow.derivative(0, y.map((value, i) => value + h * x[i]!), out); // prettier-ignore
      return out;
    };
    const [forward, back] = [rates(1e-5), rates(-1e-5)];
    x.forEach((value, i) =>
      expect(shift * value - (forward[i]! - back[i]!) / 2e-5).toBeCloseTo(right[i]!, 7),
    );
  });

  test('a schedule of the step size enters the derivative by time', () => {
    const problem: Problem = {
      ...pairProblem(losses.relu, 1, [0.5, 0.2, 1]),
      stepSizeAt: (t) => 1 / (1 + t),
    };
    const rule = problem.spectrum.rule(1);
    const flow = new MomentFlow(problem, rule, 1);
    const slope = new Float64Array(2);
    new StiffFlow(flow, problem, rule).linearise(2, flow.start, 1, slope);
    const at = (t: number) => {
      const out = new Float64Array(2);
      flow.derivative(t, flow.start, out);
      return out;
    };
    slope.forEach((value, i) => expect(value / ((at(2.001)[i]! - at(1.999)[i]!) / 2e-3)).toBeCloseTo(1, 4));
  });
});

test('least squares with eigenvalues 1 and 50,000: the exact solution', () => {
  // u' = Au for squared errors u of two classes; the fast one follows the slow one after a short time.
  const [gamma, weight] = [0.3, 1e-6];
  const values = [1, 5e4];
  const weights = [1 - weight, weight];
  const spectrum = discrete(values.map((value, i) => ({ value, weight: weights[i]! })));
  const a = values.map((row, i) =>
    values.map((column, j) => gamma ** 2 * row * weights[j]! * column - (i === j ? 2 * gamma * row : 0)),
  ) as [[number, number], [number, number]];
  const [[p, q], [r, s]] = a;
  const [half, root] = [(p + s) / 2, Math.sqrt(((p - s) / 2) ** 2 + q * r)];
  const roots = [(p * s - q * r) / (half - root), half - root];
  // u = Σ c_k (q, root_k − p) e^{root_k t}, u(0) = (2, 2)
  const second = (2 - (2 * (roots[0]! - p)) / q) / (roots[1]! - roots[0]!);
  const first = 2 / q - second;
  const times = [0, 1e-5, 0.1, 3, 10];
  const run = solved(pairProblem(losses.leastSquares, gamma, [1, 0, 1], { spectrum }), times);
  times.forEach((t, k) => {
    const [slow, fast] = [first * Math.exp(roots[0]! * t), second * Math.exp(roots[1]! * t)];
    const u = [q * (slow + fast), (roots[0]! - p) * slow + (roots[1]! - p) * fast];
    const plain = u.reduce((sum, value, i) => sum + weights[i]! * value, 0);
    expect(run.recorded[k]!.plain[0]! / plain).toBeCloseTo(1, 8);
  });
});

test('power laws, whose eigenvalues have no bound, take no more than a few hundred steps', () => {
  const times = [0, 0.01, 1, 10];
  const problem = pairProblem(losses.phaseRetrieval, 0.08, [0.6, 0.3, 1], { spectrum: powerLaw(0.4) });
  const [coarse, fine] = [0, 1].map((k) => solved(problem, times, levels[k]!).recorded);
  expect(difference(problem, fine!, coarse!, 0)).toBeLessThan(1e-6);
});
