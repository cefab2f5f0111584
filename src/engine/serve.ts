/** The worker's side: answers tasks with streams of frames, as fast as they are pulled. */
import { keep } from '../data/shelf.ts';
import type { AnyModel, Frame, Instance, Oracle } from '../models/model.ts';
import type { AnyTask, Reply, Request, Task } from './port.ts';
import { missingSimd } from '../wasm/load.ts';
import { breathe } from './breathe.ts';
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

/** The task's runs: in WebAssembly where the kernel and this machine have it, else as oracles. */
async function oraclesOf(
  model: AnyModel,
  { name, config, runs }: Task,
  instance: Instance,
): Promise<readonly Oracle[]> {
  const kernel = model.processes[name]!;
  const fast = missingSimd() === undefined;
  const wasm = fast ? kernel.wasm : undefined;
  if (wasm && wasm.refusal?.(config) === undefined) {
    const { wasmRuns } = await import('./wasmRun.ts');
    return wasmRuns(kernel.label, wasm, model.statistics, config, instance, runs);
  }
  const quick = fast ? await kernel.quick?.() : undefined;
  return runs.map((run) => (quick ? quick(config, instance, run) : kernel.oracle(config, instance, run)));
}

/** Frames of the task's runs, in order of time. */
async function* simulate(model: AnyModel, task: Task, signal: AbortSignal): AsyncGenerator<Frame> {
  const kernel = model.processes[task.name]!;
  const instance = model.instance(task.config);
  const runs = await oraclesOf(model, task, instance);
  const countsAt = counter(model, task, instance);
  const pace = new Pace(kernel.cost(task.config));
  let last = performance.now();
  const rest = async () => {
    await breathe();
    signal.throwIfAborted();
    last = performance.now();
  };
  const spread = async (pieces: Generator<void>) => {
    while (!pieces.next().done) if (performance.now() - last >= SLICE) await rest();
  };
  for (const [index, segment] of kernel.plan(task.config, task.saveAt).entries()) {
    for (const run of runs) {
      for (let done = 0; done < segment.steps;) {
        const steps = Math.min(segment.steps - done, pace.steps);
        const start = performance.now();
        const span = { ...segment, step: segment.step + done, steps, t: segment.t + done * segment.dt };
        if (run.advancing) await spread(run.advancing(span));
        else run.advance(span);
        const end = performance.now();
        pace.record(steps, end - start);
        done += steps;
        if (end - last >= SLICE) await rest();
      }
      if (run.measuring) await spread(run.measuring());
    }
    const each = runs.map((run) => run.statistics());
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
): AsyncGenerator<unknown> {
  if (task.kind === 'dataSet') {
    // Most visits never open a file.
    const { openDataSet } = await import('../data/dataSet.ts');
    yield await openDataSet(task.name, task.bytes);
    return;
  }
  const model = await load(task.model);
  const { name, config, saveAt } = task;
  if (task.kind === 'process') yield* simulate(model, task, signal);
  else if (task.kind === 'law') yield* model.distributions!.solve(config, name, BINS, saveAt, signal);
  else if (task.kind === 'start') {
    // Only where there is a GPU.
    const { piecesOf } = await import('./startState.ts');
    yield* piecesOf(model, task, signal);
  } else yield* model.limits[name]!.solve(config, saveAt, signal);
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
  const active = new Map<number, { abort: AbortController; credit: Credit }>();

  async function run(id: number, task: AnyTask, abort: AbortController, credit: Credit): Promise<void> {
    try {
      await credit.take();
      for await (const item of stream(load, task, abort.signal)) {
        abort.signal.throwIfAborted();
        post({ id, item }, task.kind === 'start' ? transfersOf(item) : []);
        await credit.take();
      }
      post({ id, end: true }, []);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      post(abort.signal.aborted ? { id, end: true } : { id, error: reason }, []);
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
      const entry = { abort: new AbortController(), credit: new Credit() };
      active.set(request.id, entry);
      void run(request.id, request.task, entry.abort, entry.credit);
      return;
    }
    const entry = active.get(request.id);
    if (request.type === 'pull') entry?.credit.add(request.count);
    else {
      entry?.abort.abort();
      entry?.credit.add(1);
    }
  };
}
