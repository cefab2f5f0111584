/** The worker's side: answers tasks with streams of frames, as fast as they are pulled. */
import { keep } from '../data/shelf.ts';
import type { AnyModel } from '../models/model.ts';
import { Gate } from './gate.ts';
import { BINS } from './histogram.ts';
import type { AnyTask, Reply, Request } from './port.ts';

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
  if (task.kind === 'process') {
    // The page itself simulates nothing.
    const { simulate } = await import('./simulate.ts');
    yield* simulate(model, task, signal, gate);
  } else if (task.kind === 'law') yield* model.distributions!.solve(config, name, BINS, saveAt, signal);
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
