/** Solutions for all classes, each finer than the one before: by passes, or coupled where passes do not settle. */
import type { Coefficients } from './feedback.ts';
import { LimitCascade } from './limitCascade.ts';
import { LimitIntegrator, type Accuracy } from './limitIntegrator.ts';
import type { MachineFor } from './limitCompiled.ts';
import { measuredNodes } from './limitNodes.ts';
import {
  accuracies,
  doubtOf,
  early,
  LATE,
  leftOf,
  MOST,
  next,
  partsOf,
  probing,
  remaining,
  rulesError,
  type Measured,
} from './limitPlan.ts';
import { difference, differences, GOAL, TAIL, type Solution } from './limitSolution.ts';
import { isSpread, LEAST_SOLVED, spreadClasses } from './limitSpread.ts';
import { classesOf, continuousLaws, limitClasses, nodesOf, usualNodes, type Nodes } from './limitStart.ts';
import type { DlnConfig } from './parameters.ts';
import type { LimitClass } from './transportMap.ts';

/** Relative error of few classes alone shortly before a blow-up: 1.1e-2 was measured. */
const ALONE = 0.02;
/** What few classes are off by before anything tells. */
const ROUGH = 1e-4;
/** Tolerances that a solution is off by at least. */
const LEAST = 10;
/** A pass that changes the risk by more than this share of the change before, and by more than rounding, does not settle. */
const [SETTLING, SETTLED] = [0.5, 1e-5];
/** Most classes that are coupled. */
const MOST_COUPLED = 1200;
/** Tolerances of the first coupled solution and of all others. */
const [LOOK, FINE] = [1e-6, 1e-8];
/** Points in z of the first, the second and all others: two grids, so that differences tell of both. */
const POINTS = [81, 101, 121];

/** A problem, and few coupled classes that stand for all of it. */
export interface Few {
  readonly config: DlnConfig;
  readonly coefficients: Coefficients;
  readonly saveAt: Float64Array;
  readonly classes: readonly LimitClass[];
  readonly accuracy: Accuracy;
  /** These classes solved up to the end. */
  readonly run: LimitIntegrator;
  /** Their solution. */
  readonly first: Refined;
  readonly machineFor: MachineFor;
}

interface Task extends Few {
  readonly cascade: LimitCascade;
  /** Whether classes stand for ranges of eigenvalues. */
  readonly spread?: boolean;
}

/** Classes from which on those of a continuous law of λ stand for ranges of it. */
const MANY = 4000;
/** Classes of the pass that makes the risk smooth. */
const SMOOTHING = 300;
/** Classes with copies are solved for so many horizons, where the risk beyond the first only has to be smooth. */
const LONGER = 3;

export type Refined = Omit<Solution, 'level'>;
/** Solutions, and nothing between classes. */
type Refining = Generator<Refined | undefined, void>;

/** What every pass may be off by. */
function atLeast(cascade: LimitCascade): number {
  return Math.max(cascade.unresolved, TAIL * cascade.beyond, cascade.proportional ? ALONE : 0);
}

function blowUpOf({ blowUp }: Pick<LimitCascade, 'blowUp'>, before: Refined): Solution['blowUp'] {
  return blowUp && { t: blowUp.t, error: blowUp.error + Math.abs(blowUp.t - (before.blowUp?.t ?? blowUp.t)) };
}

/** Goes through with a task in which nothing is news. */
function* silently<T>(task: Generator<void, T>): Generator<undefined, T> {
  for (let step = task.next(); ; step = task.next()) {
    if (step.done) return step.value;
    yield undefined;
  }
}

/**
 * All solutions after that of few classes.
 *
 * @param level index of the first of `accuracies` for passes over a discrete law
 */
export function* refining(few: Few, level: number): Refining {
  const { config, coefficients, saveAt, classes, accuracy, run, machineFor } = few;
  const cascade = new LimitCascade({ classes, accuracy }, coefficients, saveAt, run, machineFor);
  if (cascade.possible) yield* moving({ ...few, cascade }, level);
  else if (continuousLaws(config) > 0) yield* still(few);
}

