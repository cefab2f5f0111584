/**
 * Weighted paths of one sample (theory: multi-pass SGD, section 4). Late in training a few samples that are not fitted
 * make up the train loss: paths of such samples are split into copies that go on independently, of smaller weight, and
 * others are dropped at random, their weight being given to those that stay. Means with the weights stay what they are on
 * average. For the logistic loss at step size 10 the variance of the late train loss falls to a twentieth.
 */
import { stratifiedNormals } from '../../math/randomWords.ts';
import type { PathBasis } from './pathBasis.ts';
import { coarseNoise, freshNoise, type Driver, type PathNoise } from './pathNoise.ts';
import { GROUP, type PathStart } from './pathStart.ts';

/** Path i goes on from where path `from[i]` was. */
export interface Split {
  readonly from: Uint32Array;
  /** New weights, of mean 1. */
  readonly weight: Float64Array;
}

export interface SplitNoise {
  readonly start: PathStart;
  /** By innovation k: which paths drew their strata among themselves, so that their normals make up for one another. */
  readonly groups: readonly Uint16Array[];
  /** As `PathNoise`. */
  increments: PathNoise['increments'];
  /** What is to be split at the start of step k > 0, where ℓ is `loss`. */
  split(k: number, field: Float64Array, loss: Float64Array, weight: Float64Array): Split | undefined;
  /** Standard normals to `out`, orthogonal to all rows so far. */
  innovation(k: number, field: Float64Array, basis: PathBasis, out: Float64Array): void;
}

/** Steps of the finest grid between which paths may be split: those that the coarsest grid has too. */
const EVERY = 8;

/** Splitting is worth its own noise where the squares of ωℓ are beyond so many times that of their mean. */
const UNEVEN = 8;

/** Copies of a path go with ω(least + √(ℓ/mean)): the root, as today's loss tells only part of tomorrow's. */
const LEAST = 0.3;

/** Blocks of paths that are to be alike: see `alongVisits`. */
export const BLOCKS = 8;

/** Which paths to copy and which to drop; undefined where they are even enough. */
function splitOf(
  order: Uint32Array,
  loss: Float64Array,
  weight: Float64Array,
  uniform: number,
): Split | undefined {
  const n = loss.length;
  let [sum, square] = [0, 0];
  for (let i = 0; i < n; i++) {
    const part = weight[i] * loss[i];
    sum += part;
    square += part * part;
  }
  if (!(n * square > UNEVEN * sum * sum)) return undefined;
  const wanted = (i: number): number => weight[i] * (LEAST + Math.sqrt((n * loss[i]) / sum));
  let total = 0;
  for (let i = 0; i < n; i++) total += wanted(i);
  const [from, kept] = [new Uint32Array(n), new Float64Array(n)];
  let due = uniform - 1;
  let count = 0;
  for (const i of order) {
    const copies = (n * wanted(i)) / total;
    for (due += copies; due >= 0 && count < n; due--) {
      // In turns to all blocks.
      const at = Math.floor(count / BLOCKS) + (count % BLOCKS) * Math.floor(n / BLOCKS);
      const place = count < n - (n % BLOCKS) ? at : count;
      from[place] = i;
      kept[place] = weight[i] / copies;
      count++;
    }
  }
  // Rounding may leave one too few.
  for (; count < n; count++) from[count] = order[n - 1];
  const mean = kept.reduce((all, value) => all + value, 0) / n;
  return { from, weight: kept.map((value) => value / mean) };
}

/** Paths that follow one another in `order`, `GROUP` of them each. */
function groupsOf(order: Uint32Array): Uint16Array {
  const out = new Uint16Array(order.length);
  for (let n = 0; n < order.length; n++) out[order[n]] = Math.floor(n / GROUP);
  return out;
}

interface Recorded extends SplitNoise {
  readonly base: PathNoise;
  readonly normals: readonly Float32Array[];
  readonly splits: ReadonlyMap<number, Split>;
}

/** Draws numbers as they are asked for. */
export function freshSplits(driver: Driver, p: number, start: PathStart): Recorded {
  const base = freshNoise(driver, p, start);
  const normals: Float32Array[] = [];
  const groups: Uint16Array[] = [];
  const splits = new Map<number, Split>();
  const { random } = start;
  return {
    start,
    base,
    normals,
    groups,
    splits,
    increments: (k, field, slope, out) => base.increments(k, field, slope, out),
    split(k, field, loss, weight) {
      if (k % EVERY !== 0) return undefined;
      const split = splitOf(start.order(field), loss, weight, random.uniform());
      if (split) splits.set(k, split);
      return split;
    },
    innovation(k, field, basis, out) {
      const order = start.order(field);
      stratifiedNormals(random, order, GROUP, out);
      groups[k] = groupsOf(order);
      basis.complete(out);
      normals[k] = new Float32Array(out);
    },
  };
}

/** The same randomness and the same splits on a grid of twice the step. */
export function coarseSplits(
  driver: Driver,
  p: number,
  fine: Recorded,
  key: { readonly seed: number; readonly batch: number },
): Recorded {
  const drawn = { get: (k: number, out: Float64Array) => out.set(fine.normals[k]) };
  const base = coarseNoise(driver, p, fine.base, drawn, key);
  const normals: Float32Array[] = [];
  const groups: Uint16Array[] = [];
  const splits = new Map<number, Split>();
  for (const [k, split] of fine.splits) splits.set(k / 2, split);
  return {
    start: fine.start,
    base,
    normals,
    groups,
    splits,
    increments: (k, field, slope, out) => base.increments(k, field, slope, out),
    split: (k) => splits.get(k),
    innovation(k, field, basis, out) {
      base.innovation(k, field, basis, out);
      normals[k] = new Float32Array(out);
      groups[k] = fine.groups[2 * k];
    },
  };
}
