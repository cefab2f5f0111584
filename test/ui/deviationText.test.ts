import { expect, test } from 'vitest';
import { defaultsOf } from '../../src/config/parameter.ts';
import { Trajectory } from '../../src/engine/trajectory.ts';
import type { Source } from '../../src/engine/experiment.ts';
import { dln } from '../../src/models/dln/index.ts';
import { deviationText, deviationTexts } from '../../src/ui/deviationText.ts';

test('small deviations are percentages with their error, large ones factors', () => {
  const text = (relative: number, standardError: number) =>
    deviationText('SGD', 'limit', { t: 3, relative, standardError });
  expect(text(0.123, 0.021)).toBe('SGD is at most 12 ± 2 % above the limit, at t = 3.00');
  expect(text(-0.05, NaN)).toBe('SGD is at most 5.0 % below the limit, at t = 3.00');
  expect(text(30, 1)).toBe('SGD reaches 31 times the limit, at t = 3.00');
});

function source(kind: Source['kind'], name: string, label: string, weightedError: number): Source {
  const trajectory = new Trajectory(dln, defaultsOf(dln.parameters), 1, 1);
  const values = Object.fromEntries(dln.statistics.map((key) => [key, Float64Array.of(weightedError)]));
  trajectory.accept(0, { t: 0, values, blowUp: Float64Array.of(NaN) });
  const rest = { status: 'done', failure: '', engine: undefined, error: NaN, blowUp: undefined } as const;
  return { ...rest, kind, name, label, trajectory, work: { done: 0, total: 0 } };
}

test('every limit is compared with the process it predicts, optional ones are not', () => {
  const sources = [
    source('limit', 'limit', 'limit', 2),
    source('limit', 'gradientFlow', 'gradient flow', 1),
    source('process', 'sde', 'SDE', 9),
    source('process', 'sgd', 'SGD', 2.5),
  ];
  expect(deviationTexts({ model: dln, sources })).toEqual([
    'population risk: SGD is at most 25 % above the limit, at t = 0',
  ]);
  expect(deviationTexts({ model: dln, sources: sources.slice(0, 3) })).toEqual([]);
});
