/** What shapes the WGSL kernels of multi-pass SGD. */
import { networkOf } from './architecture.ts';
import { measuredBySgd } from './costs.ts';
import type { MultipassConfig } from './parameters.ts';
import { sampleCount } from './trainingRows.ts';

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
  /** Whether all samples kick the weights in a step. */
  readonly flow: boolean;
  /** Whether all samples are measured, so that their labels are stored. */
  readonly labelled: boolean;
}

/** Samples that the train loss is measured on: the first ones, as by the oracles. */
export function measuredBy(config: MultipassConfig, flow: boolean): number {
  return flow ? sampleCount(config) : measuredBySgd(config);
}

export function shapeOf(config: MultipassConfig, flow: boolean): Shape {
  const { students: units, teachers } = networkOf(config);
  const labelled = measuredBy(config, flow) === sampleCount(config);
  return { units, teachers, tile: Math.max(units, teachers) > 1 ? 8 : 16, flow, labelled };
}
