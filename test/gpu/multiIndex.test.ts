/** The WGSL kernels of multi-index models against their oracles, one workgroup per run and many. */
import { expect, test } from 'vitest';
import type { Engine, Job } from '../../src/engine/engine.ts';
import { webgpuEngineOn } from '../../src/engine/webgpu.ts';
import { cases, worstMoment, type Case } from '../models/multiIndex/cases.ts';
import { gpuUnderTest } from './compute.ts';
import { engineUnderTest, framesOf, oracleFramesOf, withShader, type Process } from './experiments.ts';

const processes: readonly Process[] = ['sgd', 'sde'];
const all = cases.flatMap((each) => processes.map((process) => ({ ...each, process })));

/** Three times, the last one after so many steps. */
function jobOf({ model, config }: Case, process: Process, steps: number): Job {
  const end = process === 'sgd' ? steps / config.dimension : steps * config.dt;
  const saveAt = Float64Array.of(0, 0.1 * end, end);
  return { model, process, config: { ...config, runs: 3 }, saveAt };
}

const wide = (job: Job): Job => withShader(job, () => ({ maxDimension: 0 }));

/** Largest difference of a moment of two of the runs from their oracles. */
async function worstError(engine: Engine, job: Job): Promise<number> {
  const frames = await framesOf(engine, job);
  const errors = [0, 2].flatMap((run) =>
    oracleFramesOf(job, run).map(({ t, values }, index) => {
      expect(frames[index]!.t).toBe(t);
      const own = Object.entries(frames[index]!.values).map(([name, each]) => [name, each[run]!]);
      return worstMoment(Object.fromEntries(own) as Record<string, number>, values);
    }),
  );
  return Math.max(...errors);
}

test.each(all)('$process equals the oracle after 1,000 steps: $name', async ({ process, ...each }) => {
  expect(await worstError(await engineUnderTest(), jobOf(each, process, 1000))).toBeLessThan(1e-4);
});

/** Between them they go through every line of the kernels with many workgroups. */
const few = /batch|power law|other sign|four students/;

test.each(all.filter(({ name }) => few.test(name)))(
  '$process with many workgroups equals the oracle after 100 steps: $name',
  async (each) => {
    const job = wide(jobOf(each, each.process, 100));
    expect(await worstError(await engineUnderTest(), job)).toBeLessThan(1e-4);
  },
);

test.each(cases.filter(({ name }) => /ridge/.test(name)))(
  'sgd with many workgroups equals the oracle, its sample held from step to step: $name',
  async (each) => {
    const single = { ...each, config: { ...each.config, batchSize: 1 } };
    const job = wide(jobOf(single, 'sgd', 100));
    expect(await worstError(await engineUnderTest(), job)).toBeLessThan(1e-4);
  },
);

const named = (name: string) => cases.find((each) => each.name === name)!;

test.each(processes)('%s equals the oracle in the shapes of a real GPU', async (process) => {
  const engine = webgpuEngineOn({ ...(await gpuUnderTest()), software: false });
  for (const name of ['logistic, power law', 'two students, two teachers']) {
    const job = jobOf(named(name), process, 100);
    expect(await worstError(engine, job)).toBeLessThan(1e-4);
    expect(await worstError(engine, wide(job))).toBeLessThan(1e-4);
  }
});

test.each(processes)('%s: diverged runs freeze at the time the oracle gives', async (process) => {
  const { model, config } = named('phase retrieval');
  const changes = { runs: 6, stepSize: 0.4, dt: 0.01 };
  const saveAt = Float64Array.from({ length: 9 }, (_, i) => i);
  const job: Job = { model, process, config: { ...config, ...changes }, saveAt };
  const expected = Array.from({ length: 6 }, (_, run) => oracleFramesOf(job, run).at(-1)!.blowUp);
  expect(expected.some((t) => t > 0)).toBe(true);
  const engine = await engineUnderTest();
  for (const each of [job, wide(job)]) {
    const frames = await framesOf(engine, each);
    expect([...frames.at(-1)!.blowUp]).toEqual(expected);
  }
});

test.each(processes)('%s: a run does not change with the chunking nor with the runs', async (process) => {
  const { model, config } = named('two students, two teachers');
  const engine = await engineUnderTest();
  const every = Array.from({ length: 17 }, (_, i) => i / 16);
  const job = (runs: number, saveAt: readonly number[]): Job => {
    const changes = { runs, dt: 1 / 64, batchSize: 2 };
    return { model, process, config: { ...config, ...changes }, saveAt: Float64Array.from(saveAt) };
  };
  for (const change of [(each: Job) => each, wide]) {
    const often = await framesOf(engine, change(job(2, every)));
    const seldom = await framesOf(engine, change(job(4, [1])));
    for (const [name, values] of Object.entries(often.at(-1)!.values)) {
      expect(values).toEqual(seldom[0]!.values[name]!.slice(0, 2));
    }
  }
});

const vanishing = ['leastSquares', 'phaseRetrieval', 'amplitudeRetrieval', 'relu'].flatMap((loss) =>
  processes.map((process) => ({ loss, process })),
);

test.each(vanishing)(
  '$process of $loss without noise follows float64 down to 1e-20',
  async ({ loss, process }) => {
    const { model, config } = named('least squares');
    const stepSize = loss === 'phaseRetrieval' ? 0.08 : 0.8;
    const changes = { loss, dimension: 64, runs: 1, labelNoise: 0, stepSize, dt: 0.02, initOverlap: [0.9] };
    const saveAt = Float64Array.from({ length: 16 }, (_, i) => 10 * i);
    const job: Job = { model, process, config: { ...config, ...changes }, saveAt };
    const frames = await framesOf(await engineUnderTest(), job);
    const excess = (values: Record<string, number>) =>
      model.observables['excessRisk']!.of(values, job.config);
    let least = 1;
    for (const [index, { values }] of oracleFramesOf(job, 0).entries()) {
      const expected = excess(values);
      if (expected < 1e-20) break;
      const own = Object.entries(frames[index]!.values).map(([name, each]) => [name, each[0]!]);
      const value = excess(Object.fromEntries(own) as Record<string, number>);
      expect(Math.abs(value / expected - 1)).toBeLessThan(0.01);
      least = expected;
    }
    expect(least).toBeLessThan(1e-12);
  },
);
