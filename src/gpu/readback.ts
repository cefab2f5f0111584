/** Bringing results back without waiting for each: a ring of staging buffers, each in flight on its own. */

export class ReadbackRing {
  readonly #device: GPUDevice;
  readonly #staging: GPUBuffer[];
  readonly #free: GPUBuffer[];
  #destroyed = false;

  /** `count` staging buffers of `size` bytes. */
  constructor(device: GPUDevice, label: string, size: number, count: number) {
    this.#device = device;
    this.#staging = Array.from({ length: count }, (_, i) =>
      device.createBuffer({
        label: `${label} staging ${i}`,
        size,
        usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
      }),
    );
    this.#free = [...this.#staging];
  }

  /** How many more submits can be in flight. */
  get available(): number {
    return this.#free.length;
  }

  /**
   * Submit what `encoder` holds, followed by copies of the first bytes of `sources`; resolves with these bytes,
   * one source after the other, when the device has done it all, or with undefined when the ring was destroyed
   * meanwhile.
   */
  async submit(
    encoder: GPUCommandEncoder,
    sources: readonly { buffer: GPUBuffer; size: number }[],
  ): Promise<ArrayBuffer | undefined> {
    const staging = this.#free.pop();
    if (!staging) throw new Error('expected a free staging buffer');
    let size = 0;
    for (const source of sources) {
      encoder.copyBufferToBuffer(source.buffer, 0, staging, size, source.size);
      size += source.size;
    }
    this.#device.queue.submit([encoder.finish()]);
    try {
      await staging.mapAsync(GPUMapMode.READ, 0, size);
    } catch (error) {
      // destroy() rejects what is pending; nobody waits for it any more.
      if (this.#destroyed && error instanceof DOMException && error.name === 'AbortError') return undefined;
      throw error;
    }
    if (this.#destroyed) return undefined;
    const bytes = staging.getMappedRange(0, size).slice(0);
    staging.unmap();
    this.#free.push(staging);
    return bytes;
  }

  destroy(): void {
    this.#destroyed = true;
    for (const buffer of this.#staging) buffer.destroy();
  }
}
