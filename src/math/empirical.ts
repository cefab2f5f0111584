/** The law of numbers that were measured. */
import type { Distribution } from './distribution.ts';

/** Equal shares at `values`, which ascend. Treated like a continuous law, of which they are all the nodes. */
export function empirical(values: Float64Array): Distribution {
  const { length } = values;
  if (length === 0) throw new RangeError('empirical law of 0 values: expected at least 1');
  return {
    quantile: (p) => values[Math.min(Math.floor(p * length), length - 1)]!,
    rule: () => Array.from(values, (value) => ({ value, weight: 1 / length })),
  };
}
