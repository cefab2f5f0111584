/** How the values of a map become shares of a scale of colours. */
import type { Range } from '../charts/range.ts';
import { diverging, sequential, type Rgb } from './colours.ts';

export interface Scale {
  readonly kind: 'sequential' | 'diverging';
  readonly log: boolean;
  readonly range: Range;
  /** 0 … 1 within the range, NaN where a value is unknown or has no place on the scale. */
  share(value: number): number;
  colour(share: number): Rgb;
}

/** Ratio of the largest to the smallest value from which on positive values are told apart by their logarithms. */
const WIDE = 100;
/** Decades that a logarithmic scale shows at most. */
const DECADES = 6;

/** Symmetric about 0 where both signs occur; logarithmic where positive values range widely, unless `linear`. */
export function scaleOf(values: Float64Array, linear: boolean): Scale {
  let low = Infinity;
  let high = -Infinity;
  let least = Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
    if (value > 0 && value < least) least = value;
  }
  if (!(low <= high)) [low, high] = [0, 1];
  if (low < 0 && high > 0) {
    const size = Math.max(-low, high);
    const range = { min: -size, max: size };
    return {
      kind: 'diverging',
      log: false,
      range,
      share: (value) => (value / size + 1) / 2,
      colour: diverging,
    };
  }
  const bottom = Math.max(least, high / 10 ** DECADES);
  const log = !linear && low >= 0 && high / bottom >= WIDE;
  const range = log ? { min: bottom, max: high } : { min: low, max: high > low ? high : low + 1 };
  const place = log ? Math.log : (value: number) => value;
  const [start, length] = [place(range.min), place(range.max) - place(range.min)];
  const share = (value: number) =>
    log && value === 0 ? 0 : Math.min(1, Math.max(0, (place(value) - start) / length));
  return { kind: 'sequential', log, range, share, colour: sequential };
}
