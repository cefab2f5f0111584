/** The page's side of the workers: a fixed number of them, started when first needed, each shared by streams. */
import type { Port, Reply, Task } from './port.ts';

/** Items a worker may be ahead of its consumer. */
const AHEAD = 4;
/** Milliseconds a cancelled worker has to answer before it is stopped and replaced. */
const PATIENCE = 300;

class Worker {
  readonly port: Port;
  readonly receivers = new Map<number, (reply: Reply) => void>();

  constructor(port: Port) {
    this.port = port;
    port.listen((reply) => {
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
  private nextId = 1;

  constructor(size: number, spawn: () => Port) {
    this.size = size;
    this.spawn = spawn;
    this.workers = Array.from({ length: size }, () => undefined);
  }

  /** Items of the task run by worker number `index`. Throws signal.reason as soon as the signal aborts. */
  async *stream<T>(index: number, task: Task, signal: AbortSignal): AsyncGenerator<T> {
    signal.throwIfAborted();
    const worker = (this.workers[index] ??= new Worker(this.spawn()));
    const id = this.nextId++;
    const inbox: Reply[] = [];
    let wake: () => void = () => undefined;
    let ended = false;
    worker.receivers.set(id, (reply) => {
      if (!('item' in reply)) {
        ended = true;
        worker.receivers.delete(id);
      }
      inbox.push(reply);
      wake();
    });
    const onAbort = () => wake();
    signal.addEventListener('abort', onAbort);
    try {
      worker.port.post({ type: 'start', id, task });
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
      signal.removeEventListener('abort', onAbort);
      if (!ended) {
        worker.port.post({ type: 'cancel', id });
        setTimeout(() => {
          if (!ended) this.replace(index, worker);
        }, PATIENCE);
      }
    }
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
