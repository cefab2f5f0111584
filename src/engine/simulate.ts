/** Simulates some runs of a process in a worker, a frame at a time. */
import type { AnyModel, Frame, Instance, Oracle } from '../models/model.ts';
import { missingSimd } from '../wasm/load.ts';
import { breathe } from './breathe.ts';
import type { Gate } from './gate.ts';
import { count, countsOf } from './histogram.ts';
import { Pace } from './pace.ts';
import type { Task } from './port.ts';

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
export async function* simulate(
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
