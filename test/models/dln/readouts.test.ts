import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { dln } from '../../../src/models/dln/index.ts';
import { observables, type ObservableName } from '../../../src/models/dln/observables.ts';
import { parameters, type DlnConfig } from '../../../src/models/dln/parameters.ts';
import { noiseTimeOf, readouts } from '../../../src/models/dln/readouts.ts';
import { limitStatistics, referenceConfig } from './agreement.ts';

async function solved(config: DlnConfig, horizon: number) {
  const t = Float64Array.from({ length: 101 }, (_, i) => (i * horizon) / 100);
  const statistics = await limitStatistics({ ...config, horizon }, [...t]);
  const column = (name: string) =>
    Float64Array.from(statistics, (each) => dln.observables[name as ObservableName].of(each, config));
  return { t, column };
}

test('the noise time is recovered from the imbalance', () => {
  const classes = [
    { eigenvalue: 0.1, teacher: 0, weight: 0.7 },
    { eigenvalue: 3, teacher: 1, weight: 0.3 },
  ];
  for (const time of [0, 0.01, 1, 40]) {
    const left = classes.reduce(
      (sum, { eigenvalue, weight }) => sum + weight * Math.exp(-eigenvalue * time),
      0,
    );
    expect(noiseTimeOf(classes, 0.5, 0.25 * left)).toBeCloseTo(time, 10);
  }
});

describe('exponential rate of V1', () => {
  test.each([20, 60])('horizon %s: 0.43716349', async (horizon) => {
    const { config } = referenceConfig('V1');
    const limit = await solved(config, horizon);
    const guide = readouts(config, limit).find(({ label }) => label.startsWith('rate'))!;
    const level = guide.level as (t: number) => number;
    expect(Math.log(level(1) / level(2))).toBeCloseTo(0.43716349493, horizon === 60 ? 7 : 5);
    expect(level(horizon)).toBeCloseTo(limit.column('risk')[100]!, 14);
  });
});

test('a guaranteed envelope lies above the limit', async () => {
  const config: DlnConfig = { ...defaultsOf(parameters), initScale: 0.5, stepSize: 0.07 };
  const guide = readouts(config).find(({ guaranteed }) => guaranteed)!;
  const level = guide.level as (t: number) => number;
  const { t, column } = await solved(config, 40);
  const risk = column('risk');
  expect(level(0)).toBeCloseTo(risk[0]!, 14);
  t.forEach((time, i) => expect(level(time)).toBeGreaterThanOrEqual(risk[i]! * (1 - 1e-9)));
});

test('guides name observables of the model, with label noise a level and no rate', () => {
  const config: DlnConfig = { ...defaultsOf(parameters), labelNoise: 0.5 };
  const guides = readouts(config);
  expect(guides.every(({ observable }) => Object.hasOwn(observables, observable))).toBe(true);
  expect(guides.find(({ label }) => label === 'long-time level')!.level).toBeGreaterThan(0.125);
});
