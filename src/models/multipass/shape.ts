/** What shapes the WGSL kernels of multi-pass SGD. */
import { networkOf } from './architecture.ts';
import type { MultipassConfig } from './parameters.ts';

/** Workgroups of a run for tiles of samples at most, and blocks of weights that one workgroup moves. */
export const TILE_GROUPS = 4096;
export const BLOCKS = 8;

export interface Shape {
  /** Vectors of weights of the student. */
  readonly units: number;
  /** Of the teacher. */
  readonly teachers: number;
  /** Samples that a workgroup multiplies at once. */
  readonly tile: number;
  /** Whether all samples are measured, and kick the weights in a step. */
  readonly flow: boolean;
}

export function shapeOf(config: MultipassConfig, flow: boolean): Shape {
  const { students: units, teachers } = networkOf(config);
  return { units, teachers, tile: Math.max(units, teachers) > 1 ? 8 : 16, flow };
}
