/**
 * Which classes each pass over all of them sums, how finely they are solved, and how far off the result may be.
 * Continuous laws take as many points as a probe of each law alone asks for. Errors of steps and grids are measured
 * on a small set of classes, solved twice, and what is found is added to the sums over the large set.
 */
import type { Part } from './limitCascade.ts';
import type { PassAccuracy } from './limitPass.ts';
import { GOAL } from './limitSolution.ts';
import { spreadClasses } from './limitSpread.ts';
import { classesOf, nodesOf, type Nodes, type Sampling } from './limitStart.ts';
import type { DlnConfig } from './parameters.ts';

/** Classes of a pass, at most. */
export const MOST = 16384;

/** How finely classes are solved: a first pass, the large set of the others, and how much finer the small set is. */
export const accuracies: readonly PassAccuracy[] = [
  { tolerance: 1e-6, roughness: 1e-3 },
  { tolerance: 1e-7, roughness: 5e-4 },
  { tolerance: 1e-8, roughness: 4e-5 },
  { tolerance: 1e-9, roughness: 1e-5 },
  { tolerance: 1e-10, roughness: 2.5e-6 },
];

/** What probes of single laws are solved to. */
export const probing: PassAccuracy = { tolerance: 1e-5, roughness: 3e-3 };

/** Points of the first two passes: errors of Gauss rules are raised to the power of their ratio. */
export const early: readonly number[] = [0.5, 0.7];
/** How many passes more, the largest refinement, and the ratio of one to the next at least. */
export const LATE = 5;
const [MOST_REFINED, RATIO] = [6, 1.25];
/** Refinement of the small set relative to the large one. */
const SMALL_SET = 0.4;

/** Tolerances that a solution may be off by where that is not measured. */
const FLOOR = 60;
/** The most that a power of the difference to another solution is trusted. */
const MOST_GAIN = 1.8;
/** What is left of a measured error of steps and grids once it has been added, where nothing else tells. */
const LEFT = 0.3;
/** The share of it that a solution so much finer is off by itself. */
const SURE = 0.1;
/** No error smaller than this is stated: up to 5e-7 was measured, of E|β|, which has a kink. */
const LEAST = 5e-7;

/** How finely the small set is solved beside a large set at `level`. */
function finer(level: number): PassAccuracy {
  return accuracies[Math.min(level + 2, accuracies.length - 1)]!;
}

/** Parts of a pass: all classes, and the small set at two accuracies where `measured`. */
export function partsOf(
  config: DlnConfig,
  sampling: Sampling,
  level: number,
  measured: boolean,
  spread: boolean,
): readonly [Part, ...Part[]] {
  const coarse = accuracies[level]!;
  const classesAt = (nodes: Nodes) => (spread ? spreadClasses(config, nodes) : classesOf(config, nodes));
  const nodes = nodesOf(config, sampling);
  const main: Part = { classes: classesAt(nodes), accuracy: coarse, sign: 1 };
  if (!measured) return [main];
  const [lambda, star, start] = nodes;
  const fewer = (count: number) => (count === 1 ? 1 : Math.max(3, Math.round(SMALL_SET * count)));
  const classes = classesAt([fewer(lambda), fewer(star), fewer(start)]);
  return [main, { classes, accuracy: finer(level), sign: 1 }, { classes, accuracy: coarse, sign: -1 }];
}

/**
 * The error of a solution that differs by δ from a coarser one: δ is the error of that one. Steps and grids make it
 * smaller by a constant, rules for continuous laws raise it to the ratio of their numbers of points.
 *
 * @param ratio of the numbers of points of each continuous law; 1 where there is none
 * @param tolerance of the steps, 0 where their errors are known otherwise
 */
export function remaining(difference: number, ratio: number, tolerance: number): number {
  if (ratio === 1) return difference / 4;
  return Math.max(FLOOR * tolerance, 2 * difference ** Math.min(ratio, MOST_GAIN));
}

/** Largest size of a measured error. */
export const sizeOf = (corrections: readonly Float64Array[]): number =>
  Math.max(0, ...corrections.map((shares) => Math.max(...shares.map(Math.abs))));

/**
 * Error of steps and grids of a pass at `level` whose measured part is `corrections`, as shares of the statistics: what
 * the finer solution is off by itself, and what the small set misses, of which the small set of the pass before tells.
 *
 * @param before corrections of the pass before where it was at the same level
 */
export function leftOf(
  corrections: readonly Float64Array[],
  before: readonly Float64Array[] | undefined,
  level: number,
): number {
  const size = sizeOf(corrections);
  const apart =
    before && sizeOf(corrections.map((shares, i) => shares.map((c, k) => c - (before[i]?.[k] ?? 0))));
  const left = apart === undefined ? LEFT * size : Math.max(SURE * size, apart);
  return Math.max(left, FLOOR * finer(level).tolerance, LEAST);
}

/** Error of each statistic of a solution, and its refinement. */
export interface Measured {
  readonly apart: Float64Array;
  readonly refinement: number;
}

/**
 * The error of rules at a refinement. Each statistic has a decay of its own: errors go on falling exponentially as
 * from `earlier` to `late`, or are raised to the ratio of numbers of points, whatever is larger.
 *
 * @param tolerance of the steps, 0 where their errors are known otherwise
 * @param doubt share of the difference that is the least error
 */
export function rulesError(
  earlier: Measured | undefined,
  late: Measured,
  refinement: number,
  tolerance: number,
  doubt: number,
): number {
  const gained = earlier ? late.refinement - earlier.refinement : 0;
  return late.apart.reduce((largest, error, k) => {
    const power = remaining(error, refinement / late.refinement, tolerance);
    if (!earlier || !(gained > 0)) return Math.max(largest, power, doubt * error);
    const rate = Math.max(0, Math.log(earlier.apart[k]! / error)) / gained;
    const seen = 3 * error * Math.exp(-rate * (refinement - late.refinement));
    return Math.max(largest, power, doubt * error, error > 0 ? seen : 0);
  }, 0);
}

/**
 * The refinement that should leave a quarter of the goal, where a solution differs from the one before as `late`; or,
 * if that could not be stated, enough for the next one to do so.
 */
export function next({ apart, refinement: before }: Measured, refinement: number, doubt: number): number {
  const log = Math.log(Math.min(0.5, Math.max(...apart)));
  const left = Math.exp((log * refinement) / before);
  const target = doubt * left > GOAL ? (0.5 * GOAL) / doubt : GOAL / 4;
  return Math.min(MOST_REFINED, Math.max((before * Math.log(target)) / log, RATIO * refinement));
}

/**
 * The share of the difference to the solution before that is the least error stated: thresholds make kinks in laws,
 * past which errors fall slowly and differences of rules show them in part.
 */
export function doubtOf({ labelNoise }: DlnConfig, laws: number): number {
  return laws === 1 || labelNoise > 0 ? 0.2 : 0.1;
}
