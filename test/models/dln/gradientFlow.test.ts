import { expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { flow, gradientFlow } from '../../../src/models/dln/gradientFlow.ts';
import { parameters, type DlnConfig } from '../../../src/models/dln/parameters.ts';
import { limitStatistics, type Statistics } from './agreement.ts';

const each = { eigenvalue: 0.7, teacher: 1.3, lnC: Math.log(0.2) };

test.each([1.3, -1.3, 0])('the closed solution satisfies its equation, β* = %s', (teacher) => {
  const at = (tau: number) => flow({ ...each, teacher }, 0.4, tau);
  for (const tau of [0.1, 1, 3]) {
    const h = 1e-4;
    const slope = (at(tau + h).error - at(tau - h).error) / (2 * h);
    const { error, kappa } = at(tau);
    // dβ/dξ = κ, dξ/dτ = −λe
    expect(slope / (-each.eigenvalue * error * kappa)).toBeCloseTo(1, 6);
    expect(kappa ** 2 - (2 * 0.2) ** 2).toBeCloseTo(4 * (teacher + error) ** 2, 10);
  }
});

test('it starts where it should and keeps all digits of a vanishing error', () => {
  expect(flow(each, 0.4, 0).error).toBeCloseTo(0.2 * Math.sinh(0.8) - 1.3, 14);
  const rate = 2 * each.eigenvalue * Math.hypot(1.3, 0.2);
  expect(Math.log(flow(each, 0.4, 20).error / flow(each, 0.4, 21).error)).toBeCloseTo(rate, 9);
});

async function flowStatistics(config: DlnConfig, times: readonly number[]): Promise<Statistics[]> {
  const updates = gradientFlow.solve(config, Float64Array.from(times), new AbortController().signal);
  for await (const { frames } of updates) {
    return frames.map(
      ({ values }) => Object.fromEntries(Object.entries(values).map(([k, v]) => [k, v[0]])) as Statistics,
    );
  }
  throw new Error('expected one update');
}

test.each(['zero', 'random'] as const)(
  'init %s: the limit tends to it as γ → 0, the gap is O(γ)',
  async (init) => {
    const gap = async (stepSize: number) => {
      const config: DlnConfig = { ...defaultsOf(parameters), init, stepSize, horizon: 0.5 / stepSize };
      const times = [0.2 / stepSize, 0.5 / stepSize];
      const [full, still] = [await limitStatistics(config, times), await flowStatistics(config, times)];
      return full.map((statistics, i) => statistics.weightedError / still[i]!.weightedError - 1);
    };
    const [coarse, fine] = [await gap(0.02), await gap(0.005)];
    coarse.forEach((value, i) => {
      expect(Math.abs(fine[i]!)).toBeLessThan(0.02);
      expect(value / fine[i]!).toBeGreaterThan(3.5);
      expect(value / fine[i]!).toBeLessThan(4.5);
    });
  },
);
