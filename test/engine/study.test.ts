import { afterAll, expect, test } from 'vitest';
import { defaultsOf, type AnyConfig } from '../../src/config/parameter.ts';
import { createCpuEngine } from '../../src/engine/cpu.ts';
import { Pool } from '../../src/engine/pool.ts';
import { fitAsymptote } from '../../src/engine/powerLaw.ts';
import { Study, type StudyOptions } from '../../src/engine/study.ts';
import { SizeRecord } from '../../src/engine/studySize.ts';
import { allModels } from '../../src/models/index.ts';
import { gaussians } from './gaussians.ts';
import { localPort } from './localPort.ts';

const models = await allModels();

const limit = Float64Array.from({ length: 20 }, (_, i) => 2 * Math.exp(-i / 5));

/** A record of runs that deviate by `bias(i)` and white noise, both in units of the largest value of the limit. */
function record(runs: number, noise: number, bias: (i: number) => number): SizeRecord {
  const next = gaussians(11);
  const sizes = new SizeRecord(64, limit);
  for (let run = 0; run < runs; run++)
    sizes.add(limit.map((value, i) => value + 2 * (bias(i) + noise * next())));
  return sizes;
}

test('the deviation of runs is the mean of their largest ones, relative to the largest value', () => {
  const sizes = record(10, 0, (i) => (i === 7 ? -0.3 : 0.1));
  expect(sizes.single.value).toBeCloseTo(0.3, 12);
  expect(sizes.single.error).toBeCloseTo(0, 6);
  expect(sizes.ofMean.value).toBeCloseTo(0.3, 12);
});

test('the deviation of the mean is not inflated by noise', () => {
  const unbiased = record(400, 0.2, () => 0).ofMean;
  expect(Math.abs(unbiased.value)).toBeLessThan(3 * unbiased.error);
  expect(unbiased.error).toBeCloseTo(0.2 / Math.sqrt(400), 2);
  const biased = record(4000, 0.2, (i) => (i === 5 ? -0.05 : 0)).ofMean;
  expect(Math.abs(biased.value - 0.05)).toBeLessThan(3 * biased.error);
});

test('diverged runs are counted apart', () => {
  const sizes = record(4, 0.1, () => 0);
  const { value } = sizes.single;
  sizes.add(limit.map((one, i) => (i > 10 ? NaN : one)));
  expect(sizes).toMatchObject({ runs: 4, diverged: 1 });
  expect(sizes.single.value).toBe(value);
});

const model = models['dln']!;
const pool = new Pool(1, () => localPort(models));
afterAll(() => pool.close());

function study(changes: Partial<StudyOptions> = {}): Study {
  let time = 0;
  return new Study({
    model,
    config: { ...defaultsOf(model.parameters), horizon: 2 },
    engineFor: () => createCpuEngine(pool),
    pool,
    seconds: 0.8,
    largest: 256,
    // Every batch takes the same: the number of runs does not depend on the machine.
    now: () => (time += 20),
    ...changes,
  });
}

test('single runs of SGD and SDE approach the limit as d^(−1/2)', async () => {
  const small = study();
  await small.run();
  expect(small.sizes.map(({ dimension }) => dimension)).toEqual([64, 128, 256]);
  expect(small.progress).toBe(1);
  for (const process of ['sgd', 'sde']) {
    const points = small.sizes.map(({ dimension, records }) => {
      const { value, error } = records[process]!.single;
      return { x: dimension, y: value, error };
    });
    const fit = fitAsymptote(points)!;
    expect(Math.abs(fit.exponent + 0.5)).toBeLessThan(3 * fit.standardError);
    expect(fit.standardError).toBeLessThan(0.1);
  }
});

test('it ends early with what is there when aborted', async () => {
  const long: Study = study({ seconds: 1e6, onChange: () => long.sizes.length === 2 && long.abort() });
  await long.run();
  expect(long.sizes).toHaveLength(2);
});

test('sizes end where no engine takes them, and the reason is told', async () => {
  const engineFor: StudyOptions['engineFor'] = ({ config }) => {
    if (Number(config['dimension']) > 64) throw new Error('too large');
    return createCpuEngine(pool);
  };
  const short = study({ engineFor, seconds: 1.5, config: { ...defaultsOf(model.parameters), horizon: 0.1 } });
  await short.run();
  expect(short.sizes).toHaveLength(1);
  expect(short.ended).toBe('too large');
});

test('a limit that ends before the horizon is refused in words', async () => {
  const config = { ...defaultsOf(model.parameters), stepSize: 4 };
  await expect(study({ config }).run()).rejects.toThrow(/^The limit ends at t = 0\.1/);
});

test('values that do not go together are refused with the sentence of the model', async () => {
  const problem = (config: AnyConfig) =>
    config['dimension'] === 128 ? 'dimension = 128: expected less' : undefined;
  const strict = study({ model: { ...model, problem } });
  await strict.run();
  expect(strict.sizes.map(({ dimension }) => dimension)).toEqual([64]);
  expect(strict.ended).toBe('dimension = 128: expected less');
  const always = study({ model: { ...model, problem: () => 'never' } });
  await expect(always.run()).rejects.toThrow('never');
});

test('every process is compared with the limit that predicts it', () => {
  const limits = { limit: model.limits['limit']!, other: { ...model.limits['limit']!, predicts: 'sde' } };
  expect(study().limits).toEqual({ sgd: 'limit', sde: 'limit' });
  expect(study({ model: { ...model, limits } }).limits).toEqual({ sgd: 'limit', sde: 'other' });
});

test('a limit that all sizes share is solved once', async () => {
  const multipass = models['multipass']!;
  let solved = 0;
  const limits = Object.fromEntries(
    Object.entries(multipass.limits).map(([name, each]) => [
      name,
      {
        ...each,
        solve(...args: Parameters<typeof each.solve>) {
          solved++;
          return each.solve(...args);
        },
      },
    ]),
  );
  const { gf } = multipass.processes;
  const counted = { ...multipass, limits, processes: { gf: gf! } };
  const workers = new Pool(1, () => localPort({ multipass: counted }));
  const config = {
    ...defaultsOf(multipass.parameters),
    loss: 'leastSquares',
    sampleRatio: 0.5,
    stepSize: 0.5,
    horizon: 1,
    dt: 0.05,
  };
  const small = study({ model: counted, config, pool: workers, largest: 128 });
  await small.run();
  workers.close();
  expect(small.sizes.map(({ dimension }) => dimension)).toEqual([64, 128]);
  expect(solved).toBe(1);
  const [first, last] = small.sizes.map(({ records }) => records['gf']!);
  expect(last!.scale).toBe(first!.scale);
  // Runs are compared at the whole steps of theirs: half a step of dt = 0.05 would be 4 % of the loss.
  const { value, error } = last!.ofMean;
  expect(value).toBeLessThan(0.02 + 3 * error);
});
