import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import type { LimitUpdate } from '../../../src/models/model.ts';
import { estimate, studentFactor } from '../../../src/models/multipass/estimate.ts';
import { flowGrid, jumpGrid, problemOf, reachOf } from '../../../src/models/multipass/grids.ts';
import { limits } from '../../../src/models/multipass/limits.ts';
import { observables } from '../../../src/models/multipass/observables.ts';
import { parameters, type MultipassConfig } from '../../../src/models/multipass/parameters.ts';
import { problem } from '../../../src/models/multipass/problem.ts';
import { scalarStatistics, type StatisticName } from '../../../src/models/multipass/statistics.ts';
import { solveVolterra } from '../../../src/models/multipass/volterra.ts';

const base: MultipassConfig = { ...defaultsOf(parameters), paths: 1024, gridStep: 0.1 };
const never = new AbortController().signal;

async function updatesOf(
  scheme: 'sgd' | 'sme' | 'gf',
  config: MultipassConfig,
  times: readonly number[],
  count: number,
): Promise<LimitUpdate<StatisticName>[]> {
  const updates = [];
  for await (const update of limits[scheme].solve(config, Float64Array.from(times), never)) {
    updates.push(update);
    if (updates.length === count) break;
  }
  return updates;
}

test.each(['sgd', 'sme', 'gf'] as const)('%s of least squares is the exact solution', async (scheme) => {
  const config: MultipassConfig = {
    ...base,
    loss: 'leastSquares',
    stepSize: 1,
    ridge: 0.05,
    labelNoise: 0.3,
  };
  const [update] = await updatesOf(scheme, config, [0, 0.7, 30], 5);
  const exact = solveVolterra(problemOf(config));
  const at = scheme === 'gf' ? exact.flow : exact.at;
  update.frames.forEach(({ t, values }) => {
    const moments = at(t);
    for (const name of scalarStatistics) expect(values[name][0]).toBe(moments[name]);
  });
});

describe.each(['sgd', 'sme', 'gf'] as const)('%s of the logistic loss', (scheme) => {
  test('starts where it should, and is known better the more batches there are', async () => {
    const updates = await updatesOf(scheme, base, [0, 0.35, 0.8], 7);
    for (const { frames, first } of updates) {
      expect(first).toBe(0);
      expect(frames.map(({ t }) => t)).toEqual([0, 0.35, 0.8]);
      expect(frames[0].values.squaredNorm[0]).toBeCloseTo(base.initNorm, 10);
      expect(frames[0].values.overlap[0]).toBeCloseTo(0, 10);
    }
    expect(updates[1].error).toBeNaN();
    const last = updates[updates.length - 1];
    expect(last.error).toBeGreaterThan(0);
    expect(last.error).toBeLessThan(0.03);
    expect(last.bands!.map(({ observable }) => observable)).toEqual(Object.keys(observables));
    for (const { around, deviation } of last.bands!) {
      expect(around).toBe('limit');
      expect(deviation.every((value) => value >= 0)).toBe(true);
    }
  });

  test('a shorter horizon gives the same within the errors', async () => {
    const at = async (times: readonly number[]) => {
      const updates = await updatesOf(scheme, base, times, 6);
      const { frames, bands } = updates[updates.length - 1];
      const band = bands!.find(({ observable }) => observable === 'train')!;
      return { value: frames[0].values.trainLoss[0], error: band.deviation[0] };
    };
    const [alone, among] = [await at([0.5]), await at([0.5, 1.1])];
    const error = Math.hypot(alone.error, among.error);
    expect(Math.abs(alone.value - among.value)).toBeLessThan(4 * error + 3e-3);
  });

  test('ends at once when it is cancelled', async () => {
    const controller = new AbortController();
    const config = { ...base, paths: 65536, gridStep: 0.01 };
    const updates = limits[scheme]
      .solve(config, Float64Array.of(1), controller.signal)
      [Symbol.asyncIterator]();
    const pending = updates.next();
    controller.abort();
    await expect(pending).rejects.toThrow(/abort/i);
  });
});

