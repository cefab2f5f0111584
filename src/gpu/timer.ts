/** Time that a compute pass takes on the device, where it can tell. */

const BYTES = 16;

export class PassTimer {
  readonly #queries: GPUQuerySet;
  /** After resolve(), the times at start and end of the pass. */
  readonly result: GPUBuffer;

  constructor(device: GPUDevice, label: string) {
    this.#queries = device.createQuerySet({ label, type: 'timestamp', count: 2 });
    this.result = device.createBuffer({
      label: `${label} timestamps`,
      size: BYTES,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
  }

  /** What the descriptor of the pass takes. */
  get writes(): GPUComputePassTimestampWrites {
    return { querySet: this.#queries, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 };
  }

  /** After the pass, on the same encoder. */
  resolve(encoder: GPUCommandEncoder): void {
    encoder.resolveQuerySet(this.#queries, 0, 2, this.result, 0);
  }

  destroy(): void {
    this.#queries.destroy();
    this.result.destroy();
  }
}

/** Milliseconds between the two times that `bytes` of a timer's result hold. */
export function millisecondsIn(bytes: ArrayBuffer, offset: number): number {
  const view = new DataView(bytes);
  return Number(view.getBigUint64(offset + 8, true) - view.getBigUint64(offset, true)) * 1e-6;
}
