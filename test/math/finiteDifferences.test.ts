import { describe, expect, it } from 'vitest';
import { centredDifference, fornbergWeights } from '../../src/math/finiteDifferences.ts';

describe('finite differences', () => {
  it('are exact for polynomials up to the number of nodes, at any point', () => {
    const nodes = [-1, 0, 0.5, 2, 3];
    const x = 0.7;
    const weights = fornbergWeights(x, nodes, 3);
    const derivative = (m: number): number =>
      nodes.reduce((sum, node, k) => sum + weights[m * nodes.length + k] * node ** 4, 0);
    expect(derivative(0)).toBeCloseTo(x ** 4, 13);
    expect(derivative(1)).toBeCloseTo(4 * x ** 3, 12);
    expect(derivative(2)).toBeCloseTo(12 * x ** 2, 12);
    expect(derivative(3)).toBeCloseTo(24 * x, 11);
  });

  it('centred ones have the textbook weights', () => {
    const { first, second } = centredDifference(2);
    expect(first[1]).toBeCloseTo(2 / 3, 15);
    expect(first[2]).toBeCloseTo(-1 / 12, 15);
    expect(second[1]).toBeCloseTo(4 / 3, 15);
    expect(second[2]).toBeCloseTo(-1 / 12, 15);
  });

  it.each([1, 2, 3, 4])('centred ones reaching %i points have twice that order', (half) => {
    const { first, second } = centredDifference(half);
    const errors = [0.2, 0.1].map((h) => {
      let d1 = 0;
      let d2 = 0;
      for (let m = 1; m <= half; m++) {
        d1 += (first[m] * (Math.exp(m * h) - Math.exp(-m * h))) / h;
        d2 += (second[m] * (Math.exp(m * h) + Math.exp(-m * h) - 2)) / h ** 2;
      }
      return [Math.abs(d1 - 1), Math.abs(d2 - 1)];
    });
    for (const i of [0, 1]) {
      expect(Math.log2(errors[0][i] / errors[1][i])).toBeGreaterThan(2 * half - 0.4);
    }
  });
});
