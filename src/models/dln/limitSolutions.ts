/**
 * The limit in several solutions, each finer than the one before it: first few coupled classes, then passes over all
 * of them, until two that follow each other vouch for the goal.
 */
import type { Coefficients } from './feedback.ts';
import { LimitCascade } from './limitCascade.ts';
import { LimitIntegrator, type Accuracy } from './limitIntegrator.ts';
import type { PassAccuracy } from './limitPass.ts';
import { continuousLaws, fewClasses, limitClasses, type Sampling } from './limitStart.ts';
import type { DlnConfig } from './parameters.ts';
import { stepSizeAt } from './schedule.ts';
import { statisticCount } from './statistics.ts';

/** How finely space, time and continuous laws are resolved. */
export interface Level extends Accuracy, Sampling {}

/** Coupled solutions for laws of few classes: a quick look, and what replaces it. */
export const levels: readonly Level[] = [
  { points: 61, reach: 6, half: 4, tolerance: 1e-6, budget: 100, refinement: 0.5 },
  { points: 101, reach: 7.25, half: 4, tolerance: 1e-8, budget: 400, refinement: 1 },
];

/** Few enough classes to be coupled to the end. */
const SMALL = 8;
/** Otherwise few classes that stand for all, first alone, then for how the risk answers to its changes. */
const few = { points: 41, reach: 6, half: 4, tolerance: 1e-5 };
const BUDGET = 40;
/** The same, and finer grids for maps that fold on it. */
const looks: readonly Accuracy[] = [few, { ...few, points: 81 }, { ...few, points: 121, half: 2 }];

/** Passes over all classes. */
export interface Pass extends PassAccuracy {
  /** Multiple of the usual number of points of each continuous law. */
  readonly refinement: number;
}

/** Relative error that is aimed at. */
export const GOAL = 1e-6;
/** Classes of a pass, at most. */
const MOST = 16384;

/** Points of consecutive passes have ratio √2: errors of Gauss rules are raised to that power. */
const passes: readonly Pass[] = [
  { refinement: 0.5, tolerance: 1e-6, roughness: 1e-3 },
  { refinement: 0.7, tolerance: 1e-7, roughness: 5e-4 },
];
const finePass = { tolerance: 1e-8, roughness: 4e-5 };
/** How many of them, the smallest and the largest refinement, and the ratio of one to the next at least. */
const [FINE, LEAST_REFINED, MOST_REFINED, RATIO] = [3, 0.9, 3, 1.3];
const discretePasses: readonly Pass[] = [
  { refinement: 1, tolerance: 1e-7, roughness: 5e-4 },
  { refinement: 1, tolerance: 1e-8, roughness: 4e-5 },
  { refinement: 1, tolerance: 1e-9, roughness: 1e-5 },
];

/** Relative error of few classes alone shortly before a blow-up: 1.1e-2 was measured. */
const ALONE = 0.02;
/** What lies beyond the ends of maps in units of the terms there: both fall fast. */
const TAIL = 3;
/** Tolerances that a solution may be off by, and the most that a power of its difference to another is trusted. */
const [FLOOR, MOST_GAIN] = [60, 1.8];

/**
 * The error of a solution that differs by δ from a coarser one: δ is the error of that one. Steps and grids make it
 * smaller by a constant, rules for continuous laws raise it to the ratio of their numbers of points.
 *
 * @param ratio of the numbers of points of each continuous law; 1 where there is none
 * @param tolerance of the steps
 */
export function remaining(difference: number, ratio: number, tolerance: number): number {
  if (ratio === 1) return difference / 8;
  return Math.max(FLOOR * tolerance, 2 * difference ** Math.min(ratio, MOST_GAIN));
}

function coefficientsOf(config: DlnConfig): Coefficients {
  const { batchSize, labelNoise } = config;
  return { batchSize, labelNoise, stepSizeAt: (t) => stepSizeAt(config, t) };
}

export function integrator(config: DlnConfig, saveAt: Float64Array, level: Level): LimitIntegrator {
  return new LimitIntegrator(limitClasses(config, level), coefficientsOf(config), saveAt, level);
}

