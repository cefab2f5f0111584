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

test('two minutes need no word, more are told with what to lower, best first', () => {
  expect(new Patience().notice(experiment(100))).toBeUndefined();
  expect(new Patience().notice(experiment(Infinity))).toBeUndefined();
  expect(new Patience().notice(experiment(1200, 0.5))).toEqual({
    level: 'info',
    text:
      'This experiment takes about 40 min. Lower one setting to save time: ' +
      'd = 32768: 10 min, T = 50: 20 min, runs = 2: 20 min.',
  });
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
