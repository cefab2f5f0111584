/** Guides, facts, remarks and presets of multi-pass SGD. */
import { describe, expect, test } from 'vitest';
import { decodeFragment } from '../../../src/config/fragment.ts';
import { defaultsOf, isActive } from '../../../src/config/parameter.ts';
import { viewParameters } from '../../../src/config/view.ts';
import type { SolvedLimit } from '../../../src/models/model.ts';
import { facts } from '../../../src/models/multipass/facts.ts';
import { problemOf } from '../../../src/models/multipass/grids.ts';
import { multipass } from '../../../src/models/multipass/index.ts';
import { parameters, type MultipassConfig } from '../../../src/models/multipass/parameters.ts';
import { readouts } from '../../../src/models/multipass/readouts.ts';
import { remarks } from '../../../src/models/multipass/remarks.ts';
import { stabilityEdge } from '../../../src/models/multipass/stationary.ts';
import { solveVolterra } from '../../../src/models/multipass/volterra.ts';

const base = defaultsOf(parameters);
const squares: MultipassConfig = { ...base, loss: 'leastSquares', labelNoise: 0.4, ridge: 0, stepSize: 1 };

/** A limit whose test risk at t = 0, 1, 2, … is known. */
const solved = (...risk: number[]): SolvedLimit => ({
  t: Float64Array.from(risk.keys()),
  column: () => Float64Array.from(risk),
});

const guide = (config: MultipassConfig, label: string, limit?: SolvedLimit) =>
  readouts(config, limit).find((readout) => readout.label === label);
const factNamed = (config: MultipassConfig, label: string, limit = solved(1, 0.5)) =>
  facts(config, limit).find((fact) => fact.label === label);

describe('least squares', () => {
  test('are stable below step size 2 without ridge, for every number of samples', () => {
    for (const sampleRatio of [0.3, 1, 4]) {
      expect(stabilityEdge(problemOf({ ...squares, sampleRatio }))).toBeCloseTo(2, 3);
    }
    expect(factNamed(squares, 'converges')).toMatchObject({ value: 'η/η_c = 0.500', guaranteed: true });
    expect(factNamed({ ...squares, stepSize: 2.1 }, 'unstable')).not.toHaveProperty('guaranteed');
  });

  test('a ridge moves the edge to where the kernel has norm 1', () => {
    const config = { ...squares, ridge: 0.3 };
    const stepSize = stabilityEdge(problemOf(config));
    expect(stepSize).toBeGreaterThan(2.2);
    expect(solveVolterra(problemOf({ ...config, stepSize })).kernelNorm).toBeCloseTo(1, 10);
  });

  test('end at the levels of the guides', () => {
    for (const config of [squares, { ...squares, ridge: 0.2, sampleRatio: 0.6 }]) {
      const { trainLoss, testRisk } = solveVolterra(problemOf(config)).at(3000);
      expect((guide(config, 'final train loss')!.level as number) / trainLoss).toBeCloseTo(1, 6);
      expect((guide(config, 'final test risk')!.level as number) / testRisk).toBeCloseTo(1, 6);
    }
  });

  test('of several linear units settle like one with larger steps', () => {
    const config: MultipassConfig = {
      ...squares,
      stepSize: 0.2,
      ridge: 0.1,
      hiddenUnits: 2,
      secondLayer: [1, 2],
    };
    const one: MultipassConfig = { ...squares, stepSize: 1, ridge: 0.02, initNorm: 5 };
    expect(guide(config, 'final test risk')!.level).toBeCloseTo(
      guide(one, 'final test risk')!.level as number,
      12,
    );
    expect(factNamed(config, 'converges')!.value).toBe(factNamed(one, 'converges')!.value);
  });

  test('of units that bend have no level, and no edge where they are bounded', () => {
    const config: MultipassConfig = { ...squares, hiddenUnits: 2, activation: 'tanh' };
    expect(readouts(config).map(({ label }) => label)).toEqual(['one epoch']);
    expect(factNamed(config, 'bounded')!.value).toBe('at every step size');
    expect(factNamed({ ...config, activation: 'softplus' }, 'bounded')!.value).toBe('at small step sizes');
  });

  test('have no level where they diverge, and no train loss where samples are interpolated', () => {
    expect(guide({ ...squares, stepSize: 2.1 }, 'final test risk')).toBeUndefined();
    const few = { ...squares, sampleRatio: 0.5 };
    expect(guide(few, 'final train loss')).toBeUndefined();
    expect(guide(few, 'final test risk')).toBeDefined();
  });
});

test('epochs are counted, and the first one is marked where it ends before the horizon', () => {
  expect(factNamed({ ...base, horizon: 6, sampleRatio: 2 }, 'epochs')!.value).toBe('3.00');
  expect(guide({ ...base, horizon: 6, sampleRatio: 2 }, 'one epoch')!.level).toEqual({ time: 2 });
  expect(guide({ ...base, horizon: 6, sampleRatio: 7 }, 'one epoch')).toBeUndefined();
});

test('the best time to stop is told where the test risk rises again', () => {
  const rising = solved(1, 0.6, 0.5, 0.55);
  expect(factNamed(base, 'lowest test risk', rising)!.value).toBe('0.500 at t = 2.00');
  expect(guide(base, 'time of lowest test risk', rising)!.level).toEqual({ time: 2 });
  expect(factNamed(base, 'lowest test risk', solved(1, 0.6, 0.5))).toBeUndefined();
});

test('remarks tell of batches, steps, roundings and memory', () => {
  expect(remarks(base)).toEqual([]);
  expect(remarks({ ...base, batchSize: 100 })[0]).toMatch(/^batchSize: 100 is not small beside d = 500/);
  expect(remarks({ ...base, stepSize: 20, loss: 'phase' })[0]).toMatch(/^dt: .* dt below about 0\.0/);
  expect(remarks({ ...base, dimension: 18, sampleRatio: 0.3 })[0]).toMatch(/rounded to 5 samples/);
  expect(remarks({ ...base, dimension: 16384, runs: 16 })[0]).toMatch(/^samples: 32768 .* first 512$/);
});

test('norms and overlap have no meaning where all moments are given', () => {
  const active = (config: MultipassConfig) =>
    (['initNorm', 'initOverlap', 'teacherNorm'] as const).filter((key) => isActive(parameters, config, key));
  const given: MultipassConfig = { ...base, hiddenUnits: 2, initMoments: [1, 0, 0, 1, 0, 1] };
  expect(active(given)).toEqual([]);
  expect(active({ ...given, initMoments: [] })).toHaveLength(3);
  // One neuron knows no list of moments.
  expect(active({ ...given, hiddenUnits: 1 })).toHaveLength(3);
});

test('remarks tell of labels that are all alike', () => {
  expect(remarks({ ...base, activation: 'softplus' })[0]).toMatch(/every label is \+1/);
});

test('presets are links that go together, no two alike, and say two sentences', () => {
  const schemas = { models: { multipass: parameters }, view: viewParameters };
  const seen = new Set<string>();
  for (const { name, doc, fields } of multipass.presets) {
    const link = Object.entries(fields).map((field) => field.join('='));
    const { settings, problems } = decodeFragment(`model=multipass&${link.join('&')}`, schemas);
    expect({ name, problems }).toEqual({ name, problems: [] });
    const config = settings.config as MultipassConfig;
    expect([name, multipass.problem!(config), ...remarks(config)]).toEqual([name, undefined]);
    expect(doc.match(/[.!](?= |$)/g)).toHaveLength(2);
    seen.add(JSON.stringify(config));
  }
  expect(seen.size).toBe(multipass.presets.length);
});
