/**
 * The limit in several solutions, each finer than the one before it: first few coupled classes, then passes over all
 * of them, until two that follow each other vouch for the goal.
 */
import type { Coefficients } from './feedback.ts';
import { LimitIntegrator, type Accuracy } from './limitIntegrator.ts';
import { difference, GOAL, TAIL, type Solution } from './limitSolution.ts';
import { continuousLaws, fewClasses, limitClasses, type Sampling } from './limitStart.ts';
import type { DlnConfig } from './parameters.ts';
import { stepSizeAt } from './schedule.ts';

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
export const few = { points: 41, reach: 6, half: 4, tolerance: 1e-5 };
export const BUDGET = 40;
/** The same, and finer grids for maps that fold on it. */
const looks: readonly Accuracy[] = [few, { ...few, points: 81 }, { ...few, points: 121, half: 2 }];

/** What steps at the finer level leave at least: up to 2e-7 was measured. */
const LEAST = 3e-7;

export function coefficientsOf(config: DlnConfig): Coefficients {
  const { batchSize, labelNoise } = config;
  return { batchSize, labelNoise, stepSizeAt: (t) => stepSizeAt(config, t) };
}

export function integrator(config: DlnConfig, saveAt: Float64Array, level: Level): LimitIntegrator {
  return new LimitIntegrator(limitClasses(config, level), coefficientsOf(config), saveAt, level);
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
    const error = before ? Math.max(apart / 4, LEAST, TAIL * run.beyond) : NaN;
    const solution = { recorded: run.recorded, blowUp, error, level, classes, refinement: 0.5 };
    if (!running) return solution;
    yield solution;
  }
}

/**
 * All solutions of a config in turn, with pauses in between: an item without news repeats the last one. What solves for
 * many classes is loaded when it is needed.
 */
export async function* solutions(config: DlnConfig, saveAt: Float64Array): AsyncGenerator<Solution, void> {
  const discrete = continuousLaws(config) === 0;
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
  const [{ refining }, { machines }] = await Promise.all([
    import('./limitPasses.ts'),
    import('./limitCompiled.ts'),
  ]);
  const machineFor = await machines();
  const task = { config, coefficients, saveAt, classes, accuracy, run: run!, first: last!, machineFor };
  for (const solution of refining(task, small ? 2 : 1)) {
    if (solution === undefined) yield last!;
    else {
      last = { ...solution, level: level++ };
      yield last;
      if (last.error <= GOAL) return;
    }
  }
}