/** Where nothing moves all that is left are the means over the laws. */
function* still({ config, coefficients, saveAt, accuracy, first }: Few): Refining {
  let last = first;
  for (const refinement of [1, 1.5, 2]) {
    const classes = limitClasses(config, { budget: MOST, refinement });
    const run = new LimitIntegrator(classes, coefficients, saveAt, accuracy);
    while (run.advance()) yield undefined;
    const error = difference(config, run, last, 0);
    last = { recorded: run.recorded, blowUp: undefined, error, classes: classes.length, refinement };
    yield last;
  }
}

function* moving(task: Task, level: number): Refining {
  const { config, cascade } = task;
  const laws = continuousLaws(config);
  const nodes = laws > 1 ? yield* probed(task) : usualNodes(config);
  const classes = limitClasses(config, { budget: Infinity, refinement: 1, nodes }).length;
  const few = classes <= MOST_COUPLED;
  if (few && cascade.proportional) yield* together(task, nodes);
  else if (laws === 0) yield* discretePasses(task, level, few);
  else {
    const spread = classes > MANY && isSpread(config) ? yield* longer(task) : undefined;
    const [lambda, star, start] = spread ? yield* probed(spread) : nodes;
    // Where interpolation asks for as many eigenvalues it does not hold.
    const pays = lambda < nodes[0];
    // Probes with few eigenvalues ask for more of the other laws than sums over many do.
    if (spread && pays)
      yield* passes(spread, [lambda, Math.min(star, nodes[1]), Math.min(start, nodes[2])], few);
    if (!spread || !pays || Number.isNaN(spread.cascade.change)) yield* passes(task, nodes, few);
  }
}

/** Points of each continuous law, measured. */
function* probed({ config, cascade, spread, saveAt }: Task): Generator<undefined, Nodes> {
  const probe = (nodes: Nodes) =>
    cascade.probe(spread ? spreadClasses(config, nodes) : classesOf(config, nodes), probing);
  const apart = (fine: Float64Array[], coarse: Float64Array[]) =>
    difference(config, { recorded: fine.slice(0, saveAt.length) }, { recorded: coarse }, 0);
  const [lambda, star, start] = yield* silently(measuredNodes(usualNodes(config), probe, apart));
  return [spread ? Math.max(LEAST_SOLVED, lambda) : lambda, star, start];
}

/** The same task for classes that stand for ranges of eigenvalues; undefined where the limit soon blows up. */
function* longer(task: Task): Generator<undefined, Task | undefined> {
  const { config, coefficients, saveAt, classes, accuracy, run, machineFor } = task;
  if (run.blowUp) return undefined;
  const times = Float64Array.from([...saveAt, LONGER * saveAt.at(-1)!]);
  const long = new LimitIntegrator(classes, coefficients, times, accuracy);
  while (long.advance()) yield undefined;
  if (long.blowUp || long.stuck) return undefined;
  const cascade = new LimitCascade(
    { classes, accuracy, goesOn: true },
    coefficients,
    times,
    long,
    machineFor,
  );
  // Few classes make a risk with steps where each of them learns: one pass makes it as smooth as it is.
  const [, star, start] = usualNodes(config);
  const sampling = { budget: SMOOTHING, refinement: 0.5, nodes: [2 * LEAST_SOLVED, star, start] as const };
  const smoothing = spreadClasses(config, nodesOf(config, sampling));
  yield* silently(cascade.pass([{ classes: smoothing, accuracy: probing, sign: 1 }]));
  return { ...task, cascade, spread: true };
}

/** Passes over all classes of a discrete law, each with smaller steps. */
function* discretePasses(task: Task, level: number, few: boolean): Refining {
  const { config, cascade, first } = task;
  const classes = limitClasses(config, { budget: Infinity, refinement: 1 });
  let last = first;
  let change = Infinity;
  for (const accuracy of accuracies.slice(level)) {
    const recorded = yield* silently(cascade.pass([{ classes, accuracy, sign: 1 }]));
    if (few && !settles(cascade, change)) return yield* together(task, usualNodes(config));
    change = cascade.change;
    const apart = difference(config, { recorded }, last, 0);
    const error = Math.max(remaining(apart, 1, 0), LEAST * accuracy.tolerance, atLeast(cascade));
    last = { recorded, blowUp: blowUpOf(cascade, last), error, classes: classes.length, refinement: 1 };
    yield last;
  }
}

