import { expect, test } from 'vitest';
import { erf } from '../../src/math/erf.ts';
import { normalDensity } from '../../src/math/gaussian.ts';
import { kolmogorovDensity, logisticMixture } from '../../src/math/logisticMixture.ts';

test('both series of the density of the law agree where they meet, and it has mass 1', () => {
  expect(kolmogorovDensity(1 - 1e-12) / kolmogorovDensity(1)).toBeCloseTo(1, 10);
  let mass = 0;
  for (let x = 0.005; x < 6; x += 0.01) mass += 0.01 * kolmogorovDensity(x);
  expect(mass).toBeCloseTo(1, 12);
});

test('the mixture is the logistic function', () => {
  const rule = logisticMixture(14);
  for (const x of [0, 0.3, 1, 2.5, 6]) {
    const mixed = rule.reduce(
      (sum, { value, weight }) => sum + (weight * erf(x / value / Math.SQRT2)) / 2,
      0,
    );
    expect(mixed).toBeCloseTo(Math.tanh(x / 2) / 2, 6);
  }
});

/** E S′(√v z) by the trapezoidal rule, which converges geometrically while its step resolves S′. */
function slope(v: number): number {
  const step = Math.min(0.05, 0.2 / Math.sqrt(v));
  let sum = 0;
  for (let z = -9; z <= 9; z += step)
    sum += (step * normalDensity(z)) / (4 * Math.cosh((Math.sqrt(v) * z) / 2) ** 2);
  return sum;
}

test('its Gauss rule gives E S′ to rounding for every variance, and to 3e-8 with six nodes', () => {
  const worst = (nodes: number) => {
    const rule = logisticMixture(nodes);
    const errors = [0.001, 0.1, 1, 10, 300, 2000, 1e5].map((v) => {
      const sum = rule.reduce(
        (s, { value, weight }) => s + weight / Math.sqrt(2 * Math.PI * (value ** 2 + v)),
        0,
      );
      return Math.abs(sum / slope(v) - 1);
    });
    return Math.max(...errors);
  };
  expect(worst(14)).toBeLessThan(1e-13);
  expect(worst(6)).toBeLessThan(3e-8);
});
