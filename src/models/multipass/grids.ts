/** How finely the mean-field equations of a config are resolved. */
import { networkOf } from './architecture.ts';
import { steepest, type NetworkProblem } from './networkProblem.ts';
import type { Problem } from './onePass.ts';
import type { MultipassConfig } from './parameters.ts';

export interface PathGrid {
  /** Finest step h; coarser grids have 2h and, where there are jumps, 4h. */
  readonly h: number;
  /** Steps of the finest grid, a multiple of 4. */
  readonly steps: number;
  /** Paths in a batch. */
  readonly paths: number;
}

/** Steps beyond which kernels, whose cost is the cube of them, are coarsened. */
const MOST_STEPS = 480;

/** Largest chance of a visit in a step: what several visits in one step would change is extrapolated away. */
const VISIT = 0.05;

/** Steps of gradient flow over the shortest time scale: those that are taken, and those that still work. */
const [ACCURATE, STABLE] = [0.3, 0.5];

/** Numbers that derivatives of gradient flow may take. */
const DERIVATIVES = 2e7;

export function problemOf(config: MultipassConfig): Problem {
  const { loss, sampleRatio, stepSize, ridge, initNorm, initOverlap, teacherNorm, labelNoise } = config;
  const decay = stepSize * ridge;
  return { loss, sampleRatio, stepSize, decay, initNorm, initOverlap, teacherNorm, labelNoise };
}

export function networkProblemOf(config: MultipassConfig): NetworkProblem {
  const { loss, sampleRatio, stepSize, ridge, labelNoise } = config;
  return { loss, sampleRatio, stepSize, decay: stepSize * ridge, labelNoise, network: networkOf(config) };
}

function gridUpTo(end: number, h: number, largest: number, paths: number): PathGrid {
  const steps = 4 * Math.ceil(end / Math.max(h, end / MOST_STEPS) / 4 - 1e-9);
  if (end / steps > largest * (1 + 1e-9)) {
    const most = Number((MOST_STEPS * largest).toPrecision(2));
    throw new RangeError(
      `horizon ${end}: mean-field equations take ${MOST_STEPS} steps; expected at most ${most} here`,
    );
  }
  return { h: end / steps, steps, paths };
}

/** For SGD and its modified equation up to time `end`; `coarseness` multiplies the step. */
export function jumpGrid(config: MultipassConfig, end: number, coarseness = 1): PathGrid {
  // A step of the coarsest grid holds at most one visit per sample.
  const largest = config.sampleRatio / 4;
  const step = Math.min(config.gridStep, VISIT * config.sampleRatio);
  return gridUpTo(end, Math.min(coarseness * step, largest), largest, config.paths);
}

/** For gradient flow: steps of second order, in which the coarser grid has to be stable too. */
export function flowGrid(config: MultipassConfig, end: number): PathGrid {
  const { sampleRatio, stepSize, ridge, gridStep, paths } = config;
  const rate =
    (stepSize / sampleRatio) * (1 + Math.sqrt(sampleRatio)) ** 2 * steepest(networkProblemOf(config));
  const time = 1 / (0.8 * rate + stepSize * ridge);
  const grid = gridUpTo(end, Math.min(2 * gridStep, ACCURATE * time), STABLE * time, paths);
  const most = 256 * Math.max(1, Math.floor((2 * DERIVATIVES) / grid.steps ** 2 / 256));
  return { ...grid, paths: Math.min(paths, most) };
}
