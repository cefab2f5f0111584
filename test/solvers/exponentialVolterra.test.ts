import { describe, expect, test } from 'vitest';
import { applyResolvent, resolvent, type Exponentials } from '../../src/solvers/exponentialVolterra.ts';

const kernel: Exponentials = {
  rates: Float64Array.of(0.3, 1, 1.001, 4),
  weights: Float64Array.of(0.05, 0.4, 1e-9, 0.8),
};
const source: Exponentials = { rates: Float64Array.of(0, 0.3, 2), weights: Float64Array.of(0.1, 0.7, -0.2) };

function value({ rates, weights }: Exponentials, t: number): number {
  return rates.reduce((sum, rate, i) => sum + weights[i] * Math.exp(-rate * t), 0);
}

/** ∫₀ᵗ f by Simpson's rule. */
function integral(f: (s: number) => number, t: number, steps = 2000): number {
  let sum = f(0) + f(t);
  for (let i = 1; i < steps; i++) sum += (i % 2 ? 4 : 2) * f((i * t) / steps);
  return (sum * t) / steps / 3;
}

const second = Float64Array.of(0.5, 0, 0.1, 2);
const gamma = resolvent(kernel, second);
const solution = (t: number): number => value(source, t) + applyResolvent(gamma, source, t)[0];

test('rates of the resolvent interlace those of the kernel', () => {
  gamma.rates.forEach((rate, i) => {
    expect(rate).toBeLessThan(kernel.rates[i]);
    expect(rate).toBeGreaterThan(kernel.rates[i - 1] ?? 0);
  });
});

describe.each([0.2, 1, 5])('at t = %s', (t) => {
  test('the solution satisfies its equation', () => {
    const fed = integral((s) => value(kernel, t - s) * solution(s), t);
    expect(solution(t)).toBeCloseTo(value(source, t) + fed, 9);
  });

  test('the second kernel is applied to the solution', () => {
    const other = { rates: kernel.rates, weights: second };
    const direct = integral((s) => value(other, t - s) * solution(s), t);
    expect(applyResolvent(gamma, source, t)[1]).toBeCloseTo(direct, 9);
  });
});

test('a kernel of integral 1 lets a constant source grow linearly', () => {
  const critical = resolvent({ rates: Float64Array.of(2), weights: Float64Array.of(2) }, Float64Array.of(0));
  const constant = { rates: Float64Array.of(0), weights: Float64Array.of(3) };
  expect(critical.rates[0]).toBeCloseTo(0, 14);
  expect(3 + applyResolvent(critical, constant, 10)[0]).toBeCloseTo(3 + 3 * 2 * 10, 10);
});
