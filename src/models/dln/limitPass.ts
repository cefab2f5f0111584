/**
 * Classes of the limit under a prescribed risk R(t): they are independent, so that each takes steps of its own on a
 * grid of its own, which is refined until differences resolve the map and widened until its ends do not matter.
 */
import type { Coefficients } from './feedback.ts';
import { pointsOf } from './limitGrid.ts';
import { LimitIntegrator } from './limitIntegrator.ts';
import { roughness } from './roughness.ts';
import { statisticCount, statisticNames } from './statistics.ts';
import type { MachineFor } from './limitCompiled.ts';
import { indexBefore, lastTimeOf, sumsOfCopies, type SpreadClass } from './limitSpread.ts';
import type { LimitClass } from './transportMap.ts';

/** Grids in z to choose from: the finer ones for maps with kinks, the wider ones where rare coordinates decide. */
const SPACINGS = [0.5, 0.36, 0.25, 0.17, 0.115, 0.077, 0.051];
/** Index of the finest. */
export const FINEST = SPACINGS.length - 1;
const REACHES = [7.25, 9, 12, 16, 22, 30];
/** How much less the estimate of the error of differences is on the next finer grid, with room to spare. */
const GAIN = 20;
/** How much more exact the trapezoid rule has to be, and the power of its error that is left on the next coarser grid. */
const [RULE, COARSER] = [2.5e-3, 0.65];
const OFF_SUPPORT = statisticNames.indexOf('offSupport');
/** Share of a statistic at one end of a map that is still left out. */
const EDGE = 2e-9;
/** The same share on the widest grid past which finer grids make nothing better: the error that is left is stated. */
const LOST = 1e-3;
/** What all classes together may miss where no finer grids are tried. */
const SLIGHT = 1e-8;
/**
 * Classes with a small share of everything may be off by up to so many tolerances: at 1e5 one of them strayed until it
 * made 2e-4 of E|β|.
 */
const LENIENT = 1e2;

export interface PassAccuracy {
  /** Local error per step, as in `Accuracy`. */
  readonly tolerance: number;
  /** Relative error of differences of the next lower order; the trapezoid rule has to be more exact by `RULE`. */
  readonly roughness: number;
}

/** Indices of spacing and reach: where the next class starts. */
export interface Grids {
  spacing: number;
  reach: number;
}

/** What all classes are measured against. */
export interface Frame {
  readonly coefficients: Coefficients;
  /** Ascending times. */
  readonly samples: Float64Array;
  /** 1 at times whose statistics are all needed, 0 where E λe² is enough. */
  readonly precise: Uint8Array;
  /** Approximate sums of all classes at these times. */
  readonly totals: readonly Float64Array[];
  /** Number of classes. */
  readonly count: number;
  /** Arrays for the sums of one class at each sample, and for their terms at its ends: each class overwrites them. */
  readonly sums: readonly Float64Array[];
  readonly edges: readonly Float64Array[];
  /** What computes single classes. */
  readonly machineFor: MachineFor;
}

/** Of one class, whose sums and their terms at the ends are in the frame up to the last sample reached. */
export interface ClassSums {
  /** Number of samples reached. */
  readonly reached: number;
  /** Share of a statistic that it has at most after that, where no grid that was tried holds it to the end. */
  readonly missing: number;
  /** What it was solved on. */
  readonly grids: Readonly<Grids>;
}

/** Points are denser in the middle by so much per slope of the initial map there, in steps that let classes share grids. */
const [CROWDED, STEP] = [1, 0.5];
/** Where the slope is taken. */
const NEAR = 0.05;

function crowdingOf({ angle }: LimitClass): number {
  return STEP * Math.round((CROWDED * (angle(NEAR) - angle(0))) / NEAR / STEP);
}