test.each(['sgd', 'gf'] as const)('%s: maps are those of the curves', async (scheme) => {
  const updates = await updatesOf(scheme, base, [0, 0.4, 0.8], 3);
  const { frames, fields } = updates[2];
  const [{ t: times, values: covariance }, { values: response }] = fields!;
  const n = times.length;
  expect(times[n - 1]).toBeCloseTo(0.8, 10);
  expect(covariance[n * n - 1]).toBeCloseTo(frames[2].values.squaredNorm[0], 10);
  expect(covariance[0]).toBeCloseTo(base.initNorm, 10);
  for (let i = 0; i < n; i++) {
    expect(response[i * n + i]).toBe(1);
    expect(response.slice(i * n + i + 1, (i + 1) * n).every(Number.isNaN)).toBe(true);
  }
  expect(response[(n - 1) * n]).toBeGreaterThan(0);
  expect(response[(n - 1) * n]).toBeLessThan(1);
});

test('untrained weights have the same loss on the training samples', async () => {
  const [{ frames }] = await updatesOf('sgd', base, [0], 1);
  const { trainLoss, squaredNorm, overlap } = frames[0].values;
  const statistics = { trainLoss: trainLoss[0], squaredNorm: squaredNorm[0], overlap: overlap[0] };
  expect(observables.gap.of(statistics, base)).toBe(0);
});

test('an overlap beyond that of parallel vectors is refused', () => {
  expect(problem(base)).toBeUndefined();
  expect(problem({ ...base, initNorm: 4, initOverlap: -2 })).toBeUndefined();
  expect(problem({ ...base, initOverlap: 1.5 })).toMatch(
    /^initial overlap 1.5: expected at most .* = 1\.000/,
  );
});

test('grids end at the horizon, in steps that fit it and the coarser grids', () => {
  for (const end of [0.01, 0.7, 8, 30]) {
    const [jump, flow] = [jumpGrid({ ...base, sampleRatio: 0.3 }, 'sgd', end), flowGrid(base, end)];
    expect(jump.h * jump.steps).toBeCloseTo(end, 10);
    expect(flow.h * flow.steps).toBeCloseTo(end, 10);
    expect([jump.steps % 4, flow.steps % 4]).toEqual([0, 0]);
  }
});

test('a grid beyond what can be reached is refused, with one that is not', () => {
  const few = { ...base, sampleRatio: 0.1 };
  expect(reachOf(few, 'sgd')).toBe(24);
  expect(() => jumpGrid(few, 'sgd', 40)).toThrow(/^horizon 40: .* expected at most 24 here$/);
  const fast = { ...base, stepSize: 20, sampleRatio: 0.1 };
  const reach = reachOf(fast, 'gf');
  expect(() => flowGrid(fast, 8)).toThrow(new RegExp(`^horizon 8: .* at most ${reach} here$`));
  expect(flowGrid(fast, reach).steps).toBeGreaterThan(400);
});

test('a limit is solved as far as can be, and says so', async () => {
  const config = { ...base, sampleRatio: 0.1, stepSize: 20, paths: 256 };
  const times = [0, 0.4, 0.8, 90];
  expect(reachOf(config, 'gf')).toBeGreaterThan(0.8);
  const updates: LimitUpdate<StatisticName>[] = [];
  const solving = (async () => {
    for await (const update of limits.gf.solve(config, Float64Array.from(times), never)) updates.push(update);
  })();
  await expect(solving).rejects.toThrow(/^horizon 90: .* expected at most \d/);
  expect(updates.at(-1)!.frames.map(({ t }) => t)).toEqual([0, 0.4, 0.8]);
  expect(updates.at(-1)!.error).toBeLessThan(0.1);
});

describe('estimates', () => {
  test('means and standard errors of batches', () => {
    const { mean, error } = estimate([
      Float64Array.of(1, NaN),
      Float64Array.of(3, 5),
      Float64Array.of(2, NaN),
    ]);
    expect(mean[0]).toBe(2);
    expect(error[0]).toBeCloseTo(studentFactor(2) / Math.sqrt(3), 12);
    expect(mean[1]).toBeNaN();
  });

  test("the factor is Student's", () => {
    // tan(π(Φ(1) − ½)) and the root of the closed law for two degrees of freedom.
    expect(studentFactor(1)).toBeCloseTo(Math.tan(Math.PI * 0.3413447), 1);
    const p = 0.6826895;
    expect(studentFactor(2)).toBeCloseTo(p * Math.sqrt(2 / (1 - p * p)), 1);
  });
});
