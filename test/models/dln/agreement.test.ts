/**
 * SGD and SDE against the deterministic limit: mean over runs within 4 standard errors + C/d (+ C·dt² for the
 * SDE), C = 1 relative; so many runs that 4 standard errors of the risk are at most 1 %.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { DlnConfig } from '../../../src/models/dln/parameters.ts';
import { dln } from '../../../src/models/dln/index.ts';
import {
  deviations,
  disagreements,
  limitStatistics,
  referenceConfig,
  simulate,
  type Deviation,
  type ReferenceName,
  type Statistics,
} from './agreement.ts';
import { plainSde, plainSgd, type Defect } from './plain.ts';

const DIMENSION = 256;

/** Reference configuration, times, and runs that make 4 standard errors of the risk ≤ 1 %. */
const cases: { name: ReferenceName; times: number[]; runs: number }[] = [
  { name: 'V1', times: [0.5, 1], runs: 1200 },
  { name: 'V3', times: [0.5, 1, 2], runs: 320 },
  { name: 'V4', times: [0.5], runs: 1000 },
];

function worstRisk(all: readonly Deviation[]): number {
  return Math.max(...all.filter(({ observable }) => observable === 'risk').map((each) => each.standardError));
}

describe.each(cases)('$name', ({ name, times, runs }) => {
  const config: DlnConfig = { ...referenceConfig(name).config, dimension: DIMENSION, dt: 0.02 };
  let limit: Statistics[];
  beforeAll(async () => {
    limit = await limitStatistics(config, times);
  });

  test.each([
    ['sgd', 1 / DIMENSION],
    ['sde', 1 / DIMENSION + config.dt ** 2],
  ] as const)('%s follows the limit', (process, allowance) => {
    const all = deviations(simulate(process, config, times, runs), limit, config, times);
    expect(4 * worstRisk(all)).toBeLessThanOrEqual(0.01);
    expect(disagreements(all, allowance)).toEqual([]);
  });
});

describe('a broken kernel is caught', () => {
  const broken: { process: 'sgd' | 'sde'; defect: Defect; name: ReferenceName; runs: number }[] = [
    { process: 'sgd', defect: 'noise is 5 % too strong', name: 'V3', runs: 400 },
    { process: 'sgd', defect: 'batch size is ignored', name: 'V4', runs: 200 },
    { process: 'sgd', defect: 'v sees the new u', name: 'V4', runs: 200 },
    { process: 'sgd', defect: 'features lack √λ', name: 'V1', runs: 200 },
    { process: 'sde', defect: 'noise is 5 % too strong', name: 'V3', runs: 400 },
    { process: 'sde', defect: 'batch size is ignored', name: 'V4', runs: 200 },
    { process: 'sde', defect: 'features lack √λ', name: 'V1', runs: 200 },
  ];
  test.each(broken)('$process in $name: $defect', async ({ process, defect, name, runs }) => {
    const times = [0.5, 1, 2];
    const config: DlnConfig = { ...referenceConfig(name).config, dimension: DIMENSION, dt: 1 / 128 };
    const limit = await limitStatistics(config, times);
    const instance = dln.instance(config);
    const plain = process === 'sgd' ? plainSgd : plainSde;
    const steps = times.map((t) => t * (process === 'sgd' ? DIMENSION : 1 / config.dt));
    const sample = Array.from({ length: runs }, (_, run) => plain(config, instance, run, steps, defect));
    const found = disagreements(deviations(sample, limit, config, times), 1 / DIMENSION + config.dt ** 2);
    expect(found.length).toBeGreaterThan(0);
  });
});

describe('the oracle is the plain loop', () => {
  const config: DlnConfig = {
    ...referenceConfig('V4').config,
    dimension: 101,
    labelNoise: 0.3,
    init: 'random',
    dt: 1 / 4096,
  };
  const instance = dln.instance(config);

  test('SGD: equal after 200 iterations', () => {
    const [oracle] = simulate('sgd', config, [0, 200 / 101], 3);
    const plain = plainSgd(config, instance, 0, [0, 200]);
    for (const name of dln.statistics) expect(oracle![1]![name]).toBeCloseTo(plain[1]![name], 10);
  });

  test('SDE: two schemes on the same Brownian path differ by O(dt)', () => {
    const gap = (dt: number) => {
      const fine = { ...config, dt };
      // Increments of different steps are different numbers, so compare at one dt, over the same many steps.
      const steps = Math.round(0.125 / dt);
      const [oracle] = simulate('sde', fine, [0.125], 1);
      const [plain] = plainSde(fine, instance, 0, [steps]);
      return Math.abs(oracle![0]!.weightedError / plain!.weightedError - 1);
    };
    expect(gap(1 / 512)).toBeLessThan(0.1);
    expect(gap(1 / 16384)).toBeLessThan(0.005);
  });
});
