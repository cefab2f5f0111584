/** Kernels with many workgroups per run against the oracle, and against one workgroup per run. */
import { expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { Pace } from '../../src/engine/pace.ts';
import { webgpuEngineOn } from '../../src/engine/webgpu.ts';
import type { DlnConfig } from '../../src/models/dln/parameters.ts';
import { dln } from '../../src/models/dln/index.ts';
import type { Frame, Shader, ShaderModule } from '../../src/models/model.ts';
import { gpuUnderTest } from './compute.ts';
import {
  configWith,
  engineUnderTest,
  framesOf,
  jobOf,
  oracleFrames,
  simulate,
  withShader,
  type Process,
} from './experiments.ts';

const processes = ['sgd', 'sde'] as const;

/** Frames with many workgroups per run, whatever the dimension. */
function simulateWide(
  engine: Engine,
  process: Process,
  config: DlnConfig,
  saveAt: readonly number[],
): Promise<Frame[]> {
  return framesOf(
    engine,
    withShader(jobOf(process, config, saveAt), () => ({ maxDimension: 0 })),
  );
}

/** Largest relative difference of a statistic of a run from its oracle. */
function worstError(frames: readonly Frame[], process: Process, config: DlnConfig, run: number): number {
  const expected = oracleFrames(
    process,
    config,
    frames.map(({ t }) => t),
    run,
  );
  const errors = expected.flatMap(({ values }, index) =>
    Object.entries(values).map(([name, value]) => {
      const difference = Math.abs(frames[index]!.values[name]![run]! - value);
      return value === 0 ? difference : difference / value;
    }),
  );
  return Math.max(...errors);
}

/** Coordinate-steps of a step of all runs. */
function loadOf(process: Process, config: DlnConfig): number {
  return config.runs * dln.processes[process]!.cost(config);
}

/** The same kernels, which take every step whole. */
function withoutPieces({ modules, wide }: Shader): Partial<Shader> {
  const rename = async (kernel: Promise<readonly ShaderModule[]>) =>
    (await kernel).map((module) => ({
      ...module,
      code: module.code.replaceAll('span.run', '0u').replaceAll('span.part', '0u'),
    }));
  return {
    modules: (config) => rename(modules(config)),
    wide: { ...wide!, modules: (config) => rename(wide!.modules(config)) },
  };
}

/** Three times, the last one after so many steps. */
function timesOf(process: Process, { dimension, dt }: DlnConfig, steps: number): number[] {
  const end = process === 'sgd' ? steps / dimension : steps * dt;
  return [0, 0.1 * end, end];
}

test.each([
  ['sgd', { dimension: 8193 }],
  ['sgd', { dimension: 12000, batchSize: 3, labelNoise: 0.5, spectrum: 'powerLaw', stepSize: 0.4 }],
  ['sde', { dimension: 8193, init: 'random', initScale: 0.7, stepSize: 0.3 }],
  ['sde', { dimension: 12000, labelNoise: 0.2, spectrum: 'powerLaw', stepSize: 0.4 }],
] as const)('%s equals the oracle after 200 steps: %o', async (process, changes) => {
  const config = configWith({ runs: 2, dt: 0.005, ...changes });
  const frames = await simulate(await engineUnderTest(), process, config, timesOf(process, config, 200));
  expect(worstError(frames, process, config, 1)).toBeLessThan(1e-4);
});

test.each(processes)('%s in the largest dimension equals the oracle', async (process) => {
  const config = configWith({ dimension: 1048576, runs: 1 });
  const frames = await simulate(await engineUnderTest(), process, config, timesOf(process, config, 4));
  expect(worstError(frames, process, config, 0)).toBeLessThan(1e-5);
});

test.each(processes)('%s: sums over 2^20 coordinates are right to 1e-6', async (process) => {
  const spread = { init: 'random', teacher: 'gaussian', spectrum: 'powerLaw', stepSize: 0.1 } as const;
  const config = configWith({ dimension: 1048576, runs: 1, ...spread });
  // One step shows the sum that moves the state, too.
  const saveAt = [0, process === 'sgd' ? 1 / config.dimension : config.dt];
  const frames = await simulate(await engineUnderTest(), process, config, saveAt);
  expect(worstError(frames, process, config, 0)).toBeLessThan(1e-6);
});

const cases: Record<string, Partial<DlnConfig>> = {
  'odd dimension': { dimension: 131, spectrum: 'twoPoint', condition: 4, stepSize: 0.3 },
  'batch 40 and label noise': { dimension: 200, batchSize: 40, labelNoise: 0.5, stepSize: 0.8 },
  'random start': { dimension: 98, init: 'random', initScale: 0.7, teacher: 'gaussian', stepSize: 0.3 },
  'several workgroups': { dimension: 4100, stepSize: 0.4 },
  'Student t features': { dimension: 256, features: 'studentT', stepSize: 0.3 },
  'Laplace features': { dimension: 131, features: 'laplace' },
};

test.each(
  Object.entries(cases).flatMap(([name, changes]) =>
    processes.map((process) => ({ name, process, changes })),
  ),
)('$process equals one workgroup per run up to rounding: $name', async ({ process, changes }) => {
  const config = configWith({ runs: 3, dt: 0.01, ...changes });
  const saveAt = timesOf(process, config, 200);
  const engine = await engineUnderTest();
  const narrow = await simulate(engine, process, config, saveAt);
  const wide = await simulateWide(engine, process, config, saveAt);
  wide.forEach(({ t, values }, index) => {
    expect(t).toBe(narrow[index]!.t);
    for (const [name, all] of Object.entries(values)) {
      const others = narrow[index]!.values[name]!;
      all.forEach((value, run) =>
        expect(Math.abs(value - others[run]!)).toBeLessThanOrEqual(2e-5 * others[run]!),
      );
    }
  });
});

test.each(processes)('%s equals the oracle in the shape of a real GPU', async (process) => {
  const engine = webgpuEngineOn({ ...(await gpuUnderTest()), software: false });
  const config = configWith({ dimension: 9000, runs: 1, batchSize: 2, dt: 0.005 });
  const frames = await simulate(engine, process, config, timesOf(process, config, 50));
  expect(worstError(frames, process, config, 0)).toBeLessThan(1e-4);
});

test.each(processes)('%s: a run does not change with the chunking nor with the runs', async (process) => {
  const engine = await engineUnderTest();
  const config = configWith({ dimension: 130, dt: 1 / 64, labelNoise: 0.3, batchSize: 2, init: 'random' });
  const every = Array.from({ length: 65 }, (_, i) => i / 32);
  const often = await simulateWide(engine, process, { ...config, runs: 2 }, every);
  const seldom = await simulateWide(engine, process, { ...config, runs: 5 }, [2]);
  for (const [name, values] of Object.entries(often.at(-1)!.values)) {
    expect(values).toEqual(seldom[0]!.values[name]!.slice(0, 2));
  }
});

test.each([
  ['sgd', { dimension: 8200, batchSize: 256, runs: 1 }],
  ['sde', { dimension: 20000, runs: 110, dt: 1 / 20000 }],
  ['sgd', { dimension: 512, batchSize: 64, runs: 70 }],
] as const)(
  '%s: a run does not change where a step is cut, into parts of a run or into runs: %o',
  async (process, changes) => {
    const engine = await engineUnderTest();
    const config = configWith({ labelNoise: 0.3, ...changes });
    const saveAt = [0, 1, 2].map((step) => step / config.dimension);
    const cut = await simulate(engine, process, config, saveAt);
    const whole = await framesOf(engine, withShader(jobOf(process, config, saveAt), withoutPieces));
    expect(cut).toHaveLength(3);
    expect(cut).toEqual(whole);
    // The first step is cut into as many pieces as the pace starts with.
    expect(new Pace(loadOf(process, config)).pieces).toBeGreaterThan(1);
  },
);

test.each(processes)(
  '%s: diverged runs freeze at the time the oracle gives; others go on',
  async (process) => {
    const config = configWith({ dimension: 64, runs: 12, stepSize: 3.1, seed: 5 });
    const saveAt = Array.from({ length: 17 }, (_, i) => i / 8);
    const frames = await simulateWide(await engineUnderTest(), process, config, saveAt);
    const { blowUp } = frames.at(-1)!;
    const expected = Array.from(
      blowUp,
      (_, run) => oracleFrames(process, config, saveAt, run).at(-1)!.blowUp,
    );
    expect([...blowUp]).toEqual(expected);
    expect(expected.some(Number.isNaN)).toBe(true);
    expect(expected.some((t) => t > 0)).toBe(true);
    for (const { t, values } of frames) {
      for (const [run, end] of expected.entries()) {
        for (const all of Object.values(values)) expect(Number.isFinite(all[run])).toBe(!(t > end));
      }
    }
  },
);

test.each(processes)('%s: a lost device leaves no trace, diverged runs included', async (process) => {
  const config = configWith({ dimension: 64, runs: 12, stepSize: 3.1, seed: 5 });
  const saveAt = Array.from({ length: 33 }, (_, i) => i / 16);
  const expected = await simulateWide(await engineUnderTest(), process, config, saveAt);
  const gpu = await gpuUnderTest();
  const engine = webgpuEngineOn(gpu, { interval: 0 });
  const job = withShader(jobOf(process, config, saveAt), () => ({ maxDimension: 0 }));
  const frames: Frame[] = [];
  for await (const frame of engine.run(job, new AbortController().signal)) {
    frames.push(frame);
    if (frames.length === 25) gpu.device.destroy();
  }
  expect(frames).toEqual(expected);
});

test('a run that no buffer holds is refused, with what to lower', async () => {
  // Sums of 8 statistics in two halves by 64 workgroups, and the sample.
  const needed = 1048576 + 2 * 8 * 64;
  const refusal = async (most: number) =>
    webgpuEngineOn(await gpuUnderTest(), { most }).refusal(
      jobOf('sgd', configWith({ dimension: 1048576, runs: 256 }), [1]),
    );
  expect(await refusal(needed)).toBeUndefined();
  expect(await refusal(needed - 1)).toMatch(
    /^A run in dimension 1048576 is more than .*: lower the dimension\.$/,
  );
});
