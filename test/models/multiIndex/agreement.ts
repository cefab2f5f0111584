/** Does the mean over runs follow the limit? The one criterion for kernels and broken kernels alike. */
import { defaultsOf, type AnyConfig } from '../../../src/config/parameter.ts';
import { wasmRuns } from '../../../src/engine/wasmRun.ts';
import { committee } from '../../../src/models/committee/index.ts';
import { glm } from '../../../src/models/glm/index.ts';
import type { AnyModel } from '../../../src/models/model.ts';
import { pairsOf } from '../../../src/models/multiIndex/statistics.ts';
import reference from '../../reference/glm.json' with { type: 'json' };

export type Statistics = Readonly<Record<string, number>>;
export type Process = 'sgd' | 'sde';

export interface Setting {
  readonly model: AnyModel;
  readonly config: AnyConfig & { readonly dimension: number; readonly dt: number };
}

const losses: Readonly<Record<string, string>> = {
  LeastSquares: 'leastSquares',
  LogisticBern: 'logistic',
  LogisticSign: 'logisticSign',
  PhaseRetrieval: 'phaseRetrieval',
  AmplitudePR: 'amplitudeRetrieval',
  ReLU: 'relu',
};

/** Names of the reference configurations. */
export const references = reference.configs.map(({ name }) => name);

/** A reference configuration in a dimension; the limit is that of its eigenvalues as rounded to that dimension. */
export function settingOf(name: string, dimension: number, changes: AnyConfig = {}): Setting {
  const found = reference.configs.find((each) => each.name === name);
  if (!found) throw new RangeError(`reference ${name} is unknown; expected one of ${references.join(', ')}`);
  const common = {
    dimension,
    stepSize: found.gamma,
    ridge: found.delta,
    batchSize: found.b,
    labelNoise: found.sigma ?? 0,
    spectrum: 'atoms',
    eigenvalues: found.spectrum_lambda.map((value, i) => ({ value, weight: found.spectrum_weight[i]! })),
    ...changes,
  };
  const model = (found.v ? committee : glm) as AnyModel;
  const start: AnyConfig = found.v
    ? {
        studentWeights: found.v,
        teacherWeights: found.vs,
        overlaps: pairsOf(found.v.length + found.vs.length).map(([i, j]) => (found.V0 as number[][])[i]![j]!),
      }
    : glmStart(found.V0 as number[][] | number[][][], losses[found.model]!);
  const config = { ...defaultsOf(model.parameters), dt: 0.02, ...common, ...start };
  return { model, config: model.finiteSize!.at(config, dimension) as Setting['config'] };
}

function glmStart(V0: number[][] | number[][][], loss: string): AnyConfig {
  const matrices = (Array.isArray(V0[0]![0]) ? V0 : [V0]) as number[][][];
  const entry = (i: number, j: number) => matrices.map((matrix) => matrix[i]![j]!);
  return { loss, initNorm: entry(0, 0), initOverlap: entry(0, 1), teacherNorm: entry(1, 1) };
}

/** Statistics of the limit at the given times. */
export async function limitStatistics(
  { model, config }: Setting,
  times: readonly number[],
): Promise<Statistics[]> {
  const saved: Statistics[] = [];
  const signal = new AbortController().signal;
  for await (const { first, frames } of model.limits['limit']!.solve(
    config,
    Float64Array.from(times),
    signal,
  )) {
    frames.forEach(({ values }, i) => {
      const entries = model.statistics.map((name) => [name, values[name]![0]!]);
      saved[first + i] = Object.fromEntries(entries) as Statistics;
    });
  }
  return saved;
}

/** Statistics of `runs` runs at times that are whole steps, by the WebAssembly kernel: [run][time]. */
export async function simulate(
  { model, config }: Setting,
  process: Process,
  times: readonly number[],
  runs: number,
): Promise<Statistics[][]> {
  const { label, wasm, plan } = model.processes[process]!;
  const all = Array.from({ length: runs }, (_, run) => run);
  const kernels = await wasmRuns(label, wasm!, model.statistics, config, model.instance(config), all);
  return kernels.map((kernel) =>
    plan(config, Float64Array.from(times)).map((segment) => {
      kernel.advance(segment);
      return kernel.statistics();
    }),
  );
}

export interface Deviation {
  readonly observable: string;
  readonly t: number;
  /** Relative to the limit; absolute where that may be 0. */
  readonly deviation: number;
  /** Standard error of the mean over runs, in the same unit. */
  readonly standardError: number;
}

const compared = ['risk', 'overlap', 'studentNorm'];

/** How far the mean over runs is from the limit, at every time. */
export function deviations(
  runs: readonly (readonly Statistics[])[],
  limit: readonly Statistics[],
  { model, config }: Setting,
  times: readonly number[],
): Deviation[] {
  return compared.flatMap((observable) =>
    times.map((t, i) => {
      const { of, scale } = model.observables[observable]!;
      const exact = of(limit[i]!, config);
      const sample = runs.map((run) => (of(run[i]!, config) - exact) / (scale === 'log' ? exact : 1));
      const mean = sample.reduce((sum, each) => sum + each, 0) / sample.length;
      const square = sample.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (sample.length - 1);
      return { observable, t, deviation: mean, standardError: Math.sqrt(square / sample.length) };
    }),
  );
}

/** Those that exceed four standard errors plus an allowance for finite d and dt. */
export function disagreements(all: readonly Deviation[], allowance: number): Deviation[] {
  return all.filter(
    ({ deviation, standardError }) => !(Math.abs(deviation) <= 4 * standardError + allowance),
  );
}
