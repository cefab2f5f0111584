/** What one random draw shows of the limit's solver: its cost, the error it states, and the error it has. */
import { encodeFragment } from '../../src/config/fragment.ts';
import { difference, integrator, levels, remaining, type Level } from '../../src/models/dln/limit.ts';
import { limitClasses } from '../../src/models/dln/limitStart.ts';
import { parameters, type DlnConfig } from '../../src/models/dln/parameters.ts';
import { statisticNames } from '../../src/models/dln/statistics.ts';
import { drawOf, timesOf } from './draws.ts';

/**
 * What counts as true: more points, a larger reach, a tenth of the tolerance, up to four times the nodes
 * of every continuous law as the budget allows (twice for two laws at once, fewer for three).
 */
const reference: Level = {
  points: 121,
  reach: 7.6,
  half: 4,
  tolerance: 1e-9,
  budget: 1600,
  refinement: 4,
};

/** Relative error that counts as solved. */
export const GOAL = 1e-6;
/** CPU seconds that the first two levels may take each, the third and the reference: later times are left out. */
const [USUAL, LONG] = [8, 3];

interface Solved {
  readonly recorded: Float64Array[];
  readonly blowUp: number | undefined;
  /** All saved times reached, or the limit has ceased to exist. */
  readonly complete: boolean;
  readonly classes: number;
  readonly seconds: number;
  /** Why there is no more. */
  readonly failure: string | undefined;
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function solveWithin(config: DlnConfig, times: Float64Array, level: Level, allowance: number): Solved {
  const start = cpuSeconds();
  const run = integrator(config, times, level);
  let failure: string | undefined;
  try {
    while (cpuSeconds() - start < allowance && run.advance());
  } catch (error) {
    failure = (error as Error).message;
  }
  const { recorded, blowUp } = run;
  return {
    recorded,
    blowUp: blowUp?.t,
    complete: blowUp !== undefined || recorded.length === times.length,
    classes: limitClasses(config, level).length,
    seconds: cpuSeconds() - start,
    failure,
  };
}

const digits = (value: number) => Number(value.toPrecision(2));
const relative = (p: number, q: number) => (p === q ? 0 : Math.abs(p - q) / Math.max(p, q));

/** Largest relative differences over the times that both have; what one of the two gives as NaN is left out. */
function errorsOf({ labelNoise }: DlnConfig, a: Solved, b: Solved) {
  let risk = 0;
  let worst = 0;
  let worstIn = '';
  a.recorded.slice(0, b.recorded.length).forEach((x, i) => {
    const y = b.recorded[i]!;
    risk = Math.max(risk, relative(x[0]! + labelNoise ** 2, y[0]! + labelNoise ** 2));
    for (let k = 1; k < x.length; k++) {
      const error = relative(x[k]!, y[k]!);
      if (error > worst) [worst, worstIn] = [error, statisticNames[k]!];
    }
  });
  return {
    risk: digits(risk),
    worst: digits(Math.max(risk, worst)),
    worstIn: risk > worst ? 'risk' : worstIn,
  };
}

/** The first two levels, which every experiment gets, and the third where these fall short, against the reference. */
export function measureDraw(draw: number) {
  const config = drawOf(draw);
  const times = timesOf(config);
  const [first, second, third] = levels as [Level, Level, Level];
  const quick = solveWithin(config, times, first, USUAL);
  const fine = solveWithin(config, times, second, USUAL);
  const exact = solveWithin(config, times, reference, LONG);
  const short = !fine.complete || errorsOf(config, fine, exact).worst > GOAL;
  // More classes than the reference has cannot be checked by it.
  const finer = short && limitClasses(config, third).length < exact.classes;
  const last = finer ? solveWithin(config, times, third, LONG) : fine;
  const settings = { model: 'dln', config, view: {} };
  const apart = difference(config, fine, quick, 0);
  return {
    draw,
    settings: encodeFragment(settings, { models: { dln: parameters }, view: {} }),
    blowUp: last.blowUp ?? null,
    blowUpError: last.blowUp && exact.blowUp ? digits(relative(last.blowUp, exact.blowUp)) : null,
    complete: last.complete,
    failure: last.failure ?? null,
    level: finer ? 3 : 2,
    classes: last.classes,
    referenceClasses: exact.classes,
    quickSeconds: digits(quick.seconds),
    fineSeconds: digits(fine.seconds),
    compared: Math.min(last.recorded.length, exact.recorded.length),
    times: times.length,
    stated: digits(remaining(finer ? difference(config, last, fine, 0) : apart)),
    ...errorsOf(config, last, exact),
  };
}

export type MeasuredDraw = ReturnType<typeof measureDraw>;

/** Solved to the goal: everything reached, and the same as the reference wherever that has come to. */
export function isSolved({ complete, worst }: MeasuredDraw): boolean {
  return complete && worst <= GOAL;
}
