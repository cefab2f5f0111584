/** What runs a stochastic process: WebGPU or the CPU. Both give the same frames for the same seed. */
import type { AnyConfig } from '../config/parameter.ts';
import type { AnyModel, Frame } from '../models/model.ts';
import type { Gate } from './gate.ts';
import type { Histogram } from './histogram.ts';

/** One process of one config, recorded at given times. */
export interface Job {
  readonly model: AnyModel;
  /** Key of model.processes. */
  readonly process: string;
  /** Holds dimension, runs and seed among the model's own values. */
  readonly config: AnyConfig;
  /** Increasing times, one unit = d iterations. */
  readonly saveAt: Float64Array;
  /** Number of the first of its runs, where it is one of several groups of runs; 0 by default. */
  readonly first?: number;
  /** What to count in frames; nothing by default. */
  readonly histogram?: Histogram;
}

export interface Engine {
  readonly name: 'cpu' | 'webgpu';
  /** What it runs on, for the status line and exports: adapter name or number of workers. */
  readonly device: string;
  /** Why this engine cannot run the job, in one sentence; undefined where it can. */
  refusal(job: Job): string | undefined;
  /** Begins to make what `run` needs first, such as kernels; what goes wrong shows in `run`. */
  prepare?(job: Job): void;
  /**
   * Frames in order of time, one per entry of job.saveAt, computed as the consumer pulls them (a few ahead).
   * Ends early only by throwing; throws signal.reason as soon as the signal aborts. Nothing is computed for it while the
   * gate is shut, after what is on its way.
   */
  run(job: Job, signal: AbortSignal, gate?: Gate): AsyncIterable<Frame>;
}
