/** Runs the WGSL kernels of any model. Knows no physics: structs and bindings are matched by name. */
import type { AnyConfig } from '../config/parameter.ts';
import { createCompiler, type Constants, type Program } from '../gpu/compile.ts';
import { requestGpu, type Gpu } from '../gpu/device.ts';
import type { Frame, Kernel } from '../models/model.ts';
import type { Engine, Job } from './engine.ts';
import type { Histogram } from './histogram.ts';
import { shapeOf } from './webgpuData.ts';
import { Experiment, MAX_DISPATCHES, type Result } from './webgpuExperiment.ts';
import { histogramConstants } from './webgpuHistogram.ts';
import { Pace } from './pace.ts';
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

/** Rejects when the signal aborts, the device is lost or an error escapes; `stop` ends the watch. */
function watch(gpu: Gpu, signal: AbortSignal): { failure: Promise<never>; stop: () => void } {
  let reject: (reason: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, no) => (reject = no));
  const aborted = () => reject(signal.reason);
  const escaped = (event: GPUUncapturedErrorEvent) => reject(new Error(`WebGPU: ${event.error.message}`));
  signal.addEventListener('abort', aborted);
  gpu.device.addEventListener('uncapturederror', escaped);
  void gpu.lost.then((reason) => reject(new Error(`The WebGPU device was lost: ${reason}`)));
  // It is awaited in races; between two of them a rejection must not count as unhandled.
  failure.catch(() => undefined);
  const stop = () => {
    signal.removeEventListener('abort', aborted);
    gpu.device.removeEventListener('uncapturederror', escaped);
  };
  return { failure, stop };
}

/** The engine on a given device. */
export function webgpuEngineOn(gpu: Gpu): Engine {
  const compiler = createCompiler(gpu.device);

  function refusal({ model, process, config }: Job): string | undefined {
    const { shader } = model.processes[process]!;
    const { maxDimension } = shader;
    if (Number(config.dimension) <= maxDimension) return shader.refusal?.(config);
    return `Dimension ${String(config.dimension)} is more than the ${maxDimension} coordinates that the WebGPU engine holds.`;
  }

  async function compileKernel(
    { label, shader }: Kernel,
    config: AnyConfig,
    shape: Constants,
  ): Promise<Program> {
    return compiler(label, await shader.modules(config), shape, ['span']);
  }

  /** The kernel that counts coordinates. */
  async function compileCounter(
    { label, shader }: Kernel,
    shape: Constants,
    histogram: Histogram,
  ): Promise<Program> {
    const modules = await shader.coordinates?.();
    if (!modules) throw new Error(`${label}: the model has no coordinates to count`);
    const constants = { ...shape, ...histogramConstants(histogram, MAX_DISPATCHES) };
    return compiler(`${label} histogram`, modules, constants, ['span']);
  }

  async function* run(job: Job, signal: AbortSignal): AsyncGenerator<Frame> {
    signal.throwIfAborted();
    const refused = refusal(job);
    if (refused !== undefined) throw new RangeError(refused);
    const kernel = job.model.processes[job.process]!;
    const plan = kernel.plan(job.config, job.saveAt);
    const shape = shapeOf(Number(job.config.dimension), gpu.software);
    const { failure, stop } = watch(gpu, signal);
    let experiment: Experiment | undefined;
    const destroy = () => experiment?.destroy();
    signal.addEventListener('abort', destroy);
    try {
      const program = await Promise.race([compileKernel(kernel, job.config, shape), failure]);
      const counter =
        job.histogram && (await Promise.race([compileCounter(kernel, shape, job.histogram), failure]));
      experiment = new Experiment(gpu.device, program, job, plan, counter);
      const pace = new Pace(Number(job.config.runs) * kernel.cost(job.config));
      yield* frames(experiment, new Schedule(plan), pace, failure, signal);
    } finally {
      stop();
      signal.removeEventListener('abort', destroy);
      destroy();
    }
  }

  return { name: 'webgpu', device: gpu.label, refusal, run };
}

/** A lost device rejects what is pending before it says that it is lost, which is the better message. */
async function afterMoment(error: unknown): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, 200));
  throw error;
}

/** Keeps a few submits in flight and hands out their frames in order. */
async function* frames(
  experiment: Experiment,
  schedule: Schedule,
  pace: Pace,
  failure: Promise<never>,
  signal: AbortSignal,
): AsyncGenerator<Frame> {
  const inFlight: Promise<Result | undefined>[] = [];
  let finished = performance.now();
  const submit = async () => {
    const start = performance.now();
    const dispatches = schedule.take(pace.steps, MAX_DISPATCHES);
    const result = await experiment.submit(dispatches);
    const end = performance.now();
    const steps = dispatches.reduce((sum, dispatch) => sum + dispatch.steps, 0);
    // Without a clock on the device: a submit waits for the one before it.
    pace.record(steps, result?.milliseconds ?? end - Math.max(start, finished));
    finished = end;
    return result;
  };
  for (;;) {
    // An aborted experiment has no buffers left to submit with.
    signal.throwIfAborted();
    while (experiment.ready && !schedule.done) {
      const result = submit();
      // Awaited below, in its turn; until then a rejection must not count as unhandled.
      result.catch(() => undefined);
      inFlight.push(result);
    }
    const next = inFlight.shift();
    if (!next) return;
    const result = await Promise.race([failure, next.catch(afterMoment)]);
    for (const frame of result?.frames ?? []) {
      yield frame;
      signal.throwIfAborted();
    }
  }
}
