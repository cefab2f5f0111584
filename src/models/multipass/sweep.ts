/**
 * One batch of paths of SGD or its modified equation, with the kernels that it defines itself: a single sweep forward in
 * time on the grid t_k = kh (theory: multi-pass SGD, section 4). It takes some 0.7 µs per path and step up to 200 steps,
 * beyond which products with all earlier steps, O(steps² paths), show; 26 bytes of memory per path and step.
 */
import type { Rows, RowStore } from '../../math/rows.ts';
import { Ancestry } from './ancestry.ts';
import { Kernels } from './kernels.ts';
import { losses } from './losses.ts';
import type { Problem } from './onePass.ts';
import { PathBasis } from './pathBasis.ts';
import type { Driver } from './pathNoise.ts';
import { GROUP } from './pathStart.ts';
import { alongVisits, byParts } from './responses.ts';
import type { Split, SplitNoise } from './splitPaths.ts';

/** On the grid, step after step; the train loss is NaN from where a batch went astray. */
export interface Swept {
  readonly trainLoss: Float64Array;
  readonly kernels: Kernels;
}

/**
 * Factor by which the squared norm, or the mean square of the preactivations, may exceed all that was before it after
 * one step: a batch that does more has gone astray, by noise in rows of C that its innovations cannot bear.
 */
const LEAP = 4;

/** Visits per path above which their squares cost more than the integration by parts. */
const MANY_VISITS = 24;

/** η sup|ℓ″| above which a chain of visits may amplify a perturbation: few paths would carry the mean. */
const EXPANDING = 2.5;

/** Rows that come before the innovations of w: w* and label noise; with z_0 they are what paths start from. */
const [TEACHER, FIRST, GIVEN] = [0, 2, 3];

// Loops over all paths are functions of their own: within a generator they take several times as long.

/** Mean of ω times the product. */
function weightedMean(weight: Float64Array, a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += weight[i] * a[i] * b[i];
  return sum / a.length;
}

