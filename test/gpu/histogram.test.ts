/** Counts on the device against counts of the oracle's coordinates. */
import { expect, test } from 'vitest';
import { count, countsOf, rowsOf, type Histogram } from '../../src/engine/histogram.ts';
import { dln } from '../../src/models/dln/index.ts';
import type { DlnConfig } from '../../src/models/dln/parameters.ts';
import { configWith, engineUnderTest, jobOf, type Process } from './experiments.ts';

const saveAt = Float64Array.from([0, 0.25, 1, 2]);

function histogramOf(config: DlnConfig, quantity: 'beta' | 'xi', low: number, high: number): Histogram {
  const groups = dln.distributions!.groups(config);
  const row = groups.flatMap((_, group) => [low - 0.1 * group, high]);
  return {
    quantity,
    index: Object.keys(dln.distributions!.quantities).indexOf(quantity),
    bins: 81,
    groups: groups.length,
    rows: rowsOf(saveAt.length),
    ranges: Float64Array.from([...saveAt].flatMap(() => row)),
  };
}

async function onDevice(process: Process, config: DlnConfig, histogram: Histogram): Promise<Uint32Array[]> {
  const job = { ...jobOf(process, config, [...saveAt]), histogram };
  const counts: Uint32Array[] = [];
  for await (const frame of (await engineUnderTest()).run(job, new AbortController().signal)) {
    counts.push(frame.counts!);
  }
  return counts;
}

/** Counts of the oracles, and how many runs are finite, at each time. */
function byOracle(process: Process, config: DlnConfig, histogram: Histogram) {
  const kernel = dln.processes[process]!;
  const instance = dln.instance(config);
  const groupOf = dln.distributions!.groupOf(config, instance);
  const oracles = Array.from({ length: config.runs }, (_, run) => kernel.oracle(config, instance, run));
  return kernel.plan(config, saveAt).map((segment, row) => {
    const counts = new Uint32Array(countsOf(histogram));
    let finite = 0;
    for (const oracle of oracles) {
      oracle.advance(segment);
      if (!Number.isNaN(oracle.blowUp)) continue;
      finite++;
      count(counts, oracle.coordinates!(histogram.quantity), groupOf, histogram, row);
    }
    return { counts, finite };
  });
}

const total = (counts: Uint32Array) => counts.reduce((sum, each) => sum + each, 0);

/** Coordinates in another bin than they should be. */
function misplaced(a: Uint32Array, b: Uint32Array): number {
  return a.reduce((sum, each, bin) => sum + Math.abs(each - b[bin]!), 0) / 2;
}

const cases = [
  ['sgd', 'beta', { dimension: 130 }],
  ['sde', 'beta', { dimension: 130 }],
  ['sgd', 'xi', { dimension: 98, teacher: 'gaussian', spectrum: 'logUniform', condition: 10, stepSize: 0.3 }],
  ['sde', 'xi', { dimension: 98, init: 'random', initScale: 0.7 }],
  ['sde', 'beta', { dimension: 2050, runs: 2 }],
  ['sde', 'beta', { dimension: 8200, runs: 1 }],
] as const;

test.each(cases)('%s: counts of %s equal those of the oracle, %o', async (process, quantity, changes) => {
  const config = configWith({ runs: 5, dt: 1 / 64, ...changes });
  const histogram = histogramOf(config, quantity, -0.6, 1.3);
  const [device, oracle] = [await onDevice(process, config, histogram), byOracle(process, config, histogram)];
  device.forEach((counts, row) => {
    expect(total(counts)).toBe(config.dimension * config.runs);
    // Rounding moves a coordinate across an edge now and then.
    expect(misplaced(counts, oracle[row]!.counts)).toBeLessThanOrEqual(4);
  });
  expect(misplaced(device[1]!, device[3]!)).toBeGreaterThan(20);
});

test('runs that have diverged are not counted', async () => {
  const config = configWith({ dimension: 64, runs: 12, stepSize: 3.1, seed: 5 });
  const histogram = histogramOf(config, 'beta', -3, 3);
  const finite = byOracle('sgd', config, histogram).map((each) => each.finite);
  expect(finite.at(-1)).toBeGreaterThan(0);
  expect(finite.at(-1)).toBeLessThan(12);
  const counts = await onDevice('sgd', config, histogram);
  expect(counts.map(total)).toEqual(finite.map((runs) => runs * config.dimension));
});