function settles({ change }: LimitCascade, before: number): boolean {
  return change < Math.max(SETTLED, SETTLING * before);
}

/** Solutions of all classes coupled, where the risk is too sensitive to itself for passes. */
function* together({ config, coefficients, saveAt, first }: Task, nodes: Nodes): Refining {
  const discrete = continuousLaws(config) === 0;
  let last = first;
  const doubt = doubtOf(config, continuousLaws(config));
  let before: Measured | undefined;
  for (let i = 0; i < early.length + LATE; i++) {
    const refinement = early[i] ?? next(before!, last.refinement, doubt);
    const tolerance = i === 0 ? LOOK : FINE;
    const classes = limitClasses(config, { budget: MOST_COUPLED, refinement, nodes });
    const run = new LimitIntegrator(classes, coefficients, saveAt, {
      points: POINTS[Math.min(i, 2)]!,
      reach: 7.25,
      half: 4,
      tolerance: discrete && i > 1 ? 0.1 * tolerance : tolerance,
    });
    while (run.advance()) yield undefined;
    if (run.stuck) return;
    const { recorded } = run;
    const late = { apart: differences(config, run, last, 0), refinement: last.refinement };
    const apart = Math.max(...late.apart);
    const grown = i > 0 && classes.length > 1.1 * last.classes;
    const byRules = grown ? rulesError(before, late, refinement, tolerance, doubt) : Math.max(ROUGH, apart);
    const bySteps = discrete && i > 1 ? Math.max(remaining(apart, 1, 0), LEAST * tolerance) : byRules;
    const error = Math.max(bySteps, TAIL * run.beyond);
    before = late;
    last = {
      recorded,
      blowUp: run.blowUp && blowUpOf(run, last),
      error,
      classes: classes.length,
      refinement,
      nodes,
      coupled: true,
    };
    yield last;
  }
}

/** Passes over ever more classes of continuous laws. */
function* passes(task: Task, nodes: Nodes, few: boolean): Refining {
  const { config, cascade, first, spread = false, saveAt } = task;
  let last = first;
  let change = Infinity;
  const doubt = doubtOf(config, continuousLaws(config));
  let before: Measured | undefined;
  let level = 1;
  let byRules = ROUGH;
  let corrections: readonly Float64Array[] | undefined;
  for (let i = 0; i < early.length + LATE; i++) {
    const refinement = early[i] ?? next(before!, last.refinement, doubt);
    const measured = early[i] === undefined;
    const sampling = { budget: MOST, refinement, nodes };
    const parts = partsOf(config, sampling, measured ? level : Math.min(i, 1), measured, spread);
    const recorded = (yield* silently(cascade.pass(parts))).slice(0, saveAt.length);
    // Where statistics differ too much between eigenvalues interpolated sums may be negative.
    if (spread && Number.isNaN(cascade.change)) return;
    // Changes of the first two are those of coarse rules.
    if (few && i > 1 && !settles(cascade, change)) return yield* together(task, nodes);
    change = cascade.change;
    const classes = parts[0].classes.length;
    const late = { apart: differences(config, { recorded }, last, 0), refinement: last.refinement };
    // Rules of the same size say nothing of each other.
    const alike = i === 0 || classes < 1.1 * last.classes;
    const tolerance = measured ? 0 : parts[0].accuracy.tolerance;
    byRules = alike
      ? Math.max(byRules, ...late.apart)
      : rulesError(i > 1 ? before : undefined, late, refinement, tolerance, doubt);
    before = late;
    const bySteps = measured ? leftOf(cascade.corrections, corrections, level) : 0;
    const error = Math.max(byRules, bySteps, atLeast(cascade));
    corrections = measured ? cascade.corrections : undefined;
    if (bySteps > GOAL && level < 2) {
      level = 2;
      corrections = undefined;
    }
    const later = spread && (cascade.blowUp?.t ?? 0) > saveAt.at(-1)!;
    const blowUp = later ? undefined : blowUpOf(cascade, last);
    last = { recorded, blowUp, error, classes, refinement, nodes, spread };
    yield last;
  }
}