/** ω · values/M to `out`: sums of products with it are means. */
function weigh(weight: Float64Array, values: Float64Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = (weight[i] * values[i]) / out.length;
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** −η(ℓ′ p + noise − own remainder) to `out`. */
function kicksOf(
  stepSize: number,
  slope: Float64Array,
  p: number,
  [deviation, noise]: readonly [number, Float64Array],
  [own, remainder]: readonly [number, Float64Array],
  out: Float64Array,
): void {
  for (let i = 0; i < out.length; i++) {
    out[i] = -stepSize * (slope[i] * p + deviation * noise[i] - own * remainder[i]);
  }
}

/** ℓ′ (increment − p) to `out`. */
function noiseOf(slope: Float64Array, increment: Float64Array, p: number, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = slope[i] * (increment[i] - p);
}

/** Subtracts `share` of the mean over the paths of a group from `out`. */
function centre(values: Float64Array, group: Uint16Array, share: number, out: Float64Array): void {
  const most = Math.ceil(values.length / GROUP);
  const [sum, count] = [new Float64Array(most), new Float64Array(most)];
  for (let i = 0; i < values.length; i++) {
    sum[group[i]] += values[i];
    count[group[i]]++;
  }
  for (let i = 0; i < values.length; i++) out[i] -= (share * sum[group[i]]) / count[group[i]];
}

/** Innovations whose groups are looked at in a step, instead of all. */
const LOOKS = 4;

/** Multiples of it fill the unit interval evenly. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

function add(out: Float64Array, factor: number, values: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] += factor * values[i];
}

/** Entry i becomes what entry from[i] was. */
function gather(values: Float64Array, { from }: Split, spare: Float64Array): void {
  spare.set(values);
  for (let i = 0; i < from.length; i++) values[i] = spare[from[i]];
}

export function* sweep(
  problem: Problem,
  driver: Driver,
  h: number,
  steps: number,
  noise: SplitNoise,
  store: RowStore,
): Generator<void, Swept> {
  const { stepSize, sampleRatio, teacherNorm, labelNoise } = problem;
  const { start } = noise;
  const { paths } = start;
  const pair = losses[problem.loss];
  const kernels = new Kernels(problem, h, steps);
  const { size, factor, response } = kernels;
  const p = h / sampleRatio;
  const few = driver === 'sgd' && steps * p <= MANY_VISITS;
  const tame = stepSize * pair.steepest <= EXPANDING;
  const estimate = few && tame ? alongVisits(problem, h, kernels, paths) : byParts(problem, h, kernels);

  const vector = (): Float64Array => new Float64Array(paths);
  const [r, w, loss, slope, curvature, increment] = Array.from({ length: 6 }, vector);
  const [kick, moved, raw, next, spare, weighed] = Array.from({ length: 6 }, vector);
  const [z, own, field, kicks] = [FIRST + size, steps, size, steps].map((rows) => store.rows(rows, paths));
  const basis = new PathBasis(paths, z, own);
  const { weight } = basis;
  const ancestry = new Ancestry(paths);
  const sums = (): Float64Array => new Float64Array(FIRST + size);
  const [slopeField, slopeRow, memory, mixture] = Array.from({ length: 4 }, sums);
  const root = Math.sqrt(teacherNorm);
  const y = vector().map((_, i) => pair.label(root * start.teacher[i], labelNoise * start.label[i]));
  const trainLoss = new Float64Array(size);
  /** Of innovation k by path. */
  const groups: Uint16Array[] = [];

  /** What the teacher and the first `count` innovations make of w_k, to `out`. */
  function explained(k: number, count: number, out: Float64Array): void {
    mixture.fill(0, 0, FIRST);
    mixture[TEACHER] = kernels.teacherFactor(k);
    mixture.set(factor.subarray(k * size, k * size + count), FIRST);
    out.fill(0);
    z.addTo(out, mixture, FIRST + count);
  }

  /** Takes away what is along the rows that paths start from, and along `others`, orthogonal to those. */
  function project(values: Float64Array, ...others: readonly Float64Array[]): void {
    weigh(weight, values, weighed);
    z.dots(weighed, GIVEN, mixture);
    for (let j = 0; j < GIVEN; j++) mixture[j] *= -1;
    z.addTo(values, mixture, GIVEN);
    for (const other of others) {
      const square = weightedMean(weight, other, other);
      if (square > 0) add(values, -weightedMean(weight, values, other) / square, other);
    }
  }

  /**
   * What of ωℓ′ is not linear in w_k, r_k and what paths start from, see `Remainder`, and differs among paths that drew an
   * innovation together: what they have in common, their normals do not carry.
   */
  function remainder(k: number, out: Float64Array): void {
    out.set(slope);
    project(w);
    moved.set(r);
    project(moved, w);
    project(out, w, moved);
    for (let i = 0; i < paths; i++) out[i] *= weight[i];
    spare.set(out);
    const looks = Math.min(k, LOOKS);
    for (let n = 0; n < looks; n++) {
      const at = 1 + Math.floor((k * (n + ((k * GOLDEN) % 1))) / looks);
      centre(spare, groups[at], k / (k + 1) / looks, out);
    }
  }

  /** Lets paths go on from where others were, which have been for k steps. */
  function divide(k: number, split: Split): void {
    const permute = (rows: Rows, count: number): void => {
      for (let l = 0; l < count; l++) {
        rows.get(l, raw);
        gather(raw, split, spare);
        rows.set(l, raw);
      }
    };
    permute(field, k);
    permute(kicks, k);
    basis.split(split.from, split.weight);
    ancestry.split(k + 1, split.from);
    for (const values of [r, w, y, loss, slope, curvature]) gather(values, split, spare);
    for (let j = 1; j < groups.length; j++) {
      const before = groups[j];
      groups[j] = before.map((_, i) => before[split.from[i]]);
    }
    estimate.split(split);
    z.get(TEACHER, raw);
    start.classify(y, raw);
  }

  start.classify(y);
  for (const values of [start.teacher, start.label, start.start]) basis.append(0, values);
  explained(0, 1, r);
  w.set(r);
  let bound = kernels.covariance[0] + weightedMean(weight, r, r);
  for (let k = 0; ; k++) {
    pair.derivatives(r, y, slope, curvature, loss);
    const split = k > 0 && k < steps ? noise.split(k, r, loss, weight) : undefined;
    if (split) divide(k, split);
    trainLoss[k] = product(weight, loss) / paths;
    field.set(k, r);
    const present = Math.max(kernels.covariance[k * size + k], weightedMean(weight, r, r));
    // Also where it is no number.
    if (!(present <= LEAP * bound)) {
      trainLoss.fill(NaN, k);
      break;
    }
    if (k === steps) break;
    const steep = weightedMean(weight, slope, slope);
    bound = Math.max(bound, present + stepSize ** 2 * h * (1 + 1 / sampleRatio) * steep);
    yield;

    noise.increments(k, r, slope, increment);
    remainder(k, raw);
    ancestry.share(k + 1, raw);
    noiseOf(slope, increment, p, moved);
    basis.complete(moved);
    if (basis.hasRoom) basis.append(1, moved);
    const deviation = Math.sqrt(p * (1 - p) * steep);
    kicksOf(stepSize, slope, p, [deviation, moved], [h / paths, raw], kick);
    kicks.set(k, kick);

    weigh(weight, slope, weighed);
    const slopes = weighed;
    field.dots(slopes, k + 1, slopeField);
    z.dots(slopes, estimate.byInnovations ? FIRST + k + 1 : 1, slopeRow);
    estimate.row(k, curvature, increment, slopeRow.subarray(FIRST), weight, memory);
    kernels.respond(k, memory);
    kernels.correlate(k, slopeField, root * slopeRow[TEACHER]);

    // r_{k+1} without the innovation and the jump of this step.
    explained(k + 1, k + 1, w);
    next.set(w);
    kicks.addTo(next, response.subarray((k + 1) * size), k);
    kernels.close(k, product(slopes, next), stepSize ** 2 * h * steep);

    moved.set(r);
    add(moved, 1, kick);
    noise.innovation(k + 1, moved, basis, raw);
    basis.append(0, raw);
    groups[k + 1] = noise.groups[k + 1];
    const spread = factor[(k + 1) * size + k + 1];
    add(w, spread, raw);
    add(next, 1, kick);
    add(next, spread, raw);
    r.set(next);
  }
  return { trainLoss, kernels };
}