/** A solution as far as it has come; each one replaces the one before. */
export interface Solution {
  /** Sums of all statistics at the saved times reached. */
  readonly recorded: readonly Float64Array[];
  readonly blowUp: { readonly t: number; readonly error: number } | undefined;
  /** Estimated relative error; NaN while it is not known. */
  readonly error: number;
  /** Number of the solution, from 0. */
  readonly level: number;
  /** Number of classes. */
  readonly classes: number;
  /** Multiple of the usual number of points of each continuous law. */
  readonly refinement: number;
}

/** One coupled solution, step by step. */
function* coupled(
  config: DlnConfig,
  run: LimitIntegrator,
  classes: number,
  level: number,
  before: Solution | undefined,
): Generator<Solution, Solution> {
  let apart = 0;
  let from = 0;
  for (;;) {
    const running = run.advance();
    if (before) apart = Math.max(apart, difference(config, run, before, from));
    from = run.recorded.length;
    const blowUp = run.blowUp && {
      t: run.blowUp.t,
      error: run.blowUp.error + Math.abs(run.blowUp.t - (before?.blowUp?.t ?? run.blowUp.t)),
    };
    const error = before ? Math.max(remaining(apart, 1, 0), TAIL * run.beyond) : NaN;
    const solution = { recorded: run.recorded, blowUp, error, level, classes, refinement: 0.5 };
    if (!running) return solution;
    yield solution;
  }
}

/**
 * The refinement that should leave half of the goal, where solutions with `refinement` and the one before it differ
 * by `apart`: errors of Gauss rules fall exponentially with the number of points.
 */
function next(apart: number, before: number, refinement: number): number {
  const wanted = (before * Math.log(GOAL / 2)) / Math.log(Math.min(0.5, apart));
  return Math.min(MOST_REFINED, Math.max(wanted, LEAST_REFINED, RATIO * refinement));
}

/** Error of a solution and its refinement. */
interface Measured {
  readonly apart: number;
  readonly refinement: number;
}

/** The error at a refinement, where it goes on falling exponentially as from `earlier` to `late`: three times that. */
function extrapolated(earlier: Measured, late: Measured, refinement: number): number {
  const gained = late.refinement - earlier.refinement;
  if (!(gained > 0)) return late.apart;
  const rate = Math.max(0, Math.log(earlier.apart / late.apart)) / gained;
  return 3 * late.apart * Math.exp(-rate * (refinement - late.refinement));
}

