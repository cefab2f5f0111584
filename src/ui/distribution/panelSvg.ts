/** One panel as an SVG group, the same on the page and in exported pictures. */
import { formatTicks, formatValue } from '../charts/format.ts';
import { colourOf, type Ink } from '../charts/palette.ts';
import type { Box } from '../charts/labels.ts';
import { characterWidth, element, escaped, strokeOf } from '../charts/svgChart.ts';
import { ticksOf } from '../charts/ticks.ts';
import { SvgPen, type Projection } from '../charts/trace.ts';
import { pointOf, type Panel, type Shape } from './panels.ts';

/** Opacity of the filled bars of a process. */
const fillOpacity = 0.22;
/** Times n^{−½}: what Kolmogorov's distance of n independent draws stays below in 95 % of samples. */
const chance = 1.36;
/** Widths of the outlines of the first, second, … process. */
const outlines = [1.5, 1.25];

/** Room around the bars for title, ticks and labels, in font sizes. */
export const room = { left: 4.6, right: 1.8, top: 2.9, bottom: 3.2 } as const;

interface Pen {
  readonly to: Projection;
  readonly base: number;
}

/** The outline of bars, each on its bin. */
function steps({ density }: Shape, { low, high }: Panel, { to, base }: Pen): string {
  const pen = new SvgPen();
  const width = (high - low) / density.length;
  pen.moveTo(to.x(low), base);
  density.forEach((value, k) => {
    const y = Math.min(base, to.y(value));
    pen.lineTo(to.x(low + k * width), y);
    pen.lineTo(to.x(low + (k + 1) * width), y);
  });
  pen.lineTo(to.x(high), base);
  return pen.data;
}

/** A line through the middles of the bins; a point mass is a stem. */
function line({ density }: Shape, { low, high }: Panel, { to, base }: Pen): string {
  const pen = new SvgPen();
  const width = (high - low) / density.length;
  const point = pointOf(density, width);
  if (point >= 0) {
    const x = to.x(low + (point + 0.5) * width);
    pen.moveTo(x, base);
    pen.lineTo(x, to.y(density[point]!));
    return pen.data;
  }
  pen.moveTo(to.x(low), base);
  density.forEach((value, k) => pen.lineTo(to.x(low + (k + 0.5) * width), Math.min(base, to.y(value))));
  pen.lineTo(to.x(high), base);
  return pen.data;
}

function axes({ x, y, log, symbol }: Panel, box: Box, { to }: Pen, ink: Ink): string {
  const { left, top, width, height } = box;
  const size = ink.fontSize;
  const [bottom, right] = [top + height, left + width];
  const rule = (x1: number, y1: number, x2: number, y2: number) =>
    element('line', { x1, y1, x2, y2, stroke: ink.line });
  const text = (at: number, baseline: number, anchor: string, content: string) =>
    element(
      'text',
      { x: at, y: baseline, 'text-anchor': anchor, 'font-size': size, fill: ink.muted },
      escaped(content),
    );
  const across = ticksOf({ range: x, log: false }, width / (size * 5.5)).major;
  const up = ticksOf({ range: y, log }, height / (size * 2.6)).major;
  const [acrossLabels, upLabels] = [formatTicks(across), formatTicks(up)];
  return [
    ...across.map((value) => rule(to.x(value), top, to.x(value), bottom + 4)),
    ...up.map((value) => rule(left - 4, to.y(value), right, to.y(value))),
    ...across.map((value, i) => text(to.x(value), bottom + 5 + size, 'middle', acrossLabels[i]!)),
    ...up.map((value, i) => text(left - 7, to.y(value) + size * 0.35, 'end', upLabels[i]!)),
    text((left + right) / 2, bottom + 5 + size * 2.1, 'middle', symbol),
  ].join('');
}

/** Kolmogorov's distances, as much as fits. */
function distances({ bars }: Panel, width: number, ink: Ink): string {
  const known = bars.filter(({ distance }) => distance >= 0);
  const parts = known.map(({ label, distance }) => `${label} ${formatValue(distance, 2)}`);
  const [first] = known;
  if (first) parts.push(`chance ${formatValue(chance / Math.sqrt(first.total), 2)}`);
  while (parts.length > 0) {
    const text = `Δ ${parts.join(' · ')}`;
    if (text.length * ink.fontSize * characterWidth <= width) return text;
    parts.pop();
  }
  return '';
}

/** `frame` is the whole panel; `id` must be unique on the page. */
export function panelSvg(panel: Panel, frame: Box, ink: Ink, id: string): string {
  const size = ink.fontSize;
  const box: Box = {
    left: frame.left + room.left * size,
    top: frame.top + room.top * size,
    width: frame.width - (room.left + room.right) * size,
    height: frame.height - (room.top + room.bottom) * size,
  };
  const { x, y, log, bars, limit, label, note } = panel;
  const height = (value: number) =>
    log
      ? Math.log(Math.max(value, 1e-300) / y.min) / Math.log(y.max / y.min)
      : (value - y.min) / (y.max - y.min);
  const to: Projection = {
    x: (value) => box.left + ((value - x.min) / (x.max - x.min)) * box.width,
    y: (value) => box.top + (1 - height(value)) * box.height,
  };
  const pen: Pen = { to, base: box.top + box.height };
  const clip = `clip-${id}`;
  const inside = [
    ...bars.map((each) =>
      element('path', {
        d: steps(each, panel, pen),
        fill: colourOf(each, ink),
        'fill-opacity': fillOpacity,
        stroke: colourOf(each, ink),
        'stroke-width': (outlines[each.index] ?? 1) * ink.stroke,
        'stroke-linejoin': 'round',
      }),
    ),
    limit ? element('path', { ...strokeOf(limit, ink), d: line(limit, panel, pen) }) : '',
  ];
  const title = element(
    'text',
    {
      x: box.left,
      y: frame.top + size * 1.2,
      'font-size': size * 1.1,
      'font-weight': 600,
      fill: ink.foreground,
    },
    escaped(label),
  );
  const second = element(
    'text',
    { x: box.left, y: frame.top + size * 2.5, 'font-size': size, fill: ink.muted },
    escaped(note || distances(panel, box.width, ink)),
  );
  return [
    title,
    second,
    axes(panel, box, pen, ink),
    element(
      'clipPath',
      { id: clip },
      element('rect', { ...box, x: box.left, y: box.top, left: undefined, top: undefined }),
    ),
    element('g', { 'clip-path': `url(#${clip})` }, inside.join('')),
  ].join('');
}
