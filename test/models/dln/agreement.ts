/** Does the mean over runs follow the limit? The one criterion for oracles, kernels and broken kernels alike. */
import { defaultsOf } from '../../../src/config/parameter.ts';
import { dln } from '../../../src/models/dln/index.ts';
import { observables, type ObservableName } from '../../../src/models/dln/observables.ts';
import { parameters, type DlnConfig } from '../../../src/models/dln/parameters.ts';
import type { StatisticName } from '../../../src/models/dln/statistics.ts';
import reference from '../../reference/dln.json' with { type: 'json' };

export type Statistics = Record<StatisticName, number>;
export type ReferenceName = keyof typeof reference.configs;

/** A reference configuration as a full config, with its recorded times and risks. */
export function referenceConfig(name: ReferenceName): { config: DlnConfig; t: number[]; risk: number[] } {
  const { config: given, t, risk } = reference.configs[name];
  const atoms = (pairs: number[][]) => pairs.map(([value, weight]) => ({ value: value!, weight: weight! }));
  const config: DlnConfig = {
    ...defaultsOf(parameters),
    spectrum: 'atoms',
    eigenvalues: atoms(given.eigenvalues),
    teacher: 'atoms',
    teacherAtoms: atoms(given.teacher),
    stepSize: given.stepSize,
    batchSize: given.batchSize,
    initScale: given.initScale,
    labelNoise: given.labelNoise,
    horizon: Math.max(...t),
  };
  return { config, t, risk };
}

/** Statistics of the limit at the given times. */
export async function limitStatistics(config: DlnConfig, times: readonly number[]): Promise<Statistics[]> {
  const saved: Statistics[] = [];
  const solution = dln.limits['limit']!.solve(config, Float64Array.from(times), new AbortController().signal);
  for await (const { first, frames } of solution) {
    frames.forEach(({ values }, i) => {
      const entries = dln.statistics.map((name) => [name, values[name]![0]]);
      saved[first + i] = Object.fromEntries(entries) as Statistics;
    });
  }
  return saved;
}

/** Statistics of `runs` runs of a process at times that are whole steps: [run][time]. */
export function simulate(
  process: 'sgd' | 'sde',
  config: DlnConfig,
  times: readonly number[],
  runs: number,
): Statistics[][] {
  const kernel = dln.processes[process]!;
  const instance = dln.instance(config);
  const plan = kernel.plan(config, Float64Array.from(times));
  return Array.from({ length: runs }, (_, run) => {
    const oracle = kernel.oracle(config, instance, run);
    return plan.map((segment) => {
      oracle.advance(segment);
      return oracle.statistics();
    });
  });
}

export interface Deviation {
  readonly observable: ObservableName;
  readonly t: number;
  /** Relative to the limit. */
  readonly deviation: number;
  /** Relative standard error of the mean over runs. */
  readonly standardError: number;
}

/** How far the mean over runs is from the limit, for every observable at every time. */
export function deviations(
  runs: readonly Statistics[][],
  limit: readonly Statistics[],
  config: DlnConfig,
  times: readonly number[],
): Deviation[] {
  const names = Object.keys(observables) as ObservableName[];
  return names.flatMap((observable) =>
    times.map((t, i) => {
      const value = (statistics: Statistics) => dln.observables[observable].of(statistics, config);
      const exact = value(limit[i]!);
      const sample = runs.map((run) => value(run[i]!) / exact - 1);
      const mean = sample.reduce((sum, each) => sum + each, 0) / sample.length;
      const square = sample.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (sample.length - 1);
      return { observable, t, deviation: mean, standardError: Math.sqrt(square / sample.length) };
    }),
  );
}

/** Those that exceed four standard errors plus a relative allowance for finite d and dt. */
export function disagreements(all: readonly Deviation[], allowance: number): Deviation[] {
  return all.filter(
    ({ deviation, standardError }) => !(Math.abs(deviation) <= 4 * standardError + allowance),
  );
}
