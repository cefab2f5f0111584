/** One job on the device: its buffers, and submits of dispatches whose statistics come back. */
import type { Constants, Program } from '../gpu/compile.ts';
import { readerOf, sizeOf, structOf, writeStruct, type Struct } from '../gpu/layout.ts';
import { ReadbackRing } from '../gpu/readback.ts';
import type { Frame, Segment } from '../models/model.ts';
import type { Job } from './engine.ts';
import { timeOfStep, type Dispatch } from './webgpuSchedule.ts';

/** Dispatches in one submit at most; each has its span and its slot of statistics. */
export const MAX_DISPATCHES = 256;
/** Submits in flight at most. */
const STAGING_BUFFERS = 3;
/** As in shaders/lib/span.wgsl. */
const NONE = 0xffffffff;

/** Invocations per workgroup (a power of two, 16 … 256) and vec4f per invocation (8 at most, emulated 64). */
export function shapeOf(dimension: number, software: boolean): Constants {
  // Emulated invocations are coroutines with a stack each: few of them, with long loops, are up to 3 times faster.
  const wanted = software ? Math.max(16, dimension / 256) : 256;
  const WIDTH = 2 ** Math.ceil(Math.log2(wanted));
  return { WIDTH, CHUNK: Math.ceil(dimension / 4 / WIDTH) };
}

/** Bring an array into the order of its binding: coordinate w⌈d/4⌉ + j is component w of vec4f number j. */
export function pack(values: Float32Array, type: string, padding: number): Float32Array<ArrayBuffer> {
  if (type !== 'array<vec4f>') return new Float32Array(values);
  const blocks = Math.ceil(values.length / 4);
  return Float32Array.from({ length: 4 * blocks }, (_, at) => {
    return values[(at & 3) * blocks + (at >> 2)] ?? padding;
  });
}

export class Experiment {
  readonly #device: GPUDevice;
  readonly #program: Program;
  readonly #job: Job;
  readonly #plan: readonly Segment[];
  readonly #runs: number;
  readonly #span: Struct;
  readonly #statistics: Struct;
  readonly #spanStride: number;
  readonly #buffers: Record<string, GPUBuffer> = {};
  readonly #groups: GPUBindGroup[];
  readonly #ring: ReadbackRing;

  constructor(device: GPUDevice, program: Program, job: Job, plan: readonly Segment[]) {
    this.#device = device;
    this.#program = program;
    this.#job = job;
    this.#plan = plan;
    this.#runs = Number(job.config.runs);
    this.#span = structOf(program.code, 'Span');
    this.#statistics = structOf(program.code, 'Statistics');
    this.#spanStride = device.limits.minUniformBufferOffsetAlignment;
    const slots = MAX_DISPATCHES * this.#slotSize;
    this.#allocate('span', MAX_DISPATCHES * this.#spanStride);
    this.#allocate('statistics', slots);
    this.#upload('blowUpStep', new Uint32Array(this.#runs).fill(NONE));
    this.#uploadModel();
    this.#ring = new ReadbackRing(device, job.process, slots, STAGING_BUFFERS);
    this.#groups = program.layouts.map((layout, group) => this.#bind(layout, group));
  }

