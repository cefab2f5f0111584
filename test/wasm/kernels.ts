/** Kernels under test, beside their oracles. */
import { defaultsOf, type AnyConfig } from '../../src/config/parameter.ts';
import { wasmRuns } from '../../src/engine/wasmRun.ts';
import { dln } from '../../src/models/dln/index.ts';
import { parameters, type DlnConfig } from '../../src/models/dln/parameters.ts';
import type { StatisticName } from '../../src/models/dln/statistics.ts';
import type { AnyModel, Oracle, Span } from '../../src/models/model.ts';

export const processes = ['sgd', 'sde'] as const;
export type Process = (typeof processes)[number];

/** The kernels of any model. */
export function kernelsOf(model: AnyModel) {
  return {
    wasmOf(process: Process, config: AnyConfig, runs: readonly number[]): Promise<Oracle[]> {
      const { label, wasm } = model.processes[process]!;
      return wasmRuns(label, wasm!, model.statistics, config, model.instance(config), runs);
    },
    oracleOf: (process: Process, config: AnyConfig, run: number): Oracle =>
      model.processes[process]!.oracle(config, model.instance(config), run),
  };
}

export function configWith(changes: Partial<DlnConfig>): DlnConfig {
  return { ...defaultsOf(parameters), dt: 0.005, ...changes };
}

const { wasmOf: anyWasmOf, oracleOf: anyOracleOf } = kernelsOf(dln as AnyModel);

/** Those of the diagonal linear network. */
export function wasmOf(
  process: Process,
  config: DlnConfig,
  runs: readonly number[],
): Promise<Oracle<StatisticName>[]> {
  return anyWasmOf(process, config, runs);
}

export function oracleOf(process: Process, config: DlnConfig, run: number): Oracle<StatisticName> {
  return anyOracleOf(process, config, run);
}

export function spanOf(
  process: Process,
  config: { readonly dimension: number; readonly dt: number },
  step: number,
  steps: number,
): Span {
  const dt = process === 'sgd' ? 1 / config.dimension : config.dt;
  return { step, steps, t: step * dt, dt };
}
