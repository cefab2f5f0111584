/** What the arrays of a WebGPU job hold at the start, array by array: those of 10⁶ coordinates take a second a run. */
import type { AnyModel } from '../models/model.ts';
import { breathe } from './breathe.ts';
import type { Job } from './engine.ts';
import { Gate } from './gate.ts';
import type { Pool } from './pool.ts';
import type { StartTask } from './port.ts';
import { pack, shaderOf } from './webgpuData.ts';

/** An array in the order of its binding, of one run or shared by all, or some of its numbers. */
interface Values {
  readonly name: string;
  /** Place of the run among those of the job. */
  readonly run?: number;
  readonly values: Float32Array<ArrayBuffer>;
  /** Where they begin in the array, and its length; the values are all of it by default. */
  readonly from?: number;
  readonly of?: number;
}

/** Values of the parameters, or of an array. */
export type Piece = { readonly params: Readonly<Record<string, number>> } | Values;

/** Numbers that come at once: 1 MB is written in a millisecond. */
const PART = 2 ** 18;

function* parts(array: Values): Generator<Values> {
  const { length } = array.values;
  if (length <= PART) {
    yield array;
    return;
  }
  for (let from = 0; from < length; from += PART) {
    yield { ...array, values: array.values.slice(from, from + PART), from, of: length };
  }
}

/** Milliseconds of work between two looks at the messages: half a frame of the page. */
const SLICE = 8;

function* arrays(
  model: AnyModel,
  { name: process, config, first, runs, shared, types, histogram }: StartTask,
): Generator<Piece> {
  const shader = shaderOf(model.processes[process]!);
  const instance = model.instance(config);
  const dimension = Number(config['dimension']);
  const packed = (name: string, values: Float32Array, padding: number) =>
    pack(name, values, types[name] ?? '', dimension, padding);
  const each = (arrays: Readonly<Record<string, Float32Array>>) =>
    Object.entries(arrays).map(([name, values]) => ({
      name,
      values: packed(name, values, shader.padding[name] ?? 0),
    }));
  if (shared) {
    yield { params: shader.params(config, instance) };
    yield* each(shader.instance(config, instance));
    for (const [name, values] of Object.entries(shader.tables?.(config, instance) ?? {})) {
      yield { name, values: new Float32Array(values) };
    }
    if (histogram) {
      const groups = Float32Array.from(model.distributions!.groupOf(config, instance));
      yield { name: 'groupOf', values: pack('groupOf', groups, 'array<vec4f>', dimension, -1) };
    }
  }
  for (const run of runs) {
    for (const array of each(shader.state(config, instance, first + run))) yield { ...array, run };
  }
}

/** The pieces of the task, with time for others between them. */
export async function* piecesOf(
  model: AnyModel,
  task: StartTask,
  signal: AbortSignal,
  gate = new Gate(),
): AsyncGenerator<Piece> {
  let last = performance.now();
  for (const whole of arrays(model, task)) {
    for (const piece of 'params' in whole ? [whole] : parts(whole)) {
      yield piece;
      if (performance.now() - last < SLICE) continue;
      await breathe();
      await gate.passed();
      signal.throwIfAborted();
      last = performance.now();
    }
  }
}

/** Coordinates of a run from which on workers make the state: fewer take less than a frame of the page. */
const LARGE = 2048;

/**
 * The pieces of a job that starts on WebGPU, as streams that may be read at once: of all runs, or without `states` of
 * what runs share alone. Workers of the pool make those of large dimensions.
 */
export function startOf(
  { model, process, config, saveAt, first = 0, histogram }: Job,
  types: Readonly<Record<string, string>>,
  states: boolean,
  signal: AbortSignal,
  pool?: Pool,
  gate?: Gate,
): AsyncIterable<Piece>[] {
  const runs = Array.from({ length: states ? Number(config['runs']) : 0 }, (_, run) => run);
  const task = {
    kind: 'start',
    model: model.name,
    name: process,
    config,
    saveAt,
    types,
    first,
    runs,
    shared: true,
  } as const;
  const whole: StartTask = histogram ? { ...task, histogram } : task;
  const vectors = shaderOf(model.processes[process]!).vectors?.(config) ?? 1;
  if (!pool || Number(config['dimension']) * vectors < LARGE) return [piecesOf(model, whole, signal, gate)];
  const workers = Math.max(1, Math.min(pool.size, runs.length));
  return Array.from({ length: workers }, (_, worker) => {
    const share = runs.filter((run) => run % workers === worker);
    return pool.stream<Piece>(worker, { ...whole, runs: share, shared: worker === 0 }, signal, gate);
  });
}
