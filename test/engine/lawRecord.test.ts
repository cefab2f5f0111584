/** The law of an experiment: counts of every process over bins that the limit gives. */
import { afterAll, expect, test } from 'vitest';
import { defaultsOf } from '../../src/config/parameter.ts';
import { createCpuEngine } from '../../src/engine/cpu.ts';
import { Experiment } from '../../src/engine/experiment.ts';
import { BINS, rowsOf } from '../../src/engine/histogram.ts';
import { LawRecord } from '../../src/engine/lawRecord.ts';
import { Pool } from '../../src/engine/pool.ts';
import { allModels } from '../../src/models/index.ts';
import type { AnyModel } from '../../src/models/model.ts';
import { localPort } from './localPort.ts';

const models = await allModels();

const model = models['dln']!;
const config = { ...defaultsOf(model.parameters), dimension: 100, runs: 3, horizon: 2 };
const saveAt = Float64Array.from([0, 0.02, 0.5, 1, 2]);
const pools: Pool[] = [];

afterAll(() => pools.forEach((pool) => pool.close()));

function experiment(changes: Record<string, unknown> = {}, of: AnyModel = model, workers = 2): Experiment {
  const [processes, limits] = [workers, 1].map((size) => new Pool(size, () => localPort({ dln: of }))) as [
    Pool,
    Pool,
  ];
  pools.push(processes, limits);
  const engine = createCpuEngine(processes);
  return new Experiment({
    model: of,
    config: { ...config, ...changes },
    saveAt,
    engineFor: () => engine,
    pool: limits,
    distribution: 'beta',
  });
}

const total = (counts: Uint32Array) => counts.reduce((sum, each) => sum + each, 0);

test('counts of a group sum to its coordinates times the runs, at every time', async () => {
  const done = experiment();
  await done.run();
  const { law } = done;
  expect(law!.groups).toEqual(['β* = 0', 'β* = 1']);
  for (const process of ['sgd', 'sde']) {
    expect(law!.counts[process]).toHaveLength(saveAt.length);
    for (const counts of law!.counts[process]!) {
      expect(total(counts!.subarray(0, BINS + 2))).toBe(90 * 3);
      expect(total(counts!.subarray(BINS + 2))).toBe(10 * 3);
    }
    // At t = 0 all are at β = 0, the middle of the bins.
    expect(law!.counts[process]![0]![(BINS + 1) / 2]).toBe(90 * 3);
  }
  expect(law!.laws.every((law_) => law_?.length === 2)).toBe(true);
});

test('counts do not depend on the number of workers', async () => {
  const [one, three] = [experiment({}, model, 1), experiment({}, model, 3)];
  await Promise.all([one.run(), three.run()]);
  expect(three.law!.counts).toEqual(one.law!.counts);
});

test('after the limit has ended, bins stay as they were and finite runs are counted', async () => {
  const wild = experiment({ stepSize: 4, dimension: 256 });
  await wild.run();
  const { law } = wild;
  const known = law!.laws.findLastIndex((each) => each !== undefined);
  expect(known).toBeGreaterThanOrEqual(1);
  expect(known).toBeLessThan(saveAt.length - 1);
  const rangesAt = (row: number) => [...law!.ranges.subarray(4 * row, 4 * row + 4)];
  expect(rangesAt(known + 1)).toEqual(rangesAt(known));
  expect(rangesAt(saveAt.length - 1)).toEqual(rangesAt(known));
  expect(total(law!.counts['sgd']!.at(-1)!)).toBe(0);
});

test('a limit that fails leaves the model’s range and says why', async () => {
  const broken: AnyModel = {
    ...model,
    distributions: {
      ...model.distributions!,
      solve: () => {
        throw new RangeError('no law today');
      },
    },
  };
  const done = experiment({}, broken);
  await done.run();
  expect(done.law!.failure).toBe('no law today');
  expect([...done.law!.ranges.subarray(0, 4)]).toEqual([-2, 2, -2, 2]);
  expect(total(done.law!.counts['sde']!.at(-1)!)).toBe(300);
});

test('abort while the law is solved ends the experiment', async () => {
  const slow = experiment({ teacher: 'gaussian', spectrum: 'powerLaw', init: 'random' });
  const end = slow.run();
  slow.abort();
  await end;
  expect(slow.law!.counts['sgd']!.every((counts) => counts === undefined)).toBe(true);
});

test('a quantity that the model does not have is refused', () => {
  expect(() => new LawRecord(model, config, 'gamma', saveAt)).toThrow('has no quantity gamma');
});

test('at most a hundred times are counted, the first and the last among them', () => {
  expect([...rowsOf(3)]).toEqual([0, 1, 2]);
  const rows = rowsOf(287);
  expect(rows.filter((row) => row >= 0)).toEqual(Int32Array.from({ length: 100 }, (_, i) => i));
  expect([rows[0], rows[286]]).toEqual([0, 99]);
});
