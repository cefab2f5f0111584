/** What one random draw shows of the limit's solver: its cost, the error it states, and the error it has. */
import { encodeFragment } from '../../src/config/fragment.ts';
import { GOAL, VANISHED, type Solution } from '../../src/models/dln/limitSolution.ts';
import { integrator, solutions } from '../../src/models/dln/limitSolutions.ts';
import { machines } from '../../src/models/dln/limitCompiled.ts';
import { continuousLaws, limitClasses } from '../../src/models/dln/limitStart.ts';
import { parameters, type DlnConfig } from '../../src/models/dln/parameters.ts';
import { statisticNames } from '../../src/models/dln/statistics.ts';
import { drawOf, timesOf } from './draws.ts';
import { reference } from './limitReference.ts';

export { GOAL };

/** CPU seconds for all solutions of a draw, and for its reference. */
const [ALLOWANCE, PATIENCE] = [60, 240];
/**
 * A reference of so few classes of a discrete law is one coupled system: another route than that of the passes. From
 * random starts maps need up to 457 points, and coupled ones of 201 were off by 5e-5.
 */
const COUPLED = 400;

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Share of classes that no grid holds in a reference, at most. */
const HELD = 1e-7;

const digits = (value: number) => Number(value.toPrecision(2));
const relative = (p: number, q: number) =>
  p === q || Math.max(p, q) < VANISHED ? 0 : Math.abs(p - q) / Math.max(p, q);

type Sums = readonly Float64Array[];

/** Largest relative differences over the times that both have; what one of the two gives as NaN is left out. */
function errorsOf({ labelNoise }: DlnConfig, a: Sums, b: Sums) {
  let risk = 0;
  let worst = 0;
  let worstIn = '';
  a.slice(0, b.length).forEach((x, i) => {
    const y = b[i]!;
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

/** A finer solution: more points of every law and in z, smaller steps; undefined past the allowance of CPU time. */
async function referenceOf(
  config: DlnConfig,
  times: Float64Array,
  { refinement, nodes, coupled, spread = false }: Solution,
) {
  const start = cpuSeconds();
  const laws = continuousLaws(config);
  const finer = laws === 1 ? 1.4 : 1.25;
  const sampling = {
    budget: 20000,
    refinement: laws > 0 ? finer * refinement : 1,
    ...(nodes && { nodes }),
  };
  const classes = limitClasses(config, sampling).length;
  if ((classes <= COUPLED && laws === 0) || coupled) {
    const level = { points: 201, reach: 12, half: 4, tolerance: 1e-9, ...sampling };
    const run = integrator(config, times, level);
    while (cpuSeconds() - start < PATIENCE && run.advance());
    if (run.done && !run.stuck)
      return { route: 'coupled', classes, recorded: run.recorded, blowUp: run.blowUp?.t };
    return undefined;
  }
  const machineFor = await machines();
  // Finer rules of spectra with heavy tails have classes that no grid holds: then less fine ones.
  for (const share of [1, 0.9]) {
    const solving = reference(config, times, share * sampling.refinement, nodes, spread, machineFor);
    let step = solving.next();
    while (!step.done && cpuSeconds() - start < PATIENCE) step = solving.next();
    if (!step.done) return undefined;
    if (step.value.unresolved < HELD) return { route: 'passes', classes, ...step.value };
  }
  return undefined;
}

/** What every experiment gets, against the reference. */
export async function measureDraw(draw: number) {
  const config = drawOf(draw);
  const times = timesOf(config);
  const start = cpuSeconds();
  let seconds = 0;
  let firstSeconds = 0;
  let last: Solution | undefined;
  let failure: string | undefined;
  try {
    for await (const solution of solutions(config, times)) {
      seconds = cpuSeconds() - start;
      if (solution.level === 0 && solution !== last) firstSeconds = seconds;
      last = solution;
      if (seconds > ALLOWANCE) failure = `more than ${ALLOWANCE} CPU seconds`;
      if (failure) break;
    }
    seconds = cpuSeconds() - start;
  } catch (error) {
    failure = (error as Error).message;
  }
  const exact = last && !failure ? await referenceOf(config, times, last) : undefined;
  const settings = { model: 'dln', config, view: {} };
  const { recorded = [], blowUp, error = NaN, level = 0, classes = 0 } = last ?? {};
  return {
    draw,
    settings: encodeFragment(settings, { models: { dln: parameters }, view: {} }),
    blowUp: blowUp?.t ?? null,
    blowUpError: blowUp && exact?.blowUp ? digits(relative(blowUp.t, exact.blowUp)) : null,
    failure: failure ?? null,
    level,
    classes,
    firstSeconds: digits(firstSeconds),
    seconds: digits(seconds),
    stated: Number.isNaN(error) ? null : digits(error),
    missing: recorded.some((sums) => sums.some(Number.isNaN)) ? 'off-support energy too rare to state' : null,
    reference: exact ? exact.route : null,
    referenceClasses: exact?.classes ?? null,
    ...(exact ? errorsOf(config, recorded, exact.recorded) : { risk: null, worst: null, worstIn: null }),
  };
}

export type MeasuredDraw = Awaited<ReturnType<typeof measureDraw>>;

/** Finished within the allowance, and the same as the reference to the goal. */
export function isSolved({ failure, worst }: MeasuredDraw): boolean {
  return failure === null && worst !== null && worst <= GOAL;
}
