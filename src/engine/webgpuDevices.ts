/** The device that all runs of an engine share: one until it is lost, then another. */
import { createCompiler } from '../gpu/compile.ts';
import type { Gpu } from '../gpu/device.ts';
import type { Failure } from './failure.ts';

export interface Held {
  readonly gpu: Gpu;
  readonly compiler: ReturnType<typeof createCompiler>;
  /** Fails `failure` with a DeviceLost when the device is lost, until the function that it returns is called. */
  watch(failure: Failure): () => void;
}

export class DeviceLost extends Error {}

/** Tries to get a new device, and milliseconds between two: a browser's GPU process needs a moment to come back. */
const TRIES = 5;
const PATIENCE = 500;

function hold(gpu: Gpu): Held {
  const watching = new Set<Failure>();
  let reason: string | undefined;
  void gpu.lost.then((text) => {
    reason = text;
    for (const failure of watching) failure.fail(new DeviceLost(text));
  });
  return {
    gpu,
    compiler: createCompiler(gpu.device),
    watch(failure) {
      if (reason !== undefined) failure.fail(new DeviceLost(reason));
      watching.add(failure);
      return () => watching.delete(failure);
    },
  };
}

export class Devices {
  #held: Held;
  #next: { readonly after: Held; readonly held: Promise<Held> } | undefined;
  readonly #request: () => Promise<Gpu | string>;

  /** `request` finds a new device, or says in one sentence why there is none. */
  constructor(gpu: Gpu, request: () => Promise<Gpu | string>) {
    this.#held = hold(gpu);
    this.#request = request;
  }

  get held(): Held {
    return this.#held;
  }

  /** The device after `lost`, the same for all who ask. Rejects where there is none that is as good. */
  after(lost: Held): Promise<Held> {
    if (lost !== this.#held) return Promise.resolve(this.#held);
    if (this.#next?.after !== lost) this.#next = { after: lost, held: this.#renew(lost) };
    return this.#next.held;
  }

  async #renew(lost: Held): Promise<Held> {
    let gpu = await this.#request();
    for (let tries = 1; typeof gpu === 'string' && tries < TRIES; tries++) {
      await new Promise((resolve) => setTimeout(resolve, PATIENCE));
      gpu = await this.#request();
    }
    if (typeof gpu === 'string') throw new Error(`The WebGPU device was lost. ${gpu}`);
    if (gpu.software && !lost.gpu.software) {
      throw new Error('The WebGPU device was lost; the one left is emulated on the CPU.');
    }
    this.#held = hold(gpu);
    return this.#held;
  }
}
