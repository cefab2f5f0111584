/** The page of the WebGPU bench: simulates what webgpu.mjs asks for. */
import { defaultsOf } from '../../src/config/parameter.ts';
import { createWebgpuEngine } from '../../src/engine/webgpu.ts';
import { dln } from '../../src/models/dln/index.ts';
import { parameters } from '../../src/models/dln/parameters.ts';
import type { AnyModel } from '../../src/models/model.ts';

export interface Bench {
  /** Name of the adapter. */
  readonly device: string;
  /** Takes so many steps of all runs, recorded once; resolves with the seconds that it took. */
  simulate(process: string, dimension: number, runs: number, steps: number): Promise<number>;
}

async function start(): Promise<Bench | string> {
  const made = await createWebgpuEngine();
  if (typeof made === 'string') return made;
  const { engine, software } = made;
  return {
    device: software ? `${engine.device}, software` : engine.device,
    async simulate(process, dimension, runs, steps) {
      const config = { ...defaultsOf(parameters), dimension, runs, horizon: 1000 };
      const dt = process === 'sgd' ? 1 / dimension : config.dt;
      const job = { model: dln as AnyModel, process, config, saveAt: Float64Array.of(steps * dt) };
      const begin = performance.now();
      for await (const { blowUp } of engine.run(job, new AbortController().signal)) {
        if (!blowUp.every(Number.isNaN)) throw new Error(`${process}: a run of the bench diverged`);
      }
      return (performance.now() - begin) / 1000;
    },
  };
}

Object.assign(globalThis, { bench: await start() });
