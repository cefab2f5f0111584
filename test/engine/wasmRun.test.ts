import { afterEach, expect, test, vi } from 'vitest';
import { defaultsOf } from '../../src/config/parameter.ts';
import { createCpuEngine } from '../../src/engine/cpu.ts';
import { Pool } from '../../src/engine/pool.ts';
import { wasmRuns } from '../../src/engine/wasmRun.ts';
import { allModels } from '../../src/models/index.ts';
import type { AnyModel, Frame, Wasm } from '../../src/models/model.ts';
import { localPort } from './localPort.ts';

const models = await allModels();

const model = models['dln']!;
const sgd = model.processes['sgd']!;
const config = { ...defaultsOf(model.parameters), dimension: 64, runs: 3 };

afterEach(() => vi.restoreAllMocks());

async function simulate(of: AnyModel): Promise<{ device: string; frames: Frame[] }> {
  const pool = new Pool(2, () => localPort({ dln: of }));
  const engine = createCpuEngine(pool);
  const job = { model: of, process: 'sgd', config, saveAt: Float64Array.from([0, 1]) };
  const frames: Frame[] = [];
  try {
    for await (const frame of engine.run(job, new AbortController().signal)) frames.push(frame);
  } finally {
    pool.close();
  }
  return { device: engine.device, frames };
}

/** The same model, its oracle replaced by one that fails. */
const withoutOracle: AnyModel = {
  ...model,
  processes: {
    sgd: {
      ...sgd,
      oracle: () => {
        throw new Error('the oracle was asked');
      },
    },
  },
};

test('runs WebAssembly, and says so', async () => {
  const { device, frames } = await simulate(withoutOracle);
  expect(device).toBe('2 workers, WASM SIMD');
  expect(frames).toHaveLength(2);
});

test('runs the oracle where there is no SIMD, and says why', async () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  await expect(simulate(withoutOracle)).rejects.toThrow('the oracle was asked');
  const { device, frames } = await simulate(model);
  expect(device).toBe('2 workers, no WebAssembly SIMD');
  expect(frames).toHaveLength(2);
});

test('runs the oracle where the kernel refuses', async () => {
  const refusing: AnyModel = {
    ...model,
    processes: {
      sgd: { ...withoutOracle.processes['sgd']!, wasm: { ...sgd.wasm!, refusal: () => 'not today' } },
    },
  };
  await expect(simulate(refusing)).rejects.toThrow('the oracle was asked');
});

test('a name that the module lacks is an error that tells it', async () => {
  const wasm = { ...sgd.wasm!, scratch: () => ({ momentum: 64 }) };
  await expect(wasmRuns('SGD', wasm, model.statistics, config, model.instance(config), [0])).rejects.toThrow(
    'SGD: the WebAssembly module has no variable momentum',
  );
});

test('too much memory is an error that says how much and what to lower', async () => {
  const wasm = { ...sgd.wasm!, scratch: () => ({ x: 2 ** 31 }) };
  await expect(wasmRuns('SGD', wasm, model.statistics, config, model.instance(config), [0])).rejects.toThrow(
    /^SGD: a worker has no 81\d\d MB of memory; lower d or the runs$/,
  );
});

test('runs that one memory does not hold are what they are together, and make room for each other', async () => {
  const made = async (most: number) => {
    let rests = 0;
    const rest = async () => void rests++;
    let programs = 0;
    const params: Wasm['params'] = (...given) => {
      programs++;
      return sgd.wasm!.params(...given);
    };
    const wasm = { ...sgd.wasm!, params };
    const instance = model.instance(config);
    const runs = await wasmRuns('SGD', wasm, model.statistics, config, instance, [0, 1, 2], { rest, most });
    expect(rests).toBe(3);
    // In turns, as engines do.
    for (const step of [0, 64]) {
      for (const run of runs) run.advance({ step, steps: 64, t: step / 64, dt: 1 / 64 });
    }
    return { programs, statistics: runs.map((run) => run.statistics()) };
  };
  const { programs, statistics } = await made(2 ** 30);
  expect(programs).toBe(1);
  expect(await made(1)).toEqual({ programs: 3, statistics });
});

test('a table is set as it is given', async () => {
  const wasm = sgd.wasm!;
  const withTable = (root: Float32Array): Wasm => ({
    ...wasm,
    instance(...given) {
      const { root: _, ...arrays } = wasm.instance(...given);
      return arrays;
    },
    tables: () => ({ root }),
  });
  const statistics = async (of: Wasm) => {
    const [run] = await wasmRuns('SGD', of, model.statistics, config, model.instance(config), [1]);
    run!.advance({ step: 0, steps: 64, t: 0, dt: 1 / 64 });
    return run!.statistics();
  };
  // Roots of equal eigenvalues are the same in any order.
  expect(await statistics(withTable(new Float32Array(64).fill(1)))).toEqual(await statistics(wasm));
  expect(await statistics(withTable(new Float32Array(64)))).not.toEqual(await statistics(wasm));
});