  get #slotSize(): number {
    return this.#runs * sizeOf(this.#statistics);
  }

  #allocate(name: string, size: number, mappedAtCreation = false): GPUBuffer {
    const binding = this.#program.bindings[name];
    if (!binding) throw new Error(`${this.#job.process}: the shader has no binding ${name}`);
    const usage = binding.kind === 'uniform' ? GPUBufferUsage.UNIFORM : GPUBufferUsage.STORAGE;
    const buffer = this.#device.createBuffer({
      label: `${this.#job.process} ${name}`,
      size,
      usage: usage | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
      mappedAtCreation,
    });
    this.#buffers[name] = buffer;
    return buffer;
  }

  /** A buffer with these contents, one after the other. */
  #upload(name: string, ...parts: (Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | DataView)[]): void {
    const size = parts.reduce((sum, part) => sum + part.byteLength, 0);
    const buffer = this.#allocate(name, size, true);
    const bytes = new Uint8Array(buffer.getMappedRange());
    let at = 0;
    for (const part of parts) {
      bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
      at += part.byteLength;
    }
    buffer.unmap();
  }

  #uploadModel(): void {
    const { model, process, config } = this.#job;
    const { shader } = model.processes[process]!;
    const instance = model.instance(config);
    const packed = (name: string, values: Float32Array) =>
      pack(values, this.#program.bindings[name]?.type ?? '', shader.padding[name] ?? 0);

    const struct = structOf(this.#program.code, 'Params');
    const params = new DataView(new ArrayBuffer(sizeOf(struct)));
    const { dimension, runs, seed } = config;
    writeStruct(params, 0, struct, {
      ...shader.params(config, instance),
      dimension: Number(dimension),
      runs: Number(runs),
      seed: Number(seed),
    });
    this.#upload('params', params);
    for (const [name, values] of Object.entries(shader.instance(config, instance))) {
      this.#upload(name, packed(name, values));
    }
    const states = Array.from({ length: this.#runs }, (_, run) => shader.state(config, instance, run));
    for (const name of Object.keys(states[0]!)) {
      this.#upload(name, ...states.map((state) => packed(name, state[name]!)));
    }
  }

  #bind(layout: GPUBindGroupLayout, group: number): GPUBindGroup {
    const bindings = Object.entries(this.#program.bindings).filter(([, b]) => b.group === group);
    return this.#device.createBindGroup({
      label: `${this.#job.process} group ${group}`,
      layout,
      entries: bindings.map(([name, { binding }]) => {
        const buffer = this.#buffers[name];
        if (!buffer) throw new Error(`${this.#job.process}: the model gives no array ${name}`);
        return { binding, resource: name === 'span' ? { buffer, size: sizeOf(this.#span) } : { buffer } };
      }),
    });
  }

  /** Whether another submit may go into flight. */
  get ready(): boolean {
    return this.#ring.available > 0;
  }

  /** Run the dispatches; resolves with the frames they record, undefined when destroyed meanwhile. */
  async submit(dispatches: readonly Dispatch[]): Promise<Frame[] | undefined> {
    const { process } = this.#job;
    const spans = new DataView(new ArrayBuffer(dispatches.length * this.#spanStride));
    const encoder = this.#device.createCommandEncoder({ label: process });
    const pass = encoder.beginComputePass({ label: process });
    pass.setPipeline(this.#program.pipeline);
    this.#groups.forEach((group, index) => {
      if (index > 0) pass.setBindGroup(index, group);
    });
    dispatches.forEach(({ step, steps, t, dt, end }, slot) => {
      const offset = slot * this.#spanStride;
      const used = end === undefined ? NONE : slot;
      writeStruct(spans, offset, this.#span, { step, steps, slot: used, t, dt });
      pass.setBindGroup(0, this.#groups[0]!, [offset]);
      pass.dispatchWorkgroups(this.#runs);
    });
    pass.end();
    this.#device.queue.writeBuffer(this.#buffers.span!, 0, spans);
    const size = dispatches.length * this.#slotSize;
    const bytes = await this.#ring.submit(encoder, this.#buffers.statistics!, size);
    if (!bytes) return undefined;
    const view = new DataView(bytes);
    return dispatches.flatMap(({ end }, slot) => (end === undefined ? [] : [this.#frame(view, slot, end)]));
  }

  #frame(view: DataView, slot: number, t: number): Frame {
    const size = sizeOf(this.#statistics);
    const all = (name: string) => {
      const read = readerOf(this.#statistics, name);
      const first = slot * this.#slotSize;
      return Float64Array.from({ length: this.#runs }, (_, run) => read(view, first + run * size));
    };
    const blowUp = all('blowUpStep').map((step) => (step === NONE ? NaN : timeOfStep(this.#plan, step)));
    const finite = (name: string) => all(name).map((value, run) => (Number.isNaN(blowUp[run]) ? value : NaN));
    const values = Object.fromEntries(this.#job.model.statistics.map((name) => [name, finite(name)]));
    return { t, values, blowUp };
  }

  destroy(): void {
    this.#ring.destroy();
    for (const buffer of Object.values(this.#buffers)) buffer.destroy();
  }
}
