/** Times the engine's own kernels: CPU seconds of this process, or wall seconds where workers share the work. */
import { defaultsOf } from '../../src/config/parameter.ts';
import { createCpuEngine } from '../../src/engine/cpu.ts';
import type { Pool } from '../../src/engine/pool.ts';
import { wasmRuns } from '../../src/engine/wasmRun.ts';
import { dln } from '../../src/models/dln/index.ts';
import { parameters, type DlnConfig } from '../../src/models/dln/parameters.ts';
import type { AnyModel, Oracle } from '../../src/models/model.ts';
import type { Work } from './peers.ts';

export type Process = 'sgd' | 'sde';
export type Kind = 'wasm' | 'oracle';

function configOf(dimension: number, runs: number): DlnConfig {
  return { ...defaultsOf(parameters), dimension, runs };
}

async function runsOf(kind: Kind, process: Process, config: DlnConfig): Promise<Oracle[]> {
  const kernel = dln.processes[process]!;
  const instance = dln.instance(config);
  const runs = Array.from({ length: config.runs }, (_, run) => run);
  return kind === 'wasm'
    ? wasmRuns(kernel.label, kernel.wasm!, dln.statistics, config, instance, runs)
    : runs.map((run) => kernel.oracle(config, instance, run));
}

/** Least CPU seconds that `steps` steps of all runs take in this thread. */
export async function cpuSeconds(kind: Kind, process: Process, work: Work): Promise<number> {
  const { dimension, steps, repeats } = work;
  const config = configOf(dimension, work.runs);
  const runs = await runsOf(kind, process, config);
  const dt = process === 'sgd' ? 1 / dimension : config.dt;
  let best = Infinity;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const start = globalThis.process.cpuUsage();
    for (const run of runs) run.advance({ step: repeat * steps, steps, t: repeat * steps * dt, dt });
    const { user, system } = globalThis.process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1e6);
  }
  if (runs.some((run) => !Number.isNaN(run.blowUp)))
    throw new Error(`${process}: a run of the bench diverged`);
  return best;
}

/** Seconds by the wall clock, and seconds of CPU in all threads of this process. */
export interface Seconds {
  readonly wall: number;
  readonly cpu: number;
}

async function timed(work: () => unknown): Promise<Seconds> {
  const usage = globalThis.process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = (performance.now() - start) / 1000;
  const { user, system } = globalThis.process.cpuUsage(usage);
  return { wall, cpu: (user + system) / 1e6 };
}

/** SGD up to `horizon` in one span, without an engine. */
export async function timeAlone(dimension: number, count: number, horizon: number): Promise<Seconds> {
  const runs = await runsOf('wasm', 'sgd', configOf(dimension, count));
  return timed(() => {
    for (const run of runs) run.advance({ step: 0, steps: dimension * horizon, t: 0, dt: 1 / dimension });
  });
}

/** SGD up to `horizon` by the CPU engine with these workers, recorded at 51 times. */
export function timeEngine(pool: Pool, dimension: number, runs: number, horizon: number): Promise<Seconds> {
  const saveAt = Float64Array.from({ length: 51 }, (_, i) => (i * horizon) / 50);
  const config = { ...configOf(dimension, runs), horizon };
  const job = { model: dln as unknown as AnyModel, process: 'sgd', config, saveAt };
  return timed(async () => {
    let frames = 0;
    for await (const _ of createCpuEngine(pool).run(job, new AbortController().signal)) frames++;
    if (frames !== saveAt.length) throw new Error(`expected ${saveAt.length} frames, got ${frames}`);
  });
}

/** Exponent of cost ~ size^exponent: slope of the least-squares line through the logarithms. */
export function exponentOf(sizes: readonly number[], costs: readonly number[]): number {
  const x = sizes.map(Math.log);
  const y = costs.map(Math.log);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [centreX, centreY] = [mean(x), mean(y)];
  return (
    mean(x.map((value, i) => (value - centreX) * (y[i]! - centreY))) /
    mean(x.map((value) => (value - centreX) ** 2))
  );
}
