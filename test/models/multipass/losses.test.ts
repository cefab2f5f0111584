import { describe, expect, test } from 'vitest';
import { losses, type LossName } from '../../../src/models/multipass/losses.ts';
import { classificationError, risks } from '../../../src/models/multipass/risk.ts';

const names = Object.keys(losses) as LossName[];

describe.each(names)('%s', (name) => {
  const { label, value, derivatives } = losses[name];

  test('derivatives are those of the value', () => {
    const r = Float64Array.of(-2.3, -0.7, 0, 0.4, 1.1, 3);
    const y = r.map((_, i) => label(Math.sin(5 * i), 0.1 * i));
    const [slope, curvature, above, below] = [r.slice(), r.slice(), r.slice(), r.slice()];
    const unused = r.slice();
    const h = 1e-5;
    derivatives(
      r.map((x) => x + h),
      y,
      above,
      unused,
    );
    derivatives(
      r.map((x) => x - h),
      y,
      below,
      unused,
    );
    const total = derivatives(r, y, slope, curvature);
    expect(total).toBeCloseTo(
      r.reduce((sum, x, i) => sum + value(x, y[i]), 0),
      12,
    );
    r.forEach((x, i) => {
      expect((value(x + h, y[i]) - value(x - h, y[i])) / (2 * h)).toBeCloseTo(slope[i], 8);
      expect((above[i] - below[i]) / (2 * h)).toBeCloseTo(curvature[i], 8);
    });
  });

  /** E ℓ by a product trapezoidal rule; sums over the sign of a discontinuous label are split where it changes. */
  function bruteForce(q: number, m: number, teacherNorm: number, labelNoise: number): number {
    if (name === 'logisticSign') {
      const slope = m / q / Math.sqrt(teacherNorm + labelNoise ** 2 - (m * m) / q);
      return integral(9, 4000, (z) => {
        const w = Math.sqrt(q) * z;
        const positive = 0.5 + integral(Math.max(-9, Math.min(9, slope * w)), 400, () => 1);
        const agree = value(w, 1) + value(-w, -1);
        return positive * agree + (1 - positive) * (value(w, -1) + value(-w, 1));
      });
    }
    const [along, across] = [m / Math.sqrt(q), Math.sqrt(teacherNorm - (m * m) / q)];
    let sum = 0;
    const h = 0.05;
    for (let i = -170; i <= 170; i++) {
      for (let j = -170; j <= 170; j++) {
        const [a, b] = [i * h, j * h];
        const density = (h * h * Math.exp(-(a * a + b * b) / 2)) / (2 * Math.PI);
        sum += density * value(Math.sqrt(q) * a, label(along * a + across * b, 0));
      }
    }
    return sum + labelNoise ** 2 / 2;
  }

  test.each([
    [0.5, 0.2, 1, 0.3],
    [2, -0.9, 1, 0.1],
    [1, 0.999, 1, 0],
  ])('population risk at q = %s, m = %s, q* = %s, σ = %s', (q, m, teacherNorm, labelNoise) => {
    expect(
      Math.abs(risks[name](q, m, teacherNorm, labelNoise) / bruteForce(q, m, teacherNorm, labelNoise) - 1),
    ).toBeLessThan(1e-10);
  });
});

/** ∫ φ(z) f(z) dz from 0 to `end` by Simpson's rule. */
function integral(end: number, steps: number, f: (z: number) => number): number {
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const z = (end * i) / steps;
    const weight = i === 0 || i === steps ? 1 : i % 2 ? 4 : 2;
    sum += weight * Math.exp((-z * z) / 2) * f(z);
  }
  return ((end / steps / 3) * sum) / Math.sqrt(2 * Math.PI);
}

test('a learned teacher leaves the noise, and an orthogonal one half of the labels', () => {
  expect(risks.tanh(1.7, 1.7, 1.7, 0.4)).toBeCloseTo(0.08, 12);
  expect(risks.phase(1.7, -1.7, 1.7, 0.4)).toBeCloseTo(0.08, 12);
  expect(risks.logisticSign(0, 0, 1, 0)).toBeCloseTo(Math.LN2, 12);
  expect(classificationError(3, 0, 1)).toBeCloseTo(0.5, 12);
  expect(classificationError(4, 2, 1)).toBe(0);
});

test('large preactivations: tanh is a sign, phase a constant', () => {
  expect(risks.tanh(1e8, 0.5e8, 1e8, 0)).toBeCloseTo(1 - (2 / Math.PI) * Math.asin(0.5), 3);
  expect(risks.phase(1e8, 0, 1e8, 0)).toBeLessThan(1e-3);
});
