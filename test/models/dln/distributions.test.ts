/** The law of the coordinates: known at t = 0, consistent with the observables, followed by SGD and SDE. */
import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { count, countsOf, type Histogram } from '../../../src/engine/histogram.ts';
import { distributions } from '../../../src/models/dln/distributions.ts';
import { groupingOf, groupOf } from '../../../src/models/dln/groups.ts';
import { dln } from '../../../src/models/dln/index.ts';
import { parameters, type DlnConfig } from '../../../src/models/dln/parameters.ts';
import type { BinnedLaw } from '../../../src/models/model.ts';
import { limitStatistics } from './agreement.ts';

const BINS = 81;

const configWith = (changes: Partial<DlnConfig>): DlnConfig => ({ ...defaultsOf(parameters), ...changes });

async function laws(
  config: DlnConfig,
  quantity: string,
  times: readonly number[],
): Promise<(readonly BinnedLaw[])[]> {
  const all: (readonly BinnedLaw[])[] = [];
  const saveAt = Float64Array.from(times);
  const { signal } = new AbortController();
  for await (const part of distributions.solve(config, quantity, BINS, saveAt, signal)) all.push(...part);
  return all;
}

/** Mean of xᵐ, from the middles of the bins. */
function moment({ low, high, mass }: BinnedLaw, power: 1 | 2): number {
  const width = (high - low) / BINS;
  const sum = mass.reduce((total, each, k) => total + each * (low + (k - 0.5) * width) ** power, 0);
  // Sheppard's correction.
  return power === 1 ? sum : sum - width ** 2 / 12;
}

/** Largest distance between two distribution functions at the edges of the bins. */
function kolmogorov(counts: Uint32Array, { mass }: BinnedLaw): { distance: number; n: number } {
  const n = counts.reduce((sum, each) => sum + each, 0);
  let [empirical, exact, distance] = [0, 0, 0];
  counts.forEach((each, k) => {
    empirical += each / n;
    exact += mass[k]!;
    distance = Math.max(distance, Math.abs(empirical - exact));
  });
  return { distance, n };
}

/** Counts of the coordinates of a process at one time, over the bins of the laws, by group. */
function histogram(
  process: 'sgd' | 'sde',
  config: DlnConfig,
  quantity: string,
  t: number,
  bins: readonly BinnedLaw[],
): Uint32Array[] {
  const kernel = dln.processes[process]!;
  const instance = dln.instance(config);
  const plan: Histogram = {
    quantity,
    index: 0,
    bins: BINS,
    groups: bins.length,
    rows: Int32Array.of(0),
    ranges: Float64Array.from(bins.flatMap(({ low, high }) => [low, high])),
  };
  const of = groupOf(config, instance);
  const counts = new Uint32Array(countsOf(plan));
  const [segment] = kernel.plan(config, Float64Array.of(t));
  for (let run = 0; run < config.runs; run++) {
    const oracle = kernel.oracle(config, instance, run);
    oracle.advance(segment!);
    count(counts, oracle.coordinates!(quantity), of, plan, 0);
  }
  return bins.map((_, group) => counts.slice(group * (BINS + 2), (group + 1) * (BINS + 2)));
}

describe('at t = 0', () => {
  test('zero output puts every coordinate into the middle bin', async () => {
    for (const quantity of ['beta', 'xi']) {
      const [start] = await laws(configWith({}), quantity, [0, 1]);
      for (const { low, high, mass } of start!) {
        expect(low + high).toBe(0);
        expect(mass[(BINS + 1) / 2]).toBe(1);
      }
    }
  });

  test('random start: tan of the angle of two normal numbers is uniform, P(ξ ≤ x) = (2/π) arctan e²ˣ', async () => {
    const [[law]] = (await laws(configWith({ init: 'random', stepSize: 0.2 }), 'xi', [0, 0.1])) as [
      BinnedLaw[],
    ];
    const { low, high, mass } = law!;
    let sum = 0;
    for (let k = 0; k <= BINS; k++) {
      sum += mass[k]!;
      const edge = low + ((high - low) * k) / BINS;
      expect(Math.abs(sum - (2 / Math.PI) * Math.atan(Math.exp(2 * edge)))).toBeLessThan(4e-3);
    }
  });
});

const regimes: Record<string, Partial<DlnConfig>> = {
  default: {},
  'label noise': { labelNoise: 0.5, stepSize: 0.4, density: 0.2, amplitude: 2 },
  'teacher of both signs, two eigenvalues': {
    teacher: 'atoms',
    teacherAtoms: [
      { value: -1, weight: 0.2 },
      { value: 0, weight: 0.5 },
      { value: 1, weight: 0.3 },
    ],
    spectrum: 'twoPoint',
    condition: 4,
    stepSize: 0.3,
  },
};

