import { expect, test } from 'vitest';
import { Failure } from '../../src/engine/failure.ts';

test('a promise gives what it gives, unless there is a failure before', async () => {
  const failure = new Failure();
  await expect(failure.race(Promise.resolve(1))).resolves.toBe(1);
  await expect(failure.race(Promise.reject(new Error('own')))).rejects.toThrow('own');
  const waiting = [failure.race(new Promise(() => undefined)), failure.race(new Promise(() => undefined))];
  failure.fail(new Error('lost'));
  failure.fail(new Error('later'));
  for (const each of waiting) await expect(each).rejects.toThrow('lost');
  await expect(failure.race(Promise.resolve(2))).rejects.toThrow('lost');
});

test('nothing that was waited for is kept', async () => {
  const failure = new Failure();
  const kept: WeakRef<object>[] = [];
  for (let i = 0; i < 20; i++) {
    const result = await failure.race(Promise.resolve({ frames: new Float64Array(1000) }));
    kept.push(new WeakRef(result));
  }
  // Weak references hold on until the end of a turn.
  await new Promise((resolve) => setTimeout(resolve));
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  expect(kept.filter((ref) => ref.deref()).length).toBeLessThan(5);
  failure.fail(new Error('lost'));
});
