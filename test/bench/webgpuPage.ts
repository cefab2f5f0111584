/** The page of the WebGPU bench: simulates what webgpu.mjs asks for. */
import { defaultsOf } from '../../src/config/parameter.ts';
import { createWebgpuEngine } from '../../src/engine/webgpu.ts';
import { allModels } from '../../src/models/index.ts';

export interface Bench {
  /** Name of the adapter. */
  readonly device: string;
  /** Simulates a process of a model with these values; resolves with the seconds that it took. */
  simulate(
    model: string,
    process: string,
    values: Readonly<Record<string, number>>,
    saveAt: readonly number[],
  ): Promise<number>;
}

async function start(): Promise<Bench | string> {
  const [made, models] = await Promise.all([createWebgpuEngine(), allModels()]);
  if (typeof made === 'string') return made;
  const { engine, software } = made;
  return {
    device: software ? `${engine.device}, software` : engine.device,
    async simulate(name, process, values, saveAt) {
      const model = models[name]!;
      const config = { ...defaultsOf(model.parameters), ...values };
      const job = { model, process, config, saveAt: Float64Array.from(saveAt) };
      const begin = performance.now();
      for await (const { blowUp } of engine.run(job, new AbortController().signal)) {
        if (!blowUp.every(Number.isNaN)) throw new Error(`${process}: a run of the bench diverged`);
      }
      return (performance.now() - begin) / 1000;
    },
  };
}

Object.assign(globalThis, { bench: await start() });
