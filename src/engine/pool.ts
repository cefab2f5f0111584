/** The page's side of the workers: a fixed number of them, started when first needed, each shared by streams. */
import type { DataSet } from '../data/dataSet.ts';
import { Gate } from './gate.ts';
import type { AnyTask, Port, Reply } from './port.ts';

/** Items a worker may be ahead of its consumer. */
const AHEAD = 4;
/** Milliseconds a worker has to answer a cancellation before it is stopped and replaced: busy, or still loading. */
const PATIENCE = { busy: 300, loading: 3000 } as const;

class Worker {
  readonly port: Port;
  readonly receivers = new Map<number, (reply: Reply) => void>();
  /** Resolves when every cancellation so far is answered, or the worker stopped. */
  settled: Promise<unknown> = Promise.resolve();
  /** Whether it has ever answered. */
  heard = false;

  constructor(port: Port) {
    this.port = port;
    port.listen((reply) => {
      this.heard = true;
      if (reply.id !== 0) this.receivers.get(reply.id)?.(reply);
      else for (const [id, receive] of this.receivers) receive({ ...reply, id });
    });
  }

  stop(reason: string): void {
    this.port.terminate();
    for (const [id, receive] of this.receivers) receive({ id, error: reason });
  }
}

export class Pool {
  readonly size: number;
  private readonly spawn: () => Port;
  private readonly workers: (Worker | undefined)[];
  private readonly dataSets = new Map<string, DataSet>();
  private nextId = 1;

  constructor(size: number, spawn: () => Port) {
    this.size = size;
    this.spawn = spawn;
    this.workers = Array.from({ length: size }, () => undefined);
  }

  /**
   * Items of the task run by worker number `index`, which rests while the gate is shut. Throws signal.reason as soon as
   * the signal aborts.
   */
  async *stream<T>(index: number, task: AnyTask, signal: AbortSignal, gate = new Gate()): AsyncGenerator<T> {
    signal.throwIfAborted();
    // A worker that leaves a cancellation unanswered is stopped, and new streams must not end with it.
    await this.workers[index]?.settled;
    signal.throwIfAborted();
    const worker = (this.workers[index] ??= this.start());
    const id = this.nextId++;
    const inbox: Reply[] = [];
    let wake: () => void = () => undefined;
    let ended = false;
    let answered: () => void = () => undefined;
    worker.receivers.set(id, (reply) => {
      if (!('item' in reply)) {
        ended = true;
        worker.receivers.delete(id);
        answered();
      }
      inbox.push(reply);
      wake();
    });
    let cancelled = false;
    const cancel = () => {
      if (ended || cancelled) return;
      cancelled = true;
      worker.port.post({ type: 'cancel', id });
      const patience = worker.heard ? PATIENCE.busy : PATIENCE.loading;
      const timer = setTimeout(() => this.replace(index, worker), patience);
      const answer = new Promise<void>((resolve) => (answered = resolve)).then(() => clearTimeout(timer));
      worker.settled = Promise.all([worker.settled, answer]);
      wake();
    };
    signal.addEventListener('abort', cancel);
    const hold = (held: boolean) => worker.port.post({ type: 'hold', id, held });
    const unwatch = gate.watch(hold);
    try {
      worker.port.post({ type: 'start', id, task });
      if (gate.shut) hold(true);
      worker.port.post({ type: 'pull', id, count: AHEAD });
      for (;;) {
        signal.throwIfAborted();
        const reply = inbox.shift();
        if (!reply) await new Promise<void>((resolve) => (wake = resolve));
        else if ('error' in reply) throw new Error(reply.error);
        else if ('end' in reply) return;
        else {
          yield reply.item as T;
          worker.port.post({ type: 'pull', id, count: 1 });
        }
      }
    } finally {
      unwatch();
      signal.removeEventListener('abort', cancel);
      cancel();
    }
  }

  /** Makes a data set known to the models of all workers, present and future. */
  keep(dataSet: DataSet): void {
    if (this.dataSets.has(dataSet.hash)) return;
    this.dataSets.set(dataSet.hash, dataSet);
    for (const worker of this.workers) worker?.port.post({ type: 'keep', dataSet });
  }

  private start(): Worker {
    const worker = new Worker(this.spawn());
    for (const dataSet of this.dataSets.values()) worker.port.post({ type: 'keep', dataSet });
    return worker;
  }

  /** Stop all workers; streams still open fail. */
  close(): void {
    this.workers.forEach((worker, index) => worker && this.replace(index, worker));
  }

  private replace(index: number, worker: Worker): void {
    if (this.workers[index] === worker) this.workers[index] = undefined;
    worker.stop('the worker was stopped');
  }
}
