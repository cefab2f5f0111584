/** Values of one curve along the timeline. */
/** One value per position of the timeline; null where there is nothing to draw. */
export type Column = readonly (number | null)[];

/** Places recorded values on the timeline; null for what cannot be drawn. */
export function placed(values: Float64Array, positions: Int32Array, length: number, log: boolean): Column {
  const column: (number | null)[] = [];
  for (let i = 0; i < length; i++) column.push(null);
  for (let i = 0; i < Math.min(positions.length, values.length); i++) {
    const position = positions[i]!;
    const value = values[i]!;
    if (position < 0 || !Number.isFinite(value) || (log && value <= 0)) continue;
    column[position] = value;
  }
  return column;
}

/** Position of the last value, −1 where there is none. */
export function lastPosition(column: Column): number {
  return column.findLastIndex((value) => value !== null);
}

/**
 * Position of the value recorded nearest to a position; −1 beyond the last one. Neighbours differ only where
 * pins with other recorded times share the timeline.
 */
export function nearestKnown(column: Column, position: number): number {
  const end = lastPosition(column);
  if (position > end) return -1;
  for (let distance = 0; distance <= end; distance++) {
    const after = position + distance;
    if (after <= end && column[after] !== null) return after;
    const before = position - distance;
    if (before >= 0 && column[before] !== null) return before;
  }
  return -1;
}
