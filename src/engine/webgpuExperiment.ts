/** One job on the device: its buffers, and submits of dispatches whose statistics come back. */
import type { Program } from '../gpu/compile.ts';
import { guard } from '../gpu/guard.ts';
import { readerOf, sizeOf, structOf, writeStruct, type Struct } from '../gpu/layout.ts';
import { ReadbackRing } from '../gpu/readback.ts';
import { millisecondsIn, PassTimer } from '../gpu/timer.ts';
import type { Frame, Segment } from '../models/model.ts';
import type { Job } from './engine.ts';
import type { Buffers } from './webgpuBuffers.ts';
import { copyOf } from './webgpuCheckpoint.ts';
import type { Design } from './webgpuDesign.ts';
import { NONE } from './webgpuData.ts';
import { Binning } from './webgpuHistogram.ts';
import { reached, timeOfStep, type Dispatch, type Most } from './webgpuSchedule.ts';

/** To one submit; each dispatch has its span, each record its slot. */
export const MOST: Most = { dispatches: 1024, records: 256 };
/** Bytes of statistics that one submit brings back at most, if it records more than once. */
const MOST_BYTES = 2 ** 22;
/** Submits in flight at most. */
const STAGING_BUFFERS = 3;

export interface Result {
  readonly frames: Frame[];
  /** Milliseconds that the device took; undefined where it cannot tell. */
  readonly milliseconds: number | undefined;
}

export class Experiment {
  readonly #device: GPUDevice;
  readonly #program: Program;
  readonly #design: Design;
  readonly #job: Job;
  readonly #plan: readonly Segment[];
  readonly #runs: number;
  readonly #first: number;
  readonly #span: Struct;
  readonly #statistics: Struct;
  readonly #spanStride: number;
  /** What a submit may hold. */
  readonly most: Most;
  readonly #buffers: Buffers;
  readonly #groups: GPUBindGroup[];
  readonly #ring: ReadbackRing;
  readonly #timer: PassTimer | undefined;
  readonly #binning: Binning | undefined;
  #recorded: number;

