/** How a law becomes d coordinates: deterministic, and as close to the law as d allows. */
import type { Distribution } from '../math/distribution.ts';

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
export function representatives({ atoms, quantile }: Distribution, dimension: number): Float64Array {
  if (!atoms) return new Float64Array(dimension).map((_, i) => quantile((i + 0.5) / dimension));
  const values = new Float64Array(dimension);
  let from = 0;
  for (const [i, count] of countsOf(atoms, dimension).entries()) {
    values.fill(atoms[i]!.value, from, from + count);
    from += count;
  }
  return values;
}

/** How many of `dimension` coordinates each atom gets. */
export function countsOf(atoms: readonly { readonly weight: number }[], dimension: number): number[] {
  return apportion(
    atoms.map(({ weight }) => weight),
    dimension,
  );
}

const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`;

/** One sentence for every discrete law whose proportions d coordinates miss by more than 1 % of themselves. */
export function roundingRemarks(laws: Readonly<Record<string, Distribution>>, dimension: number): string[] {
  return Object.entries(laws).flatMap(([name, { atoms }]) => {
    if (!atoms) return [];
    const counts = countsOf(atoms, dimension);
    const error = (i: number) => Math.abs(counts[i]! / dimension / atoms[i]!.weight - 1);
    const worst = atoms.reduce((a, _, i) => (error(i) > error(a) ? i : a), 0);
    if (error(worst) <= 0.01) return [];
    const { value, weight } = atoms[worst]!;
    const share = percent(counts[worst]! / dimension);
    return [
      `${name}: ${percent(weight)} at ${value} is rounded to ${counts[worst]} of ${dimension} coordinates, ${share}`,
    ];
  });
}
