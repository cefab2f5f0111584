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

type Kind = 'weighted' | 'plain';

/** A statistic, and where its moment and the mirror image of that lie in L×L. */
interface Entry {
  readonly name: string;
  readonly at: number;
  readonly mirror: number;
}

const layouts = new Map<string, readonly Entry[]>();

/** The statistics of a kind that L columns fill: made once, since every observable asks for them. */
function layoutOf(kind: Kind, size: number): readonly Entry[] {
  const key = `${kind}${size}`;
  let layout = layouts.get(key);
  if (!layout) {
    layout = pairsOf(size).map(([i, j]) => {
      return { name: `${kind}${i + 1}${j + 1}`, at: i * size + j, mirror: j * size + i };
    });
    layouts.set(key, layout);
  }
  return layout;
}

/** By name, from L×L moments of U. */
export function toStatistics(
  moments: Pick<Moments['errors'], Kind>,
  columns: number,
): Record<string, number> {
  const statistics = Object.fromEntries(statisticNames(columns).map((name) => [name, 0]));
  const size = Math.sqrt(moments.weighted.length);
  for (const kind of ['weighted', 'plain'] as const) {
    for (const { name, at } of layoutOf(kind, size)) statistics[name] = moments[kind][at]!;
  }
  return statistics;
}

/** L×L moments of U from the statistics by name. */
export function momentsOf(
  statistics: Readonly<Record<string, number>>,
  kind: Kind,
  size: number,
): Float64Array {
  const moments = new Float64Array(size * size);
  for (const { name, at, mirror } of layoutOf(kind, size)) {
    moments[at] = moments[mirror] = statistics[name]!;
  }
  return moments;
}
