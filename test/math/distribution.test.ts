import { describe, expect, it } from 'vitest';
import {
  discrete,
  gaussian,
  logUniform,
  marchenkoPastur,
  pointMass,
  powerLaw,
  sparse,
  twoPoint,
  type Distribution,
} from '../../src/math/distribution.ts';

function expectation(law: Distribution, nodes: number, f: (x: number) => number): number {
  return law.rule(nodes).reduce((sum, { value, weight }) => sum + weight * f(value), 0);
}

const spectra: Record<string, Distribution> = {
  'point mass': pointMass(1),
  'two-point, condition 1': twoPoint(1),
  'two-point, condition 1e4': twoPoint(1e4),
  'log-uniform, condition 1': logUniform(1),
  'log-uniform, condition 10': logUniform(10),
  'log-uniform, condition 1e4': logUniform(1e4),
  'power law, a = 0': powerLaw(0),
  'power law, a = 1e-3': powerLaw(1e-3),
  'power law, a = 1/3': powerLaw(1 / 3),
  'power law, a = 0.49': powerLaw(0.49),
  'Marchenko–Pastur, c = 0.01': marchenkoPastur(0.01),
  'Marchenko–Pastur, c = 0.9': marchenkoPastur(0.9),
  'Marchenko–Pastur, c = 1': marchenkoPastur(1),
};

describe.each(Object.entries(spectra))('%s', (_, law) => {
  it('has mass and mean 1 by its rule', () => {
    expect(expectation(law, 24, () => 1)).toBeCloseTo(1, 12);
    expect(expectation(law, 64, (x) => x)).toBeCloseTo(1, 10);
    for (const { value, weight } of law.rule(24)) {
      expect(value).toBeGreaterThan(0);
      expect(weight).toBeGreaterThan(0);
    }
  });

  it('has converged for exp(−x) and 1/(1 + x) when nodes double', () => {
    for (const f of [(x: number) => Math.exp(-x), (x: number) => 1 / (1 + x)]) {
      expect(expectation(law, 40, f) / expectation(law, 80, f) - 1).toBeCloseTo(0, 7);
    }
  });

  it('has the same law by quantiles as by its rule', () => {
    const n = 4000;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += Math.exp(-law.quantile((i + 0.5) / n)) / n;
    expect(sum).toBeCloseTo(
      expectation(law, 40, (x) => Math.exp(-x)),
      4,
    );
  });
});

describe('known moments', () => {
  it('second moments', () => {
    const square = (x: number): number => x * x;
    expect(expectation(powerLaw(0.3), 32, square)).toBeCloseTo(0.7 ** 2 / 0.4, 12);
    expect(expectation(powerLaw(0.49), 64, square) / (0.51 ** 2 / 0.02)).toBeCloseTo(1, 10);
    expect(expectation(marchenkoPastur(0.5), 24, square)).toBeCloseTo(1.5, 12);
    expect(expectation(logUniform(100), 24, square)).toBeCloseTo((Math.log(100) * 101) / (2 * 99), 10);
  });

  it('mean of 1/λ under Marchenko–Pastur is 1/(1 − c)', () => {
    expect(expectation(marchenkoPastur(0.3), 32, (x) => 1 / x)).toBeCloseTo(1 / 0.7, 10);
  });

  it('normal moments, whole and absolute', () => {
    const law = gaussian(2);
    expect(expectation(law, 64, (x) => x)).toBeCloseTo(0, 14);
    expect(expectation(law, 64, (x) => x ** 2)).toBeCloseTo(4, 7);
    expect(expectation(law, 64, (x) => (x / 2) ** 6)).toBeCloseTo(15, 4);
    expect(expectation(law, 64, Math.abs)).toBeCloseTo(2 * Math.sqrt(2 / Math.PI), 8);
    expect(expectation(law, 64, Math.cos)).toBeCloseTo(Math.exp(-2), 9);
  });
});

describe('long times', () => {
  // E λ exp(−tλ) falls like a power of t where eigenvalues reach down to 0.
  it.each([
    ['log-uniform, condition 1e4', logUniform(1e4), 1000, 1e-4],
    ['Marchenko–Pastur, c = 1', marchenkoPastur(1), 1000, 1e-10],
    ['Marchenko–Pastur, c = 0.99', marchenkoPastur(0.99), 1000, 1e-7],
    ['Marchenko–Pastur, c = 0.5', marchenkoPastur(0.5), 100, 1e-10],
  ] as const)('%s', (_, law, t, tolerance) => {
    const f = (x: number): number => x * Math.exp(-t * x);
    expect(Math.abs(expectation(law, 48, f) / expectation(law, 96, f) - 1)).toBeLessThan(tolerance);
  });
});

describe('discrete laws', () => {
  it('normalise, merge and sort', () => {
    const law = discrete([
      { value: 1, weight: 2 },
      { value: -1, weight: 1 },
      { value: 1, weight: 1 },
      { value: 5, weight: 0 },
    ]);
    expect(law.atoms).toEqual([
      { value: -1, weight: 0.25 },
      { value: 1, weight: 0.75 },
    ]);
    expect([0.1, 0.25, 0.26, 0.99].map((p) => law.quantile(p))).toEqual([-1, -1, 1, 1]);
  });

  it('drop what has no mass', () => {
    expect(sparse(0, 3).atoms).toEqual([{ value: 0, weight: 1 }]);
    expect(sparse(1, 3).atoms).toEqual([{ value: 3, weight: 1 }]);
  });

  it('refuse to be empty', () => {
    expect(() => discrete([{ value: 1, weight: 0 }])).toThrow('expected a positive sum');
  });
});
