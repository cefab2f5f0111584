import { describe, expect, test } from 'vitest';
import { certifiedRate, exponentialRate, longTimeRisk } from '../../../src/models/dln/closedForms.ts';

const sparse = (share: number) => [
  { eigenvalue: 1, teacher: 0, weight: 1 - share },
  { eigenvalue: 1, teacher: 1, weight: share },
];

describe('certified rate', () => {
  test.each([
    [0.02, 0.0091],
    [0.05, 0.0195],
    [0.07, 0.0242],
    [0.1, 0.0276],
  ])('γ = %s: the value of the theory', (stepSize, expected) => {
    expect(certifiedRate(sparse(0.1), { stepSize, batchSize: 1, initScale: 0.5 })).toBeCloseTo(expected, 4);
  });

  test('none for larger steps, nor where an eigenvalue is 0', () => {
    expect(certifiedRate(sparse(0.1), { stepSize: 0.3, batchSize: 1, initScale: 0.5 })).toBeUndefined();
    const flat = [...sparse(0.1), { eigenvalue: 0, teacher: 0, weight: 0 }];
    expect(certifiedRate(flat, { stepSize: 0.05, batchSize: 1, initScale: 0.5 })).toBeUndefined();
  });

  test('it is a fixed point of its defining inequality', () => {
    const [stepSize, initScale, risk] = [0.05, 0.5, 0.05];
    const rho = certifiedRate(sparse(0.1), { stepSize, batchSize: 1, initScale })!;
    const c = initScale ** 2 / 2;
    const bound =
      4 * stepSize * c * Math.exp((-2 * stepSize ** 2 * risk) / rho) -
      stepSize ** 2 * (22 * risk + 9 * 0.1 + 4 * c ** 2);
    expect(bound).toBeCloseTo(rho, 14);
  });
});

describe('exponential rate', () => {
  test('one class: ρ = 2γκ(1 − γκ/(2B))', () => {
    const rho = exponentialRate([{ eigenvalue: 1, teacher: 0.6, c: 0.8, weight: 1 }], 0.3, 2);
    expect(rho).toBeCloseTo(2 * 0.3 * 2 * (1 - (0.3 * 2) / 4), 12);
  });

  test('undefined beyond the stability edge and where a class has no curvature', () => {
    const unstable = [{ eigenvalue: 1, teacher: 1, c: 0, weight: 1 }];
    expect(exponentialRate(unstable, 1.01, 1)).toBeUndefined();
    expect(exponentialRate(unstable, 0.99, 1)).toBeGreaterThan(0);
    const flat = [...unstable, { eigenvalue: 1, teacher: 0, c: 0, weight: 1 }];
    expect(exponentialRate(flat, 0.1, 1)).toBeUndefined();
  });
});

describe('long-time risk', () => {
  const two = [0.5, 1.5].flatMap((eigenvalue) =>
    [0, 1].map((teacher) => ({ eigenvalue, teacher, weight: 0.25 })),
  );
  test.each([
    ['half the teacher 1, γ = 0.4, σ = ½', [...sparse(0.5)], 0.4, 0.5, 0.15505],
    ['β* = ±1, γ = 0.8, σ = 1', [{ eigenvalue: 1, teacher: -1, weight: 1 }], 0.8, 1, 0.97597],
    ['λ ∈ {½, 3/2}, γ = 0.3, σ = ½', two, 0.3, 0.5, 0.14649],
  ])('%s: the value of the theory', (_, classes, stepSize, labelNoise, expected) => {
    expect(longTimeRisk(classes, { stepSize, batchSize: 1, labelNoise })).toBeCloseTo(expected, 5);
  });

  test('without label noise nothing is left', () => {
    expect(longTimeRisk(sparse(0.1), { stepSize: 0.4, batchSize: 1, labelNoise: 0 })).toBe(0);
  });
});
