/** The small picture beside a parameter: a few values as spikes, many as a histogram. */
import type { Sketch } from '../models/model.ts';
import { formatValue } from './charts/format.ts';

/** Values that are told apart, and bins for more of them. */
const SPIKES = 24;
const BINS = 40;
/** Ratio of the largest to the smallest value from which on the axis is logarithmic. */
const WIDE = 20;

/** Shares of the width and of the height. */
export interface Bar {
  readonly at: number;
  readonly width: number;
  readonly height: number;
}

export interface Bars {
  readonly kind: 'spikes' | 'histogram';
  readonly log: boolean;
  readonly bars: readonly Bar[];
}

/** `values` ascend, and the first one is less than the last one. */
export function barsOf(values: Float64Array): Bars {
  const [low, high] = [values[0]!, values.at(-1)!];
  const log = low > 0 && high / low >= WIDE;
  const place = log ? Math.log : (value: number) => value;
  const share = (value: number) => (place(value) - place(low)) / (place(high) - place(low));
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const spikes = counts.size <= SPIKES;
  if (!spikes) {
    counts.clear();
    for (const value of values) {
      const bin = Math.min(BINS - 1, Math.floor(share(value) * BINS));
      counts.set(bin, (counts.get(bin) ?? 0) + 1);
    }
  }
  const most = Math.max(...counts.values());
  const bars = [...counts].map(([key, count]) => ({
    at: spikes ? share(key) : key / BINS,
    width: spikes ? 0 : 1 / BINS,
    height: count / most,
  }));
  return { kind: spikes ? 'spikes' : 'histogram', log, bars };
}

/** "eigenvalues from 0.100 to 10.0, logarithmic axis" */
export function sketchText({ label, values }: Sketch, { kind, log, bars }: Bars): string {
  const few = kind === 'spikes' ? `${bars.length} ${label}` : label;
  const axis = log ? ', logarithmic axis' : '';
  return `${few} from ${formatValue(values[0]!)} to ${formatValue(values.at(-1)!)}${axis}`;
}
