/** Where an axis is divided. Own code, because uPlot's log ticks fail on ranges beyond 20 decades. */

export interface Ticks {
  /** Labelled, with a grid line. */
  readonly major: readonly number[];
  /** Short strokes without a label. */
  readonly minor: readonly number[];
}

/** What an axis shows. */
export interface Axis {
  readonly range: { readonly min: number; readonly max: number };
  readonly log: boolean;
}

const powerOfTen = (exponent: number) => Number(`1e${exponent}`);

/** Smallest of 1, 2, 5, 10, 20, … times a power of ten that is at least `size`. */
export function niceStep(size: number): number {
  const power = powerOfTen(Math.floor(Math.log10(size)));
  const mantissa = size / power;
  // The tolerance keeps 5.000000001 from becoming 10.
  return power * ([1, 2, 5, 10].find((nice) => nice >= mantissa * (1 - 1e-9)) ?? 10);
}

/** At most about `count` multiples of a nice step within [min, max]. */
export function linearTicks(min: number, max: number, count: number): Ticks {
  const step = niceStep((max - min) / Math.max(count, 1));
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  const major = Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) =>
    Number(((first + i) * step).toPrecision(15)),
  );
  return { major, minor: [] };
}

/** Multiples m·10ᵏ within [min, max]. */
function multiples(mantissas: readonly number[], min: number, max: number): number[] {
  const values: number[] = [];
  for (let k = Math.floor(Math.log10(min)) - 1; k <= Math.log10(max); k++) {
    for (const mantissa of mantissas) {
      const value = Number(`${mantissa}e${k}`);
      if (value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9)) values.push(value);
    }
  }
  return values;
}

const every = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const densities = [every, [1, 2, 3, 5, 7], [1, 2, 5], [1, 3]];

/** About `count` labelled ticks on a log axis of any width, 0 < min < max. */
export function logTicks(min: number, max: number, count: number): Ticks {
  const decades = multiples([1], min, max);
  const limit = Math.max(count, 2);
  if (decades.length < 3 && decades.length <= limit) {
    const major = densities
      .map((mantissas) => multiples(mantissas, min, max))
      .find((values) => values.length <= limit && values.length >= Math.min(limit, 3));
    if (!major) return linearTicks(min, max, limit);
    return { major, minor: multiples(every, min, max).filter((value) => !major.includes(value)) };
  }
  const stride = [1, 2, 3, 5, 10, 20, 50].find((n) => decades.length / n <= limit) ?? 100;
  const major = decades.filter((value) => Math.round(Math.log10(value)) % stride === 0);
  const minor =
    stride === 1 ? multiples(every.slice(1), min, max) : decades.filter((v) => !major.includes(v));
  return { major, minor };
}

/** Ticks of an axis of this many labels' room. */
export function ticksOf(axis: Axis, count: number): Ticks {
  const { min, max } = axis.range;
  return axis.log ? logTicks(min, max, count) : linearTicks(min, max, count);
}
