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
function sample(law: Distribution, dimension: number): Float64Array {
  if (!law.atoms)
    return Float64Array.from({ length: dimension }, (_, i) => law.quantile((i + 0.5) / dimension));
  const counts = apportion(
    law.atoms.map(({ weight }) => weight),
    dimension,
  );
  return Float64Array.from(law.atoms.flatMap(({ value }, i) => Array<number>(counts[i]!).fill(value)));
}

/**
 * 0 … n−1 in the order of their van der Corput fractions (binary digits mirrored): any stretch of consecutive
 * ranks is spread evenly over 0 … n−1, and exactly so for dyadic shares of an n that is a power of 2.
 */
function vanDerCorputOrder(n: number): Uint32Array {
  const fractions = Float64Array.from({ length: n }, (_, i) => {
    // Half a turn ahead, so that the largest and smallest eigenvalues meet the middle of the teacher's law.
    let fraction = 0.5;
    for (let rest = i, digit = 0.5; rest > 0; rest = Math.floor(rest / 2), digit /= 2) {
      if (rest % 2 === 1) fraction += digit;
    }
    return fraction % 1;
  });
  return Uint32Array.from(fractions, (_, i) => i).sort((a, b) => fractions[a]! - fractions[b]!);
}

/**
 * Eigenvalues ascend; the teacher's ascending values are dealt out in van der Corput order, so that
 * every range of eigenvalues sees the whole law of the teacher. Continuous spectra are scaled to mean exactly 1.
 */
export function arrange(config: DlnConfig): DlnInstance {
  const { dimension } = config;
  const spectrum = spectrumOf(config);
  const eigenvalue = sample(spectrum, dimension);
  if (!spectrum.atoms) {
    const mean = eigenvalue.reduce((sum, value) => sum + value, 0) / dimension;
    eigenvalue.forEach((value, i) => (eigenvalue[i] = value / mean));
  }
  const teacher = new Float64Array(dimension);
  const values = sample(teacherOf(config), dimension);
  vanDerCorputOrder(dimension).forEach((coordinate, rank) => (teacher[coordinate] = values[rank]!));
  return { eigenvalue, teacher };
}

const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`;

/** One sentence for every discrete law whose proportions d coordinates miss by more than 1 % of themselves. */
export function roundingRemarks(config: DlnConfig): string[] {
  const laws = { spectrum: spectrumOf(config), teacher: teacherOf(config) };
  return Object.entries(laws).flatMap(([name, { atoms }]) => {
    if (!atoms) return [];
    const counts = apportion(
      atoms.map(({ weight }) => weight),
      config.dimension,
    );
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
