/** Runs the WGSL kernels of any model. Knows no physics: structs and bindings are matched by name. */
import type { Constants, Program } from '../gpu/compile.ts';
import { requestGpu, type Gpu } from '../gpu/device.ts';
import { guard, OutOfMemory } from '../gpu/guard.ts';
import type { Frame, Kernel } from '../models/model.ts';
import type { Engine, Job } from './engine.ts';
import { Failure } from './failure.ts';
import { Gate } from './gate.ts';
import type { Histogram } from './histogram.ts';
import { Pace } from './pace.ts';
import type { Pool } from './pool.ts';
import { sideBySide } from './sideBySide.ts';
import { startOf } from './startState.ts';
import { Buffers } from './webgpuBuffers.ts';
import { Rhythm, type Checkpoint } from './webgpuCheckpoint.ts';
import { NONE, shaderOf } from './webgpuData.ts';
import { designOf, type Design, type Host } from './webgpuDesign.ts';
import { DeviceLost, Devices, type Held } from './webgpuDevices.ts';
import { Experiment, MOST } from './webgpuExperiment.ts';
import { framesOf } from './webgpuFrames.ts';
import { groupsOn } from './webgpuGroups.ts';
import { histogramConstants } from './webgpuHistogram.ts';
import { refusalOf } from './webgpuRefusal.ts';
import { Schedule } from './webgpuSchedule.ts';

export interface WebgpuEngine {
  readonly engine: Engine;
  /** Whether the adapter is emulated on the CPU: correct, but slower than the CPU engine. */
  readonly software: boolean;
}

/** The engine, or one sentence that says why there is none. */
export async function createWebgpuEngine(): Promise<WebgpuEngine | string> {
  const gpu = await requestGpu();
  return typeof gpu === 'string' ? gpu : { engine: webgpuEngineOn(gpu), software: gpu.software };
}

/** Some runs of a job on the device. */
interface Part {
  readonly job: Job;
  readonly signal: AbortSignal;
  readonly gate: Gate;
  /** Numbers that an array may have that keeps as many as it has room for. */
  readonly most: number;
}

/** Losses of the device after which a run gives up: the second one may well be the run's own fault. */
const MOST_LOSSES = 2;

async function compileKernel(
  { compiler, gpu }: Held,
  label: string,
  { modules, constants, entries }: Design,
): Promise<Program> {
  const subgroups = gpu.device.features.has('subgroups');
  const fitting = (await modules()).map((module) => (subgroups && module.subgroups) || module);
  return compiler(label, fitting, constants, ['span'], entries);
}

/** The kernel that counts coordinates. */
async function compileCounter(
  { compiler }: Held,
  kernel: Kernel,
  shape: Constants,
  histogram: Histogram,
): Promise<Program> {
  const { label } = kernel;
  const modules = await shaderOf(kernel).coordinates?.();
  if (!modules) throw new Error(`${label}: the model has no coordinates to count`);
  const constants = { ...shape, ...histogramConstants(histogram, MOST.records) };
  return compiler(`${label} histogram`, modules, constants, ['span']);
}

export interface WebgpuOptions {
  /** Finds a new device when one is lost. */
  readonly request?: () => Promise<Gpu | string>;
  /** Least milliseconds between two checkpoints of a run. */
  readonly interval?: number;
  /** Workers that make large start states; without them this thread does. */
  readonly pool?: Pool;
  /** Numbers that an array may hold where that is fewer than the device allows. */
  readonly most?: number;
}

