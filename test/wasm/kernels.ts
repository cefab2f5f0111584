/** Kernels of the diagonal linear network under test, beside their oracles. */
import { defaultsOf } from '../../src/config/parameter.ts';
import { wasmRuns } from '../../src/engine/wasmRun.ts';
import { dln } from '../../src/models/dln/index.ts';
import { parameters, type DlnConfig } from '../../src/models/dln/parameters.ts';
import type { StatisticName } from '../../src/models/dln/statistics.ts';
import type { Oracle, Span } from '../../src/models/model.ts';

export const processes = ['sgd', 'sde'] as const;
export type Process = (typeof processes)[number];

export function configWith(changes: Partial<DlnConfig>): DlnConfig {
  return { ...defaultsOf(parameters), dt: 0.005, ...changes };
}

export function wasmOf(
  process: Process,
  config: DlnConfig,
  runs: readonly number[],
): Promise<Oracle<StatisticName>[]> {
  const { label, wasm } = dln.processes[process]!;
  return wasmRuns(label, wasm!, dln.statistics, config, dln.instance(config), runs);
}

export function oracleOf(process: Process, config: DlnConfig, run: number): Oracle<StatisticName> {
  return dln.processes[process]!.oracle(config, dln.instance(config), run);
}

export function spanOf(process: Process, config: DlnConfig, step: number, steps: number): Span {
  const dt = process === 'sgd' ? 1 / config.dimension : config.dt;
  return { step, steps, t: step * dt, dt };
}
