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

/** Bytes that this thread copies at once: it takes about a millisecond. */
const PART = 2 ** 21;
/** Bytes of a state that is kept. A larger one would double what a run needs; its runs start over. */
const MOST = 2 ** 28;

/**
 * Contents of the buffers when the device has done what was submitted before; undefined where they are too large to
 * be kept. The device copies all of them at once; from there they come part by part.
 */
export async function copyOf(
  device: GPUDevice,
  buffers: Readonly<Record<string, GPUBuffer>>,
): Promise<Record<string, ArrayBuffer> | undefined> {
  const all = Object.entries(buffers);
  if (all.reduce((sum, [, { size }]) => sum + size, 0) > MOST) return undefined;
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const parts = all.flatMap(([name, buffer]) =>
    Array.from({ length: Math.ceil(buffer.size / PART) }, (_, i) => {
      const size = Math.min(PART, buffer.size - i * PART);
      return { name, buffer, offset: i * PART, size };
    }),
  );
  const contents = Object.fromEntries(all.map(([name, { size }]) => [name, new ArrayBuffer(size)]));
  const staging: GPUBuffer[] = [];
  try {
    await guard(device, () => {
      const encoder = device.createCommandEncoder({ label: 'checkpoint' });
      for (const { name, buffer, offset, size } of parts) {
        const copy = device.createBuffer({ label: `checkpoint ${name} from ${offset}`, size, usage });
        staging.push(copy);
        encoder.copyBufferToBuffer(buffer, offset, copy, 0, size);
      }
      device.queue.submit([encoder.finish()]);
    });
    for (const [i, { name, offset }] of parts.entries()) {
      const copy = staging[i]!;
      // One after the other: what comes at once is copied at once, and the page waits.
      await copy.mapAsync(GPUMapMode.READ);
      new Uint8Array(contents[name]!).set(new Uint8Array(copy.getMappedRange()), offset);
      copy.destroy();
    }
    return contents;
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
