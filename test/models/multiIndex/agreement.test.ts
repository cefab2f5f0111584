/**
 * SGD and SDE against the deterministic limit: mean over runs within 4 standard errors + C/d (+ C·dt² for the SDE),
 * C = 1, relative to the limit (for the overlap absolute). Measured biases at d = 256 are below 2/d.
 */
import { describe, expect, test } from 'vitest';
import {
  deviations,
  disagreements,
  limitStatistics,
  settingOf,
  simulate,
  type Process,
} from './agreement.ts';
import { plainSde, plainSgd, type Defect } from './plain.ts';

const DIMENSION = 256;
const TIMES = [0.5, 1];

describe.each(['LS_five_ridge_b3', 'LogBern_two_ridge_b2', 'PR_iso', 'ReLU_two_ridge_b2', 'Erf22_iso'])(
  '%s',
  (name) => {
    test.each<[Process, number]>([
      ['sgd', 0],
      ['sde', 1],
    ])('%s follows the limit', async (process, order) => {
      const setting = settingOf(name, DIMENSION);
      const limit = await limitStatistics(setting, TIMES);
      const all = deviations(await simulate(setting, process, TIMES, 200), limit, setting, TIMES);
      expect(disagreements(all, 1 / DIMENSION + order * setting.config.dt ** 2)).toEqual([]);
    });
  },
);

describe('a broken kernel is caught', () => {
  const broken: { process: Process; defect: Defect; name: string; runs: number }[] = [
    { process: 'sgd', defect: 'label noise is 10 % too strong', name: 'LS_iso', runs: 100 },
    { process: 'sgd', defect: 'batch size is ignored', name: 'ReLU_two_ridge_b2', runs: 40 },
    { process: 'sgd', defect: 'features lack √λ', name: 'LS_two_source', runs: 40 },
    { process: 'sgd', defect: 'ridge is missing', name: 'ReLU_two_ridge_b2', runs: 40 },
    { process: 'sgd', defect: 'labels ignore the teacher’s doubt', name: 'LogBern_iso', runs: 40 },
    { process: 'sde', defect: 'noise is 5 % too strong', name: 'LS_iso', runs: 600 },
    { process: 'sde', defect: 'batch size is ignored', name: 'ReLU_two_ridge_b2', runs: 100 },
    { process: 'sde', defect: 'features lack √λ', name: 'LS_two_source', runs: 100 },
    { process: 'sde', defect: 'ridge is missing', name: 'LogBern_two_ridge_b2', runs: 100 },
    { process: 'sde', defect: 'noise of the start', name: 'LS_iso', runs: 100 },
  ];
  test.each(broken)('$process in $name: $defect', async ({ process, defect, name, runs }) => {
    const setting = settingOf(name, DIMENSION, {
      dt: 1 / 64,
      ...(defect.includes('label noise') && { labelNoise: 2 }),
    });
    const times = [1, 2];
    const limit = await limitStatistics(setting, times);
    const plain = process === 'sgd' ? plainSgd : plainSde;
    const steps = times.map((t) => t * (process === 'sgd' ? DIMENSION : 64));
    const sample = Array.from({ length: runs }, (_, run) => plain(setting, run, steps, defect));
    const found = disagreements(deviations(sample, limit, setting, times), 1 / DIMENSION + 1 / 64 ** 2);
    expect(found.length).toBeGreaterThan(0);
  });
});

describe('the oracle is the plain loop', () => {
  const oracle = (name: string, process: Process, changes: object, t: number) => {
    const setting = settingOf(name, 64, { ridge: 0.2, ...changes });
    const { model, config } = setting;
    const kernel = model.processes[process]!;
    const run = kernel.oracle(config, model.instance(config), 3);
    for (const segment of kernel.plan(config, Float64Array.of(t))) run.advance(segment);
    return { setting, statistics: run.statistics() };
  };

  test.each([
    ['LS_two_source', {}],
    ['LogBern_two_ridge_b2', {}],
    ['LogSign_iso', {}],
    ['PR_iso', { labelNoise: 0.2 }],
    ['ReLU_two_ridge_b2', {}],
    ['Erf22_iso', { batchSize: 2 }],
  ])('SGD in %s: equal after 128 iterations', (name, changes) => {
    const { setting, statistics } = oracle(name, 'sgd', changes, 2);
    const [plain] = plainSgd(setting, 3, [128], 'none');
    for (const [key, value] of Object.entries(plain!)) expect(statistics[key]).toBeCloseTo(value, 10);
  });

  test.each(['LS_two_source', 'PR_iso', 'ReLU_two_ridge_b2', 'LogSign_iso'])(
    'SDE in %s: two schemes on the same Brownian path meet as dt → 0',
    (name) => {
      const gap = (dt: number) => {
        const { setting, statistics } = oracle(name, 'sde', { dt }, 0.25);
        const [plain] = plainSde(setting, 3, [Math.round(0.25 / dt)], 'none');
        return Math.abs(statistics['weighted11']! / plain!['weighted11']! - 1);
      };
      expect(gap(1 / 64)).toBeLessThan(0.1);
      expect(gap(1 / 4096)).toBeLessThan(0.01);
    },
  );
});
