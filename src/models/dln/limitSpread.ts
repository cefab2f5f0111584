/**
 * Classes that stand for a whole range of eigenvalues. In its own time s = λt a class knows of its eigenvalue by the
 * risk alone,
 *
 *     dξ = −γ(c sinh 2ξ − β*) ds − γ√(2R(s/λ)/B) dW ,   d ln c/ds = −2γ²R(s/λ)/B ,
 *
 * so that at a fixed s it changes slowly with λ, however suddenly it learns: few eigenvalues are solved, and those
 * in between are interpolated at the same s.
 */
import { Quintic } from '../../math/quintic.ts';
import { spectrumOf } from '../spectrum.ts';
import { law } from './law.ts';
import { startClasses, usualNodes, type Nodes } from './limitStart.ts';
import type { DlnConfig } from './parameters.ts';
import { statisticCount, statisticNames } from './statistics.ts';
import type { LimitClass } from './transportMap.ts';

/** An eigenvalue in units of that of the class, and the share of the class's weight that it takes at its own time. */
export interface Copy {
  readonly ratio: number;
  /** May be negative. */
  readonly weight: number;
}

/** A class whose statistics at time t are those of its copies at ratio·t. */
export interface SpreadClass extends LimitClass {
  readonly copies?: readonly Copy[];
}

/** Eigenvalues that one is interpolated from. */
const STENCIL = 8;
/** Fewest eigenvalues to solve at refinement 1. */
export const LEAST_SOLVED = 10;
/** Eigenvalues in between for each that is solved, at least; the usual number of points times `RICH` for the fewest; at most. */
const [FINE, RICH, MOST_FINE] = [5, 6, 240];
/** The power of λ in each statistic. */
const POWERS = statisticNames.map((name) =>
  name === 'gradientNorm' ? 2 : name === 'weightedError' || name === 'curvature' ? 1 : 0,
);
/** Ratio of one time to the next at least. */
const APART = 1 + 1e-9;
/** Added before logarithms are taken. */
const TINY = 1e-300;

/** What polynomials interpolate in: linear in ln λ where laws lie dense, and slower far away. */
const variable = (eigenvalue: number): number => Math.asinh(Math.log(eigenvalue) / 6);

/** Whether the law of λ is continuous. */
export function isSpread(config: DlnConfig): boolean {
  return config.limitLaw !== 'rounded' && !spectrumOf(config).atoms;
}

/** Eigenvalues that are solved, each with the sum of the sizes of its weights and with its copies. */
function nodesOfSpectrum(config: DlnConfig, count: number, stencil: number) {
  const spectrum = spectrumOf(config);
  const nodes = spectrum.rule(count).map(({ value }) => value);
  const at = nodes.map(variable);
  const width = Math.min(stencil, count);
  const copies: Copy[][] = nodes.map(() => []);
  const each = Math.max(FINE, (RICH * usualNodes(config)[0]) / LEAST_SOLVED);
  // At the most still a few more for more that are solved: differences of solutions then tell of both.
  const points = Math.round(Math.min(each * count, MOST_FINE * (1 - 1 / count)));
  for (const { value, weight } of spectrum.rule(points)) {
    const above = nodes.filter((node) => node < value).length;
    const first = Math.min(Math.max(above - (width >> 1), 0), count - width);
    for (let k = first; k < first + width; k++) {
      let share = weight;
      for (let m = first; m < first + width; m++) {
        if (m !== k) share *= (variable(value) - at[m]!) / (at[k]! - at[m]!);
      }
      copies[k]!.push({ ratio: value / nodes[k]!, weight: share });
    }
  }
  return nodes.map((eigenvalue, k) => {
    const weight = copies[k]!.reduce((sum, copy) => sum + Math.abs(copy.weight), 0);
    return {
      eigenvalue,
      weight,
      copies: copies[k]!.map((copy) => ({ ratio: copy.ratio, weight: copy.weight / weight })),
    };
  });
}

/** All classes of the limit at t = 0 by rules of so many points, with copies for the law of λ. */
export function spreadClasses(config: DlnConfig, nodes: Nodes, stencil = STENCIL): SpreadClass[] {
  const [lambda, star, start] = nodes;
  const one: DlnConfig = { ...config, spectrum: 'atoms', eigenvalues: [{ value: 1, weight: 1 }] };
  const teachers = law(one, 1, star);
  return nodesOfSpectrum(config, lambda, stencil).flatMap(({ eigenvalue, weight, copies }) =>
    startClasses(
      one,
      teachers.map(({ teacher, weight: share }) => ({ eigenvalue, teacher, weight: weight * share })),
      start,
    ).map((item) => ({ ...item, copies })),
  );
}

