/**
 * `npm run bench`: the kernels beside what a user would otherwise run, measured in turns on this machine. Every
 * number is the least of many repeats; CPU seconds count, not the wall clock, except where workers are compared.
 */
import { cpus, loadavg } from 'node:os';
import { isMainThread, parentPort } from 'node:worker_threads';
import { spawnNodeWorker } from '../../src/cli/nodePort.ts';
import { Pool } from '../../src/engine/pool.ts';
import { serve } from '../../src/engine/serve.ts';
import { allModels } from '../../src/models/index.ts';
import {
  cpuSeconds,
  exponentOf,
  timeAlone,
  timeEngine,
  type Kind,
  type Process,
  type Seconds,
} from './measure.ts';
import { native, numpy32, numpy64, sse, type Work } from './peers.ts';
import { startWebgpu, type Webgpu } from './startWebgpu.ts';

const RUNS = 16;
/** Coordinate-steps of one repeat. */
const SAMPLE = 2 ** 22;
const TURNS = 3;

const print = (line = '') => process.stdout.write(`${line}\n`);
const fixed = (value: number | undefined, digits: number) =>
  value === undefined ? '—' : value.toFixed(digits);

function row(cells: readonly string[]): void {
  const widths = [4, 48, 8, 5, 9, 9, 11, 11, 11, 11];
  print(cells.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' '));
}

/** Nanoseconds per coordinate-step of every contender, the least of all turns; or why it is missing. */
async function contend(dimension: number, webgpu: Webgpu | string): Promise<Map<string, number | string>> {
  const own = (kind: Kind, name: Process, repeats: number) => (work: Work) =>
    cpuSeconds(kind, name, { ...work, repeats });
  const gpu = (name: Process) => (work: Work) =>
    typeof webgpu === 'string' ? webgpu : webgpu.seconds(name, work);
  const gpuName = typeof webgpu === 'string' ? 'WebGPU' : webgpu.name;
  const contenders: Record<string, (work: Work) => number | string | Promise<number>> = {
    'sgd WASM SIMD, one worker': own('wasm', 'sgd', 20),
    'sgd TypeScript oracle': own('oracle', 'sgd', 1),
    ...Object.fromEntries([numpy32, numpy64, sse, native].map((peer) => [`sgd ${peer.name}`, peer.run])),
    'sde WASM SIMD, one worker': own('wasm', 'sde', 10),
    'sde TypeScript oracle': own('oracle', 'sde', 1),
    [`sgd ${gpuName}`]: gpu('sgd'),
    [`sde ${gpuName}`]: gpu('sde'),
  };
  const best = new Map<string, number | string>();
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [name, run] of Object.entries(contenders)) {
      const steps = SAMPLE / RUNS / dimension;
      const seconds = await run({ dimension, runs: RUNS, steps, repeats: 20 });
      const known = best.get(name) ?? Infinity;
      const cost = typeof seconds === 'string' ? seconds : (seconds / SAMPLE) * 1e9;
      best.set(name, typeof cost === 'string' || typeof known === 'string' ? cost : Math.min(known, cost));
    }
  }
  return best;
}

async function printContest(dimension: number, webgpu: Webgpu | string): Promise<void> {
  const costs = await contend(dimension, webgpu);
  for (const [name, cost] of costs) {
    const kernel = name.slice(0, 3);
    const size = [kernel, name.slice(4), String(dimension), String(RUNS)];
    if (typeof cost === 'string') {
      row([...size, `missing: ${cost}`]);
      continue;
    }
    const ratios = [numpy32, numpy64, sse, native].map((peer) => {
      const other = costs.get(`sgd ${peer.name}`);
      return kernel === 'sgd' && typeof other === 'number' ? other / cost : undefined;
    });
    row([...size, fixed(cost, 2), fixed(1000 / cost, 1), ...ratios.map((ratio) => fixed(ratio, 2))]);
  }
}

