import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultsOf } from '../../src/config/parameter.ts';
import { openDataSet, type DataSet } from '../../src/data/dataSet.ts';
import { keep } from '../../src/data/shelf.ts';
import { dataProblem, drawsOf } from '../../src/models/dataSpectrum.ts';
import { glm } from '../../src/models/glm/index.ts';
import { parameters, type GlmConfig } from '../../src/models/glm/parameters.ts';
import { eigenvaluesOf } from '../../src/models/spectrum.ts';

let digits: DataSet;
let config: GlmConfig;

beforeAll(async () => {
  const bytes = new Uint8Array(readFileSync('public/data/digits.csv'));
  digits = await openDataSet('digits.csv', bytes.buffer);
  keep(digits);
  const { name, hash, dimension } = digits;
  config = { ...defaultsOf(parameters), spectrum: 'data', data: { name, hash }, dimension };
});

describe.each(['samples', 'gaussian'] as const)('features: %s', (features) => {
  test('have the mean and the covariance of the data set', () => {
    const { dimension } = config;
    const draw = drawsOf({ ...config, features }, 0);
    const x = new Float64Array(4 * Math.ceil(dimension / 4));
    const count = 8000;
    const mean = new Float64Array(dimension);
    const square = new Float64Array(dimension);
    const fourth = new Float64Array(dimension);
    for (let step = 0; step < count; step++) {
      draw(x, step, 0);
      for (let i = 0; i < dimension; i++) {
        mean[i]! += x[i]! / count;
        square[i]! += x[i]! ** 2 / count;
        fourth[i]! += x[i]! ** 4 / count;
      }
    }
    eigenvaluesOf(config, dimension).forEach((eigenvalue, i) => {
      expect(Math.abs(mean[i]!)).toBeLessThan(4.5 * Math.sqrt(eigenvalue / count));
      const deviation = Math.sqrt((fourth[i]! - square[i]! ** 2) / count);
      expect(Math.abs(square[i]! - eigenvalue)).toBeLessThan(4.5 * deviation);
    });
  });
});

test('the spectrum of a data set is its eigenvalues, whatever the dimension', () => {
  eigenvaluesOf(config, config.dimension).forEach((value, i) => {
    expect(value).toBeCloseTo(digits.eigenvalues[i]!, 12);
  });
  const more = eigenvaluesOf(config, 1000);
  expect(more.reduce((a, b) => a + b) / 1000).toBeCloseTo(1, 12);
});

test('SGD on samples of a file comes near its limit', async () => {
  // A few features of this file have very heavy tails: larger steps diverge.
  const gentle = { ...config, stepSize: 0.05 };
  const run = glm.processes['sgd']!.oracle(gentle, glm.instance(gentle), 0);
  const steps = 5 * config.dimension;
  run.advance({ step: 0, steps, t: 0, dt: 1 / config.dimension });
  const saveAt = Float64Array.of(0, 5);
  let predicted = NaN;
  for await (const { frames } of glm.limits['limit']!.solve(gentle, saveAt, new AbortController().signal)) {
    const values = Object.entries(frames.at(-1)?.values ?? {});
    const last = Object.fromEntries(values.map(([name, [value]]) => [name, value!]));
    if (values.length > 0) predicted = glm.observables.risk.of(last, gentle);
  }
  const measured = glm.observables.risk.of(run.statistics(), gentle);
  // One run in 61 coordinates of data that are not Gaussian; at the start the risk is 1.8 times the predicted one.
  expect(Math.abs(measured / predicted - 1)).toBeLessThan(0.4);
});

test('what does not go together is told', () => {
  expect(dataProblem(config)).toBeUndefined();
  expect(dataProblem({ ...config, dimension: 1000 })).toBe(
    'dimension = 1000: expected 61, the number of features of digits.csv that vary',
  );
  expect(dataProblem({ ...config, dimension: 1000, features: 'gaussian' })).toBeUndefined();
  expect(glm.problem!({ ...config, data: { name: 'x.csv', hash: '0'.repeat(16) } })).toBe(
    'data = x.csv: expected this very file to be opened here; a link carries only its name',
  );
  expect(glm.problem!({ ...config, data: parameters.data.default })).toContain('has not been chosen');
});

test('kernels that draw features themselves leave samples of a file to the oracle', () => {
  const { wasm } = glm.processes['sgd']!;
  expect(wasm!.refusal!(config)).toContain('CPU engine alone');
  expect(wasm!.refusal!({ ...config, features: 'gaussian' })).toBeUndefined();
  expect(glm.remarks(config)[0]).toContain('streams the samples');
});