/** All solutions of a config in turn, with pauses in between: an item without news repeats the last one. */
export function* solutions(config: DlnConfig, saveAt: Float64Array): Generator<Solution, void> {
  const laws = continuousLaws(config);
  const discrete = laws === 0;
  const exact = discrete ? limitClasses(config, { budget: Infinity, refinement: 1 }) : [];
  const coefficients = coefficientsOf(config);
  const small = discrete && exact.length <= SMALL;
  const classes = small ? exact : fewClasses(config, BUDGET);
  let last: Solution | undefined;
  let run: LimitIntegrator;
  let level = 0;
  let accuracy: Accuracy = few;
  for (accuracy of small ? levels : looks) {
    run = new LimitIntegrator(classes, coefficients, saveAt, accuracy);
    last = yield* coupled(config, run, classes.length, level++, last);
    yield last;
    if (last.error <= GOAL && !last.recorded.some((sums) => sums.some(Number.isNaN))) return;
    if (!small && !run.stuck) break;
  }
  if (run!.stuck) {
    throw new RangeError(
      `steps of the limit fell to zero after t = ${run!.taus.at(-1)! ** 2}: expected a smooth solution`,
    );
  }
  const cascade = new LimitCascade({ classes, accuracy }, coefficients, saveAt, run!);
  if (!cascade.possible) {
    // Nothing moves: all that is left are the means over the laws.
    for (const refinement of discrete ? [] : [1, 1.5, 2]) {
      const all = limitClasses(config, { budget: MOST, refinement });
      const still = new LimitIntegrator(all, coefficients, saveAt, few);
      while (still.advance());
      const apart = difference(config, still, last!, 0);
      last = {
        recorded: still.recorded,
        blowUp: undefined,
        error: apart,
        level: level++,
        classes: all.length,
        refinement,
      };
      yield last;
      if (apart <= GOAL) return;
    }
    return;
  }
  const planned = discrete ? discretePasses.slice(small ? 1 : 0) : passes;
  let before = NaN;
  let apart = NaN;
  for (let i = 0; i < planned.length + (discrete ? 0 : FINE); i++) {
    const pass: Pass = planned[i] ?? { ...finePass, refinement: next(apart, before, last!.refinement) };
    const earlier = { apart, refinement: before };
    before = last!.refinement;
    const all = discrete ? exact : limitClasses(config, { budget: MOST, refinement: pass.refinement });
    const solving = cascade.pass(all, pass);
    let step = solving.next();
    for (; !step.done; step = solving.next()) yield last!;
    const recorded = step.value;
    apart = difference(config, { recorded }, last!, 0);
    const blowUp = cascade.blowUp && {
      t: cascade.blowUp.t,
      error: cascade.blowUp.error + Math.abs(cascade.blowUp.t - (last!.blowUp?.t ?? cascade.blowUp.t)),
    };
    const { refinement } = pass;
    const ratio = discrete ? 1 : (all.length / last!.classes) ** (1 / laws);
    // Rules of the same size say nothing of each other, and kinks in a law make errors fall slower than powers.
    const seen = discrete ? 0 : extrapolated(earlier, { apart, refinement: before }, refinement);
    const error =
      discrete || ratio > 1.15
        ? Math.max(remaining(apart, ratio, pass.tolerance), seen)
        : Math.max(apart, FLOOR * pass.tolerance);
    last = {
      recorded,
      blowUp,
      error: Math.max(error, cascade.unresolved, TAIL * cascade.beyond, cascade.proportional ? ALONE : 0),
      level: level++,
      classes: all.length,
      refinement,
    };
    yield last;
    if (last.error <= GOAL) return;
  }
}

/** A solution by passes of its own for comparisons: other few classes, finer steps and grids; yields between classes. */
export function* reference(
  config: DlnConfig,
  saveAt: Float64Array,
  refinement: number,
): Generator<void, { recorded: Float64Array[]; blowUp: number | undefined }> {
  const coefficients = coefficientsOf(config);
  const classes = fewClasses(config, 1.6 * BUDGET);
  const accuracy = { ...few, points: 49, tolerance: 3e-6 };
  const run = new LimitIntegrator(classes, coefficients, saveAt, accuracy);
  while (run.advance()) yield;
  const cascade = new LimitCascade({ classes, accuracy }, coefficients, saveAt, run);
  if (!cascade.possible) return { recorded: run.recorded, blowUp: run.blowUp?.t };
  let recorded: Float64Array[] = [];
  const finer: readonly Pass[] = [
    { refinement: 0.5 * refinement, tolerance: 1e-6, roughness: 1e-3 },
    { refinement, tolerance: 3e-9, roughness: 1e-5 },
  ];
  for (const pass of finer) {
    const sampling = { budget: 2 * MOST, refinement: continuousLaws(config) > 0 ? pass.refinement : 1 };
    recorded = yield* cascade.pass(limitClasses(config, sampling), pass);
  }
  return { recorded, blowUp: cascade.blowUp?.t };
}

type Recorded = Pick<Solution, 'recorded'>;

/** Squares of widths leave the range of numbers: statistics below this count as zero. */
export const VANISHED = 1e-240;

/** Largest relative difference in risk and all statistics at the saved times from `from` on that both have. */
export function difference(config: DlnConfig, fine: Recorded, coarse: Recorded, from: number): number {
  let largest = 0;
  const compare = (a: number, b: number) => {
    if (a !== b && a > VANISHED && b > VANISHED) largest = Math.max(largest, Math.abs(a - b) / a);
  };
  for (let i = from; i < Math.min(fine.recorded.length, coarse.recorded.length); i++) {
    const [a, b] = [fine.recorded[i], coarse.recorded[i]];
    compare(a[0] + config.labelNoise ** 2, b[0] + config.labelNoise ** 2);
    for (let k = 1; k < statisticCount; k++) compare(a[k], b[k]);
  }
  return largest;
}
