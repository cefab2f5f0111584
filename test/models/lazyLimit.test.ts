import { expect, test } from 'vitest';
import { lazyLimit } from '../../src/models/lazyLimit.ts';
import type { LimitUpdate } from '../../src/models/model.ts';

const about = { label: 'limit', doc: 'A limit.', predicts: 'sgd' };
const update: LimitUpdate = { first: 0, frames: [], error: 0 };
const saveAt = Float64Array.of(0, 1);

async function updatesOf(limit: ReturnType<typeof lazyLimit>, signal: AbortSignal): Promise<LimitUpdate[]> {
  const updates: LimitUpdate[] = [];
  for await (const each of limit.solve({ seed: 3 }, saveAt, signal)) updates.push(each);
  return updates;
}

test('is loaded when it is first solved, and gets what it is asked', async () => {
  const asked: unknown[] = [];
  let loads = 0;
  const limit = lazyLimit(about, () => {
    loads++;
    return Promise.resolve({
      async *solve(...question) {
        asked.push(question);
        await Promise.resolve();
        yield update;
      },
    });
  });
  expect(limit).toMatchObject(about);
  expect(loads).toBe(0);
  const { signal } = new AbortController();
  expect(await updatesOf(limit, signal)).toEqual([update]);
  expect(loads).toBe(1);
  expect(asked).toEqual([[{ seed: 3 }, saveAt, signal]]);
});

test('starts nothing where it is cancelled while it is loaded', async () => {
  const abortion = new AbortController();
  const limit = lazyLimit(about, () => {
    abortion.abort(new Error('cancelled'));
    return Promise.resolve({
      solve: () => {
        throw new Error('solved');
      },
    });
  });
  await expect(updatesOf(limit, abortion.signal)).rejects.toThrow('cancelled');
});
