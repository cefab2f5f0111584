/**
 * Which classes each pass over all of them sums, how finely they are solved, and how far off the result may be.
 * Continuous laws take as many points as a probe of each law alone asks for. Errors of steps and grids are measured
 * on a small set of classes, solved twice, and what is found is added to the sums over the large set.
 */
import type { Part } from './limitCascade.ts';
import type { PassAccuracy } from './limitPass.ts';
import { classesOf, limitClasses, nodesOf, type Nodes, type Sampling } from './limitStart.ts';
import type { DlnConfig } from './parameters.ts';

/** Relative error that is aimed at. */
export const GOAL = 1e-6;
/** Classes of a pass, at most. */
export const MOST = 16384;

/** How finely classes are solved: a first pass, the large set of the others, and how much finer the small set is. */
export const accuracies: readonly PassAccuracy[] = [
  { tolerance: 1e-6, roughness: 1e-3 },
  { tolerance: 1e-7, roughness: 5e-4 },
  { tolerance: 1e-8, roughness: 4e-5 },
  { tolerance: 1e-9, roughness: 1e-5 },
];

/** Points of the first two passes: errors of Gauss rules are raised to the power of their ratio. */
export const early: readonly number[] = [0.5, 0.7];
/** How many passes more, the largest refinement, and the ratio of one to the next at least. */
export const LATE = 4;
const [MOST_REFINED, RATIO] = [6, 1.25];
/** Refinement of the small set relative to the large one. */
const SMALL_SET = 0.4;

/** Tolerances that a solution may be off by where that is not measured. */
const FLOOR = 60;
/** The most that a power of the difference to another solution is trusted. */
const MOST_GAIN = 1.8;
/** What is left of a measured error of steps and grids once it has been added. */
const LEFT = 0.3;

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
): readonly [Part, ...Part[]] {
  const coarse = accuracies[level]!;
  const main: Part = { classes: limitClasses(config, sampling), accuracy: coarse, sign: 1 };
  if (!measured) return [main];
  const [lambda, star, start] = nodesOf(config, sampling);
  const fewer = (count: number) => (count === 1 ? 1 : Math.max(3, Math.round(SMALL_SET * count)));
  const classes = classesOf(config, [fewer(lambda), fewer(star), fewer(start)]);
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
  if (ratio === 1) return difference / 8;
  return Math.max(FLOOR * tolerance, 2 * difference ** Math.min(ratio, MOST_GAIN));
}

/** Error of steps and grids of a pass at `level` whose measured part adds up to `correction`. */
export function leftOf(correction: number, level: number): number {
  return Math.max(LEFT * correction, FLOOR * finer(level).tolerance);
}

/**
 * The refinement that should leave a quarter of the goal, where solutions with `refinement` and the one before it
 * differ by `apart`: errors of Gauss rules fall exponentially with the number of points.
 */
export function next(apart: number, before: number, refinement: number): number {
  const wanted = (before * Math.log(GOAL / 4)) / Math.log(Math.min(0.5, apart));
  return Math.min(MOST_REFINED, Math.max(wanted, RATIO * refinement));
}

/** Error of a solution and its refinement. */
export interface Measured {
  readonly apart: number;
  readonly refinement: number;
}

/** The error at a refinement, where it goes on falling exponentially as from `earlier` to `late`: three times that. */
export function extrapolated(earlier: Measured, late: Measured, refinement: number): number {
  const gained = late.refinement - earlier.refinement;
  if (!(gained > 0)) return late.apart;
  const rate = Math.max(0, Math.log(earlier.apart / late.apart)) / gained;
  return 3 * late.apart * Math.exp(-rate * (refinement - late.refinement));
}

/** Points of a law that is probed, the others at their fewest; the last one is not exceeded by much. */
const [FIRST, GROWTH, LARGEST] = [4, 1.5, 32];
/** Points of the other laws, by the number of continuous ones. */
const OTHERS = [1, 1, 3, 2];
/** An error from which the decay is known. */
const KNOWN = 1e-4;
/** Points of one law at most. */
const MOST_POINTS = 96;

/**
 * Points of each continuous law that leave a quarter of the goal, from how fast its error falls while the others
 * have few points.
 *
 * @param sumsOf sums over classes, which need be right to `KNOWN`
 * @param apart largest relative difference of two such sums, the finer one first
 */
export function* measuredNodes<S>(
  usual: Nodes,
  sumsOf: (nodes: Nodes) => Generator<void, S>,
  apart: (fine: S, coarse: S) => number,
): Generator<void, Nodes> {
  const continuous = usual.filter((count) => count > 1).length;
  const found: [number, number, number] = [1, 1, 1];
  for (let law = 0; law < 3; law++) {
    if (usual[law] === 1) continue;
    const at = (points: number): Nodes => {
      const [lambda, star, start] = usual.map((count, i) =>
        i === law ? points : count === 1 ? 1 : OTHERS[continuous]!,
      );
      return [lambda!, star!, start!];
    };
    let points = FIRST;
    let before = yield* sumsOf(at(points));
    const errors: Measured[] = [];
    while (points < LARGEST && !((errors.at(-1)?.apart ?? 1) < KNOWN)) {
      const more = Math.round(GROWTH * points);
      const sums = yield* sumsOf(at(more));
      errors.push({ apart: apart(sums, before), refinement: points });
      [points, before] = [more, sums];
    }
    found[law] = pointsFor(errors);
  }
  return found;
}

/** Points that leave a quarter of the goal where errors fall exponentially. */
function pointsFor(errors: readonly Measured[]): number {
  const last = errors.at(-1)!;
  const error = Math.min(0.5, Math.max(last.apart, Number.MIN_VALUE));
  // From the start on, or from the error before: the slower of the two.
  let rate = -Math.log(error) / last.refinement;
  const previous = errors.at(-2);
  if (previous && previous.apart > error) {
    rate = Math.min(rate, Math.log(previous.apart / error) / (last.refinement - previous.refinement));
  }
  const wanted = last.refinement + Math.log((4 * error) / GOAL) / rate;
  return Math.min(MOST_POINTS, Math.max(FIRST, Math.ceil(wanted)));
}
