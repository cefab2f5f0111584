/** Histograms on the device: counts coordinates after a recorded time, in the same pass. */
import type { Program } from '../gpu/compile.ts';
import { countsOf, type Histogram } from './histogram.ts';
import type { Buffers } from './webgpuBuffers.ts';

/** Bytes of a member of `ranges`. */
const RANGE = 16;

/** What the shader's code takes as constants. */
export function histogramConstants(
  { bins, groups, index }: Histogram,
  slots: number,
): Record<string, number> {
  return { BINS: bins, GROUPS: groups, QUANTITY: index, SLOTS: slots };
}

export interface BinningOptions {
  readonly histogram: Histogram;
  /** Times in one submit at most. */
  readonly slots: number;
  /** Bytes of a span. */
  readonly spanSize: number;
}

export class Binning {
  readonly histogram: Histogram;
  readonly #program: Program;
  readonly #buffers: Buffers;
  readonly #groups: GPUBindGroup[];
  readonly #ranges: Float32Array<ArrayBuffer>;

  /** @param buffers of the process, `groupOf` among them */
  constructor(program: Program, { histogram, slots, spanSize }: BinningOptions, buffers: Buffers) {
    this.#program = program;
    this.#buffers = buffers;
    this.histogram = histogram;
    this.#ranges = new Float32Array((slots * histogram.groups * RANGE) / 4);
    buffers.allocate('ranges', this.#ranges.byteLength);
    buffers.allocate('counts', slots * this.slotSize);
    this.#groups = buffers.bind(program, spanSize);
  }

  /** Bytes of the counts of one slot. */
  get slotSize(): number {
    return 4 * countsOf(this.histogram);
  }

  /** The counts of the first `slots` slots, for reading back. */
  source(slots: number): { buffer: GPUBuffer; size: number } {
    return { buffer: this.#buffers.get('counts'), size: slots * this.slotSize };
  }

  /** Before the pass. `rows`: the row that each slot counts, −1 for none. */
  prepare(encoder: GPUCommandEncoder, rows: readonly number[]): void {
    const { bins, groups, ranges } = this.histogram;
    rows.forEach((row, slot) => {
      for (let group = 0; group < groups && row >= 0; group++) {
        const [low, high] = ranges.subarray(2 * (row * groups + group));
        this.#ranges.set([low!, bins / (high! - low!)], (slot * groups + group) * (RANGE / 4));
      }
    });
    this.#buffers.write('ranges', this.#ranges);
    encoder.clearBuffer(this.#buffers.get('counts'), 0, rows.length * this.slotSize);
  }

  /** Counts all runs as they stand, for the slot in the span at byte `offset`. */
  encode(pass: GPUComputePassEncoder, offset: number, runs: number): void {
    pass.setPipeline(this.#program.pipelines['main']!);
    this.#groups.forEach((group, index) => pass.setBindGroup(index, group, index === 0 ? [offset] : []));
    pass.dispatchWorkgroups(runs);
  }

  /** The counts of a slot among bytes that start with those of slot 0. */
  countsAt(bytes: ArrayBuffer, start: number, slot: number): Uint32Array {
    return new Uint32Array(bytes.slice(start + slot * this.slotSize, start + (slot + 1) * this.slotSize));
  }
}