function attempt(item: SpreadClass, frame: Frame, accuracy: PassAccuracy, grids: Grids) {
  const { coefficients, samples, precise, totals, count, machineFor } = frame;
  const edges: Float64Array[] = [];
  let reached = 0;
  const reach = REACHES[grids.reach]!;
  const crowding = crowdingOf(item);
  const points = pointsOf(reach, SPACINGS[grids.spacing]!, crowding);
  const leniencyOf = (share: number) => Math.min(LENIENT, Math.max(1, 1 / Math.sqrt(count * share)));
  let leniency = leniencyOf(item.weight);
  let known = item.weight;
  let beyond = false;
  let lost = false;
  const { copies } = item;
  const saveAt = copies ? Float64Array.of(0, lastTimeOf(copies, samples.at(-1)!)) : samples;
  const [finest, widest] = [grids.spacing === FINEST, grids.reach === REACHES.length - 1];
  const resolution = { points, reach, half: 4, crowding };
  const run = new LimitIntegrator(
    [item],
    coefficients,
    saveAt,
    { ...resolution, tolerance: accuracy.tolerance },
    {
      ...(copies ? { eachStep: true } : { precise, store: frame.sums }),
      machine: machineFor(item, coefficients, resolution),
      roughnessOf: roughness,
      observe(_, sums, ends) {
        const at = reached === 0 || !copies ? reached : indexBefore(samples, run.times[reached]!);
        const all = totals[at]!;
        // Between saved times the shares of all other statistics stay as they were.
        const whole = copies !== undefined || precise[at] !== 0;
        let share = whole ? item.weight : known;
        for (let k = 0; k < statisticCount; k++) {
          // Few classes on a narrow grid may not know off-support energy.
          const total = all[k]! > 0 ? all[k]! : sums[k]!;
          if (!(total > 0)) continue;
          share = Math.max(share, sums[k]! / total);
          if (ends[k]! > EDGE * total) beyond = true;
          // Off-support energy is then not stated at all, while all else may be right.
          if (widest && k !== OFF_SUPPORT && ends[k]! > LOST * total) lost = true;
        }
        if (whole) known = share;
        leniency = leniencyOf(share);
        if (copies) edges.push(ends.slice());
        else frame.edges[reached]!.set(ends);
        reached++;
      },
    },
  );
  const smooth = () => run.roughness < accuracy.roughness && run.rule < RULE * accuracy.roughness;
  do {
    run.leniency = leniency;
  } while ((finest || lost || smooth()) && (widest || !beyond) && run.advance());
  const rough = run.stuck || !(lost || smooth());
  return { run, edges, rough, beyond, lost, finest, widest };
}

/** Largest share of a statistic of what a class that was not solved to the end is held at from there on. */
function shareAfter({ sums, totals }: Frame, reached: number): number {
  const held = sums[reached - 1]!;
  let largest = 0;
  for (let i = reached - 1; i < totals.length; i++) {
    held.forEach((value, k) => {
      if (totals[i]![k]! > 0) largest = Math.max(largest, value / totals[i]![k]!);
    });
  }
  return largest;
}

/** Solves one class; `grids` are where it starts, and end where the next similar class does best to start. */
export function solveClass(item: SpreadClass, frame: Frame, accuracy: PassAccuracy, grids: Grids): ClassSums {
  for (;;) {
    const { run, edges, rough, beyond, lost, finest, widest } = attempt(item, frame, accuracy, grids);
    const own = { times: run.times, sums: run.recorded, edges };
    const reachedOf = () => (item.copies ? sumsOfCopies(item.copies, own, frame) : run.recorded.length);
    const missing = run.stuck ? shareAfter(frame, reachedOf()) : 0;
    const slight = run.stuck && missing * frame.count < SLIGHT;
    // A map cut off at its ends looks rough.
    if (beyond && !widest && !slight) grids.reach++;
    else if (rough && !finest && !slight) grids.spacing++;
    else {
      const used = { ...grids };
      const coarser = lost || run.rule ** COARSER < RULE * accuracy.roughness;
      if (grids.spacing > 0 && coarser && run.roughness * GAIN < accuracy.roughness) grids.spacing--;
      return { reached: reachedOf(), missing, grids: used };
    }
  }
}
