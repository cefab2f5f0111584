/** Histograms over coordinates: what is counted when, and how. */

/** Odd, so that a law at one point lies in the middle of a bin. */
export const BINS = 81;
/** Times at which coordinates are counted. */
const MOST_TIMES = 100;

export interface Histogram {
  /** Key of model.distributions.quantities, and its position there. */
  readonly quantity: string;
  readonly index: number;
  readonly bins: number;
  /** Number of groups of coordinates. */
  readonly groups: number;
  /** For each saved time: the row of `ranges` that its bins have, −1 where nothing is counted. */
  readonly rows: Int32Array;
  /** Low and high end of the bins, by row and group. */
  readonly ranges: Float64Array;
}

/** Numbers of one row of counts: for each group below, bin after bin, above. */
export function countsOf({ groups, bins }: Pick<Histogram, 'groups' | 'bins'>): number {
  return groups * (bins + 2);
}

/** Rows for `times` saved times: all of them, or evenly spread ones with the first and the last. */
export function rowsOf(times: number): Int32Array {
  const rows = new Int32Array(times).fill(-1);
  const count = Math.min(times, MOST_TIMES);
  for (let row = 0; row < count; row++) {
    rows[count === 1 ? 0 : Math.round((row * (times - 1)) / (count - 1))] = row;
  }
  return rows;
}

/**
 * Adds the coordinates of one run to the counts of a row; a value that is not a number counts nowhere.
 *
 * @param groupOf group of each coordinate
 */
export function count(
  into: Uint32Array,
  values: Float64Array,
  groupOf: Uint8Array,
  { bins, groups, ranges }: Histogram,
  row: number,
): void {
  const first = 2 * row * groups;
  for (let i = 0; i < values.length; i++) {
    const group = groupOf[i]!;
    const low = ranges[first + 2 * group]!;
    const high = ranges[first + 2 * group + 1]!;
    const bin = Math.floor(((values[i]! - low) / (high - low)) * bins);
    if (!Number.isNaN(bin)) into[group * (bins + 2) + Math.min(Math.max(bin, -1), bins) + 1]!++;
  }
}
