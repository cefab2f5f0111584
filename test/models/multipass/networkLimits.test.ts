import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import type { LimitUpdate } from '../../../src/models/model.ts';
import { networkOf } from '../../../src/models/multipass/architecture.ts';
import { networkProblemOf } from '../../../src/models/multipass/grids.ts';
import { limits } from '../../../src/models/multipass/limits.ts';
import { solveNetworkOnePass } from '../../../src/models/multipass/networkOnePass.ts';
import { observables } from '../../../src/models/multipass/observables.ts';
import { parameters, type MultipassConfig } from '../../../src/models/multipass/parameters.ts';
import {
  filledStatistics,
  momentsOf,
  toStatistics,
  type StatisticName,
  type Statistics,
} from '../../../src/models/multipass/statistics.ts';

const config: MultipassConfig = {
  ...defaultsOf(parameters),
  loss: 'leastSquares',
  hiddenUnits: 2,
  teacherUnits: 2,
  activation: 'tanh',
  secondLayer: [1, 0.7],
  initOverlap: 0.3,
  labelNoise: 0.2,
  stepSize: 1,
  paths: 512,
  gridStep: 0.1,
};
const network = networkOf(config);

async function updatesOf(
  scheme: keyof typeof limits,
  times: readonly number[],
  count: number,
): Promise<LimitUpdate<StatisticName>[]> {
  const updates = [];
  const never = new AbortController().signal;
  for await (const update of limits[scheme].solve(config, Float64Array.from(times), never)) {
    updates.push(update);
    if (updates.length === count) break;
  }
  return updates;
}

function statisticsAt({ frames }: LimitUpdate<StatisticName>, i: number): Statistics {
  const entries = Object.entries(frames[i].values).map(([name, [value]]) => [name, value]);
  return Object.fromEntries(entries) as Statistics;
}

describe.each(['sgd', 'sme', 'gf'] as const)('%s of a network', (scheme) => {
  test('starts from the mean products of its units, and learns', async () => {
    const updates = await updatesOf(scheme, [0, 0.4, 0.8], 4);
    for (const update of updates) {
      const start = statisticsAt(update, 0);
      momentsOf(network, start).forEach((value, at) => expect(value).toBeCloseTo(network.moments[at], 8));
      // Nothing is learned from samples yet.
      expect(start.trainLoss / observables.test.of(start, config)).toBeCloseTo(1, 1);
    }
    const last = updates[3];
    const end = statisticsAt(last, 2);
    for (const name of filledStatistics(network)) expect(end[name]).not.toBeNaN();
    expect(end.trainLoss).toBeLessThan(0.6 * statisticsAt(last, 0).trainLoss);
    expect(observables.gap.of(end, config)).toBeGreaterThan(0.01);
    expect(last.error).toBeGreaterThan(0);
    expect(last.bands!.map(({ observable }) => observable)).toContain('test');
  });

  test('its maps are means over the units', async () => {
    const update = (await updatesOf(scheme, [0.4, 0.8], 3))[2];
    const covariance = update.fields!.find(({ name }) => name === 'covariance')!;
    const n = covariance.t.length;
    expect(covariance.values[0]).toBeCloseTo(config.initNorm, 8);
    const { squaredNorm, product22 } = statisticsAt(update, 1);
    // The finest grid has a step of its own, the curves are extrapolated.
    expect(covariance.values[n * n - 1] / ((squaredNorm + product22!) / 2)).toBeCloseTo(1, 1);
    const response = update.fields!.find(({ name }) => name === 'response');
    // Gradient flow is solved without its response.
    expect(response === undefined).toBe(scheme === 'gf');
    expect(response?.values[(n - 1) * n] ?? 0).toBeLessThan(1);
  });
});

test('with fresh samples only, the train loss is the test risk', async () => {
  const [update] = await updatesOf('onePass', [0, 0.5], 1);
  for (const i of [0, 1]) {
    const statistics = statisticsAt(update, i);
    expect(observables.gap.of(statistics, config)).toBe(0);
  }
  expect(statisticsAt(update, 1).trainLoss).toBeLessThan(statisticsAt(update, 0).trainLoss);
});

test('with fresh samples only, batches of points tell the error', async () => {
  const updates = await updatesOf('onePass', [0, 0.5, 1], 4);
  expect(updates[0].error).toBeNaN();
  const { frames, bands, error } = updates[3];
  expect(error).toBeGreaterThan(1e-6);
  expect(error).toBeLessThan(5e-3);
  const exact = solveNetworkOnePass(networkProblemOf(config), Float64Array.of(0, 0.5, 1), 99, 0, 32768);
  const test = bands!.find(({ observable }) => observable === 'test')!;
  frames.forEach((_, i) => {
    const own = observables.test.of(statisticsAt(updates[3], i), config);
    const best = observables.test.of(toStatistics(network, 0, exact[i]), config);
    expect(Math.abs(own - best)).toBeLessThanOrEqual(4 * test.deviation[i] + 1e-4 * best);
  });
});