/** Sums over one class at each of its recorded times. */
interface Recorded {
  readonly times: readonly number[];
  readonly sums: readonly Float64Array[];
  readonly edges: readonly Float64Array[];
}

/** The last time that a class with these copies is asked for where the last sample is at `end`. */
export function lastTimeOf(copies: readonly Copy[], end: number): number {
  return end * copies.reduce((largest, { ratio }) => Math.max(largest, ratio), 0);
}

/** Index of the last of the ascending times that is at most t. */
export function indexBefore(times: ArrayLike<number>, t: number): number {
  let [low, high] = [0, times.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= t) low = middle;
    else high = middle;
  }
  return low;
}

/** Where sums over a class at the sample times are written. */
interface Samples {
  readonly samples: Float64Array;
  /** 1 at times whose statistics are all needed, 0 where E λe² is enough. */
  readonly precise: Uint8Array;
  readonly sums: readonly Float64Array[];
  readonly edges: readonly Float64Array[];
}

/** Writes the sums over all copies at the sample times, up to the last one that the class reached; returns how many. */
export function sumsOfCopies(
  copies: readonly Copy[],
  { times, sums, edges }: Recorded,
  { samples, precise, sums: into, edges: ends }: Samples,
): number {
  // The last of many steps may be as short as rounding.
  const kept: number[] = [];
  times.forEach((t, i) => {
    if (kept.length === 0 || t > APART * times[kept.at(-1)!]!) kept.push(i);
  });
  const taus = Float64Array.from(kept, (i) => Math.sqrt(times[i]!));
  const curves = Array.from({ length: kept.length > 1 ? statisticCount : 0 }, (_, k) => k)
    .filter((k) => sums.some((sum) => sum[k]! > 0))
    .map((k) => {
      // What is zero at the start alone, as β may be, has no part in the curve after it.
      const logs = kept.map((at) => Math.log(sums[at === 0 && sums[0]![k] === 0 ? 1 : at]![k]! + TINY));
      return { k, pieces: new Quintic(taus, Float64Array.from(logs)).pieces };
    });
  const largest = Math.sqrt(copies.reduce((most, { ratio }) => Math.max(most, ratio), 0));
  const roots = samples.map(Math.sqrt);
  const reached = roots.findIndex((root) => root * largest > taus.at(-1)! * APART);
  const count = reached < 0 ? samples.length : Math.max(1, reached);
  for (let i = 0; i < count; i++) {
    into[i]!.fill(0);
    ends[i]!.fill(0);
  }
  for (const { ratio, weight } of copies) {
    const root = Math.sqrt(ratio);
    const scales = POWERS.map((power) => weight * ratio ** power);
    let at = 0;
    for (let i = 0; i < count; i++) {
      const tau = root * roots[i]!;
      while (at < taus.length - 2 && taus[at + 1]! <= tau) at++;
      const s = Math.min(1, (tau - taus[at]!) / (taus[at + 1]! - taus[at]!));
      const [sum, end] = [into[i]!, ends[i]!];
      for (const { k, pieces } of curves) {
        if (k > 0 && precise[i] !== 1) break;
        const [c, j] = [pieces, 6 * at];
        const log =
          c[j]! + s * (c[j + 1]! + s * (c[j + 2]! + s * (c[j + 3]! + s * (c[j + 4]! + s * c[j + 5]!))));
        sum[k]! += scales[k]! * (tau === 0 ? sums[0]![k]! : Math.exp(log));
        if (precise[i] === 1) end[k]! += Math.abs(scales[k]!) * edges[kept[at]!]![k]!;
      }
    }
  }
  return count;
}

/** Logarithmic step and number of the nodes past the last one. */
const [BEYOND, PAST] = [0.02, 200];

/** A curve through points; where `goesOn`, past the last one too, smoothly until it settles. */
export function curve(nodes: Float64Array, values: Float64Array, goesOn = false): Quintic {
  const last = nodes.length - 1;
  if (!goesOn || last < 3) return new Quintic(nodes, values);
  const slope = (values[last]! - values[last - 3]!) / Math.log(nodes[last]! / nodes[last - 3]!);
  const past = Array.from({ length: PAST }, (_, i) => BEYOND * (i + 1));
  return new Quintic(
    Float64Array.from([...nodes, ...past.map((x) => nodes[last]! * Math.exp(x))]),
    Float64Array.from([...values, ...past.map((x) => values[last]! + slope * Math.tanh(x))]),
  );
}
