import { expect, test } from 'vitest';
import type { DataSet } from '../../src/data/dataSet.ts';
import { Pool } from '../../src/engine/pool.ts';
import type { Port, Reply, Request, Task } from '../../src/engine/port.ts';

const task: Task = { kind: 'limit', model: '', name: '', config: {}, saveAt: new Float64Array(), runs: [] };

/** A worker that answers every pull with its own name, and cancellations unless it is `deaf` to them. */
function echo(name: string, deaf: boolean): Port {
  let receive: (reply: Reply) => void = () => undefined;
  const reply = (message: Reply) => setTimeout(() => receive(message));
  return {
    post(message) {
      const request = message as Request;
      if (request.type === 'pull') reply({ id: request.id, item: name });
      if (request.type === 'cancel' && !deaf) reply({ id: request.id, end: true });
    },
    listen: (listener) => (receive = listener),
    terminate: () => (receive = () => undefined),
  };
}

/** A pool whose first worker is deaf or not, and how many workers it has started. */
function poolOf(deaf: boolean) {
  let started = 0;
  const pool = new Pool(1, () => echo(`worker ${++started}`, deaf && started === 1));
  return { pool, started: () => started };
}

test.each([
  [true, 'worker 2', 'a worker that does not stop is replaced, and the next stream runs on the new one'],
  [false, 'worker 1', 'a worker that stops goes on with the next stream'],
])('deaf %s → %s: %s', async (deaf, expected) => {
  const { pool } = poolOf(deaf);
  const abort = new AbortController();
  const first = pool.stream<string>(0, task, abort.signal);
  expect((await first.next()).value).toBe('worker 1');
  abort.abort(new Error('changed'));
  // Asked for within the same turn of the event loop, as a page does that restarts.
  const second = pool.stream<string>(0, task, new AbortController().signal);
  expect((await second.next()).value).toBe(expected);
  expect((await second.next()).value).toBe(expected);
  await expect(first.next()).rejects.toThrow('changed');
});

test('workers start when they are first needed', async () => {
  const { pool, started } = poolOf(false);
  expect(started()).toBe(0);
  await pool.stream(0, task, new AbortController().signal).next();
  expect(started()).toBe(1);
});

test('a data set is known to every worker, whenever it starts, and sent to it once', async () => {
  const posted: string[] = [];
  const pool = new Pool(2, () => {
    const port = echo('', false);
    return {
      ...port,
      post: (message) => (posted.push((message as Request).type), port.post(message)),
    };
  });
  const dataSet = { hash: 'a' } as DataSet;
  await pool.stream(0, task, new AbortController().signal).next();
  posted.length = 0;
  pool.keep(dataSet);
  pool.keep(dataSet);
  expect(posted).toEqual(['keep']);
  await pool.stream(1, task, new AbortController().signal).next();
  expect(posted).toEqual(['keep', 'keep', 'start', 'pull']);
});
