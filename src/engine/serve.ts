/** The worker's side: answers tasks with streams of frames, as fast as they are pulled. */
import { keep } from '../data/shelf.ts';
import type { AnyModel, Frame, Instance, Oracle } from '../models/model.ts';
import type { AnyTask, Reply, Request, Task } from './port.ts';
import { missingSimd } from '../wasm/load.ts';
import { breathe } from './breathe.ts';
import { Gate } from './gate.ts';
import { Pace } from './pace.ts';
import { BINS, count, countsOf } from './histogram.ts';

/** Milliseconds of work between two looks at the messages. */
const SLICE = 12;

/** Counts of all finite runs at each saved time; undefined where nothing is counted. */
function counter(
  model: AnyModel,
  { config, histogram }: Task,
  instance: Instance,
): (runs: readonly Oracle[], index: number) => Uint32Array | undefined {
  if (!histogram) return () => undefined;
  const groupOf = model.distributions!.groupOf(config, instance);
  return (runs, index) => {
    const row = histogram.rows[index]!;
    if (row < 0) return undefined;
    const counts = new Uint32Array(countsOf(histogram));
    for (const run of runs) {
      if (!run.coordinates) throw new Error('this process has no coordinates to count');
      if (!Number.isNaN(run.blowUp)) continue;
      count(counts, run.coordinates(histogram.quantity), groupOf, histogram, row);
    }
    return counts;
  };
}

/**
 * The task's runs: in WebAssembly where the kernel and this machine have it, else as oracles. `rest` is awaited before
 * every one.
 */
async function oraclesOf(
  model: AnyModel,
  { name, config, runs }: Task,
  instance: Instance,
  rest: () => Promise<void>,
): Promise<readonly Oracle[]> {
  const kernel = model.processes[name]!;
  const fast = missingSimd() === undefined;
  const wasm = fast ? kernel.wasm : undefined;
  if (wasm && wasm.refusal?.(config) === undefined) {
    const { wasmRuns } = await import('./wasmRun.ts');
    return wasmRuns(kernel.label, wasm, model.statistics, config, instance, runs, { rest });
  }
  const quick = fast ? await kernel.quick?.() : undefined;
  const made: Oracle[] = [];
  for (const run of runs) {
    await rest();
    made.push(quick ? quick(config, instance, run) : kernel.oracle(config, instance, run));
  }
  return made;
}

/** Frames of the task's runs, in order of time. */
async function* simulate(
  model: AnyModel,
  task: Task,
  signal: AbortSignal,
  gate: Gate,
): AsyncGenerator<Frame> {
  const kernel = model.processes[task.name]!;
  const instance = model.instance(task.config);
  let last = performance.now();
  const due = () => performance.now() - last >= SLICE;
  /** Looks at the messages where that is due, and waits until the task may go on. */
  const rest = async () => {
    if (!due()) return;
    await breathe();
    await gate.passed();
    signal.throwIfAborted();
    last = performance.now();
  };
  const spread = async (pieces: Generator<void>) => {
    while (!pieces.next().done) if (due()) await rest();
  };
  const runs = await oraclesOf(model, task, instance, rest);
  const countsAt = counter(model, task, instance);
  const pace = new Pace(kernel.cost(task.config));
  for (const [index, segment] of kernel.plan(task.config, task.saveAt).entries()) {
    for (const run of runs) {
      for (let done = 0; done < segment.steps;) {
        const steps = Math.min(segment.steps - done, pace.steps);
        const start = performance.now();
        const span = { ...segment, step: segment.step + done, steps, t: segment.t + done * segment.dt };
        if (run.advancing) await spread(run.advancing(span));
        else run.advance(span);
        pace.record(steps, performance.now() - start);
        done += steps;
        await rest();
      }
      if (run.measuring) await spread(run.measuring());
    }
    const each: Record<string, number>[] = [];
    for (const run of runs) {
      each.push(run.statistics());
      await rest();
    }
    const diverged = Float64Array.from(runs, (run) => run.blowUp);
    const values = Object.fromEntries(
      model.statistics.map((name) => [
        name,
        Float64Array.from(each, (statistics, run) => (diverged[run]! >= 0 ? NaN : statistics[name]!)),
      ]),
    );
    const counts = countsAt(runs, index);
    yield { t: segment.end, values, blowUp: diverged, ...(counts && { counts }) };
  }
}

