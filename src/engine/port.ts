/** Messages between the page and its workers, the same for browser workers and Node's worker threads. */
import type { AnyConfig } from '../config/parameter.ts';
import type { DataSet } from '../data/dataSet.ts';
import type { Histogram } from './histogram.ts';

/** One end of a channel to a worker. */
export interface Port {
  post(message: unknown): void;
  /** Called with every message; an error of the worker itself arrives as `{ id: 0, error }`. */
  listen(receive: (message: Reply) => void): void;
  terminate(): void;
}

export interface Start {
  readonly type: 'start';
  readonly id: number;
  readonly task: AnyTask;
}

/** Read a file of features: the one item is its `DataSet`. */
export interface Opening {
  readonly kind: 'dataSet';
  readonly name: string;
  readonly bytes: ArrayBuffer;
}

/** Simulate some runs of a process, solve a limit, or solve the law of a quantity. */
export interface Task {
  readonly kind: 'process' | 'limit' | 'law';
  readonly model: string;
  /** Key of model.processes, model.limits or model.distributions.quantities. */
  readonly name: string;
  readonly config: AnyConfig;
  readonly saveAt: Float64Array;
  /** Indices of the runs to simulate; empty for a limit or law. */
  readonly runs: readonly number[];
  /** What a process counts; nothing by default. */
  readonly histogram?: Histogram;
}

/** Make the arrays that a process starts with on WebGPU: the items are a `Piece` each. */
export interface StartTask extends Omit<Task, 'kind'> {
  readonly kind: 'start';
  /** Number of the run that `runs` counts from. */
  readonly first: number;
  /** Whether what all runs share is wanted, beside the state of `runs`. */
  readonly shared: boolean;
  /** WGSL types of the arrays, by variable name. */
  readonly types: Readonly<Record<string, string>>;
}

export type AnyTask = Task | StartTask | Opening;

/**
 * `pull` allows `count` more items to be sent; `hold` lets a task rest, or go on; `keep` makes a data set known to the
 * models of a worker.
 */
export type Request =
  | Start
  | { readonly type: 'keep'; readonly dataSet: DataSet }
  | { readonly type: 'pull'; readonly id: number; readonly count: number }
  | { readonly type: 'hold'; readonly id: number; readonly held: boolean }
  | { readonly type: 'cancel'; readonly id: number };

export type Reply =
  | { readonly id: number; readonly item: unknown }
  | { readonly id: number; readonly end: true }
  | { readonly id: number; readonly error: string };
