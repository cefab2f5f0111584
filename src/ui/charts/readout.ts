/** Values in words: what the curves show at a time, for legend, screen reader and table. */
import { lastPosition, nearestKnown, type Column } from './column.ts';
import { formatCount, formatValue } from './format.ts';
import type { Curve, Scene } from './scene.ts';
import type { Spread } from './spreads.ts';
import { nearest, unitLabels, type Timeline } from './timeline.ts';

/** The value at the nearest position where it is known; NaN beyond the end of the column. */
export function valueAt(column: Column, position: number): number {
  return column[nearestKnown(column, position)] ?? NaN;
}

/** "0.0123", or why there is no value at this position. */
export function valueText(curve: Pick<Curve, 'values' | 'stop' | 'sunk'>, position: number): string {
  const value = valueAt(curve.values, position);
  if (!Number.isNaN(value)) return formatValue(value);
  return curve.sunk !== undefined
    ? 'below precision'
    : curve.stop !== undefined
      ? 'diverged'
      : formatValue(NaN);
}

/**
 * Curves of the present experiment in the order of a legend: processes, then limits; where limits have the colours of
 * processes, each after its own.
 */
export function presentCurves({ curves }: Pick<Scene, 'curves'>): Curve[] {
  const present = curves.filter(({ pin }) => pin < 0);
  if (present.every(({ predicts }) => predicts === undefined)) return present;
  const owner = ({ index, predicts }: Curve) => predicts ?? index;
  return present.sort((a, b) => owner(a) - owner(b));
}

/** "1.12·10⁻³, theory 1.19·10⁻³": the standard deviation of a run. */
export function spreadText({ predicted, measured }: Spread, position: number): string {
  const theory = `theory ${formatValue(valueAt(predicted, position))}`;
  return measured ? `${formatValue(valueAt(measured, position))}, ${theory}` : theory;
}

/** Last position where a curve of the present experiment is known; −1 while nothing is. */
export function lastRecorded(scene: Pick<Scene, 'curves'>): number {
  return Math.max(-1, ...presentCurves(scene).map(({ values }) => lastPosition(values)));
}

/**
 * The position that legends show without a crosshair: as far as every process that still runs has come, so
 * that all values belong to one time.
 */
export function livePosition(scene: Pick<Scene, 'curves'>): number {
  const ends = presentCurves(scene)
    .filter(({ kind, stop, sunk }) => kind === 'process' && stop === undefined && sunk === undefined)
    .map(({ values }) => lastPosition(values))
    .filter((position) => position >= 0);
  return ends.length > 0 ? Math.min(...ends) : lastRecorded(scene);
}

/** Positions where the present experiment has values, increasing: where a crosshair can stand. */
export function presentPositions(scene: Pick<Scene, 'curves' | 'timeline'>): number[] {
  const columns = presentCurves(scene).map(({ values }) => values);
  return scene.timeline.x.flatMap((_, i) => (columns.some((column) => column[i] !== null) ? [i] : []));
}

/** Where a crosshair at `value` on the x axis stands; undefined while nothing is recorded. */
export function snapped(scene: Pick<Scene, 'curves' | 'timeline'>, value: number): number | undefined {
  const { x, log } = scene.timeline;
  const positions = presentPositions(scene);
  return positions[nearest({ x: positions.map((position) => x[position]!), log }, value)];
}

/** "t = 3.20", "iterations = 3 277" */
export function timeText({ unit, x }: Pick<Timeline, 'unit' | 'x'>, position: number): string {
  const value = x[position] ?? NaN;
  if (unit === 't') return `t = ${formatValue(value)}`;
  return `${unitLabels[unit]} = ${unit === 'epochs' ? formatValue(value) : formatCount(value)}`;
}

/** "t = 3.20: SGD 0.0123, limit 0.0125" */
export function valuesText(scene: Scene, position: number): string {
  const values = [
    ...presentCurves(scene).map((curve) => `${curve.label} ${valueText(curve, position)}`),
    ...scene.spreads.map((spread) => `standard deviation of ${spread.label} ${spreadText(spread, position)}`),
  ];
  return `${timeText(scene.timeline, position)}: ${values.join(', ')}`;
}

/** What the chart shows, in one or two sentences. */
export function summaryText(scene: Scene): string {
  const { title, timeline, y } = scene;
  const start = `${title} against ${unitLabels[timeline.unit]}, ${y.log ? 'logarithmic' : 'linear'} scale.`;
  const parts = presentCurves(scene)
    .filter(({ values }) => lastPosition(values) >= 0)
    .map(({ label, values, stop, sunk }) => {
      const first = values.find((value) => value !== null)!;
      const last = lastPosition(values);
      const end = `to ${formatValue(values[last]!)} at ${timeText(timeline, last)}`;
      return `${label} goes from ${formatValue(first)} ${end}${stop !== undefined ? ' and diverges' : sunk !== undefined ? ' and falls below precision' : ''}`;
    });
  if (scene.absent !== undefined) return scene.absent;
  return parts.length > 0 ? `${start} ${parts.join('; ')}.` : `${start} No values yet.`;
}
