/**
 * The statistics of multi-index models, one definition for SGD, SDE and limit (theory: multi-index models, section 1):
 * second moments over the coordinates of the columns of U = [E | X*], E = X − X* where the loss is matched and E = X
 * where it is not (see loss.ts). `weighted12` is ⟨λU₁U₂⟩, `plain12` ⟨U₁U₂⟩; students come first, and columns that a
 * config does not have count as 0.
 */
import type { Moments } from './problem.ts';

/** The names of the statistics of a model with at most `columns` students and teachers: weighted ones, then plain ones. */
export function statisticNames(columns: number): string[] {
  const pairs = pairsOf(columns);
  return (['weighted', 'plain'] as const).flatMap((kind) => pairs.map(([i, j]) => `${kind}${i + 1}${j + 1}`));
}

/** Pairs (i, j), i ≤ j, of columns counted from 0, row by row. */
export function pairsOf(columns: number): (readonly [number, number])[] {
  const indices = Array.from({ length: columns }, (_, i) => i);
  return indices.flatMap((i) => indices.slice(i).map((j) => [i, j] as const));
}

/** By name, from L×L moments of U. */
export function toStatistics(
  { weighted, plain }: Pick<Moments['errors'], 'weighted' | 'plain'>,
  columns: number,
): Record<string, number> {
  const size = Math.sqrt(weighted.length);
  return Object.fromEntries(
    Object.entries({ weighted, plain }).flatMap(([kind, moments]) =>
      pairsOf(columns).map(([i, j]) => [`${kind}${i + 1}${j + 1}`, j < size ? moments[i * size + j]! : 0]),
    ),
  );
}

/** L×L moments of U from the statistics by name. */
export function momentsOf(
  statistics: Readonly<Record<string, number>>,
  kind: 'weighted' | 'plain',
  size: number,
): Float64Array {
  const moments = new Float64Array(size * size);
  for (const [i, j] of pairsOf(size)) {
    moments[i * size + j] = moments[j * size + i] = statistics[`${kind}${i + 1}${j + 1}`]!;
  }
  return moments;
}
