/**
 * What a run goes on from on a new device. A state is a function of seed and step, but only by way of all steps
 * before: to start over would cost as long as the run took so far, up to the limit of minutes. A copy of the state
 * costs milliseconds, and chunking does not change a run: what follows is what would have been.
 */
import { guard } from '../gpu/guard.ts';
import type { Schedule } from './webgpuSchedule.ts';

export interface Checkpoint {
  /** Contents of the buffers that change, by variable name. */
  readonly state: Readonly<Record<string, ArrayBuffer>>;
  /** What is still to be done. */
  readonly rest: Schedule;
  /** Recorded times before. */
  readonly recorded: number;
}

/** Contents of the buffers when the device has done what was submitted before. */
export async function copyOf(
  device: GPUDevice,
  buffers: Readonly<Record<string, GPUBuffer>>,
): Promise<Record<string, ArrayBuffer>> {
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const staging: GPUBuffer[] = [];
  try {
    const contents = await guard(device, () => {
      const encoder = device.createCommandEncoder({ label: 'checkpoint' });
      for (const [name, { size }] of Object.entries(buffers)) {
        const copy = device.createBuffer({ label: `checkpoint ${name}`, size, usage });
        staging.push(copy);
        encoder.copyBufferToBuffer(buffers[name]!, 0, copy, 0, size);
      }
      device.queue.submit([encoder.finish()]);
      return Promise.all(
        staging.map((copy) => copy.mapAsync(GPUMapMode.READ).then(() => copy.getMappedRange().slice(0))),
      );
    });
    return Object.fromEntries(Object.keys(buffers).map((name, i) => [name, contents[i]!]));
  } finally {
    for (const copy of staging) copy.destroy();
  }
}

/** Least milliseconds from one checkpoint to the next, and as a multiple of the time that one takes. */
const INTERVAL = 2000;
const RARITY = 50;

/** When to take checkpoints: so seldom that they take 2 % of the time at most. */
export class Rhythm {
  readonly #interval: number;
  #next: number;

  constructor(interval = INTERVAL) {
    this.#interval = interval;
    this.#next = performance.now() + interval;
  }

  /** Whether it is time for one; if so, for no other before `record`. */
  take(): boolean {
    const due = performance.now() >= this.#next;
    if (due) this.#next = Infinity;
    return due;
  }

  /** Take note of what the last one took. */
  record(milliseconds: number): void {
    this.#next = performance.now() + Math.max(this.#interval, RARITY * milliseconds);
  }
}
