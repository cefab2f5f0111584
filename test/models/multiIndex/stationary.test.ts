import { expect, test } from 'vitest';
import { logUniform, twoPoint } from '../../../src/math/distribution.ts';
import { escapeRate, plateaus } from '../../../src/models/multiIndex/escape.ts';
import { losses } from '../../../src/models/multiIndex/losses.ts';
import { riskOf } from '../../../src/models/multiIndex/loss.ts';
import { misalignment, separableAsymptotics } from '../../../src/models/multiIndex/separable.ts';
import { stationaryState } from '../../../src/models/multiIndex/stationary.ts';
import { pairProblem, problemOf, references, risksOf, solved } from './problems.ts';

test.each([
  ['LS_five_ridge_b3', 60],
  ['LogBern_iso', 200],
  ['LogBern_two_ridge_b2', 150],
  ['ReLU_iso', 150],
  ['ReLU_two_ridge_b2', 150],
] as const)('%s: the stationary equations give what the limit tends to', (name, time) => {
  const problem = problemOf(references.find((reference) => reference.name === name)!);
  expect(stationaryState(problem)!.risk / risksOf(problem, [0, time])[1]!).toBeCloseTo(1, 8);
});

test('closed forms of the stationary risk, for any spectrum: least squares and phase retrieval', () => {
  const [sigma, gamma, batchSize, s] = [0.4, 0.3, 2, 1.3];
  for (const spectrum of [twoPoint(5), logUniform(20)]) {
    const more = { spectrum, labelNoise: sigma, batchSize };
    const squares = stationaryState(pairProblem(losses.leastSquares, gamma, [1, 0.5, s], more));
    expect(squares!.risk).toBeCloseTo(sigma ** 2 / 2 / (1 - gamma / (2 * batchSize)), 11);
    const g = 0.1 / batchSize;
    const phases = stationaryState(pairProblem(losses.phaseRetrieval, 0.1, [1, 0.8, s], more));
    expect(phases!.risk).toBeCloseTo(sigma ** 2 / 2 + (g * sigma ** 2 * s) / (1 - 6 * g * s), 11);
  }
});

test('bounded gradients settle at any step size, at p ≈ (π/2)(γI/(1 − c²))² for large ones', () => {
  for (const gamma of [0.5, 10, 50]) {
    const problem = pairProblem(losses.logistic, gamma, [1, -0.3, 4]);
    const { moments } = stationaryState(problem)!;
    const late = solved(problem, [0, 3000]).recorded[1]!.weighted;
    late.forEach((value, i) => expect(moments[i]! / value).toBeCloseTo(1, 7));
    const [p, q, s] = [moments[3]! + 2 * moments[1]! + moments[0]!, moments[3]! + moments[1]!, moments[3]!];
    const covariance = new Float64Array(1);
    losses.logistic.gradientCovariance(moments, 0, covariance);
    const predicted = (Math.PI / 2) * ((gamma * covariance[0]!) / (1 - (q * q) / (p * s))) ** 2;
    expect(Math.abs(predicted / p - 1)).toBeLessThan(gamma < 1 ? 1 : 0.5 / gamma);
  }
});

test('nothing is stationary where the risk goes to 0, grows without bound, or the student does', () => {
  expect(stationaryState(pairProblem(losses.relu, 0.8, [0.5, 0.1, 1]))).toBeUndefined();
  expect(stationaryState(pairProblem(losses.leastSquares, 3, [0.5, 0.1, 1]))).toBeUndefined();
  expect(stationaryState(pairProblem(losses.phaseRetrieval, 0.3, [2, 0, 1]))).toBeUndefined();
  expect(stationaryState(pairProblem(losses.logisticSign, 1, [0.5, 0.1, 1]))).toBeUndefined();
});

test.each([
  [0.5, 1],
  [2, 1],
  [8, 1],
  [2, 3],
])('sign labels: late variance and risk follow their asymptotics, γ = %s, B = %s', (gamma, batchSize) => {
  const t = 1e5;
  const problem = pairProblem(losses.logisticSign, gamma, [1, 0.3, 1], { batchSize });
  const { weighted } = solved(problem, [0, t]).recorded[1]!;
  const { variance, risk } = separableAsymptotics(gamma, batchSize)(t);
  expect(Math.abs(weighted[0]! / variance - 1)).toBeLessThan(5e-3);
  expect(Math.abs(riskOf(losses.logisticSign, weighted, 0) / risk - 1)).toBeLessThan(2e-3);
  const [p, q] = [weighted[0]!, weighted[1]!];
  expect((1 - q / Math.sqrt(p)) * p).toBeCloseTo(misalignment(gamma, batchSize), 1);
});

test('phase retrieval: above p₊ the limit blows up, below it tends to the saddle if q = 0', () => {
  for (const gain of [0.05, 0.1, 0.15]) {
    const { saddle, unstable } = plateaus(gain, 1)!;
    const end = (p: number) => solved(pairProblem(losses.phaseRetrieval, gain, [p, 0, 1]), [0, 300]);
    expect(end(1.001 * unstable).blowUp).toBeDefined();
    const { weighted } = end(0.999 * unstable).recorded[1]!;
    expect(weighted[3]! + 2 * weighted[1]! + weighted[0]!).toBeCloseTo(saddle, 6);
  }
  expect([0.05, 0.1, 0.15].map((gain) => plateaus(gain, 1)!.unstable.toFixed(4))).toEqual([
    '4.0184',
    '1.9572',
    '1.1933',
  ]);
  const edge = (Math.sqrt(10) - 1) / 12;
  expect(plateaus(edge - 1e-9, 1)).toBeDefined();
  expect(plateaus(edge + 1e-9, 1)).toBeUndefined();
});

test('phase retrieval leaves the saddle at the rate 6γ(s − p₋)', () => {
  const gamma = 0.08;
  const { saddle } = plateaus(gamma, 1)!;
  const run = solved(pairProblem(losses.phaseRetrieval, gamma, [saddle, 1e-8, 1]), [0, 5, 10]);
  const overlap = run.recorded.map(({ weighted }) => weighted[3]! + weighted[1]!);
  expect(Math.log(overlap[2]! / overlap[1]!) / 5).toBeCloseTo(escapeRate(gamma, 1, saddle), 6);
});
