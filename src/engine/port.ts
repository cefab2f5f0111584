/** Messages between the page and its workers, the same for browser workers and Node's worker threads. */
import type { AnyConfig } from '../config/parameter.ts';

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
  readonly task: Task;
}

/** Simulate some runs of a process, or solve a limit. */
export interface Task {
  readonly kind: 'process' | 'limit';
  readonly model: string;
  /** Key of model.processes or model.limits. */
  readonly name: string;
  readonly config: AnyConfig;
  readonly saveAt: Float64Array;
  /** Indices of the runs to simulate; empty for a limit. */
  readonly runs: readonly number[];
}

/** `pull` allows `count` more items to be sent. */
export type Request =
  | Start
  | { readonly type: 'pull'; readonly id: number; readonly count: number }
  | { readonly type: 'cancel'; readonly id: number };

export type Reply =
  | { readonly id: number; readonly item: unknown }
  | { readonly id: number; readonly end: true }
  | { readonly id: number; readonly error: string };