  /**
   * `counter`: the program of the job's histogram, if it has one; `buffers` hold the state after `recorded` times.
   */
  constructor(
    device: GPUDevice,
    design: Design,
    program: Program,
    job: Job,
    plan: readonly Segment[],
    counter: Program | undefined,
    buffers: Buffers,
    recorded: number,
  ) {
    this.#device = device;
    this.#program = program;
    this.#design = design;
    this.#job = job;
    this.#plan = plan;
    this.#runs = Number(job.config.runs);
    this.#first = job.first ?? 0;
    this.#buffers = buffers;
    this.#recorded = recorded;
    this.#span = structOf(program.code, 'Span');
    this.#statistics = structOf(program.code, 'Statistics');
    this.#spanStride = device.limits.minUniformBufferOffsetAlignment;
    const records = Math.min(MOST.records, Math.max(1, Math.floor(MOST_BYTES / this.#slotSize)));
    this.most = { ...MOST, records };
    const slots = records * this.#slotSize;
    buffers.allocate('span', MOST.dispatches * this.#spanStride);
    buffers.allocate('statistics', slots);
    for (const [name, length] of Object.entries(design.scratch)) buffers.allocate(name, 4 * length);
    this.#groups = buffers.bind(program, sizeOf(this.#span));
    this.#timer = device.features.has('timestamp-query') ? new PassTimer(device, job.process) : undefined;
    const { histogram } = job;
    if (counter && histogram) {
      const options = { histogram, slots: MOST.records, spanSize: sizeOf(this.#span) };
      this.#binning = new Binning(counter, options, buffers);
    }
    const counts = this.#binning?.source(records).size ?? 0;
    const size = slots + counts + (this.#timer?.result.size ?? 0);
    this.#ring = new ReadbackRing(device, job.process, size, STAGING_BUFFERS);
  }

  /** Bytes of the statistics of all runs at one time. */
  get #slotSize(): number {
    return this.#runs * sizeOf(this.#statistics);
  }

  /** Whether the kernel lets a step be cut into pieces. */
  get cuttable(): boolean {
    return /\bspan\.run\b/.test(this.#program.code);
  }

  /** Recorded times submitted so far. */
  get recorded(): number {
    return this.#recorded;
  }

  /** What the kernel has written, statistics aside, when all submits so far are done; undefined where it is too large. */
  state(): Promise<Record<string, ArrayBuffer> | undefined> {
    const changing = Object.entries(this.#buffers.all).filter(
      ([name]) =>
        name !== 'statistics' &&
        !Object.hasOwn(this.#design.scratch, name) &&
        this.#program.bindings[name]?.kind === 'storage',
    );
    return copyOf(this.#device, Object.fromEntries(changing));
  }

  /** Whether another submit may go into flight. */
  get ready(): boolean {
    return this.#ring.available > 0;
  }

  /** Run the dispatches; resolves with the frames they record, or with undefined when destroyed meanwhile. */
  submit(dispatches: readonly Dispatch[]): Promise<Result | undefined> {
    return guard(this.#device, () => this.#submit(dispatches));
  }

  async #submit(dispatches: readonly Dispatch[]): Promise<Result | undefined> {
    const encoder = this.#device.createCommandEncoder({ label: this.#job.process });
    const ends = dispatches.flatMap((dispatch) => reached(dispatch) ?? []);
    const rows = ends.map((_, slot) => this.#job.histogram?.rows[this.#recorded + slot] ?? -1);
    this.#recorded += ends.length;
    this.#binning?.prepare(encoder, rows);
    this.#encode(encoder, dispatches, rows);
    this.#timer?.resolve(encoder);
    const statistics = ends.length * this.#slotSize;
    const sources = [{ buffer: this.#buffers.get('statistics'), size: statistics }];
    if (this.#binning) sources.push(this.#binning.source(ends.length));
    const size = sources.reduce((sum, source) => sum + source.size, 0);
    if (this.#timer) sources.push({ buffer: this.#timer.result, size: this.#timer.result.size });
    const bytes = await this.#ring.submit(encoder, sources);
    if (!bytes) return undefined;
    const view = new DataView(bytes);
    const frames = ends.map((end, slot) => {
      const counts = rows[slot]! < 0 ? undefined : this.#binning?.countsAt(bytes, statistics, slot);
      return { ...this.#frame(view, slot, end), ...(counts && { counts }) };
    });
    return { frames, milliseconds: this.#timer && millisecondsIn(bytes, size) };
  }

  #encode(encoder: GPUCommandEncoder, dispatches: readonly Dispatch[], rows: readonly number[]): void {
    const spans = new DataView(new ArrayBuffer(dispatches.length * this.#spanStride));
    const pass = encoder.beginComputePass({
      label: this.#job.process,
      ...(this.#timer && { timestampWrites: this.#timer.writes }),
    });
    const select = () => this.#groups.slice(1).forEach((group, index) => pass.setBindGroup(index + 1, group));
    select();
    let slots = 0;
    dispatches.forEach((dispatch, number) => {
      const { step, steps, t, dt, end } = dispatch;
      const { part, run, calls } = this.#design.calls(dispatch);
      const offset = number * this.#spanStride;
      // All pieces of a step write to the same slot.
      const slot = end === undefined ? NONE : slots;
      if (reached(dispatch) !== undefined) slots++;
      writeStruct(spans, offset, this.#span, { step, steps, slot, part, run, first: this.#first, t, dt });
      pass.setBindGroup(0, this.#groups[0]!, [offset]);
      for (const { entry, x, y } of calls) {
        pass.setPipeline(this.#program.pipelines[entry]!);
        pass.dispatchWorkgroups(x, y);
      }
      if (!this.#binning || reached(dispatch) === undefined || rows[slot]! < 0) return;
      this.#binning.encode(pass, offset, this.#runs);
      select();
    });
    pass.end();
    this.#buffers.write('span', spans);
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
    this.#timer?.destroy();
    this.#buffers.destroy();
  }
}
