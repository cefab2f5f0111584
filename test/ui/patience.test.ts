import { expect, test } from 'vitest';
import { defaultsOf } from '../../src/config/parameter.ts';
import { allModels } from '../../src/models/index.ts';
import { Patience } from '../../src/ui/patience.ts';

const models = await allModels();

const model = models['dln']!;
const config = { ...defaultsOf(model.parameters), dimension: 65536, horizon: 100, runs: 4 };

function experiment(timeLeft: number, progress = 0) {
  return { model, config, timeLeft, progress, paused: false, finished: false };
}

test('two minutes need no word, more are told with what to lower, as far as it takes, best first', () => {
  expect(new Patience().notice(experiment(100))).toBeUndefined();
  expect(new Patience().notice(experiment(Infinity))).toBeUndefined();
  expect(new Patience().notice(experiment(1200, 0.5))).toEqual({
    level: 'info',
    text:
      'This experiment takes about 40 min. Lower one setting to save time: ' +
      'd = 8192: 38 s, T = 3.13: 75 s, runs = 1: 10 min.',
  });
  // One halving is enough.
  expect(new Patience().notice(experiment(200))!.text).toMatch(
    /d = 32768: 51 s, T = 50: 2 min, runs = 2: 2 min/,
  );
});

test('what is said stays while the time runs down, and ends with it', () => {
  const patience = new Patience();
  const running = experiment(1200);
  const first = patience.notice(running)!.text;
  running.timeLeft = 1000;
  running.progress = 0.17;
  expect(patience.notice(running)!.text).toBe(first);
  running.timeLeft = 3000;
  expect(patience.notice(running)!.text).toMatch(/about 60 min/);
  running.timeLeft = 60;
  expect(patience.notice(running)).toBeUndefined();
});
