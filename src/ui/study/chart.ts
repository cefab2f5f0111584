/** Deviations against d on two logarithmic axes as an SVG group: on the page and in exported pictures. */
import { formatTicks } from '../charts/format.ts';
import type { Box } from '../charts/labels.ts';
import { colourOf, type Ink } from '../charts/palette.ts';
import { logRange } from '../charts/range.ts';
import { element, escaped } from '../charts/svgChart.ts';
import { logTicks } from '../charts/ticks.ts';
import type { Projection } from '../charts/trace.ts';
import type { Series } from './series.ts';

/** Room around the plot for ticks and labels, in font sizes. */
const room = { left: 5.2, right: 1.5, top: 2.2, bottom: 3.6 } as const;

interface Frame {
  readonly box: Box;
  readonly to: Projection;
  readonly d: { readonly min: number; readonly max: number };
  readonly y: { readonly min: number; readonly max: number };
}

function frameOf(
  series: readonly Series[],
  left: number,
  top: number,
  width: number,
  height: number,
  size: number,
) {
  const points = series.flatMap((each) => each.points);
  const box: Box = {
    left: left + room.left * size,
    top: top + room.top * size,
    width: width - (room.left + room.right) * size,
    height: height - (room.top + room.bottom) * size,
  };
  const dimensions = points.map(({ dimension }) => dimension);
  const d = { min: Math.min(...dimensions) / 1.3, max: Math.max(...dimensions) * 1.3 };
  // A point within its error shows the upper half of its bar.
  const lows = points.map(({ value, error }) => (value > error ? value - error : (value + error) / 3));
  const highs = points.map(({ value, error }) => value + error);
  const y = logRange({
    min: Math.min(...lows.filter((low) => low > 0)),
    max: Math.max(...highs.filter((high) => high > 0)),
  });
  const share = (value: number, { min, max }: Frame['d']) => Math.log(value / min) / Math.log(max / min);
  const to: Projection = {
    x: (value) => box.left + share(value, d) * box.width,
    y: (value) => box.top + (1 - share(value, y)) * box.height,
  };
  return { box, to, d, y };
}

function axes({ box, to, d, y }: Frame, yLabel: string, edge: number, ink: Ink): string {
  const size = ink.fontSize;
  const bottom = box.top + box.height;
  const rule = (x1: number, y1: number, x2: number, y2: number) =>
    element('line', { x1, y1, x2, y2, stroke: ink.line, 'stroke-width': 1 });
  const text = (x: number, top: number, anchor: string, content: string) =>
    element(
      'text',
      { x, y: top, 'text-anchor': anchor, 'font-size': size, fill: ink.muted },
      escaped(content),
    );
  const doublings: number[] = [];
  for (let value = 64; value < d.max; value *= 2) doublings.push(value);
  const every = Math.ceil((doublings.length * size * 4) / box.width);
  const ticks = logTicks(y.min, y.max, box.height / (size * 2.4));
  const labels = formatTicks(ticks.major);
  return [
    ...doublings.map((value) => rule(to.x(value), box.top, to.x(value), bottom + 4)),
    ...ticks.major.map((value) => rule(box.left - 4, to.y(value), box.left + box.width, to.y(value))),
    ...ticks.minor.map((value) => rule(box.left - 3, to.y(value), box.left, to.y(value))),
    ...doublings
      .filter((_, i) => i % every === 0)
      .map((value) => text(to.x(value), bottom + 6 + size, 'middle', String(value))),
    ...ticks.major.map((value, i) => text(box.left - 8, to.y(value) + size * 0.35, 'end', labels[i]!)),
    text(box.left + box.width / 2, bottom + 8 + size * 2.3, 'middle', 'dimension d'),
    text(edge, box.top - size * 0.8, 'start', yLabel),
  ].join('');
}

/** A power law across the plot from `from` on. */
function slope(
  { to, d }: Frame,
  law: (x: number) => number,
  from: number,
  style: Record<string, string | number>,
) {
  const [x1, x2] = [Math.max(from, d.min), d.max];
  return element('line', { x1: to.x(x1), y1: to.y(law(x1)), x2: to.x(x2), y2: to.y(law(x2)), ...style });
}

/** Points of the mean of runs are hollow, and their line is dashed. */
export const isHollow = ({ quantity }: Pick<Series, 'quantity'>): boolean => quantity === 'mean of runs';

/** Attributes of a circle. */
export function pointStyle({ style, quantity }: Pick<Series, 'style' | 'quantity'>, ink: Ink) {
  const stroke = colourOf(style, ink);
  return { r: 3.5, stroke, 'stroke-width': 1.5, fill: isHollow({ quantity }) ? ink.background : stroke };
}

/** Points with bars of one standard error. */
function seriesSvg({ style, quantity, points, fit }: Series, frame: Frame, ink: Ink): string {
  const { to, y } = frame;
  const hollow = isHollow({ quantity });
  const stroke = colourOf(style, ink);
  // Bars of several processes side by side.
  const shift = (style.index - 0.5) * 5;
  const marks = points.map(({ dimension, value, error }) => {
    const x = to.x(dimension) + shift;
    const [low, high] = [Math.max(value - error, y.min), value + error];
    if (high <= y.min) return '';
    const bar = element('line', { x1: x, x2: x, y1: to.y(low), y2: to.y(high), stroke, 'stroke-width': 1.5 });
    if (value <= y.min) return bar;
    return bar + element('circle', { ...pointStyle({ style, quantity }, ink), cx: x, cy: to.y(value) });
  });
  const line = { stroke, 'stroke-width': 1.25 * ink.stroke, ...(hollow && { 'stroke-dasharray': '6 4' }) };
  const law = fit && slope(frame, (x) => fit.factor * x ** fit.exponent, fit.from, line);
  return (law ?? '') + marks.join('');
}

/** The exponent of theory beside the first fit of its kind, as a dotted line. */
function theorySvg(series: readonly Series[], frame: Frame, ink: Ink): string {
  return ['single runs', 'mean of runs']
    .map((quantity) => {
      const fitted = series.filter((each) => each.quantity === quantity && each.fit);
      const [first] = fitted;
      if (!first) return '';
      const middle = Math.sqrt(frame.d.min * frame.d.max);
      const height = 1.6 * Math.max(...fitted.map(({ fit }) => fit!.factor * middle ** fit!.exponent));
      const law = (x: number) => height * (x / middle) ** first.theory.exponent;
      const label = { x: frame.to.x(middle) + 4, y: frame.to.y(law(middle)) - 5, 'font-size': ink.fontSize };
      return (
        slope(frame, law, 0, { stroke: ink.muted, 'stroke-dasharray': '2 4' }) +
        element('text', { ...label, fill: ink.muted }, escaped(`theory: slope ${first.theory.text}`))
      );
    })
    .join('');
}

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Empty while nothing is measured. `id` is unique in the document. */
export function studySvg(
  series: readonly Series[],
  yLabel: string,
  place: Place,
  ink: Ink,
  id: string,
): string {
  if (!series.some(({ points }) => points.some(({ value, error }) => value + error > 0))) return '';
  const frame = frameOf(series, place.left, place.top, place.width, place.height, ink.fontSize);
  const { left: x, top: y, width, height } = frame.box;
  const inside = [theorySvg(series, frame, ink), ...series.map((each) => seriesSvg(each, frame, ink))];
  return [
    axes(frame, yLabel, place.left + 2, ink),
    element('clipPath', { id }, element('rect', { x, y, width, height })),
    element('g', { 'clip-path': `url(#${id})` }, inside.join('')),
  ].join('');
}
