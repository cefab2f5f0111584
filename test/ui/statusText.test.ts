import { describe, expect, test } from 'vitest';
import type { Source } from '../../src/engine/experiment.ts';
import {
  duration,
  enginesOf,
  noticesOf,
  stateOf,
  stateText,
  type Standing,
} from '../../src/ui/statusText.ts';

const engine = { name: 'cpu', device: '2 workers' } as Source['engine'];

function source(changes: Partial<Source>): Source {
  return {
    kind: 'process',
    name: 'sgd',
    label: 'SGD',
    trajectory: { runs: 16 } as Source['trajectory'],
    status: 'running',
    failure: '',
    engine,
    error: NaN,
    blowUp: undefined,
    work: { done: 0, total: 1 },
    took: NaN,
    ...changes,
  };
}

const limit = source({ kind: 'limit', name: 'limit', label: 'limit', engine: undefined, error: 2e-7 });

function standing(changes: Partial<Standing>): Standing {
  return {
    sources: [limit, source({}), source({ name: 'sde', label: 'SDE' })],
    paused: false,
    finished: false,
    refining: false,
    progress: 0.5,
    speed: 1e7,
    timeLeft: 3,
    ...changes,
  };
}

test('a duration is told in the unit that matters', () => {
  expect([0.2, 1, 99, 100, 3599, 7200, 5e5, 1e9, 1e15, Infinity, NaN].map(duration)).toEqual([
    '1 s',
    '1 s',
    '99 s',
    '2 min',
    '60 min',
    '2 h',
    '6 days',
    '32 years',
    '3.2·10⁷ years',
    '–',
    '–',
  ]);
});

test('the end comes before a pause', () => {
  expect(stateOf(standing({}))).toBe('running');
  expect(stateOf(standing({ paused: true }))).toBe('paused');
  expect(stateOf(standing({ paused: true, finished: true }))).toBe('finished');
});

test('a limit that refines after the simulations is named, several are counted', () => {
  const done = { ...source({}), status: 'done' } as const;
  const gradientFlow = { ...limit, label: 'gradient flow', status: 'waiting' } as const;
  expect(stateText(standing({}))).toBe('Running');
  expect(stateText(standing({ sources: [limit, done], refining: true }))).toBe('Refining the limit');
  expect(stateText(standing({ sources: [limit, gradientFlow, done], paused: true, refining: true }))).toBe(
    'Refining 2 limits',
  );
});

test('an engine that runs two processes is named once', () => {
  expect(enginesOf(standing({}))).toBe('CPU (2 workers)');
});

describe('notices', () => {
  test('nothing to tell', () => expect(noticesOf(standing({}))).toEqual([]));

  test('one line tells who diverges, when, and in how many runs', () => {
    const sources = [
      { ...limit, blowUp: { t: 0.17959, error: 1e-6, runs: 1 } },
      source({ blowUp: { t: 0.1738, error: 0, runs: 3 } }),
      source({ name: 'sde', label: 'SDE' }),
    ];
    expect(noticesOf({ sources })).toEqual([
      {
        level: 'warning',
        text: 'Blow-up: limit ends at t = 0.1796; SGD diverges in 3 of 16 runs from t = 0.1738.',
      },
    ]);
  });

  test('every reason to fail is told once', () => {
    const failed = { status: 'failed', failure: 'There is no adapter.' } as const;
    const sources = [limit, source(failed), source({ ...failed, name: 'sde', label: 'SDE' })];
    expect(noticesOf({ sources })).toEqual([
      { level: 'error', text: 'Not running: SGD, SDE. There is no adapter.' },
    ]);
  });
});
