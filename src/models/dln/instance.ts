/** Eigenvalues and teacher entries of d coordinates: deterministic, and as close to the laws as d allows. */
import type { Distribution } from '../../math/distribution.ts';
import type { DlnConfig } from './parameters.ts';
import { spectrumOf, teacherOf } from './population.ts';

/** Both of length d, by coordinate. */
export type DlnInstance = Readonly<Record<'eigenvalue' | 'teacher', Float64Array>>;

/** How many of `dimension` coordinates each weight gets: largest remainder, ties to the earlier one. */
export function apportion(weights: readonly number[], dimension: number): number[] {
  const counts = weights.map((weight) => Math.floor(weight * dimension));
  const missing = dimension - counts.reduce((sum, count) => sum + count, 0);
  const remainder = (i: number) => weights[i]! * dimension - counts[i]!;
  const order = weights.map((_, i) => i).sort((a, b) => remainder(b) - remainder(a) || a - b);
  for (const i of order.slice(0, missing)) counts[i]!++;
  return counts;
}

/** `dimension` ascending values that represent the law: rounded counts of atoms, or midpoint quantiles. */
function sample({ atoms, quantile }: Distribution, dimension: number): Float64Array {
  if (!atoms) return Float64Array.from({ length: dimension }, (_, i) => quantile((i + 0.5) / dimension));
  const counts = countsOf(atoms, dimension);
  return Float64Array.from(atoms.flatMap(({ value }, i) => Array<number>(counts[i]!).fill(value)));
}

function countsOf(atoms: readonly { readonly weight: number }[], dimension: number): number[] {
  return apportion(
    atoms.map(({ weight }) => weight),
    dimension,
  );
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Values that represent the law, in an order in which every stretch of coordinates sees the whole law. Copy k of
 * n copies of an atom lies near the share (k + ½)/n of the way, which keeps dyadic shares exact; different values
 * follow the fractional parts of multiples of the golden ratio.
 */
function spread(law: Distribution, dimension: number): Float64Array {
  const values = sample(law, dimension);
  const places = law.atoms
    ? countsOf(law.atoms, dimension).flatMap((n) => Array.from({ length: n }, (_, k) => (k + 0.5) / n))
    : Array.from(values, (_, i) => (i * GOLDEN) % 1);
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => places[a]! - places[b]! || a - b);
  const result = new Float64Array(dimension);
  // For atoms `order` says which value comes next, for different values to which coordinate the next one goes.
  order.forEach((at, rank) => (law.atoms ? (result[rank] = values[at]!) : (result[at] = values[rank]!)));
  return result;
}

/**
 * Eigenvalues ascend, the teacher's entries are spread over them: independent of each other as far as d allows.
 * Continuous spectra are scaled to mean exactly 1.
 */
export function arrange(config: DlnConfig): DlnInstance {
  const { dimension } = config;
  const spectrum = spectrumOf(config);
  const eigenvalue = sample(spectrum, dimension);
  if (!spectrum.atoms) {
    const mean = eigenvalue.reduce((sum, value) => sum + value, 0) / dimension;
    eigenvalue.forEach((value, i) => (eigenvalue[i] = value / mean));
  }
  return { eigenvalue, teacher: spread(teacherOf(config), dimension) };
}

const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`;

/** One sentence for every discrete law whose proportions d coordinates miss by more than 1 % of themselves. */
export function roundingRemarks(config: DlnConfig): string[] {
  const laws = { spectrum: spectrumOf(config), teacher: teacherOf(config) };
  return Object.entries(laws).flatMap(([name, { atoms }]) => {
    if (!atoms) return [];
    const counts = countsOf(atoms, config.dimension);
    const error = (i: number) => Math.abs(counts[i]! / config.dimension / atoms[i]!.weight - 1);
    const worst = atoms.reduce((a, _, i) => (error(i) > error(a) ? i : a), 0);
    if (error(worst) <= 0.01) return [];
    const { value, weight } = atoms[worst]!;
    const share = percent(counts[worst]! / config.dimension);
    return [
      `${name}: ${percent(weight)} at ${value} is rounded to ${counts[worst]} of ${config.dimension} coordinates, ${share}`,
    ];
  });
}
