/** How finely the mean-field equations of a config are resolved. */
import { networkOf } from './architecture.ts';
import { steepest, type NetworkProblem } from './networkProblem.ts';
import type { Problem } from './onePass.ts';
import type { MultipassConfig } from './parameters.ts';
import type { Driver } from './pathNoise.ts';

export interface PathGrid {
  /** Finest step h; coarser grids have 2h and, where there are jumps, 4h. */
  readonly h: number;
  /** Steps of the finest grid, a multiple of 4. */
  readonly steps: number;
  /** Paths in a batch. */
  readonly paths: number;
}

/** Steps times units beyond which kernels, whose cost is the cube of both, are coarsened; steps of gradient flow. */
const [MOST_STEPS, MOST_FLOW_STEPS] = [960, 480];

/** Steps of long horizons where each sample is visited seldom enough: with 8192 paths more of them run away. */
const SOME_STEPS = 480;

/** Paths times the square of steps and units that a batch of a network may take: 4 s for the largest one. */
const PRODUCTS = 2e9;

/** Paths of a network that are not too few for its innovations, whose share of what paths learn is taken back. */
const LEAST_PATHS = 4096;

/** Largest chance of a visit in a step: what several visits in one step would change is extrapolated away. */
const VISIT = 0.05;

/** Largest mean square of η sup|ℓ″| dΛ in a step of the modified equation: of kicks that feed on themselves. */
const KICK = 0.3;

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

/** The latest time that so many steps reach, rounded down to two digits. */
function roundDown(time: number): number {
  const unit = 10 ** (Math.floor(Math.log10(time)) - 1);
  return Number((Math.floor(time / unit + 1e-9) * unit).toPrecision(2));
}

/** Why limits end before `end`, and where. */
export function shortOf(end: number, reach: number): string {
  return `horizon ${end}: mean-field equations take too many steps; expected at most ${reach} here`;
}

function gridUpTo(end: number, h: number, largest: number, most: number, paths: number): PathGrid {
  const steps = 4 * Math.ceil(end / Math.max(h, end / most) / 4 - 1e-9);
  if (end / steps > largest * (1 + 1e-9)) throw new RangeError(shortOf(end, roundDown(most * largest)));
  return { h: end / steps, steps, paths };
}

/** A step of the coarsest grid holds at most one visit per sample. */
const largestJump = ({ sampleRatio }: MultipassConfig): number => sampleRatio / 4;

const mostSteps = (config: MultipassConfig): number => Math.floor(MOST_STEPS / networkOf(config).students);

/** Shortest time scale of gradient flow. */
function flowTime(config: MultipassConfig): number {
  const { sampleRatio, stepSize, ridge } = config;
  const rate =
    (stepSize / sampleRatio) * (1 + Math.sqrt(sampleRatio)) ** 2 * steepest(networkProblemOf(config));
  return 1 / (0.8 * rate + stepSize * ridge);
}

/** The latest time that a limit is solved for. */
export function reachOf(config: MultipassConfig, driver: Driver | 'gf'): number {
  if (driver === 'gf') return roundDown(MOST_FLOW_STEPS * STABLE * flowTime(config));
  return roundDown(mostSteps(config) * largestJump(config));
}

/** For SGD and its modified equation up to time `end`; `coarseness` multiplies the step. */
export function jumpGrid(config: MultipassConfig, driver: Driver, end: number, coarseness = 1): PathGrid {
  const { sampleRatio, stepSize, gridStep, paths } = config;
  const problem = networkProblemOf(config);
  const { isScalar, students } = problem.network;
  const largest = largestJump(config);
  const noisy = driver === 'sme' && isScalar;
  const visit = noisy ? Math.min(VISIT, KICK / (stepSize * steepest(problem)) ** 2) : VISIT;
  const step =
    coarseness * Math.max(Math.min(gridStep, visit * sampleRatio), isScalar ? end / SOME_STEPS : 0);
  const grid = gridUpTo(end, Math.min(step, largest), largest, mostSteps(config), paths);
  if (isScalar) return grid;
  const few = 256 * Math.floor(PRODUCTS / (students * grid.steps) ** 2 / 256);
  return { ...grid, paths: Math.min(paths, Math.max(few, LEAST_PATHS)) };
}

/** For gradient flow: steps of second order, in which the coarser grid has to be stable too. */
export function flowGrid(config: MultipassConfig, end: number): PathGrid {
  const time = flowTime(config);
  const step = Math.min(2 * config.gridStep, ACCURATE * time);
  const grid = gridUpTo(end, step, STABLE * time, MOST_FLOW_STEPS, config.paths);
  // Networks do without derivatives along paths.
  if (!networkOf(config).isScalar) return grid;
  const most = 256 * Math.max(1, Math.floor((2 * DERIVATIVES) / grid.steps ** 2 / 256));
  return { ...grid, paths: Math.min(config.paths, most) };
}
