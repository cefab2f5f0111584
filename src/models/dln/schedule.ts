/** The step size as a function of time: the one place where a schedule enters oracles and solvers. */
import type { DlnConfig } from './parameters.ts';

/** γ(t), constant today. Twin of stepSizeAt in shaders/dln/params.wgsl. */
export function stepSizeAt(config: DlnConfig, _t: number): number {
  return config.stepSize;
}