/** The engine on a given device. */
export function webgpuEngineOn(
  first: Gpu,
  { request = requestGpu, interval, pool, most = Infinity }: WebgpuOptions = {},
): Engine {
  const devices = new Devices(first, request);

  function hostOf({ gpu: { device, software } }: Held): Host {
    const { maxStorageBufferBindingSize, maxBufferSize } = device.limits;
    const allowed = Math.floor(Math.min(maxStorageBufferBindingSize, maxBufferSize) / 4);
    return { software, most: Math.min(most, allowed) };
  }

  const refusal = (job: Job) => refusalOf(job, hostOf(devices.held));

  /** The frames from a checkpoint on, or from the start, until the device is lost. */
  async function* attempt(
    held: Held,
    { job, signal, gate, most: room }: Part,
    from: Checkpoint | undefined,
    keep: (checkpoint: Checkpoint) => void,
  ): AsyncGenerator<Frame> {
    const { gpu } = held;
    const kernel = job.model.processes[job.process]!;
    const plan = kernel.plan(job.config, job.saveAt);
    const design = designOf(shaderOf(kernel), job.config, { ...hostOf(held), most: room });
    if (!design) throw new RangeError(`${kernel.label}: no kernel for this dimension`);
    const failure = new Failure();
    const unwatch = held.watch(failure);
    const label = kernel.label;
    const making = new AbortController();
    let buffers: Buffers | undefined;
    let experiment: Experiment | undefined;
    const destroy = () => {
      making.abort();
      buffers?.destroy();
      experiment?.destroy();
    };
    const abort = () => {
      failure.fail(signal.reason);
      destroy();
    };
    signal.addEventListener('abort', abort);
    try {
      const program = await failure.race(compileKernel(held, label, design));
      const counter =
        job.histogram && (await failure.race(compileCounter(held, kernel, design.constants, job.histogram)));
      const [dimension, runs, seed] = [
        Number(job.config.dimension),
        Number(job.config.runs),
        Number(job.config.seed),
      ];
      const params = { dimension, runs, seed };
      const filled = (buffers = new Buffers(gpu.device, { label, program, counter, params }));
      const types = Object.entries(program.bindings).map(([name, { type }]) => [name, type] as const);
      const filling = filled.fill(startOf(job, Object.fromEntries(types), !from, making.signal, pool, gate));
      await failure.race(filling);
      const created = guard(gpu.device, () => {
        const state = from?.state ?? { blowUpStep: new Uint32Array(runs).fill(NONE) };
        for (const [name, values] of Object.entries(state)) filled.write(name, values);
        const recorded = from?.recorded ?? 0;
        return (experiment = new Experiment(
          gpu.device,
          design,
          program,
          job,
          plan,
          counter,
          filled,
          recorded,
        ));
      });
      yield* framesOf({
        experiment: await failure.race(created),
        schedule: from?.rest.copy() ?? new Schedule(plan, design),
        pace: new Pace(Number(job.config.runs) * kernel.cost(job.config)),
        rhythm: new Rhythm(interval),
        failure,
        signal,
        gate,
        keep,
      });
    } finally {
      unwatch();
      signal.removeEventListener('abort', abort);
      destroy();
    }
  }

  function prepare(job: Job): void {
    if (refusal(job) !== undefined) return;
    const { held } = devices;
    const kernel = job.model.processes[job.process]!;
    const design = designOf(shaderOf(kernel), job.config, hostOf(held))!;
    compileKernel(held, kernel.label, design).catch(() => undefined);
  }

  async function* run(job: Job, signal: AbortSignal, gate = new Gate()): AsyncGenerator<Frame> {
    signal.throwIfAborted();
    const refused = refusal(job);
    if (refused !== undefined) throw new RangeError(refused);
    const { config, process, model } = job;
    const groups = groupsOn(hostOf(devices.held), shaderOf(model.processes[process]!), config);
    const streams = groups.map(({ first, runs, most: room }) =>
      runGroup({ job: { ...job, config: { ...config, runs }, first }, signal, gate, most: room }),
    );
    const shares = groups.map(({ first, runs }) => Array.from({ length: runs }, (_, i) => first + i));
    try {
      yield* sideBySide(streams, shares);
    } catch (error) {
      if (!(error instanceof OutOfMemory)) throw error;
      throw new RangeError(
        `${config.runs} runs in dimension ${config.dimension} do not fit into the memory of this WebGPU device: lower the dimension or the number of runs.`,
      );
    }
  }

  async function* runGroup(part: Part): AsyncGenerator<Frame> {
    let { held } = devices;
    let checkpoint: Checkpoint | undefined;
    let delivered = 0;
    for (let losses = 0; ; held = await devices.after(held)) {
      let index = checkpoint?.recorded ?? 0;
      try {
        for await (const frame of attempt(held, part, checkpoint, (each) => (checkpoint = each))) {
          if (index++ < delivered) continue;
          delivered++;
          yield frame;
        }
        return;
      } catch (error) {
        if (!(error instanceof DeviceLost)) throw error;
        if (++losses === MOST_LOSSES) {
          throw new Error(`The WebGPU device was lost twice: ${error.message}`);
        }
      }
      part.signal.throwIfAborted();
    }
  }

  return {
    name: 'webgpu',
    get device() {
      return devices.held.gpu.label;
    },
    refusal,
    prepare,
    run,
  };
}