async function printWorkers(dimension: number, horizon: number): Promise<void> {
  const pools = [new Pool(1, spawnNodeWorker), new Pool(2, spawnNodeWorker)];
  const best = Array.from({ length: 3 }, () => ({ wall: Infinity, cpu: Infinity }));
  try {
    for (let repeat = 0; repeat < 40; repeat++) {
      const times = [await timeAlone(dimension, RUNS, horizon)];
      for (const pool of pools) times.push(await timeEngine(pool, dimension, RUNS, horizon));
      times.forEach(({ wall, cpu }, i) => {
        best[i] = { wall: Math.min(best[i]!.wall, wall), cpu: Math.min(best[i]!.cpu, cpu) };
      });
    }
  } finally {
    pools.forEach((pool) => pool.close());
  }
  const [alone, one, two] = best as [Seconds, Seconds, Seconds];
  print(
    `sgd d = ${dimension}, ${RUNS} runs: chunks, messages and 51 records take ${fixed(one.cpu / alone.cpu, 2)} × the ` +
      `CPU time of one span; two workers take ${fixed(two.cpu / one.cpu, 2)} × that of one and are ` +
      `${fixed(one.wall / two.wall, 2)} × as fast by the wall clock`,
  );
}

type Cost = (name: Process, work: Work) => Promise<number>;

/** Exponents of the cost of a step in d and in the number of runs; `share` of the usual work is enough. */
async function printExponents(engine: string, cost: Cost, share: number): Promise<void> {
  async function costsOf(name: Process, works: readonly Pick<Work, 'dimension' | 'runs' | 'steps'>[]) {
    const costs = works.map(() => Infinity);
    for (let turn = 0; turn < TURNS; turn++) {
      for (const [i, work] of works.entries()) {
        const seconds = await cost(name, { ...work, repeats: 7 });
        costs[i] = Math.min(costs[i]!, seconds / work.steps);
      }
    }
    return costs;
  }
  const sample = SAMPLE * share;
  const dimensions = [256, 1024, 4096, 16384, 65536, 262144, 1048576];
  const counts = [1, 4, 16, 64, 256];
  for (const name of ['sgd', 'sde'] as const) {
    const byDimension = await costsOf(
      name,
      dimensions.map((dimension) => ({ dimension, runs: 1, steps: Math.max(4, sample / 4 / dimension) })),
    );
    const byRuns = await costsOf(
      name,
      counts.map((runs) => ({ dimension: 1024, runs, steps: sample / 1024 / runs })),
    );
    const per = (costs: readonly number[], sizes: readonly number[], unit: number) =>
      costs.map((each, i) => fixed((each / sizes[i]! / unit) * 1e9, 2)).join(' ');
    print(
      `${engine} ${name} cost ~ d^${fixed(exponentOf(dimensions, byDimension), 3)}, d = ${dimensions.join(' ')}: ` +
        `${per(byDimension, dimensions, 1)} ns`,
    );
    print(
      `${engine} ${name} cost ~ runs^${fixed(exponentOf(counts, byRuns), 3)}, d = 1024, runs = ${counts.join(' ')}: ` +
        `${per(byRuns, counts, 1024)} ns`,
    );
  }
}

async function main(): Promise<void> {
  print(
    `${cpus().length} × ${cpus()[0]!.model}, Node ${process.version}, load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  );
  print(
    'One coordinate-step (cs) is one coordinate of one run in one step, all included. Ratios: how much faster.',
  );
  print();
  const ratios = ['× NumPy f32', '× NumPy f64', '× C++ SSE', '× C++ nat.'];
  row(['', 'engine', 'd', 'runs', 'ns per cs', '10⁶ cs/s', ...ratios]);
  const webgpu = await startWebgpu();
  try {
    for (const dimension of [1024, 4096]) await printContest(dimension, webgpu);
    print();
    await printWorkers(1024, 2);
    await printWorkers(4096, 0.125);
    print();
    await printExponents('WASM', (name, work) => cpuSeconds('wasm', name, work), 1);
    if (typeof webgpu !== 'string') {
      await printExponents('WebGPU', (name, work) => webgpu.seconds(name, work), 4);
    }
  } finally {
    if (typeof webgpu !== 'string') await webgpu.close();
  }
}

if (isMainThread) {
  await main();
} else {
  const port = parentPort!;
  port.on(
    'message',
    serve(
      async (name) => (await allModels())[name]!,
      (reply) => port.postMessage(reply),
    ),
  );
}
