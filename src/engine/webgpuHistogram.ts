/** Histograms on the device: counts coordinates after a recorded time, in the same pass. */
import type { Program } from '../gpu/compile.ts';
import { countsOf, type Histogram } from './histogram.ts';
import { pack } from './webgpuData.ts';

type Buffers = Readonly<Record<string, GPUBuffer>>;

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
  /** Of the process. */
  readonly label: string;
  readonly histogram: Histogram;
  /** Group of each coordinate. */
  readonly groupOf: Uint8Array;
  /** Times in one submit at most. */
  readonly slots: number;
  /** Bytes of a span. */
  readonly spanSize: number;
}

export class Binning {
  readonly histogram: Histogram;
  readonly #device: GPUDevice;
  readonly #program: Program;
  readonly #own: Buffers;
  readonly #groups: GPUBindGroup[];
  readonly #ranges: Float32Array<ArrayBuffer>;

  /** @param known buffers of the process, by variable name */
  constructor(
    device: GPUDevice,
    program: Program,
    { label, histogram, groupOf, slots, spanSize }: BinningOptions,
    known: Buffers,
  ) {
    this.#device = device;
    this.#program = program;
    this.histogram = histogram;
    this.#ranges = new Float32Array((slots * histogram.groups * RANGE) / 4);
    const create = (name: string, size: number, usage: number) =>
      device.createBuffer({ label: `${label} ${name}`, size, usage: usage | GPUBufferUsage.COPY_DST });
    const packed = pack('groupOf', Float32Array.from(groupOf), 'array<vec4f>', groupOf.length, -1);
    this.#own = {
      groupOf: create('groupOf', packed.byteLength, GPUBufferUsage.STORAGE),
      ranges: create('ranges', this.#ranges.byteLength, GPUBufferUsage.UNIFORM),
      counts: create('counts', slots * this.slotSize, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC),
    };
    device.queue.writeBuffer(this.#own['groupOf']!, 0, packed);
    const buffers: Buffers = { ...known, ...this.#own };
    this.#groups = program.layouts.map((layout, group) =>
      device.createBindGroup({
        label: `${label} histogram group ${group}`,
        layout,
        entries: Object.entries(program.bindings)
          .filter(([, binding]) => binding.group === group)
          .map(([name, { binding }]) => {
            const buffer = buffers[name];
            if (!buffer) throw new Error(`${label} histogram: the process has no array ${name}`);
            return { binding, resource: name === 'span' ? { buffer, size: spanSize } : { buffer } };
          }),
      }),
    );
  }

  /** Bytes of the counts of one slot. */
  get slotSize(): number {
    return 4 * countsOf(this.histogram);
  }

  /** The counts of the first `slots` slots, for reading back. */
  source(slots: number): { buffer: GPUBuffer; size: number } {
    return { buffer: this.#own['counts']!, size: slots * this.slotSize };
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
    this.#device.queue.writeBuffer(this.#own['ranges']!, 0, this.#ranges);
    encoder.clearBuffer(this.#own['counts']!, 0, rows.length * this.slotSize);
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

  destroy(): void {
    for (const buffer of Object.values(this.#own)) buffer.destroy();
  }
}