describe.each(Object.entries(regimes))('%s', (_, changes) => {
  const config = configWith(changes);
  const times = [0.05, 1, 4];

  test('mass is 1 in every group and its moments are those of the observables', async () => {
    const solved = await laws(config, 'beta', times);
    const expected = await limitStatistics(config, times);
    const { of } = groupingOf(config);
    const points = distributionsOf(config);
    solved.forEach((groupLaws, i) => {
      for (const { mass } of groupLaws) {
        expect(mass.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
        expect(Math.min(...mass)).toBeGreaterThan(-1e-9);
      }
      const mean = (power: 1 | 2, keep = (_teacher: number) => true) =>
        points
          .filter(({ teacher }) => keep(teacher))
          .reduce((sum, p) => sum + p.weight * moment(groupLaws[of(p.eigenvalue, p.teacher)]!, power), 0);
      const { l2, offSupport, squaredError } = expected[i]!;
      // The tails beyond the bins are missing.
      expect(Math.abs(mean(2) / l2 - 1)).toBeLessThan(1.5e-3);
      expect(Math.abs(mean(2, (teacher) => teacher === 0) / offSupport - 1)).toBeLessThan(1.5e-3);
      // E(β − β*)² = Eβ² − 2Eββ* + Eβ*²
      const cross = points.reduce(
        (sum, p) => sum + p.weight * p.teacher * moment(groupLaws[of(p.eigenvalue, p.teacher)]!, 1),
        0,
      );
      const teacher = points.reduce((sum, p) => sum + p.weight * p.teacher ** 2, 0);
      expect(Math.abs(mean(2) - 2 * cross + teacher - squaredError)).toBeLessThan(1e-3 * teacher);
    });
  });
});

/** Atoms of the law of (λ, β*) of a config whose laws are discrete. */
function distributionsOf(config: DlnConfig): { eigenvalue: number; teacher: number; weight: number }[] {
  const { eigenvalue, teacher } = dln.instance({ ...config, dimension: 10000 });
  return Array.from(eigenvalue, (lambda, i) => ({
    eigenvalue: lambda,
    teacher: teacher[i]!,
    weight: 1 / 10000,
  }));
}

test('the law at −β* mirrors that at β*', async () => {
  const config = configWith(regimes['teacher of both signs, two eigenvalues']!);
  const [all] = await laws(config, 'xi', [1]);
  const { of } = groupingOf(config);
  const [left, right] = [all![of(0.4, -1)]!, all![of(0.4, 1)]!];
  expect(left.low).toBeCloseTo(-right.high, 12);
  left.mass.forEach((mass, k) => expect(mass).toBeCloseTo(right.mass[BINS + 1 - k]!, 9));
});

describe('processes', () => {
  const samples: [name: string, quantity: string, t: number, changes: Partial<DlnConfig>][] = [
    ['default', 'beta', 1, {}],
    ['label noise', 'xi', 3, { labelNoise: 0.5, stepSize: 0.4, density: 0.25, amplitude: 2 }],
    ['Gaussian teacher', 'beta', 1, { teacher: 'gaussian', stepSize: 0.3 }],
    ['random start', 'xi', 2, { init: 'random', stepSize: 0.3, density: 0.5 }],
  ];
  /** Kolmogorov's distance of n independent draws exceeds this multiple of n^{−½} with probability 7e-6. */
  const most = 2.5;

  test.each(samples)('SGD and SDE draw from the law: %s, %s', async (_, quantity, t, changes) => {
    const config = configWith({ dimension: 1024, runs: 6, dt: 0.01, ...changes });
    const [law] = await laws(config, quantity, [t]);
    const [wrong] = await laws({ ...config, stepSize: config.stepSize * 1.5 }, quantity, [t]);
    for (const process of ['sgd', 'sde'] as const) {
      const counts = histogram(process, config, quantity, t, law!);
      const excess = (laws_: readonly BinnedLaw[]) =>
        counts.map((each, group) => {
          const { distance, n } = kolmogorov(each, laws_[group]!);
          return Math.sqrt(n) * (distance - 4 / config.dimension);
        });
      expect(Math.max(...excess(law!))).toBeLessThan(most);
      // The same test tells a law of other width and place.
      const rebinned = histogram(process, config, quantity, t, wrong!);
      const missed = rebinned.map((each, group) => {
        const { distance, n } = kolmogorov(each, wrong![group]!);
        return Math.sqrt(n) * distance;
      });
      expect(Math.max(...missed)).toBeGreaterThan(most);
    }
  });
});

describe('groups', () => {
  test.each([
    [{}, ['β* = 0', 'β* = 1']],
    [
      { spectrum: 'twoPoint', condition: 3 },
      ['β* = 0, λ = 0.5', 'β* = 0, λ = 1.5', 'β* = 1, λ = 0.5', 'β* = 1, λ = 1.5'],
    ],
    [{ teacher: 'gaussian' }, ['β* ≤ −0.674', '−0.674 < β* ≤ 0', '0 < β* ≤ 0.674', 'β* > 0.674']],
  ] as [Partial<DlnConfig>, string[]][])('%o', (changes, labels) => {
    const config = configWith({ dimension: 1000, ...changes });
    const of = groupOf(config, dln.instance(config));
    expect(distributions.groups(config)).toEqual(labels);
    expect(new Set(of)).toEqual(new Set(labels.keys()));
  });

  test('there are at most eight, of equal size where the laws are continuous', () => {
    const config = configWith({ dimension: 4096, teacher: 'gaussian', spectrum: 'powerLaw' });
    const of = groupOf(config, dln.instance(config));
    expect(distributions.groups(config)).toHaveLength(8);
    for (let group = 0; group < 8; group++) {
      expect(of.filter((each) => each === group).length / 512).toBeCloseTo(1, 1);
    }
  });
});
