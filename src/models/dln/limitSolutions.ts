/**
 * The limit in several solutions, each finer than the one before it: first few coupled classes, then passes over all
 * of them, until two that follow each other vouch for the goal.
 */
import type { Coefficients } from './feedback.ts';
import { LimitCascade, VANISHED } from './limitCascade.ts';
import { LimitIntegrator, type Accuracy } from './limitIntegrator.ts';
import type { PassAccuracy } from './limitPass.ts';
import {
  accuracies,
  early,
  extrapolated,
  GOAL,
  LATE,
  leftOf,
  measuredNodes,
  MOST,
  next,
  partsOf,
  remaining,
  type Measured,
} from './limitPlan.ts';
import {
  classesOf,
  continuousLaws,
  fewClasses,
  limitClasses,
  usualNodes,
  type Nodes,
  type Sampling,
} from './limitStart.ts';
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

/** Relative error of few classes alone shortly before a blow-up: 1.1e-2 was measured. */
const ALONE = 0.02;
/** What few classes are off by before anything tells. */
const ROUGH = 1e-4;
/** What lies beyond the ends of maps in units of the terms there: both fall fast. */
const TAIL = 3;

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
  /** Multiple of `nodes`. */
  readonly refinement: number;
  /** Points of each continuous law at refinement 1, where they have been measured. */
  readonly nodes?: Nodes;
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
  const refine = discrete
    ? discretePass(config, cascade, last!, small ? 2 : 1)
    : passes(config, cascade, last!);
  for (const solution of refine) {
    if (solution === undefined) yield last!;
    else {
      last = { ...solution, level: level++ };
      yield last;
      if (last.error <= GOAL) return;
    }
  }
}

type Refined = Omit<Solution, 'level'>;
/** Solutions, and nothing between classes. */
type Refining = Generator<Refined | undefined, void>;

/** What every pass may be off by. */
function atLeast(cascade: LimitCascade): number {
  return Math.max(cascade.unresolved, TAIL * cascade.beyond, cascade.proportional ? ALONE : 0);
}

function blowUpOf({ blowUp }: LimitCascade, before: Refined): Solution['blowUp'] {
  return blowUp && { t: blowUp.t, error: blowUp.error + Math.abs(blowUp.t - (before.blowUp?.t ?? blowUp.t)) };
}

/** Passes over all classes of a discrete law, each with smaller steps. */
function* discretePass(config: DlnConfig, cascade: LimitCascade, first: Refined, level: number): Refining {
  const classes = limitClasses(config, { budget: Infinity, refinement: 1 });
  let last = first;
  for (const accuracy of accuracies.slice(level)) {
    const recorded = yield* silently(cascade.pass([{ classes, accuracy, sign: 1 }]));
    const apart = difference(config, { recorded }, last, 0);
    const error = Math.max(remaining(apart, 1, 0), atLeast(cascade));
    last = { recorded, blowUp: blowUpOf(cascade, last), error, classes: classes.length, refinement: 1 };
    yield last;
  }
}

/** Goes through with a task in which nothing is news. */
function* silently<T>(task: Generator<void, T>): Generator<undefined, T> {
  for (let step = task.next(); ; step = task.next()) {
    if (step.done) return step.value;
    yield undefined;
  }
}

/** Passes over ever more classes of continuous laws. */
function* passes(config: DlnConfig, cascade: LimitCascade, first: Refined): Refining {
  const laws = continuousLaws(config);
  const usual = usualNodes(config);
  const probe = (nodes: Nodes) => cascade.probe(classesOf(config, nodes), accuracies[0]!);
  const apartOf = (fine: Float64Array[], coarse: Float64Array[]) =>
    difference(config, { recorded: fine }, { recorded: coarse }, 0);
  const nodes = laws > 1 ? yield* silently(measuredNodes(usual, probe, apartOf)) : usual;
  let last = first;
  let before: Measured = { apart: NaN, refinement: NaN };
  let level = 1;
  let byRules = ROUGH;
  for (let i = 0; i < early.length + LATE; i++) {
    const refinement = early[i] ?? next(before.apart, before.refinement, last.refinement);
    const measured = early[i] === undefined;
    const sampling = { budget: MOST, refinement, nodes };
    const parts = partsOf(config, sampling, measured ? level : Math.min(i, 1), measured);
    const recorded = yield* silently(cascade.pass(parts));
    const classes = parts[0].classes.length;
    const apart = difference(config, { recorded }, last, 0);
    const seen = extrapolated(before, { apart, refinement: last.refinement }, refinement);
    before = { apart, refinement: last.refinement };
    // Rules of the same size say nothing of each other, and kinks in a law make errors fall slower than powers.
    const alike = i === 0 || classes < 1.1 * last.classes;
    const tolerance = measured ? 0 : parts[0].accuracy.tolerance;
    byRules = alike
      ? Math.max(apart, byRules)
      : Math.max(remaining(apart, refinement / last.refinement, tolerance), seen);
    const bySteps = measured ? leftOf(cascade.correction, level) : 0;
    const error = Math.max(byRules, bySteps, atLeast(cascade));
    if (bySteps > GOAL) level = 2;
    last = { recorded, blowUp: blowUpOf(cascade, last), error, classes, refinement, nodes };
    yield last;
  }
}

/** A solution by passes of its own for comparisons: other few classes, finer steps and grids; yields between classes. */
export function* reference(
  config: DlnConfig,
  saveAt: Float64Array,
  refinement: number,
  nodes: Nodes | undefined,
): Generator<void, { recorded: Float64Array[]; blowUp: number | undefined }> {
  const coefficients = coefficientsOf(config);
  const classes = fewClasses(config, 1.6 * BUDGET);
  const accuracy = { ...few, points: 49, tolerance: 3e-6 };
  const run = new LimitIntegrator(classes, coefficients, saveAt, accuracy);
  while (run.advance()) yield;
  const cascade = new LimitCascade({ classes, accuracy }, coefficients, saveAt, run);
  if (!cascade.possible) return { recorded: run.recorded, blowUp: run.blowUp?.t };
  let recorded: Float64Array[] = [];
  const finer: readonly (PassAccuracy & { share: number })[] = [
    { share: 0.5, tolerance: 1e-6, roughness: 1e-3 },
    { share: 0.7, tolerance: 1e-6, roughness: 1e-3 },
    { share: 1, tolerance: 3e-9, roughness: 1e-5 },
  ];
  for (const { share, ...accuracy } of finer) {
    const sampling = { budget: 2 * MOST, refinement: share * refinement, ...(nodes && { nodes }) };
    recorded = yield* cascade.pass([{ classes: limitClasses(config, sampling), accuracy, sign: 1 }]);
  }
  return { recorded, blowUp: cascade.blowUp?.t };
}

type Recorded = Pick<Solution, 'recorded'>;

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
