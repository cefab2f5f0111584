/** Binned laws of mixtures of quantile maps of a standard normal variable. */
import { normalCumulative } from '../../math/gaussian.ts';
import type { BinnedLaw } from '../model.ts';

/** Values of a quantile map at the points of a grid in z, non-decreasing. */
export interface WeightedMap {
  readonly weight: number;
  readonly values: Float64Array;
}

/** Bins reach to where the mass of a tail is that of a standard normal variable beyond 3.5, … */
const TAIL = normalCumulative(-3.5);
/** … but not further from the median than so many times the distance that holds 34 %: a heavy tail hides no bulk. */
const REACH = 12;
/** A finite system is a little wider than its limit. */
const AIR = 0.05;
/** Smallest half-width of a range relative to its place (or 1): 32-bit numbers resolve a bin of it. */
const NARROWEST = 1e-4;
/** Edges of the bins that quantiles are looked up in. */
const COARSE = 65;

/** Cubic refinement of values on a uniform grid: `factor` times as many steps. */
export function refined(values: Float64Array, factor: number): Float64Array {
  if (factor === 1) return values;
  const last = values.length - 1;
  return Float64Array.from({ length: last * factor + 1 }, (_, i) => {
    const j = Math.floor(i / factor);
    const s = i / factor - j;
    if (s === 0) return values[j]!;
    const [b, c] = [values[j]!, values[j + 1]!];
    if (j === 0 || j + 2 > last) return b + s * (c - b);
    const [a, d] = [values[j - 1]!, values[j + 2]!];
    const cubic =
      (-a * s * (s - 1) * (s - 2)) / 6 +
      (b * (s + 1) * (s - 1) * (s - 2)) / 2 -
      (c * (s + 1) * s * (s - 2)) / 2 +
      (d * (s + 1) * s * (s - 1)) / 6;
    // Between its neighbours, so that the map stays monotone at kinks.
    return Math.min(Math.max(cubic, b), c);
  });
}

/**
 * P(X ≤ edge) of the mixture at `count` equidistant edges.
 *
 * @param z uniform grid of the maps
 */
function cumulative(
  maps: readonly WeightedMap[],
  z: Float64Array,
  low: number,
  high: number,
  count: number,
): Float64Array {
  const sums = new Float64Array(count);
  const last = z.length - 1;
  for (const { weight, values } of maps) {
    let j = 0;
    for (let k = 0; k < count; k++) {
      const edge = low + ((high - low) * k) / (count - 1);
      while (j <= last && values[j]! <= edge) j++;
      if (j === 0) continue;
      if (j > last) {
        sums[k]! += weight;
        continue;
      }
      const share = (edge - values[j - 1]!) / (values[j]! - values[j - 1]!);
      sums[k]! += weight * normalCumulative(z[j - 1]! + share * (z[j]! - z[j - 1]!));
    }
  }
  return sums;
}

/** Where `sums`, the distribution function at equidistant edges, reaches p. */
function quantile(sums: Float64Array, low: number, high: number, p: number): number {
  const step = (high - low) / (sums.length - 1);
  const k = sums.findIndex((sum) => sum >= p);
  if (k <= 0) return k < 0 ? high : low;
  return low + step * (k - 1 + (p - sums[k - 1]!) / (sums[k]! - sums[k - 1]!));
}

/** The range that shows the bulk of the mixture and its tails as far as they fit. */
function rangeOf(maps: readonly WeightedMap[], z: Float64Array): [low: number, high: number] {
  let low = Math.min(...maps.map(({ values }) => values[0]!));
  let high = Math.max(...maps.map(({ values }) => values.at(-1)!));
  for (let width = Infinity; high - low < 0.7 * width && high > low;) {
    width = high - low;
    const sums = cumulative(maps, z, low, high, COARSE);
    const at = (p: number) => quantile(sums, low, high, p);
    const [middle, left, right] = [at(0.5), at(0.16), at(0.84)];
    const step = width / (COARSE - 1);
    const below = Math.max(at(TAIL) - step, middle - REACH * Math.max(middle - left, step));
    const above = Math.min(at(1 - TAIL) + step, middle + REACH * Math.max(right - middle, step));
    low = Math.max(low, below);
    high = Math.min(high, above);
  }
  const centre = 0.5 * (low + high);
  const half = Math.max((0.5 + AIR) * (high - low), NARROWEST * Math.max(1, Math.abs(centre)));
  return [centre - half, centre + half];
}

/** The mixture, its weights normalised, over `bins` bins that fit it; no maps give no law. */
export function binned(maps: readonly WeightedMap[], z: Float64Array, bins: number): BinnedLaw | undefined {
  const total = maps.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return undefined;
  const normalised = maps.map(({ weight, values }) => ({ weight: weight / total, values }));
  const [low, high] = rangeOf(normalised, z);
  const sums = cumulative(normalised, z, low, high, bins + 1);
  const mass = Float64Array.from({ length: bins + 2 }, (_, k) => (sums[k] ?? 1) - (sums[k - 1] ?? 0));
  return { low, high, mass };
}
