/**
 * `npm run bench multipass`: the processes of multi-pass SGD on WebGPU beside WebAssembly in one worker. A
 * coordinate-step (cs) is one coordinate of one sample that is multiplied and added up: in a visit of SGD, in a step of
 * SME, and twice in one of gradient flow. To record SGD takes half a coordinate-step for each number of the samples.
 */
import { cpus, loadavg } from 'node:os';
import { defaultsOf } from '../../src/config/parameter.ts';
import { parameters, type MultipassConfig } from '../../src/models/multipass/parameters.ts';
import { processes } from '../../src/models/multipass/processes.ts';
import { teacherOf } from '../../src/models/multipass/start.ts';
import { startWebgpu } from './startWebgpu.ts';

const TURNS = 3;
/** Times at which SGD is recorded where that is what counts. */
const RECORDS = 128;
const values = { runs: 2, sampleRatio: 1, dt: 1 / 64, horizon: 100 };

type Name = keyof typeof processes;
/** CPU seconds up to so many steps, recorded so many times. */
type Spent = (config: MultipassConfig, steps: number, records: number) => Promise<number>;

const print = (line: string) => process.stdout.write(`${line}\n`);

function timesOf(name: Name, { dimension, dt }: MultipassConfig, steps: number, records: number): number[] {
  const step = name === 'sgd' ? 1 / dimension : dt;
  return Array.from({ length: records }, (_, i) => (steps * step * (i + 1)) / records);
}

function cpu(name: Name): Spent {
  return async (config, steps, records) => {
    const make = (await processes[name].quick!())!;
    const teacher = teacherOf(config);
    const oracles = Array.from({ length: config.runs }, (_, run) => make(config, { teacher }, run));
    const plan = processes[name].plan(config, Float64Array.from(timesOf(name, config, steps, records)));
    const start = process.cpuUsage();
    for (const oracle of oracles) {
      for (const segment of plan) {
        oracle.advance(segment);
        oracle.statistics();
      }
    }
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
}

async function least(spent: () => Promise<number>): Promise<number> {
  let best = Infinity;
  for (let turn = 0; turn < TURNS; turn++) best = Math.min(best, await spent());
  return best;
}

async function printCosts(engine: string, name: Name, spent: Spent, dimension: number): Promise<void> {
  const config = { ...defaultsOf(parameters), ...values, dimension };
  const { cost, recordCost } = processes[name];
  const steps = name === 'sgd' ? 64 * dimension : name === 'sme' ? 128 : 64;
  const [long, short] = [
    await least(() => spent(config, steps, 1)),
    await least(() => spent(config, steps / 4, 1)),
  ];
  const perStep = (long - short) / (config.runs * cost(config) * (0.75 * steps));
  const figures = [perStep];
  // The flows know the loss from the step before, at least in part.
  if (name === 'sgd') {
    const often = await least(() => spent(config, RECORDS, RECORDS));
    const once = await least(() => spent(config, RECORDS, 1));
    figures.push((often - once) / (config.runs * recordCost!(config) * (RECORDS - 1)));
  }
  const texts = figures.map((seconds) => (seconds * 1e9).toFixed(2).padStart(8));
  print(`${engine.padEnd(48)} ${name.padEnd(4)} ${String(dimension).padStart(5)} ${texts.join(' ')}`);
}

print(`${cpus().length} × ${cpus()[0]!.model}, load ${loadavg()[0]!.toFixed(1)}`);
print(`${''.padEnd(48)} ${''.padEnd(4)} ${'d'.padStart(5)} ns per cs, ns per recorded cs`);
const webgpu = await startWebgpu();
if (typeof webgpu === 'string') print(`WebGPU: missing: ${webgpu}`);
for (const dimension of [256, 1024]) {
  for (const name of ['sgd', 'sme', 'gf'] as const) {
    await printCosts('WASM SIMD, one worker', name, cpu(name), dimension);
    if (typeof webgpu === 'string') continue;
    const spent: Spent = (config, steps, records) =>
      webgpu.spent('multipass', name, { ...values, dimension }, timesOf(name, config, steps, records));
    await printCosts(webgpu.name, name, spent, dimension);
  }
}
if (typeof webgpu !== 'string') await webgpu.close();
