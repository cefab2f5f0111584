/** Values in words: what the curves show at a time, for legend, screen reader and table. */
import { lastPosition, nearestKnown, type Column } from './column.ts';
import { formatCount, formatValue } from './format.ts';
import type { Curve, Scene } from './scene.ts';
import { unitLabels, type Timeline } from './timeline.ts';

/** The value under the crosshair, or the latest one without a crosshair (position undefined); NaN beyond. */
export function liveValue(column: Column, position: number | undefined): number {
  return column[nearestKnown(column, position ?? lastPosition(column))] ?? NaN;
}

/** Curves of the present experiment in the order of a legend: processes, then limits. */
export function presentCurves({ curves }: Pick<Scene, 'curves'>): Curve[] {
  return curves.filter(({ pin }) => pin < 0);
}

/** Last position where a curve of the present experiment is known; −1 while nothing is. */
export function lastRecorded(scene: Pick<Scene, 'curves'>): number {
  return Math.max(-1, ...presentCurves(scene).map(({ values }) => lastPosition(values)));
}

/** "t = 3.20", "iterations = 3 277" */
export function timeText({ unit, x }: Pick<Timeline, 'unit' | 'x'>, position: number): string {
  const value = x[position] ?? NaN;
  return unit === 't' ? `t = ${formatValue(value)}` : `${unitLabels[unit]} = ${formatCount(value)}`;
}

/** "t = 3.20: SGD 0.0123, limit 0.0125" */
export function valuesText(scene: Scene, position: number): string {
  const values = presentCurves(scene).map(
    (curve) => `${curve.label} ${formatValue(liveValue(curve.values, position))}`,
  );
  return `${timeText(scene.timeline, position)}: ${values.join(', ')}`;
}

/** What the chart shows, in one or two sentences. */
export function summaryText(scene: Scene): string {
  const { title, timeline, y } = scene;
  const start = `${title} against ${unitLabels[timeline.unit]}, ${y.log ? 'logarithmic' : 'linear'} scale.`;
  const parts = presentCurves(scene)
    .filter(({ values }) => lastPosition(values) >= 0)
    .map(({ label, values, stop }) => {
      const first = values.find((value) => value !== null)!;
      const last = lastPosition(values);
      const end = `to ${formatValue(values[last]!)} at ${timeText(timeline, last)}`;
      return `${label} goes from ${formatValue(first)} ${end}${stop === undefined ? '' : ' and diverges'}`;
    });
  if (scene.absent !== undefined) return scene.absent;
  return parts.length > 0 ? `${start} ${parts.join('; ')}.` : `${start} No values yet.`;
}
