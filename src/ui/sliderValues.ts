/** The values a slider stops at: round numbers, so that links stay short and every key press changes something. */
import type { NumberParameter } from '../config/parameter.ts';
import { niceStep } from './charts/ticks.ts';

/** A linear slider has at most this many stops, a logarithmic one fewer per decade. */
const LINEAR_STOPS = 200;
/** Beyond this range integers on a linear scale are names, such as seeds, and a slider is no use. */
const MANY = 10_000;

/** Steps within a decade in units of its start: at most 5 % apart. */
const MANTISSAS = [
  ...Array.from({ length: 20 }, (_, i) => 100 + 5 * i),
  ...Array.from({ length: 30 }, (_, i) => 200 + 10 * i),
  ...Array.from({ length: 25 }, (_, i) => 500 + 20 * i),
];

function candidates({ min, max, scale, integer }: NumberParameter): number[] {
  if (scale === 'linear') {
    const step = Math.max(niceStep((max - min) / LINEAR_STOPS), integer ? 1 : 0);
    const first = Math.ceil(min / step);
    return Array.from({ length: Math.floor(max / step) - first + 1 }, (_, i) => (first + i) * step);
  }
  const first = Math.floor(Math.log10(min));
  const last = Math.floor(Math.log10(max));
  return Array.from({ length: last - first + 1 }, (_, decade) =>
    MANTISSAS.map((mantissa) => (mantissa / 100) * 10 ** (first + decade)),
  ).flat();
}

/** Increasing stops from min to max, both included; empty where a slider makes no sense. */
export function sliderValues(parameter: NumberParameter): readonly number[] {
  const { min, max, scale, integer } = parameter;
  if (scale === 'linear' && integer && max - min > MANY) return [];
  const values = candidates(parameter)
    // Two decimals of a power of ten are exact in decimal, not in binary.
    .map((value) => (integer ? Math.round(value) : Number(value.toPrecision(6))))
    .filter((value) => value > min && value < max);
  return [min, ...new Set(values), max];
}

/** Index of the stop nearest to `value` on the parameter's scale. */
export function nearestStop(stops: readonly number[], value: number): number {
  const above = stops.findIndex((stop) => stop >= value);
  if (above <= 0) return above < 0 ? stops.length - 1 : 0;
  return value - stops[above - 1]! < stops[above]! - value ? above - 1 : above;
}