async function* stream(
  load: (name: string) => Promise<AnyModel>,
  task: AnyTask,
  signal: AbortSignal,
  gate: Gate,
): AsyncGenerator<unknown> {
  if (task.kind === 'dataSet') {
    // Most visits never open a file.
    const { openDataSet } = await import('../data/dataSet.ts');
    yield await openDataSet(task.name, task.bytes);
    return;
  }
  const model = await load(task.model);
  const { name, config, saveAt } = task;
  if (task.kind === 'process') yield* simulate(model, task, signal, gate);
  else if (task.kind === 'law') yield* model.distributions!.solve(config, name, BINS, saveAt, signal);
  else if (task.kind === 'start') {
    // Only where there is a GPU.
    const { piecesOf } = await import('./startState.ts');
    yield* piecesOf(model, task, signal);
  } else yield* model.limits[name]!.solve(config, saveAt, signal);
}

/** What engines say where there is no room for an array, each in words of its own. */
const FULL = /alloc|memory/i;

function reasonOf(error: unknown, task: AnyTask): string {
  const reason = error instanceof Error ? error.message : String(error);
  if (task.kind !== 'process' || !FULL.test(reason)) return reason;
  const { runs, dimension } = task.config;
  return `${runs} runs in dimension ${dimension} do not fit into memory: lower the dimension or the number of runs (${reason}).`;
}

class Credit {
  private count = 0;
  private wake: () => void = () => undefined;

  add(count: number): void {
    this.count += count;
    this.wake();
  }

  async take(): Promise<void> {
    while (this.count === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    this.count--;
  }
}

/** A task that is under way: what ends it, how many items it may send, and what holds it up. */
interface Entry {
  readonly abort: AbortController;
  readonly credit: Credit;
  readonly gate: Gate;
}

/** What the receiver of an item may have instead of a copy: nobody else holds it. */
function transfersOf(item: unknown): ArrayBuffer[] {
  const { values } = item as { values?: unknown };
  return values instanceof Float32Array && values.buffer instanceof ArrayBuffer ? [values.buffer] : [];
}

/**
 * Answer every request with `post`, which hands over the buffers of `transfers` instead of copying them, models by name
 * from `load`; returns the function that takes the requests in.
 */
export function serve(
  load: (name: string) => Promise<AnyModel>,
  post: (reply: Reply, transfers: ArrayBuffer[]) => void,
): (request: Request) => void {
  const active = new Map<number, Entry>();

  async function run(id: number, task: AnyTask, { abort, credit, gate }: Entry): Promise<void> {
    const next = async () => {
      await credit.take();
      await gate.passed();
    };
    try {
      await next();
      for await (const item of stream(load, task, abort.signal, gate)) {
        abort.signal.throwIfAborted();
        post({ id, item }, task.kind === 'start' ? transfersOf(item) : []);
        await next();
      }
      post({ id, end: true }, []);
    } catch (error) {
      post(abort.signal.aborted ? { id, end: true } : { id, error: reasonOf(error, task) }, []);
    } finally {
      active.delete(id);
    }
  }

  return (request) => {
    if (request.type === 'keep') {
      keep(request.dataSet);
      return;
    }
    if (request.type === 'start') {
      const entry = { abort: new AbortController(), credit: new Credit(), gate: new Gate() };
      active.set(request.id, entry);
      void run(request.id, request.task, entry);
      return;
    }
    const entry = active.get(request.id);
    if (!entry) return;
    if (request.type === 'pull') entry.credit.add(request.count);
    else if (request.type === 'hold') entry.gate.shut = request.held;
    else {
      entry.abort.abort();
      entry.credit.add(1);
      entry.gate.shut = false;
    }
  };
}
